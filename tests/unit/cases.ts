/** The cases of property tests: how many, and texts that were good, with some damage. */
import fc from 'fast-check';
import { whole } from '../sampling';

/** Runs of a property, the same at every run: a sample of them, and ten thousand in `npm run test:all`. */
export function runs(sampled: number) {
	return { seed: 20_250_812, numRuns: whole ? 10_000 : sampled } as const;
}

/** What is put in: the marks of each format, and words that have fooled programs. */
const TOKENS = [
	...[
		'{',
		'}',
		'[',
		']',
		'"',
		"'",
		':',
		',',
		'-',
		'#',
		'*',
		'_',
		'`',
		'&',
		'|',
		'>',
		'<',
		'\\',
		'!',
		'?',
		'%',
		'@'
	],
	...['\n', '\r\n', '\t', '  ', '\0', '\uFEFF', '\u200F', '\uFFFD', '\uD800', '🗺', 'ع'],
	...[
		'{}',
		'[]',
		'[[',
		'""',
		'---\n',
		'```',
		'<p>',
		'&a',
		'*a',
		'!!js/function',
		'<<: ',
		'${',
		'../',
		'place:',
		'{#',
		'{#p1}'
	],
	...[
		'null',
		'true',
		'NaN',
		'Infinity',
		'1e400',
		'-0',
		'0x10',
		'99999999999999999999',
		'1e-999',
		'180.1',
		'-91'
	],
	...[
		'__proto__',
		'"__proto__":',
		'constructor',
		'prototype',
		'toString',
		'javascript:alert(1)',
		'https://',
		'mailto:'
	]
];

interface Damage {
	readonly kind: 'insert' | 'remove' | 'repeat' | 'replace' | 'cut';
	/** Where, as a share of the text. */
	readonly at: number;
	/** Letters that are removed, repeated or replaced. */
	readonly length: number;
	readonly token: string;
}

const damage: fc.Arbitrary<Damage> = fc.record({
	kind: fc.constantFrom('insert', 'remove', 'repeat', 'replace', 'cut'),
	at: fc.double({ min: 0, max: 1, noNaN: true }),
	length: fc.oneof(fc.nat(4), fc.nat(200)),
	token: fc.oneof(
		{ weight: 4, arbitrary: fc.constantFrom(...TOKENS) },
		{ weight: 1, arbitrary: fc.string() }
	)
});

/** One to six damages: what an unlucky edit, a cut line or an attack makes of a text. */
export const damages = fc.array(damage, { minLength: 1, maxLength: 6 });

/** The text with the damages done to it in turn. */
export function damaged(text: string, all: readonly Damage[]): string {
	return all.reduce((now, { kind, at, length, token }) => {
		const from = Math.floor(at * now.length);
		const [before, inside, after] = [
			now.slice(0, from),
			now.slice(from, from + length),
			now.slice(from + length)
		];
		switch (kind) {
			case 'insert':
				return before + token + inside + after;
			case 'remove':
				return before + after;
			case 'repeat':
				return before + inside + inside + after;
			case 'replace':
				return before + token + after;
			case 'cut':
				return now.length > 40 && at > 0.5 ? before : now;
		}
	}, text);
}
