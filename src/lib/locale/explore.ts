/** Words of the free map's controls; they come with them. */
import type { Language } from '../model/story';
import { PLURALS } from './plurals';

const ar = {
	title: 'استكشاف الخريطة',
	back: 'عودة إلى القصة',
	filter: 'بحث وتصفية',
	canvas: 'خريطة: تحرّكها الأسهم، وتقرّبها علامة + وتبعدها علامة −',
	zoom: 'تقريب الخريطة',
	nearer: 'تقريب',
	farther: 'إبعاد',
	search: 'ابحث عن مكان بالعربية أو الإنجليزية',
	kinds: 'أنواع الاتصال',
	dates: 'التواريخ',
	undated: 'بلا تاريخ',
	gathered: 'تجمع الدائرة ذات الرقم أماكن متقاربة، والنقر عليها يقرّب الخريطة منها.',
	count: (places: number) =>
		({
			zero: 'لا أماكن',
			one: 'مكان واحد',
			two: 'مكانان',
			few: `${places} أماكن`,
			many: `${places} مكانًا`,
			other: `${places} مكان`
		})[PLURALS.ar.select(places)]
};

type ExploreWords = typeof ar;

const en: ExploreWords = {
	title: 'Explore the map',
	back: 'Back to the story',
	filter: 'Search and filter',
	canvas: 'Map: the arrow keys move it, + and − bring it nearer and farther',
	zoom: 'Zoom of the map',
	nearer: 'Zoom in',
	farther: 'Zoom out',
	search: 'Find a place, in English or Arabic',
	kinds: 'Kinds of contact',
	dates: 'Dates',
	undated: 'Without a date',
	gathered:
		'A ring with a number gathers places that lie close together; a click on it brings the map nearer.',
	count: (places: number) =>
		PLURALS.en.select(places) === 'one' ? `${places} place` : `${places} places`
};

const WORDS: Readonly<Record<Language, ExploreWords>> = { ar, en };

export function exploreWordsOf(language: Language): ExploreWords {
	return WORDS[language];
}
