/** What `$app/navigation` is to the page's own script, which runs without Kit's client and its router. */

/** Puts another address in the place of the present one. */
export function replaceState(url: string, state: unknown): void {
	history.replaceState(state, '', url);
}
