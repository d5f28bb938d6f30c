/** Direction, interface words and names in the reader's language. */
import { LOCALES } from './tags';
import type { ContactKind, Language } from '../model/story';
import type { Motion, Theme } from '../model/wishes';

export function directionOf(language: Language): 'rtl' | 'ltr' {
	return language === 'ar' ? 'rtl' : 'ltr';
}

export function otherLanguage(language: Language): Language {
	return language === 'ar' ? 'en' : 'ar';
}

const ar = {
	otherLanguageName: 'English',
	skipToStory: 'انتقل إلى النص',
	skipToPlaces: 'انتقل إلى الأماكن',
	map: 'خريطة القصة',
	onTheMap: 'على الخريطة:',
	close: 'إغلاق',
	attribution: 'Natural Earth · GeoNames · US Census',
	noWebgl: 'تعذّر تشغيل الخريطة المتحركة على هذا الجهاز، فحلّت محلها صورة ثابتة لكل مشهد.',
	failed: 'الخريطة المتحركة غير متاحة الآن، فحلّت محلها صورة ثابتة لكل مشهد.',
	partFailed: 'تعذّر تحميل هذا الجزء.',
	retry: 'إعادة المحاولة',
	spared: 'صور ثابتة توفيرًا لبياناتك.',
	showLive: 'شغّل الخريطة المتحركة',
	brand: 'مسار',
	scenes: 'مشاهد القصة',
	dates: 'تواريخ القصة',
	legend: 'مفتاح الخريطة',
	contacts: {
		telephone: { full: 'مكالمة هاتفية', short: 'مكالمة' },
		video: { full: 'مؤتمر عبر الفيديو', short: 'فيديو' },
		meeting: { full: 'لقاء مباشر', short: 'لقاء' },
		troops: { full: 'إرسال قوات', short: 'قوات' },
		visit: { full: 'زيارة سابقة', short: 'زيارة' }
	} satisfies Record<ContactKind, { readonly full: string; readonly short: string }>,
	focus: { full: 'محور الحديث', short: 'محور الحديث' },
	hatched: { full: 'أراضٍ متنازع عليها أو محتلة', short: 'متنازع عليها' },
	hatchedNote: 'عن التخطيط والحدود',
	scale: 'مقياس الرسم',
	previous: 'السابق',
	next: 'التالي',
	menu: 'القائمة',
	contents: 'المحتويات',
	theme: 'المظهر',
	themes: { auto: 'تلقائي', light: 'فاتح', dark: 'داكن' } satisfies Record<Theme, string>,
	motion: 'الحركة',
	motions: { auto: 'تلقائية', full: 'كاملة', reduce: 'مخفّضة' } satisfies Record<Motion, string>,
	share: 'مشاركة',
	shareParagraph: 'مشاركة هذه الفقرة',
	shareScene: 'مشاركة هذا المشهد',
	print: 'طباعة التقرير',
	embedStory: 'ضمّن هذه القصة',
	exploreMap: 'استكشف الخريطة',
	copied: 'نُسخ الرابط.',
	copyThis: 'انسخ هذا الرابط:',
	linkToParagraph: 'نسخ رابط الفقرة',
	scroll: 'مرّر للقراءة',
	distances: 'أقصر مسافة على سطح الأرض (محسوبة)',
	clocks: (time: string) => `التوقيت المحلي للساعة ${time} بتوقيت جرينتش (محسوب)`,
	scenePlaces: 'أماكن هذا المشهد',
	mapPlaces: 'أماكن على الخريطة'
};

export type Words = typeof ar;

