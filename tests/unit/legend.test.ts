import { expect, test } from 'vitest';
import { legendOf } from '../../src/lib/timeline/legend';
import { CONTACT_KINDS, type Contact } from '../../src/lib/model/story';

const contacts = new Map<string, Pick<Contact, 'kind'>>(
	[...CONTACT_KINDS, 'telephone' as const].map((kind, index) => [`c${index}`, { kind }])
);
const drawn = (...ids: string[]) => ids.map((id) => ({ id, drawn: 1, opacity: 1 }));

test('two contacts of a kind are one entry', () => {
	expect(legendOf({ contacts: drawn('c0', 'c5'), lit: {} }, contacts)).toEqual(['telephone']);
});

test('the order of the entries does not follow the order of the drawing', () => {
	expect(legendOf({ contacts: drawn('c4', 'c0'), lit: { kyiv: 1 } }, contacts)).toEqual(
		legendOf({ contacts: drawn('c0', 'c4'), lit: { kyiv: 1 } }, contacts)
	);
});

test('what has not begun to be drawn, or has faded, is not explained', () => {
	expect(
		legendOf(
			{
				contacts: [
					{ id: 'c0', drawn: 0, opacity: 1 },
					{ id: 'c1', drawn: 1, opacity: 0 },
					{ id: 'c2', drawn: 0.01, opacity: 1 }
				],
				lit: { kyiv: 0 },
				hatched: { crimea: 0 }
			},
			contacts
		)
	).toEqual(['meeting']);
});

test('lit places and hatched ones have an entry each', () => {
	expect(legendOf({ contacts: [], lit: { a: 0.2 }, hatched: { b: 0.2 } }, contacts)).toEqual([
		'focus',
		'hatched'
	]);
});
