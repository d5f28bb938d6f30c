import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { hostOriginOf, wordpressSecretOf } from '../../src/embed/guest';
import { GREATEST_LENGTH, readGuestMessage, readHostMessage } from '../../src/embed/protocol';

const SEED = 5;
const RUNS = 10_000;

const types = fc.constantFrom(
	'height',
	'scroll',
	'scene',
	'paragraph',
	'place',
	'ready',
	'complete',
	'error',
	'view',
	'live'
);
const numbers = fc.oneof(
	fc.double(),
	fc.constantFrom(NaN, Infinity, -Infinity, 1e308, -1e308, -0, Number.MIN_VALUE, 2 ** 53)
);
const strings = fc.oneof(
	fc.string({ unit: 'binary' }),
	fc.constantFrom(
		'__proto__',
		'constructor',
		'toString',
		'<img src=x onerror=alert(1)>',
		'javascript:alert(1)',
		'https://evil.example/',
		'a'.repeat(65)
	)
);
const values = fc.oneof(
	numbers,
	strings,
	fc.boolean(),
	fc.constant(null),
	fc.anything({ withNullPrototype: true, withBigInt: true, withDate: true, withMap: true })
);
const keys = fc.oneof(
	fc.constantFrom('type', 'value', 'live', 'top', 'inset', 'screen', '__proto__'),
	strings
);
/** Objects as a stranger sends them: near to messages, with keys of their own even where those are dangerous. */
const nearMessages = fc
	.tuple(fc.oneof(types, values), fc.array(fc.tuple(keys, values), { maxLength: 4 }))
	.map(([type, entries]) => {
		const made: object = {};
		for (const [key, value] of [['type', type] as const, ...entries]) {
			Object.defineProperty(made, key, {
				value,
				enumerable: true,
				configurable: true,
				writable: true
			});
		}
		return made;
	});
const forged = fc.oneof({ weight: 3, arbitrary: nearMessages }, values);

const isId = (value: unknown) =>
	typeof value === 'string' && /^[a-z0-9][a-z0-9-]{0,63}$/.test(value);
const isLength = (value: unknown, least: number) =>
	typeof value === 'number' && value >= least && value <= GREATEST_LENGTH;

describe('what a stranger posts', () => {
	test('is nothing to a host, or has finite numbers and ids alone', () => {
		fc.assert(
			fc.property(forged, (data) => {
				const message = readGuestMessage(data);
				if (!message) return;
				expect(Object.keys(message)).toEqual(['type', 'value']);
				const { type, value } = message;
				if (type === 'height' || type === 'scroll') expect(isLength(value, 0)).toBe(true);
				else if (type === 'paragraph') expect(Number.isInteger(value)).toBe(true);
				else expect(isId(value)).toBe(true);
			}),
			{ seed: SEED, numRuns: RUNS }
		);
	});

	test('is nothing to a story, or has finite numbers and a boolean alone', () => {
		fc.assert(
			fc.property(forged, (data) => {
				const message = readHostMessage(data);
				if (!message) return;
				if (message.type === 'live') {
					expect(Object.keys(message)).toEqual(['type', 'live']);
					expect(typeof message.live).toBe('boolean');
					return;
				}
				expect(Object.keys(message)).toEqual(['type', 'top', 'inset', 'screen']);
				expect(isLength(message.top, -GREATEST_LENGTH)).toBe(true);
				expect(isLength(message.inset, 0)).toBe(true);
				expect(isLength(message.screen, 100)).toBe(true);
			}),
			{ seed: SEED, numRuns: RUNS }
		);
	});

	test('is never taken from a prototype', () => {
		expect(readGuestMessage(Object.create({ type: 'height', value: 100 }))).toBeNull();
		const polluted = JSON.parse('{"type":"height","__proto__":{"value":100}}') as unknown;
		expect(readGuestMessage(polluted)).toBeNull();
		expect(({} as Record<string, unknown>)['value']).toBeUndefined();
	});

	test.for(['scene', 'place', '__proto__', 'constructor'])(
		'is refused where it is 10 MB long, which none but a reader in one pass comes to: %s',
		(type) => {
			expect(readGuestMessage({ type, value: 'a'.repeat(1e7) })).toBeNull();
			expect(readGuestMessage({ type: 'a'.repeat(1e7), value: 1 })).toBeNull();
		}
	);

	test('is refused with one key more than the message has', () => {
		expect(
			readGuestMessage({ type: 'height', value: 1, href: 'https://evil.example/' })
		).toBeNull();
		expect(readHostMessage({ type: 'live', live: true, url: '/' })).toBeNull();
	});
});

describe('a good message', () => {
	test('is read as it was posted, its numbers clamped', () => {
		expect(readGuestMessage({ value: 1200.5, type: 'height' })).toEqual({
			type: 'height',
			value: 1200.5
		});
		expect(readGuestMessage({ type: 'height', value: 1e308 })).toEqual({
			type: 'height',
			value: GREATEST_LENGTH
		});
		expect(readGuestMessage({ type: 'scroll', value: -3 })).toEqual({ type: 'scroll', value: 0 });
		expect(readGuestMessage({ type: 'place', value: 'bering-strait' })).toEqual({
			type: 'place',
			value: 'bering-strait'
		});
		expect(readGuestMessage({ type: 'paragraph', value: 17 })).toEqual({
			type: 'paragraph',
			value: 17
		});
		expect(readHostMessage({ type: 'view', top: -900, inset: 5000, screen: 3 })).toEqual({
			type: 'view',
			top: -900,
			inset: 1000,
			screen: 100
		});
	});
});

describe('a frame’s address', () => {
	test('names a host only by an exact origin', () => {
		expect(hostOriginOf('#host=https%3A%2F%2Fnews.example')).toBe('https://news.example');
		expect(hostOriginOf('#host=null')).toBe('null');
		for (const hash of [
			'',
			'#host=',
			'#host=*',
			'#host=https://news.example/path',
			'#host=news.example',
			'#host=%',
			'#host=javascript:alert(1)'
		]) {
			expect(hostOriginOf(hash), hash).toBeNull();
		}
	});

	test('holds the secret that WordPress puts there', () => {
		expect(wordpressSecretOf('#?secret=dH3kQ9')).toBe('dH3kQ9');
		expect(wordpressSecretOf('#host=https%3A%2F%2Fnews.example')).toBeNull();
	});
});

describe('a number that is none', () => {
	const NONE: readonly unknown[] = [NaN, Infinity, -Infinity, '1', null, undefined, [1], {}, 1n];

	test('is no message of the frame’s', () => {
		for (const value of NONE)
			for (const type of ['height', 'scroll', 'paragraph'])
				expect(readGuestMessage({ type, value }), `${type} ${String(value)}`).toBeNull();
	});

	test('is no message of the host’s', () => {
		const view = { type: 'view', top: 0, inset: 0, screen: 600 };
		expect(readHostMessage(view)).toEqual(view);
		for (const value of NONE)
			for (const key of ['top', 'inset', 'screen'])
				expect(readHostMessage({ ...view, [key]: value }), `${key} ${String(value)}`).toBeNull();
	});
});
