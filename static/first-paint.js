// See docs/performance.md.
(() => {
	const root = document.documentElement;
	let theme = new URLSearchParams(location.search).get('theme');
	try {
		if (!theme && self === top) theme = localStorage.getItem('masar:theme');
	} catch {
		// None.
	}
	if (theme === 'light' || theme === 'dark') root.dataset.theme = theme;
	const [visit] = performance.getEntriesByType('navigation');
	if (self !== top || !visit) return;
	if (visit.type !== 'navigate') root.dataset.kept = '';
	else if (!location.hash) root.dataset.fresh = '';
})();
