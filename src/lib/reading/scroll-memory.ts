/** Where in a page the reader was when it was left: a browser may lose it when the page is loaded again. */

const isKept = () => 'kept' in document.documentElement.dataset;

/** Name of the place in the storage, for this visit alone. */
const name = () => `masar:${location.pathname}`;

/** Px of the scroll at which the page was left; null where nothing is known. */
function placeKept(): number | null {
	try {
		const kept = sessionStorage.getItem(name());
		return kept === null ? null : Number(kept);
	} catch {
		return null;
	}
}

function goBackTo(top: number): void {
	window.scrollTo({ top, behavior: 'instant' });
}

/** Goes back at once in a page that is loaded again and stands at its top: Firefox forgets now and then where it was. */
export function goBack(): void {
	const place = isKept() ? placeKept() : null;
	if (place !== null && scrollY === 0) goBackTo(place);
}

/**
 * Keeps the place from now on; and goes back there, where the page is loaded again and the browser has gone to the element
 * that its address names instead, as WebKit does after the load.
 */
export function keepPlace(): void {
	const place = placeKept();
	addEventListener('pagehide', () => {
		try {
			sessionStorage.setItem(name(), String(scrollY));
		} catch {
			// Then the browser alone knows.
		}
	});
	const named = document.getElementById(location.hash.slice(1));
	if (place === null || !named || !isKept()) return;
	// A reader who has scrolled meanwhile is hardly where the browser goes.
	const margin = parseFloat(getComputedStyle(named).scrollMarginTop);
	const isAtElement = Math.abs(named.getBoundingClientRect().top - margin) < 2;
	if (isAtElement) goBackTo(place);
}
