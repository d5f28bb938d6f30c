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
	next: 'التالي',
	previous: 'السابق',
	readFull: 'اقرأ القصة كاملة',
	stepOf: (step: number, count: number) => `${step} من ${count}`,
	embed: {
		open: 'ضمّن هذه القصة',
		intro: 'انسخ الشيفرة إلى صفحتك. لا تضع القصة ملفات تعريف ارتباط ولا ترسل شيئًا عن قرائك.',
		language: 'اللغة',
		languages: { ar: 'العربية', en: 'الإنجليزية' },
		mode: 'طريقة العرض',
		modes: {
			story: 'تتحرك مع تمرير الصفحة',
			boxed: 'إطار واحد بأزرار',
			frame: 'إطار دون نص برمجي'
		},
		width: 'العرض',
		height: 'الارتفاع (بكسل)',
		consent: 'لا تُحمّل قبل أن ينقر القارئ',
		code: 'الشيفرة',
		copy: 'انسخ الشيفرة',
		copied: 'نُسخت الشيفرة.',
		notCopied: 'تعذّر النسخ. الشيفرة محددة، فانسخها بنفسك.',
		preview: 'معاينة'
	},
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
	next: 'Next',
	previous: 'Previous',
	readFull: 'Read the full story',
	stepOf: (step, count) => `${step} of ${count}`,
	embed: {
		open: 'Embed this story',
		intro:
			'Copy the code into your page. The story sets no cookies and sends nothing about your readers.',
		language: 'Language',
		languages: { ar: 'Arabic', en: 'English' },
		mode: 'How it is shown',
		modes: {
			story: 'Moves as the page scrolls',
			boxed: 'One frame with buttons',
			frame: 'A frame without a script'
		},
		width: 'Width',
		height: 'Height (px)',
		consent: 'Load nothing before the reader clicks',
		code: 'Code',
		copy: 'Copy the code',
		copied: 'The code is copied.',
		notCopied: 'It could not be copied. The code is selected: copy it yourself.',
		preview: 'Preview'
	},
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