const en: Words = {
	otherLanguageName: 'العربية',
	skipToStory: 'Skip to the text',
	skipToPlaces: 'Skip to the places',
	map: 'Map of the story',
	onTheMap: 'On the map:',
	close: 'Close',
	attribution: 'Natural Earth · GeoNames · US Census',
	noWebgl:
		'The moving map cannot run on this device; a still picture of each scene stands in its place.',
	failed: 'The moving map is not available now; a still picture of each scene stands in its place.',
	partFailed: 'This part did not load.',
	retry: 'Try again',
	spared: 'Sparing your data.',
	showLive: 'Show the moving map',
	brand: 'Masar',
	scenes: 'Scenes of the story',
	dates: 'Dates of the story',
	legend: 'Key to the map',
	contacts: {
		telephone: { full: 'Telephone call', short: 'Call' },
		video: { full: 'Video conference', short: 'Video' },
		meeting: { full: 'Meeting in person', short: 'Meeting' },
		troops: { full: 'Troops sent', short: 'Troops' },
		visit: { full: 'Earlier visit', short: 'Visit' }
	},
	focus: { full: 'In focus', short: 'In focus' },
	hatched: { full: 'Disputed or occupied territory', short: 'Disputed' },
	hatchedNote: 'About the hatching and the borders',
	scale: 'Scale',
	previous: 'Previous',
	next: 'Next',
	menu: 'Menu',
	contents: 'Contents',
	theme: 'Theme',
	themes: { auto: 'Auto', light: 'Light', dark: 'Dark' },
	motion: 'Motion',
	motions: { auto: 'Auto', full: 'Full', reduce: 'Reduced' },
	share: 'Share',
	shareParagraph: 'Share this paragraph',
	shareScene: 'Share this scene',
	print: 'Print the report',
	embedStory: 'Embed this story',
	exploreMap: 'Explore the map',
	copied: 'Link copied.',
	copyThis: 'Copy this link:',
	linkToParagraph: 'Copy the link to paragraph',
	scroll: 'Scroll to read',
	distances: 'Shortest distance over the Earth (computed)',
	clocks: (time: string) => `Local time of ${time} GMT (computed)`,
	scenePlaces: 'Places in this scene',
	mapPlaces: 'Places on the map'
};

const WORDS: Readonly<Record<Language, Words>> = { ar, en };

export function wordsOf(language: Language): Words {
	return WORDS[language];
}

/** Name of a country by its ISO code, as the story spells it. */
export function countryName(language: Language, code: string): string {
	return new Intl.DisplayNames(LOCALES[language], { type: 'region' }).of(code) ?? code;
}

/** Runs of a date that a reader is shown, from shortest to longest. */
const DATE_PARTS = {
	day: { day: 'numeric' },
	month: { month: 'short' },
	'day-month': { day: 'numeric', month: 'long' },
	full: { weekday: 'long', day: 'numeric', month: 'long', year: 'numeric' }
} as const satisfies Record<string, Intl.DateTimeFormatOptions>;

/** Made once, by language and parts: making one takes far longer than using it. */
const dateFormats = new Map<string, Intl.DateTimeFormat>();

/**
 * A date in words.
 *
 * @param date - an ISO date, or a year, which stays a year
 */
export function dateInWords(
	language: Language,
	date: string,
	parts: keyof typeof DATE_PARTS = 'day-month'
): string {
	if (/^\d{4}$/.test(date)) return date;
	const key = `${language} ${parts}`;
	const format =
		dateFormats.get(key) ??
		new Intl.DateTimeFormat(LOCALES[language], { ...DATE_PARTS[parts], timeZone: 'UTC' });
	dateFormats.set(key, format);
	return format.format(new Date(`${date.slice(0, 10)}T00:00Z`));
}

/** A stretch of words, with the language it is in where that is not the language around it. */
export interface Run {
	readonly text: string;
	readonly language: Language | null;
}

/** Words of a script, with the spaces, digits and marks between them. */
const wordsIn = (script: string) =>
	new RegExp(
		`(\\p{sc=${script}}(?:[\\p{sc=${script}}\\p{M}\\d .,،&’'/:-]*[\\p{sc=${script}}\\p{M}\\d])?)`,
		'u'
	);
const FOREIGN: Readonly<Record<Language, RegExp>> = { ar: wordsIn('Latin'), en: wordsIn('Arabic') };

/** Words in one language, cut where words in the other begin and end: a voice and a typeface follow the language. */
export function runsOf(language: Language, text: string): readonly Run[] {
	// The group of the pattern is kept between what it splits: every other piece is foreign.
	return text.split(FOREIGN[language]).map((run, index) => ({
		text: run,
		language: index % 2 === 0 ? null : otherLanguage(language)
	}));
}

/** A list in words, as the items' indices and what stands between them: “a, b and c”. */
export function listParts(language: Language, count: number): readonly (number | string)[] {
	let index = 0;
	return new Intl.ListFormat(LOCALES[language], { type: 'conjunction' })
		.formatToParts(Array.from({ length: count }, () => '-'))
		.map(({ type, value }) => (type === 'element' ? index++ : value));
}

/** Several things in one phrase: “a and b”. */
export function listInWords(language: Language, items: readonly string[]): string {
	return new Intl.ListFormat(LOCALES[language], { type: 'conjunction' }).format(items);
}

/** A length in words: in km, or in m where it is less than one. */
export function lengthInWords(language: Language, metres: number): string {
	const [value, unit] = metres < 1000 ? [metres, 'meter'] : [metres / 1000, 'kilometer'];
	return new Intl.NumberFormat(LOCALES[language], {
		style: 'unit',
		unit,
		unitDisplay: 'short',
		maximumFractionDigits: 0
	}).format(value);
}
