/** Direction, interface words and names in the reader's language. */
import { LOCALES } from './locale/formats';
import type { ContactKind, Language, PlaceKind } from './story';

export { formatsOf } from './locale/formats';
export type { Formats } from './locale/formats';

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
	placesIntro: 'كل مكان تذكره القصة أو تعرضه على الخريطة، وما يقوله التقرير عنه.',
	close: 'إغلاق',
	sources: 'المصادر والحدود',
	attribution: 'Natural Earth · GeoNames · US Census',
	noWebgl: 'تعذّر تشغيل الخريطة المتحركة على هذا الجهاز، فحلّت محلها صورة ثابتة لكل مشهد.',
	failed: 'تعذّر تحميل الخريطة المتحركة، فحلّت محلها صورة ثابتة لكل مشهد.',
	retry: 'إعادة المحاولة',
	notFound: 'هذه الصفحة غير موجودة.',
	toStory: 'إلى القصة',
	kinds: {
		building: 'مبنى',
		city: 'مدينة',
		region: 'منطقة',
		state: 'ولاية',
		country: 'دولة',
		strait: 'مضيق'
	} satisfies Record<PlaceKind, string>,
	contactKinds: {
		telephone: 'مكالمة هاتفية',
		video: 'مؤتمر عبر الفيديو',
		meeting: 'لقاء مباشر',
		troops: 'إرسال قوات',
		visit: 'زيارة سابقة'
	} satisfies Record<ContactKind, string>,
	licences: { 'Public domain': 'ملكية عامة' } as Readonly<Record<string, string>>,
	dossier: {
		disputed: 'أراضٍ متنازع عليها أو خاضعة للاحتلال، كليًّا أو جزئيًّا.',
		said: 'ما يقوله التقرير',
		paragraph: (number: number) => `الفقرة ${number}`,
		notMentioned: 'لا يذكره النص، وتعرضه الخريطة',
		shownWith: 'مع',
		contacts: 'الاتصالات واللقاءات',
		undated: 'بلا تاريخ في التقرير',
		otherEnds: 'الأطراف الأخرى:',
		figures: 'أرقام محسوبة',
		figuresNote:
			'حسبتها مكتبة Turf من ملف GeoJSON لهذا المكان: المساحة من حدوده المرسومة، والمسافات على الدائرة العظمى من نقطته.',
		area: 'المساحة، محسوبة من الحدود',
		distanceTo: (place: string) => `المسافة إلى ${place}`,
		position: 'العرض والطول',
		localTime: {
			telephone: 'توقيت المكالمة محليًّا',
			video: 'توقيت المؤتمر محليًّا',
			meeting: 'توقيت اللقاء محليًّا',
			troops: 'التوقيت محليًّا',
			visit: 'توقيت الزيارة محليًّا'
		} satisfies Record<ContactKind, string>,
		gmt: (time: string) => `${time} بتوقيت جرينتش`,
		geometry: 'مصدر الشكل وترخيصه',
		parts: { outline: 'الحدود', point: 'النقطة' },
		byHand: 'وُضعت يدويًّا لهذا المشروع',
		showOnMap: 'أظهره على الخريطة',
		link: 'رابط هذا المكان',
		copy: 'انسخ الرابط',
		copied: 'نُسخ الرابط',
		download: 'نزّل GeoJSON',
		picture: (place: string) => `خريطة صغيرة تُظهر ${place} وما حوله.`,
		enlarge: 'كبّر البطاقة',
		shrink: 'صغّر البطاقة'
	},
	comma: '، ',
	scenePlaces: 'أماكن هذا المشهد',
	allPlaces: 'كل الأماكن',
	mapPlaces: 'أماكن على الخريطة',
	whichPlace: 'أي مكان تقصد؟'
};

export type Words = typeof ar;

const en: Words = {
	otherLanguageName: 'العربية',
	home: 'Choose a language',
	skipToStory: 'Skip to the text',
	map: 'Map of the story',
	places: 'Places',
	placesIntro:
		'Every place that the story names or shows on the map, and what the report says of it.',
	close: 'Close',
	sources: 'Sources and borders',
	attribution: 'Natural Earth · GeoNames · US Census',
	noWebgl:
		'The moving map cannot run on this device; a still picture of each scene stands in its place.',
	failed: 'The moving map could not be loaded; a still picture of each scene stands in its place.',
	retry: 'Try again',
	notFound: 'There is no such page.',
	toStory: 'To the story',
	kinds: {
		building: 'Building',
		city: 'City',
		region: 'Region',
		state: 'State',
		country: 'Country',
		strait: 'Strait'
	},
	contactKinds: {
		telephone: 'Telephone call',
		video: 'Video conference',
		meeting: 'Meeting in person',
		troops: 'Troops sent',
		visit: 'Earlier visit'
	},
	licences: { 'Public domain': 'public domain' },
	dossier: {
		disputed: 'Territory under dispute or occupation, wholly or in part.',
		said: 'What the report says',
		paragraph: (number) => `Paragraph ${number}`,
		notMentioned: 'The text does not name it; the map shows it',
		shownWith: 'with',
		contacts: 'Contacts',
		undated: 'The report gives no date',
		otherEnds: 'Other ends:',
		figures: 'Computed figures',
		figuresNote:
			'Computed with Turf from this place’s GeoJSON: the area from its drawn outline, distances along the great circle from its point.',
		area: 'Area, computed from the outline',
		distanceTo: (place) => `Distance to ${place}`,
		position: 'Latitude and longitude',
		localTime: {
			telephone: 'Local time of the call',
			video: 'Local time of the conference',
			meeting: 'Local time of the meeting',
			troops: 'Local time',
			visit: 'Local time of the visit'
		},
		gmt: (time) => `${time} GMT`,
		geometry: 'Source and licence of the geometry',
		parts: { outline: 'Outline', point: 'Point' },
		byHand: 'set by hand for this project',
		showOnMap: 'Show on the map',
		link: 'Link to this place',
		copy: 'Copy the link',
		copied: 'Link copied',
		download: 'Download GeoJSON',
		picture: (place) => `A small map of ${place} and what lies around it.`,
		enlarge: 'Enlarge the card',
		shrink: 'Shrink the card'
	},
	comma: ', ',
	scenePlaces: 'Places in this scene',
	allPlaces: 'All places',
	mapPlaces: 'Places on the map',
	whichPlace: 'Which place?'
};

const WORDS: Readonly<Record<Language, Words>> = { ar, en };

export function wordsOf(language: Language): Words {
	return WORDS[language];
}

/** Name of a country by its ISO code, as the story spells it. */
export function countryName(language: Language, code: string): string {
	return new Intl.DisplayNames(LOCALES[language], { type: 'region' }).of(code) ?? code;
}
