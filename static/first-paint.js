// Runs before the first paint. It is a file of its own, not a script in the page, so that a content security policy
// needs no exception for it.
(() => {
	const root = document.documentElement;
	// A theme that was asked for or kept never arrives late.
	let theme = new URLSearchParams(location.search).get('theme');
	try {
		if (!theme && self === top) theme = localStorage.getItem('masar:theme');
	} catch {
		// A browser that keeps nothing has nothing to remember.
	}
	if (theme === 'light' || theme === 'dark') root.dataset.theme = theme;
	// A page that opens at its top need not lay out what is further down to show it; the page's script ends that.
	const [visit] = performance.getEntriesByType('navigation');
	if (self === top && !location.hash && visit && visit.type === 'navigate') root.dataset.fresh = '';
})();
