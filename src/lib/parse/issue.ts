import { distance } from 'fastest-levenshtein';
import { formatFinding, formatPath } from '../model/finding';
import type { Finding, Path } from '../model/finding';

export { formatPath, quote, unseenAt, unseenFinding } from '../model/finding';
export type { Finding, Path } from '../model/finding';

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

/** Where an issue is. */
export interface Spot {
	readonly file: string;
	readonly line: number;
	readonly path?: Path;
}

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
	return `${file}:${line}: ${kind}${formatFinding([found, expected, mend])}${where}`;
}

/** The same issues by file, then by line; those of one line stay in the order they were found. */
export function inOrder(issues: readonly Issue[]): readonly Issue[] {
	return issues.toSorted((a, b) => compare(a.file, b.file) || a.line - b.line);
}

/** True where at least one issue is an error. */
export function hasError(issues: readonly Issue[]): boolean {
	return issues.some((issue) => issue.severity === 'error');
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
