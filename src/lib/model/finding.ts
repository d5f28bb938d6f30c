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

/**
 * What has no place in words, for nobody sees it: controls; marks that turn the direction of what follows them, of which
 * a closing one would end the isolate that the page keeps a name in (Unicode's UAX 9, and UTR 36 on what they are used
 * for); line and paragraph separators; a byte order mark in the middle; half a pair, or what is left of a letter that
 * could not be read.
 */
const UNSEEN =
	/(?![\t\n\r])[\p{Cc}\p{Cs}\p{Zl}\p{Zp}\p{Noncharacter_Code_Point}\u202A-\u202E\u2066-\u206F\uFEFF\uFFF9-\uFFFD]/gu;

/** Where the first character stands that has no place in words; -1 where there is none. */
export function unseenAt(text: string): number {
	return text.search(UNSEEN);
}

/** The text with a name in the place of each character that would not be seen, or would turn the message around. */
function withUnseenNamed(text: string): string {
	return text.replace(UNSEEN, (character) => {
		const point = character.codePointAt(0) ?? 0;
		return `⟨U+${point.toString(16).toUpperCase().padStart(4, '0')}⟩`;
	});
}

/** What is expected of words that hold such a character, and how to mend them. */
export function unseenFinding(text: string): readonly [expected: string, mend: string] {
	const point = text.codePointAt(unseenAt(text)) ?? 0;
	const shown = withUnseenNamed(String.fromCodePoint(point));
	return point >= 0x202a && point <= 0x2069
		? [
				`words without ${shown}, a mark of direction`,
				'take it out: the page keeps names and languages apart by itself'
			]
		: [`words without the character ${shown}`, 'take it out, and save the file as UTF-8'];
}

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
	if (letters.length <= LONGEST_QUOTE) return `“${withUnseenNamed(letters.join(''))}”`;
	return `“${withUnseenNamed(letters.slice(0, LONGEST_QUOTE - 1).join(''))}…”`;
}
