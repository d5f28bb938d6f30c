/** Words of a story that is one screen with buttons; they come with it. */
import type { Language } from '../model/story';

const ar = {
	readFull: 'اقرأ القصة كاملة',
	newWindow: 'في نافذة جديدة',
	stepOf: (step: number, count: number) => `${step} من ${count}`
};

type BoxedWords = typeof ar;

const en: BoxedWords = {
	readFull: 'Read the full story',
	newWindow: 'in a new window',
	stepOf: (step, count) => `${step} of ${count}`
};

const WORDS: Readonly<Record<Language, BoxedWords>> = { ar, en };

export function boxedWordsOf(language: Language): BoxedWords {
	return WORDS[language];
}
