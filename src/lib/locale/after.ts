/** Words of what follows a story; they come with it. */
import type { Language } from '../model/story';

const ar = {
	places: 'الأماكن',
	placesIntro: 'كل مكان تذكره القصة أو تعرضه على الخريطة، وما يقوله التقرير عنه.',
	allPlaces: 'كل الأماكن',
	manyPlaces:
		'كل الأماكن التي تذكرها القصة أو تعرضها على الخريطة، وما يقوله التقرير عن كل منها، في صفحات مستقلة.',
	pagesOfPlaces: 'صفحات الأماكن',
	pageOf: (page: number, pages: number) => `الصفحة ${page} من ${pages}`,
	fromTo: (first: string, last: string) => `${first} – ${last}`,
	backToStory: 'العودة إلى القصة',
	previousPage: 'الصفحة السابقة',
	nextPage: 'الصفحة التالية',
	bordersHeading: 'الحدود على الخريطة',
	sources: 'المصادر'
};

type AfterWords = typeof ar;

const en: AfterWords = {
	places: 'Places',
	placesIntro:
		'Every place that the story names or shows on the map, and what the report says of it.',
	allPlaces: 'All places',
	manyPlaces:
		'All places that the story names or shows on the map, and what the report says of each, on pages of their own.',
	pagesOfPlaces: 'Pages of places',
	pageOf: (page: number, pages: number) => `Page ${page} of ${pages}`,
	fromTo: (first: string, last: string) => `${first} – ${last}`,
	backToStory: 'Back to the story',
	previousPage: 'Previous page',
	nextPage: 'Next page',
	bordersHeading: 'Borders on the map',
	sources: 'Sources'
};

const WORDS: Readonly<Record<Language, AfterWords>> = { ar, en };

export function afterWordsOf(language: Language): AfterWords {
	return WORDS[language];
}
