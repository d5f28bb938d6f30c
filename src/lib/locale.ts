/** Direction, interface words and names in the reader's language. */
import type { Language, PlaceKind } from './story';

export function directionOf(language: Language): 'rtl' | 'ltr' {
	return language === 'ar' ? 'rtl' : 'ltr';
}

export function otherLanguage(language: Language): Language {
	return language === 'ar' ? 'en' : 'ar';
}

const ar = {
	otherLanguageName: 'English',
	home: 'اختر لغة القراءة',
	skipToStory: 'انتقل إلى النص',
	map: 'خريطة القصة',
	places: 'الأماكن',
	placesIntro: 'كل مكان تذكره القصة، وما يقوله التقرير عنه.',
	said: 'ما يقوله التقرير',
	paragraph: 'الفقرة',
	close: 'إغلاق',
	sources: 'المصادر والحدود',
	attribution: 'Natural Earth · GeoNames · US Census',
	noWebgl: 'تعذّر تشغيل الخريطة المتحركة على هذا الجهاز، فحلّت محلها صورة ثابتة لكل مشهد.',
	failed: 'تعذّر تحميل الخريطة المتحركة، فحلّت محلها صورة ثابتة لكل مشهد.',
	retry: 'إعادة المحاولة',
	notMentioned: 'لا تذكره القصة إلا على الخريطة.',
	notFound: 'هذه الصفحة غير موجودة.',
	toStory: 'إلى القصة',
	kinds: {
		building: 'مبنى',
		city: 'مدينة',
		region: 'منطقة',
		state: 'ولاية',
		country: 'دولة',
		strait: 'مضيق'
	} satisfies Record<PlaceKind, string>
};

export type Words = typeof ar;

const en: Words = {
	otherLanguageName: 'العربية',
	home: 'Choose a language',
	skipToStory: 'Skip to the text',
	map: 'Map of the story',
	places: 'Places',
	placesIntro: 'Every place that the story names, and what the report says of it.',
	said: 'What the report says',
	paragraph: 'Paragraph',
	close: 'Close',
	sources: 'Sources and borders',
	attribution: 'Natural Earth · GeoNames · US Census',
	noWebgl:
		'The moving map cannot run on this device; a still picture of each scene stands in its place.',
	failed: 'The moving map could not be loaded; a still picture of each scene stands in its place.',
	retry: 'Try again',
	notMentioned: 'The story shows it on the map alone.',
	notFound: 'There is no such page.',
	toStory: 'To the story',
	kinds: {
		building: 'Building',
		city: 'City',
		region: 'Region',
		state: 'State',
		country: 'Country',
		strait: 'Strait'
	}
};

const WORDS: Readonly<Record<Language, Words>> = { ar, en };

export function wordsOf(language: Language): Words {
	return WORDS[language];
}

/** Name of a country by its ISO code, as the story spells it. */
export function countryName(language: Language, code: string): string {
	return new Intl.DisplayNames([language], { type: 'region' }).of(code) ?? code;
}

/** The locale of all formatting: Western digits in both languages. */
export function localeOf(language: Language): string {
	return language === 'ar' ? 'ar-u-nu-latn' : 'en-GB';
}

/**
 * A date without its year, or a year alone: “13 August”, “13 أغسطس”, “2015”.
 *
 * @param date - ISO date, date-time in UTC, or year
 */
export function formatDay(language: Language, date: string): string {
	if (date.length <= 4) return date;
	const format = new Intl.DateTimeFormat(localeOf(language), {
		day: 'numeric',
		month: 'long',
		timeZone: 'UTC'
	});
	return format.format(new Date(date));
}

/**
 * The time of day in a time zone, by 24 hours: “15:00”.
 *
 * @param moment - ISO date-time in UTC
 * @param timeZone - IANA name
 */
export function formatTime(language: Language, moment: string, timeZone: string): string {
	const format = new Intl.DateTimeFormat(localeOf(language), {
		hour: '2-digit',
		minute: '2-digit',
		hourCycle: 'h23',
		timeZone
	});
	return format.format(new Date(moment));
}
