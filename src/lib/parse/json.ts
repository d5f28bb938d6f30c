import { finish, offsetOf, readText } from '../geojson';
import type { Json } from '../geojson';
import type { Source } from './document';
import { error } from './issue';
import type { Issue, Path } from './issue';

/** A document, or what is wrong with its JSON. */
export type ReadJson =
	{ readonly ok: true; readonly source: Source; readonly json: Json } | { ok: false; issue: Issue };

/** Reads JSON; its lines are looked up only where a message needs them. */
export function readJson(text: string, file: string): ReadJson {
	const lineAt = (offset: number) =>
		text.slice(0, Math.min(offset, text.trimEnd().length)).split('\n').length;
	const read = finish(readText(text));
	if (!read.ok) {
		const line = lineAt(read.offset ?? failureOf(text));
		return { ok: false, issue: error({ file, line }, read.finding) };
	}
	const { json } = read;
	const spot = (path: Path) => ({ file, path, line: lineAt(offsetOf(text, path)) });
	return { ok: true, json, source: { file, value: json.value, spot } };
}

/**
 * The offset at which JSON stops being JSON: the longest beginning of the text that could still be
 * continued. V8 names the offset in some of its messages only.
 */
function failureOf(text: string): number {
	let [good, bad] = [0, text.trimEnd().length + 1];
	while (bad - good > 1) {
		const middle = (good + bad) >> 1;
		if (couldContinue(text.slice(0, middle))) good = middle;
		else bad = middle;
	}
	return good;
}

function couldContinue(text: string): boolean {
	try {
		JSON.parse(text);
		return true;
	} catch (cause) {
		const message = cause instanceof Error ? cause.message : '';
		return /end of JSON/.test(message) || message.includes(`position ${text.length}`);
	}
}
