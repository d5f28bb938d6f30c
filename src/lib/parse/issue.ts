import { distance } from 'fastest-levenshtein';

/** One text file, with its path as it should be named in messages. */
export interface TextFile {
	readonly path: string;
	readonly text: string;
}

/** One thing in a file that an author has to mend (an error) or look at (a warning). */
export interface Issue {
	readonly severity: 'error' | 'warning';
	readonly file: string;
	/** From 1. */
	readonly line: number;
	/** Where inside the data, such as `features[3].geometry`. */
	readonly path?: string;
	readonly found: string;
	readonly expected: string;
	/** What to do about it. */
	readonly mend: string;
}

/** Steps from the root of a document to a value in it. */
export type Path = readonly (string | number)[];

/** Where an issue is. */
export interface Spot {
	readonly file: string;
	readonly line: number;
	readonly path?: Path;
}

/** What an issue says: found, expected, mend. */
export type Finding = readonly [found: string, expected: string, mend: string];

const LONGEST_QUOTE = 60;

/** An error at a spot. */
export function error(spot: Spot, [found, expected, mend]: Finding): Issue {
	const { file, line, path = [] } = spot;
	const where = path.length > 0 ? { path: formatPath(path) } : {};
	return { severity: 'error', file, line, ...where, found, expected, mend };
}

/** A warning at a spot: the story can be published all the same. */
export function warning(spot: Spot, finding: Finding): Issue {
	return { ...error(spot, finding), severity: 'warning' };
}

/** `file:line: found …, expected …; mend (at path)`; a warning says so after the line. */
export function formatIssue(issue: Issue): string {
	const { severity, file, line, path, found, expected, mend } = issue;
	const kind = severity === 'warning' ? 'warning: ' : '';
	const where = path === undefined ? '' : ` (at ${path})`;
	return `${file}:${line}: ${kind}found ${found}, expected ${expected}; ${mend}${where}`;
}

/** The same issues by file, then by line; those of one line stay in the order they were found. */
export function inOrder(issues: readonly Issue[]): readonly Issue[] {
	return issues.toSorted((a, b) => compare(a.file, b.file) || a.line - b.line);
}

/** True where at least one issue is an error. */
export function hasError(issues: readonly Issue[]): boolean {
	return issues.some((issue) => issue.severity === 'error');
}

/** `scenes[3].view.places` */
export function formatPath(path: Path): string {
	const steps = path.map((step) => (typeof step === 'number' ? `[${step}]` : `.${step}`));
	return steps.join('').replace(/^\./, '');
}

/** A value as a message shows it: words in quotation marks, cut where they are long. */
export function quote(value: unknown): string {
	if (value === undefined || value === null) return 'nothing';
	if (Array.isArray(value)) return value.length > 0 ? 'a list' : 'an empty list';
	if (typeof value === 'object') return 'a group of keys';
	if (typeof value === 'number' || typeof value === 'boolean') return String(value);
	if (typeof value !== 'string') return `a ${typeof value}`;
	const letters = Array.from(value.replace(/\s+/g, ' '));
	if (letters.length === 0) return 'empty text';
	if (letters.length <= LONGEST_QUOTE) return `“${letters.join('')}”`;
	return `“${letters.slice(0, LONGEST_QUOTE - 1).join('')}…”`;
}

/** What to write instead of a word that is not known: the nearest known one, or the choice. */
export function suggest(word: string, known: Iterable<string>): string {
	const choice = [...new Set(known)];
	if (choice.length === 0) return 'take it out';
	const near = nearest(word, choice);
	if (near !== undefined) return `did you mean “${near}”?`;
	if (choice.length > 12) return `check its spelling, or take it out`;
	return `write one of: ${choice.join(', ')}`;
}

/** The known word that this one is most probably a slip of. */
export function nearest(word: string, known: readonly string[]): string | undefined {
	const [best = ''] = known.toSorted((a, b) => distance(word, a) - distance(word, b));
	const slips = distance(word, best);
	const isNear = slips <= Math.max(2, Math.floor(word.length / 3));
	return isNear && slips < Math.min(word.length, best.length) ? best : undefined;
}

function compare(a: string, b: string): number {
	if (a === b) return 0;
	return a < b ? -1 : 1;
}
