// Before the first paint; docs/performance.md says why in a file of its own.
(() => {
	const root = document.documentElement;
	let theme = new URLSearchParams(location.search).get('theme');
	try {
		if (!theme && self === top) theme = localStorage.getItem('masar:theme');
	} catch {
		// Nothing is kept here.
	}
	if (theme === 'light' || theme === 'dark') root.dataset.theme = theme;
	const [visit] = performance.getEntriesByType('navigation');
	if (self === top && !location.hash && visit?.type === 'navigate') root.dataset.fresh = '';
	// Until src/start.ts is there.
	addEventListener('click', ({ target }) => {
		target.closest('button, input')?.setAttribute('data-asked', '');
		const link = target.closest('[hreflang]');
		if (link && !link.hash) link.href = link.pathname + location.search + location.hash;
	});
})();
