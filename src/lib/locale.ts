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
	about: 'أخبار تُروى على خريطة تتحرك مع القارئ.',
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
	about: 'News told on a map that moves with its reader.',
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
