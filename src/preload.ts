/** What a dynamic import calls in the built page, in place of Vite's own, which sees to style sheets and nonces as well. */

/**
 * Asks, together with a script, for those that it will ask for in its turn: over a slow line each further turn is a wait.
 *
 * @param scripts - addresses relative to `from`, the importing script's own
 */
export function preload<T>(
	load: () => Promise<T>,
	scripts: readonly string[] = [],
	from: string
): Promise<T> {
	for (const script of scripts) {
		const link = document.createElement('link');
		link.rel = 'modulepreload';
		link.href = new URL(script, from).href;
		document.head.append(link);
	}
	return load();
}
