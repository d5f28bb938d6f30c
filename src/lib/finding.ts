/** What a message about a file says, wherever the file is read: when the site is built, or in the page. */

/** Steps from the root of a document to a value in it. */
export type Path = readonly (string | number)[];

/** What an issue says: found, expected, mend. */
export type Finding = readonly [found: string, expected: string, mend: string];

/** The mark U+FEFF, which some editors put before the text. */
export const BYTE_ORDER_MARK = '\uFEFF';

/** What is said of it. */
export const BYTE_ORDER_MARK_FOUND: Finding = [
	'an unseen byte order mark',
	'the text to begin at once',
	'save the file as “UTF-8 without BOM”'
];

const LONGEST_QUOTE = 60;
/** Letters of a long text that are looked at, far more than are shown. */
const LONGEST_LOOK = 1000;

/** `scenes[3].view.places` */
export function formatPath(path: Path): string {
	const steps = path.map((step) => (typeof step === 'number' ? `[${step}]` : `.${step}`));
	return steps.join('').replace(/^\./, '');
}

/** `found …, expected …; mend` */
export function formatFinding([found, expected, mend]: Finding): string {
	return `found ${found}, expected ${expected}; ${mend}`;
}

/** A value as a message shows it: words in quotation marks, cut where they are long. */
export function quote(value: unknown): string {
	if (value === undefined || value === null) return 'nothing';
	if (Array.isArray(value)) return value.length > 0 ? 'a list' : 'an empty list';
	if (typeof value === 'object') return 'a group of keys';
	if (typeof value === 'number' || typeof value === 'boolean') return String(value);
	if (typeof value !== 'string') return `a ${typeof value}`;
	const letters = Array.from(value.slice(0, LONGEST_LOOK).replace(/\s+/g, ' '));
	if (letters.length === 0) return 'empty text';
	if (letters.length <= LONGEST_QUOTE) return `“${letters.join('')}”`;
	return `“${letters.slice(0, LONGEST_QUOTE - 1).join('')}…”`;
}
