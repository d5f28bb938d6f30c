/** When the live map is fetched: after all that is needed to read, and never unasked over a line that is to be spared. */

/** Ms for which the live map waits for typefaces and the first picture; one that never comes must not keep it away. */
const PATIENCE_MS = 4000;
/** Ms for which it then waits for the page to be idle. */
const IDLE_MS = 500;

/** What a browser tells of its line (the Network Information API, which some do not have). */
export interface Line {
	readonly saveData?: boolean;
	readonly effectiveType?: string;
}

/** Whether the reader saves data, or has a line on which half a megabyte takes longer than a scene is read. */
export function sparesLine(line: Line | undefined): boolean {
	return line?.saveData === true || /^(?:slow-2g|2g|3g)$/.test(line?.effectiveType ?? '');
}

/** The line of this browser, where it tells. */
export function lineNow(): Line | undefined {
	// Not every browser has the API, so the types have it not at all.
	return (navigator as Navigator & { readonly connection?: Line }).connection;
}

/**
 * Calls `run` once the page has all that it needs to be read, and is idle.
 *
 * @returns what calls it off
 */
export function afterPage(run: () => void): () => void {
	const loaded = new AbortController();
	let idle: number | undefined;
	const whenIdle = () => {
		loaded.abort();
		clearTimeout(patience);
		if ('requestIdleCallback' in window) idle = requestIdleCallback(run, { timeout: IDLE_MS });
		else run();
	};
	const patience = setTimeout(whenIdle, document.readyState === 'complete' ? 0 : PATIENCE_MS);
	addEventListener('load', whenIdle, { once: true, signal: loaded.signal });
	return () => {
		loaded.abort();
		clearTimeout(patience);
		if (idle !== undefined) cancelIdleCallback(idle);
	};
}

/**
 * Loads the page again, where it still can be loaded: a browser does not ask a second time for a module that did not come.
 */
export function loadAgain(): void {
	fetch(location.href).then(({ ok }) => {
		if (ok) location.reload();
	}, console.warn);
}
