// Before the first paint; docs/performance.md says why in a file of its own.
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
	// Until src/start.ts is there.
	addEventListener('click', ({ target }) => {
		target.closest('button, input')?.setAttribute('data-asked', '');
		const link = target.closest('[hreflang]');
		if (link && !link.hash) link.href = link.pathname + location.search + location.hash;
	});
	if (self !== top || !visit) return;
	if (visit.type !== 'navigate') root.dataset.kept = '';
	else if (!location.hash) root.dataset.fresh = '';
})();
