/** Words of what is told of a place; they come with the dossiers. */
import type { ContactKind, Language, PlaceKind } from '../model/story';

const ar = {
	comma: '، ',
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
	distanceTo: 'المسافة إلى',
	position: 'خط العرض وخط الطول',
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
	share: 'شارك الرابط',
	copied: 'نُسخ الرابط',
	download: 'نزّل GeoJSON',
	picture: (place: string) => `خريطة صغيرة تُظهر ${place} وما حوله.`,
	enlarge: 'كبّر البطاقة',
	shrink: 'صغّر البطاقة',
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
	pending: 'يجري تحميل ما يقوله التقرير عن هذا المكان…',
	missed: 'تعذّر تحميل ما يقوله التقرير عن هذا المكان.',
	whichPlace: 'أي مكان تقصد؟'
};

type DossierWords = typeof ar;

const en: DossierWords = {
	comma: ', ',
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
	distanceTo: 'Distance to',
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
	share: 'Share the link',
	copied: 'Link copied',
	download: 'Download GeoJSON',
	picture: (place) => `A small map of ${place} and what lies around it.`,
	enlarge: 'Enlarge the card',
	shrink: 'Shrink the card',
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
	pending: 'Fetching what the report says of this place…',
	missed: 'What the report says of this place did not load.',
	whichPlace: 'Which place?'
};

const WORDS: Readonly<Record<Language, DossierWords>> = { ar, en };

export function dossierWordsOf(language: Language): DossierWords {
	return WORDS[language];
}
