/** Words of what follows a story; they come with it. */
import type { Language } from '../story';
import { PLURALS } from './plurals';

const ar = {
	places: 'الأماكن',
	placesIntro: 'كل مكان تذكره القصة أو تعرضه على الخريطة، وما يقوله التقرير عنه.',
	allPlaces: 'كل الأماكن',
	manyPlaces:
		'كل الأماكن التي تذكرها القصة أو تعرضها على الخريطة، وما يقوله التقرير عن كل منها، موزعة على صفحات.',
	pagesOfPlaces: 'صفحات الأماكن',
	pageOf: (page: number, pages: number) => `الصفحة ${page} من ${pages}`,
	fromTo: (first: string, last: string) => `${first} – ${last}`,
	backToStory: 'العودة إلى القصة',
	previousPage: 'الصفحة السابقة',
	nextPage: 'الصفحة التالية',
	more: (places: number) =>
		({
			zero: '',
			one: 'ومكان آخر',
			two: 'ومكانان آخران',
			few: `و${places} أماكن أخرى`,
			many: `و${places} مكانًا آخر`,
			other: `و${places} مكان آخر`
		})[PLURALS.ar.select(places)],
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
		'All places that the story names or shows on the map, and what the report says of each, on several pages.',
	pagesOfPlaces: 'Pages of places',
	pageOf: (page: number, pages: number) => `Page ${page} of ${pages}`,
	fromTo: (first: string, last: string) => `${first} – ${last}`,
	backToStory: 'Back to the story',
	previousPage: 'Previous page',
	nextPage: 'Next page',
	more: (places: number) => (places > 0 ? `and ${places} more` : ''),
	bordersHeading: 'Borders on the map',
	sources: 'Sources'
};

const WORDS: Readonly<Record<Language, AfterWords>> = { ar, en };

export function afterWordsOf(language: Language): AfterWords {
	return WORDS[language];
}
