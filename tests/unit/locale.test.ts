import { describe, expect, test } from 'vitest';
import { listInWords, listParts, runsOf } from '../../src/lib/locale';
import { exploreWordsOf } from '../../src/lib/locale/explore';
import { LANGUAGES } from '../../src/lib/model/story';

const foreign = (language: 'ar' | 'en', text: string) =>
	runsOf(language, text)
		.filter((run) => run.language !== null)
		.map((run) => run.text);

describe('words in another language within a sentence', () => {
	test('are found whole, with the spaces, digits and marks between them, and nothing is lost', () => {
		const cases = [
			['ar', 'قال مسؤول لشبكة CNN إن', ['CNN']],
			['ar', 'الرخصة CC BY 4.0 (GeoNames)', ['CC BY 4.0', 'GeoNames']],
			['ar', 'Natural Earth', ['Natural Earth']],
			['ar', 'في 15 أغسطس، الساعة 13:00', []],
			['en', 'Kyiv, كييف and شرق أوكرانيا (2025)', ['كييف', 'شرق أوكرانيا']],
			['en', 'At 13:00 GMT', []],
			['en', '', []]
		] as const;
		for (const [language, text, expected] of cases) {
			expect(foreign(language, text), text).toEqual(expected);
			expect(
				runsOf(language, text)
					.map((run) => run.text)
					.join('')
			).toBe(text);
		}
	});
});

describe('a list with links in it', () => {
	test('is joined as the same list in words is', () => {
		for (const language of LANGUAGES) {
			for (const items of [['أ'], ['أ', 'ب'], ['أ', 'ب', 'ج']]) {
				const parts = listParts(language, items.length);
				const joined = parts
					.map((part) => (typeof part === 'string' ? part : items[part]))
					.join('');
				expect(joined).toBe(listInWords(language, items));
			}
		}
	});
});

test('a count of places takes the form that its number asks for: six in Arabic', () => {
	const { count } = exploreWordsOf('ar');
	expect([0, 1, 2, 3, 10, 11, 99, 100, 102, 103].map(count)).toEqual([
		'لا أماكن',
		'مكان واحد',
		'مكانان',
		'3 أماكن',
		'10 أماكن',
		'11 مكانًا',
		'99 مكانًا',
		'100 مكان',
		'102 مكان',
		'103 أماكن'
	]);
	expect([0, 1, 2].map(exploreWordsOf('en').count)).toEqual(['0 places', '1 place', '2 places']);
});
