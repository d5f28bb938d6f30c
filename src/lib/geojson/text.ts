import { BYTE_ORDER_MARK, BYTE_ORDER_MARK_FOUND, quote } from '../model/finding';
import type { Finding, Path } from '../model/finding';
import type { Severity } from './report';
import type { Work } from './work';

/** What a file may hold at most. */
export const LIMITS = {
	/** Bytes (or letters, where the bytes are not known). */
	size: 16_000_000,
	/** Positions of one feature: the map takes in a feature whole, and nothing else meanwhile. */
	positions: 200_000,
	/** Brackets within brackets; GeoJSON needs 8, and 2 more for each collection of geometries. */
	depth: 32
} as const;

/** Something wrong in a text that is read all the same. */
export interface Oddity {
	readonly severity: Severity;
	readonly path: Path;
	readonly finding: Finding;
}

/** JSON that was read. */
export interface Json {
	readonly value: unknown;
	readonly oddities: readonly Oddity[];
}

export type ReadText =
	| { readonly ok: true; readonly json: Json }
	| {
			readonly ok: false;
			readonly finding: Finding;
			/** Letters before the place of the mistake; null where JSON.parse did not tell. */
			readonly offset: number | null;
	  };

/** Work between two pauses, in letters. */
const PAUSE = 1 << 16;

/** What stands for bytes that are no letter. */
const REPLACEMENT = '\uFFFD';

/** Reads JSON, and finds what it should not hold: keys that are doubled or reach for a prototype. */
export function* readText(text: string): Work<ReadText> {
	if (text.length > LIMITS.size) return { ok: false, finding: tooLarge(text.length), offset: 0 };
	const marks: Oddity[] = [];
	const mark = (severity: Severity, finding: Finding) =>
		marks.push({ severity, path: [], finding });
	const isMarked = text.startsWith(BYTE_ORDER_MARK);
	const plain = isMarked ? text.slice(1) : text;
	if (isMarked) mark('mended', BYTE_ORDER_MARK_FOUND);
	if (plain.includes(REPLACEMENT)) mark('suspicion', STRAY_BYTES);
	const other = otherFormat(plain);
	if (other) return { ok: false, finding: other, offset: 0 };
	const { oddities, tooDeepAt } = yield* scan(plain);
	if (tooDeepAt !== null) return { ok: false, finding: TOO_DEEP, offset: tooDeepAt };
	try {
		const value: unknown = JSON.parse(plain);
		return { ok: true, json: { value, oddities: [...marks, ...oddities] } };
	} catch (cause) {
		return { ok: false, finding: unreadable(plain, cause), offset: null };
	}
}

/** What is said of a file beyond the limit. */
export function tooLarge(size: number): Finding {
	return [
		`a file of ${Math.ceil(size / 1e6)} MB`,
		`at most ${LIMITS.size / 1e6} MB`,
		'simplify its lines, or divide it'
	];
}

const STRAY_BYTES: Finding = [
	`a letter that cannot be read (${REPLACEMENT})`,
	'text in UTF-8',
	'save the file as “UTF-8”, and look at its names'
];

const TOO_DEEP: Finding = [
	`more than ${LIMITS.depth} brackets within brackets`,
	`at most ${LIMITS.depth}`,
	'check the brackets here'
];

function otherFormat(text: string): Finding | undefined {
	const start = text.slice(0, 1000).trimStart();
	const expected = 'GeoJSON';
	if (start === '' && text.trim() === '') {
		return ['an empty file', expected, 'save the GeoJSON in it'];
	}
	if (text.slice(0, 100).includes('\0') || start.startsWith(REPLACEMENT)) {
		return [
			'a file that is not UTF-8',
			'GeoJSON in UTF-8',
			'save it as “UTF-8”; unpack it first if it is packed'
		];
	}
	if (/^<(?:!doctype html|html|head|body)\b/i.test(start)) {
		return ['a web page (HTML)', expected, 'save the GeoJSON itself, not the page that shows it'];
	}
	if (/<kml\b/i.test(start)) return ['KML', expected, 'export it as GeoJSON'];
	if (start.startsWith('<')) return ['XML', expected, 'export it as GeoJSON'];
	if (start.startsWith('PK') || start.startsWith('\x1F')) {
		return ['a packed file', expected, 'unpack it first'];
	}
	return undefined;
}

function unreadable(text: string, cause: unknown): Finding {
	if (isLines(text)) {
		return [
			'several JSON texts, one on each line',
			'one FeatureCollection',
			'put the features into { "type": "FeatureCollection", "features": […] }, with commas between'
		];
	}
	const message = cause instanceof Error ? cause.message : '';
	// Without the place: it is told by the line.
	const reason = message
		.replace(/(?: in JSON)? at (?:position|line) .*/s, '')
		.replace(/\s+/g, ' ')
		.replace(/, .* is not valid JSON$/, '');
	return [
		`JSON that cannot be read (${reason})`,
		'well-formed JSON',
		'look at the commas, brackets and quotation marks here and one line above'
	];
}

/** GeoJSON lines, or a GeoJSON text sequence (RFC 8142): each line is JSON by itself. */
function isLines(text: string): boolean {
	if (text.startsWith('\x1E')) return true;
	const [first = '', second = ''] = text.split(/\r?\n/, 2);
	return second.startsWith('{') && isObject(first) && isObject(second);
}

function isObject(text: string): boolean {
	try {
		return typeof JSON.parse(text) === 'object';
	} catch {
		return false;
	}
}

interface Scan {
	readonly oddities: readonly Oddity[];
	/** Offset of the first bracket beyond the limit. */
	readonly tooDeepAt: number | null;
}

