/** Where in a page the reader was when it was left: a browser may lose it when the page is loaded again. */

/**
 * Keeps it from now on, for this visit; and goes back there, where the page is loaded again and the browser has gone to
 * the element that its address names instead, as WebKit does.
 */
export function keepPlace(): void {
	const name = `masar:${location.pathname}`;
	const known = (() => {
		try {
			return sessionStorage.getItem(name);
		} catch {
			return null;
		}
	})();
	addEventListener('pagehide', () => {
		try {
			sessionStorage.setItem(name, String(scrollY));
		} catch {
			// Then the browser alone knows.
		}
	});
	const named = document.getElementById(location.hash.slice(1));
	if (known === null || !named || !('kept' in document.documentElement.dataset)) return;
	// A reader who has scrolled meanwhile is hardly where the browser goes.
	const margin = parseFloat(getComputedStyle(named).scrollMarginTop);
	const isAtElement = Math.abs(named.getBoundingClientRect().top - margin) < 2;
	if (isAtElement) window.scrollTo({ top: Number(known), behavior: 'instant' });
}
