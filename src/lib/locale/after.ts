/** Words of what follows a story; they come with it. */
import type { Language } from '../story';

const ar = {
	places: 'الأماكن',
	placesIntro: 'كل مكان تذكره القصة أو تعرضه على الخريطة، وما يقوله التقرير عنه.',
	allPlaces: 'كل الأماكن',
	bordersHeading: 'الحدود على الخريطة',
	sources: 'المصادر'
};

type AfterWords = typeof ar;

const en: AfterWords = {
	places: 'Places',
	placesIntro:
		'Every place that the story names or shows on the map, and what the report says of it.',
	allPlaces: 'All places',
	bordersHeading: 'Borders on the map',
	sources: 'Sources'
};

const WORDS: Readonly<Record<Language, AfterWords>> = { ar, en };

export function afterWordsOf(language: Language): AfterWords {
	return WORDS[language];
}
