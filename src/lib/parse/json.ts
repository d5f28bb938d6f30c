import { readYaml } from './document';
import type { Source } from './document';
import { error } from './issue';
import type { Issue, Path } from './issue';

/** A document, or what is wrong with its JSON. */
export type ReadJson = { ok: true; source: Source } | { ok: false; issue: Issue };

/** Reads JSON; its lines are looked up, by reading it as YAML, only where a message needs them. */
export function readJson(text: string, file: string): ReadJson {
	let lines: Source | undefined;
	const spot = (path: Path) => (lines ??= readYaml(text, file).value).spot(path);
	try {
		return { ok: true, source: { file, value: JSON.parse(text) as unknown, spot } };
	} catch (cause) {
		const line = text.slice(0, failureOf(text)).split('\n').length;
		const reason = cause instanceof Error ? cause.message.replace(/ in JSON at .*/s, '') : '';
		return {
			ok: false,
			issue: error({ file, line }, [
				`JSON that cannot be read (${reason.replace(/\s+/g, ' ').replace(/, .* is not valid JSON$/, '')})`,
				'well-formed JSON',
				'look at the commas, brackets and quotation marks here and one line above'
			])
		};
	}
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