const QUOTE = 0x22;
const COMMA = 0x2c;
const OPEN_LIST = 0x5b;
const BACKSLASH = 0x5c;
const CLOSE_LIST = 0x5d;
const OPEN_GROUP = 0x7b;
const CLOSE_GROUP = 0x7d;

/** Goes through JSON, good or bad, by its brackets, commas and strings. */
function* scan(text: string): Work<Scan> {
	const oddities: Oddity[] = [];
	const path: (string | number)[] = [];
	const keys: (Set<string> | null)[] = [];
	let awaitsKey = false;
	let pauseAt = PAUSE;
	for (let at = 0; at < text.length; at++) {
		if (at >= pauseAt) {
			pauseAt = at + PAUSE;
			yield;
		}
		switch (text.charCodeAt(at)) {
			case QUOTE: {
				const end = endOfString(text, at);
				const known = keys.at(-1);
				if (awaitsKey && known) {
					awaitsKey = false;
					const key = stringOf(text.slice(at, end + 1));
					path[path.length - 1] = key;
					const finding = known.has(key) ? doubledKey(key) : unsafeKey(key);
					if (finding) oddities.push({ severity: 'error', path: [...path], finding });
					known.add(key);
				}
				at = end;
				break;
			}
			case COMMA: {
				const step = path.at(-1);
				awaitsKey = keys.at(-1) instanceof Set;
				if (!awaitsKey && typeof step === 'number') path[path.length - 1] = step + 1;
				break;
			}
			case OPEN_LIST:
			case OPEN_GROUP:
				if (path.length === LIMITS.depth) return { oddities, tooDeepAt: at };
				awaitsKey = text.charCodeAt(at) === OPEN_GROUP;
				path.push(awaitsKey ? '' : 0);
				keys.push(awaitsKey ? new Set() : null);
				break;
			case CLOSE_LIST:
			case CLOSE_GROUP:
				path.pop();
				keys.pop();
				awaitsKey = false;
		}
	}
	return { oddities, tooDeepAt: null };
}

/** Offset of the quotation mark that closes the string which one at `start` opens. */
function endOfString(text: string, start: number): number {
	for (let end = text.indexOf('"', start + 1); end >= 0; end = text.indexOf('"', end + 1)) {
		let slashes = 0;
		while (text.charCodeAt(end - 1 - slashes) === BACKSLASH) slashes += 1;
		if (slashes % 2 === 0) return end;
	}
	return text.length;
}

function stringOf(token: string): string {
	if (!token.includes('\\')) return token.slice(1, -1);
	try {
		return String(JSON.parse(token));
	} catch {
		return token;
	}
}

function doubledKey(key: string): Finding {
	return [`the key ${quote(key)} again`, 'each key once', 'take one of the two out'];
}

/**
 * Keys that careless programs take for the object's own nature. MapLibre, which hands data to its worker key by key, stops
 * at all but the first of them and draws nothing.
 */
const UNSAFE_KEYS: ReadonlySet<string> = new Set([
	'__proto__',
	'constructor',
	'hasOwnProperty',
	'$name'
]);

function unsafeKey(key: string): Finding | undefined {
	if (!UNSAFE_KEYS.has(key)) return undefined;
	return [`the key ${quote(key)}`, 'keys that are data alone', 'rename it, or take it out'];
}

/**
 * Offset of the key or list item at the end of the path, or of the nearest thing around it.
 *
 * @param text JSON that has been read
 */
export function offsetOf(text: string, path: Path): number {
	let at = skipSpace(text, 0);
	let found = at;
	for (const step of path) {
		const next = typeof step === 'number' ? itemAt(text, at, step) : memberAt(text, at, step);
		if (!next) return found;
		found = next.start;
		at = next.value;
	}
	return found;
}

interface Member {
	/** Where its key begins, or itself in a list. */
	readonly start: number;
	readonly value: number;
}

function itemAt(text: string, list: number, index: number): Member | undefined {
	if (text.charCodeAt(list) !== OPEN_LIST) return undefined;
	let at = skipSpace(text, list + 1);
	for (let count = 0; text.charCodeAt(at) !== CLOSE_LIST && at < text.length; count++) {
		if (count === index) return { start: at, value: at };
		at = skipComma(text, skipValue(text, at));
	}
	return undefined;
}

/** The last member of this name: the one that counts. */
function memberAt(text: string, group: number, name: string): Member | undefined {
	if (text.charCodeAt(group) !== OPEN_GROUP) return undefined;
	let at = skipSpace(text, group + 1);
	let found: Member | undefined;
	while (text.charCodeAt(at) === QUOTE) {
		const end = endOfString(text, at) + 1;
		const value = skipSpace(text, text.indexOf(':', end) + 1);
		if (stringOf(text.slice(at, end)) === name) found = { start: at, value };
		at = skipComma(text, skipValue(text, value));
	}
	return found;
}

function skipSpace(text: string, from: number): number {
	let at = from;
	while (text.charCodeAt(at) <= 0x20) at += 1;
	return at;
}

function skipComma(text: string, from: number): number {
	const at = skipSpace(text, from);
	return text.charCodeAt(at) === COMMA ? skipSpace(text, at + 1) : at;
}

/** Offset behind the value that begins here. */
function skipValue(text: string, from: number): number {
	let depth = 0;
	for (let at = from; at < text.length; at++) {
		const code = text.charCodeAt(at);
		if (code === QUOTE) at = endOfString(text, at);
		else if (code === OPEN_LIST || code === OPEN_GROUP) depth += 1;
		else if (code === CLOSE_LIST || code === CLOSE_GROUP) depth -= 1;
		if (depth < 0 || (depth === 0 && code === COMMA)) return at;
		if (depth === 0 && (code === QUOTE || code === CLOSE_LIST || code === CLOSE_GROUP)) {
			return at + 1;
		}
	}
	return text.length;
}
