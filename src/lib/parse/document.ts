import * as v from 'valibot';
import { isMap, isScalar, isSeq, LineCounter, parseDocument, visit } from 'yaml';
import type { Document } from 'yaml';
import { BYTE_ORDER_MARK, BYTE_ORDER_MARK_FOUND } from '../model/finding';
import { error, quote, warning } from './issue';
import type { Finding, Issue, Path, Spot, TextFile } from './issue';

/** A YAML or JSON document that knows on which line each of its values stands. */
export interface Source {
	readonly file: string;
	/** Plain data; undefined where the file cannot be read. */
	readonly value: unknown;
	/** Line of the key or list item at the end of the path, or of the nearest thing around it. */
	spot(path: Path): Spot;
}

export interface Read<T> {
	readonly value: T;
	readonly issues: readonly Issue[];
}

/** Reads each file once, however many stories it serves: a file that has been changed is another object. */
export function oncePerFile<T>(read: (file: TextFile) => T): (file: TextFile) => T {
	const known = new WeakMap<TextFile, { readonly value: T }>();
	return (file) => {
		const found = known.get(file) ?? { value: read(file) };
		known.set(file, found);
		return found.value;
	};
}

/** The file without a byte order mark, which is warned of, and with plain line ends. */
export function plainText(file: TextFile): Read<string> {
	const text = file.text.replace(/\r\n?/g, '\n');
	if (!text.startsWith(BYTE_ORDER_MARK)) return { value: text, issues: [] };
	const mark = warning({ file: file.path, line: 1 }, BYTE_ORDER_MARK_FOUND);
	return { value: text.slice(1), issues: [mark] };
}

/**
 * Reads YAML 1.2 without anchors, tags and merge keys.
 * @param firstLine line of the file on which the text begins
 */
export function readYaml(text: string, file: string, firstLine = 1): Read<Source> {
	const lines = new LineCounter();
	const document = parseDocument(text, { lineCounter: lines, prettyErrors: false, merge: false });
	const lineAt = (offset: number) => {
		const end = text.trimEnd().length;
		return firstLine - 1 + Math.max(1, lines.linePos(Math.min(offset, end)).line);
	};
	const problems = [...document.errors, ...document.warnings];
	// What cannot be read after another mistake is mostly its consequence.
	const own = problems.filter(({ code }, index) => index === 0 || KNOWN_MISTAKES.has(code));
	const issues = own.map(({ code, message, pos }) => {
		const offset = code === 'MISSING_CHAR' ? openedAt(document, pos[0]) : pos[0];
		return error({ file, line: lineAt(offset) }, syntaxFinding(code, message));
	});
	visit(document, {
		Alias: (_, node) => {
			issues.push(error({ file, line: lineAt(node.range?.[0] ?? 0) }, ALIAS));
		}
	});
	const spot = (path: Path) => ({ file, path, line: lineAt(offsetOf(document, path)) });
	const value: unknown = issues.length > 0 ? undefined : document.toJS();
	return { value: { file, value, spot }, issues };
}

/** Every way in which the document differs from the schema, each on its line. */
export function check<S extends v.GenericSchema>(
	schema: S,
	source: Source
): Read<v.InferOutput<S> | undefined> {
	const result = v.safeParse(schema, source.value);
	if (result.success) return { value: result.output, issues: [] };
	return { value: undefined, issues: result.issues.map((issue) => schemaIssue(issue, source)) };
}

/**
 * The messages of a schema hold what is expected and how to mend it, divided by `; `.
 * Valibot reports a key that should not be there as `expected: never`.
 */
function schemaIssue(issue: v.BaseIssue<unknown>, source: Source): Issue {
	const path = (issue.path ?? []).map((step) =>
		typeof step.key === 'number' ? step.key : String(step.key)
	);
	const [expected = '', ...mend] = issue.message.split('; ');
	const key = String(path.at(-1));
	const missing = issue.received === 'undefined';
	const foundKey = issue.expected === 'never' ? `the key ${quote(key)}` : quote(issue.input);
	const found = missing ? `no ${quote(key)}` : foundKey;
	const advice = missing ? `add “${key}:”` : mend.join('; ');
	return error(source.spot(path), [found, expected, advice]);
}

function offsetOf(document: Document, path: Path): number {
	let node: unknown = document.contents;
	let offset = startOf(node) ?? 0;
	for (const step of path) {
		if (isMap(node)) {
			const pair = node.items.find(({ key }) => isScalar(key) && String(key.value) === step);
			offset = startOf(pair?.key) ?? offset;
			node = pair?.value;
		} else {
			node = isSeq(node) ? node.items[Number(step)] : undefined;
			offset = startOf(node) ?? offset;
		}
	}
	return offset;
}

function startOf(node: unknown): number | undefined {
	if (!isMap(node) && !isSeq(node) && !isScalar(node)) return undefined;
	return node.range?.[0];
}

const ALIAS: Finding = [
	'a YAML alias (a word after *)',
	'plain values',
	'write the value out, or put it in quotation marks'
];

const KNOWN_MISTAKES: ReadonlyMap<string, Finding> = new Map([
	['DUPLICATE_KEY', ['a key that is already there', 'each key once', 'take one of the two out']],
	['TAB_AS_INDENT', ['a tab', 'spaces at the start of a line', 'replace the tab by spaces']],
	['MULTIPLE_DOCS', ['a line of ---', 'one document in the file', 'take the line out']],
	['TAG_RESOLVE_FAILED', ['a YAML tag (a word after !)', 'plain values', 'take it out']]
]);

/** Where the quoted text begins that is not closed by the given offset. */
function openedAt(document: Document, offset: number): number {
	let opened = offset;
	visit(document, {
		Scalar: (_, { range }) => {
			if (range && range[0] < offset && offset <= range[2]) opened = range[0];
		}
	});
	return opened;
}

function syntaxFinding(code: string, message: string): Finding {
	const known = KNOWN_MISTAKES.get(code);
	if (known) return known;
	const reason = message.charAt(0).toLowerCase() + message.slice(1);
	const mend = 'look at the quotation marks, colons and indentation here and one line above';
	return [`YAML that cannot be read (${reason})`, 'well-formed YAML', mend];
}
