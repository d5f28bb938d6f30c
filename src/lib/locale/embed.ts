/** Words of the dialog in which a story is embedded; they come with it. */
import type { Language } from '../model/story';

const ar = {
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
	preview: 'معاينة في تبويب جديد'
};

type EmbedWords = typeof ar;

const en: EmbedWords = {
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
	preview: 'Preview in a new tab'
};

const WORDS: Readonly<Record<Language, EmbedWords>> = { ar, en };

export function embedWordsOf(language: Language): EmbedWords {
	return WORDS[language];
}
