import * as v from 'valibot';
import { LANGUAGES } from '../model/story';
import { nearest, suggest, unseenAt, unseenFinding } from './issue';

/** Ids become addresses and file names: small Latin letters, digits and hyphens. */
export const ID_PATTERN = /^[a-z][a-z0-9-]*$/;

const DATE_PATTERN = /^(\d{4})-(\d{2})-(\d{2})$/;
const DATE_TIME_PATTERN = /^(\d{4}-\d{2}-\d{2})T([01]\d|2[0-3]):[0-5]\dZ$/;
const YEAR_PATTERN = /^\d{4}$/;

/**
 * An object with these keys and no others. Valibot's own strict object names only the first key too
 * many; here each of them becomes an entry that may never be.
 */
export function strict<const E extends v.ObjectEntries>(entries: E) {
	const known = Object.keys(entries);
	const group = `a group of keys (${known.join(', ')}); write each key on a line of its own`;
	const message = (issue: { readonly expected: string | null }) =>
		issue.expected === 'Object' ? group : 'a value for it; add it';
	const schema = v.strictObject(entries, message);
	return v.lazy((input) => {
		// A list is an object to valibot; nothing passes this, so its type does not matter.
		if (Array.isArray(input)) return v.custom(() => false, group) as unknown as typeof schema;
		const given = typeof input === 'object' && input !== null ? Object.entries(input) : [];
		const unknown = given.filter(([key]) => !Object.hasOwn(entries, key));
		if (unknown.length === 0) return schema;
		const nevers = Object.fromEntries(
			unknown.map(([key, value]) => [key, v.never(unknownKey(key, value, known))] as const)
		);
		// The keys too many let nothing pass, so what passes has the known entries alone.
		const all: E = { ...entries, ...nevers };
		return v.strictObject(all, message);
	});
}

function unknownKey(key: string, value: unknown, known: readonly string[]): string {
	// `{ en: Borders, coasts }` is a key “coasts” without a value to YAML.
	const comma = value === null ? 'put words that hold a comma in quotation marks; or ' : '';
	return `only known keys; ${comma}${suggest(key, known)}`;
}

/** A list, of which each item is read by itself. */
export function list<S extends v.GenericSchema>(item: S) {
	return v.array(item, 'a list; write it in square brackets, or each item after a hyphen');
}

/** Words that are not empty, and seen. */
export const words = v.pipe(
	v.string('words; put it in quotation marks if it is a number'),
	v.trim(),
	v.nonEmpty('words; write them'),
	v.check(
		(text) => unseenAt(text) < 0,
		({ input }) => unseenFinding(input).join('; ')
	)
);

/** The same words in every language. */
export const localized = strict(
	// Every language is a key; fromEntries forgets which.
	Object.fromEntries(LANGUAGES.map((language) => [language, words])) as Record<
		(typeof LANGUAGES)[number],
		typeof words
	>
);

/** The id of a scene, place or contact. */
export const id = v.pipe(
	v.string('an id; write a name such as “alaska”'),
	v.regex(ID_PATTERN, 'an id of small Latin letters, digits and hyphens; rename it')
);

/** A list of ids, each once. */
export const ids = v.pipe(
	list(id),
	v.checkItems((item, index, all) => all.indexOf(item) === index, 'each id once; take it out')
);

/** One of a few words. */
export function oneOf<const T extends readonly string[]>(choice: T) {
	return v.picklist(choice, (issue) => {
		const near = nearest(String(issue.input), choice);
		const mend = near === undefined ? 'write one of them' : `did you mean “${near}”?`;
		return `one of ${choice.join(', ')}; ${mend}`;
	});
}

/** A number within a range, both ends included. */
export function numberBetween(least: number, most: number) {
	const message = `a number from ${least} to ${most}; change it`;
	return v.pipe(
		v.number(message),
		v.check((value) => value >= least && value <= most, message)
	);
}

/** The number of a paragraph. */
export const paragraphNumber = v.pipe(
	v.number('the number of a paragraph; write it in digits, such as 7'),
	v.integer('the number of a paragraph; write a whole number'),
	v.minValue(1, 'a number from 1; number the paragraphs from 1')
);

/** ISO 3166-1 alpha-2. */
export const countryCode = v.pipe(
	v.string('a country code; write two capital letters, such as US'),
	v.regex(/^[A-Z]{2}$/, 'a country code; write two capital letters, such as US')
);

const yearOrText = v.union(
	[v.string(), v.pipe(v.number(), v.integer(), v.transform(String))],
	'a date; write it as 2025-08-12'
);

/** An ISO date that is in the calendar. */
export const date = v.pipe(
	v.string('a date; write it as 2025-08-12'),
	v.check(isDate, 'a real date; write it as 2025-08-12')
);

/** An ISO date or a year. */
export const dateOrYear = v.pipe(
	yearOrText,
	v.check(
		(text) => isDate(text) || YEAR_PATTERN.test(text),
		'a real date or a year; write it as 2025-08-12 or 2025'
	)
);

/** An ISO date, a year, or a date-time in UTC. */
export const moment = v.pipe(
	yearOrText,
	v.check(
		(text) => isDate(text) || YEAR_PATTERN.test(text) || isDateTime(text),
		'a real date, date-time or year; write it as 2025-08-12, 2025-08-12T13:00Z or 2025, or null'
	)
);

/** A date-time in UTC. */
export const dateTime = v.pipe(
	v.string('a date-time; write it as 2025-08-13T13:00Z'),
	v.check(isDateTime, 'a real date-time in GMT; write it as 2025-08-13T13:00Z')
);

/** A secure web address. */
export const webAddress = v.pipe(
	v.string('a web address; write it from https:// on, or null'),
	v.check(
		(text) => text.startsWith('https://') && URL.canParse(text),
		'a web address; write it from https:// on, or null'
	)
);

function isDate(text: string): boolean {
	const [, year = '', month = '', day = ''] = DATE_PATTERN.exec(text) ?? [];
	const length = daysInMonth(Number(year), Number(month));
	return year !== '' && Number(day) >= 1 && Number(day) <= length;
}

function isDateTime(text: string): boolean {
	return isDate(DATE_TIME_PATTERN.exec(text)?.[1] ?? '');
}

function daysInMonth(year: number, month: number): number {
	const leap = (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;
	return [31, leap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31][month - 1] ?? 0;
}
