// Runs before the first paint, so that a theme that was asked for or kept never arrives late. It is a file of its own,
// not a script in the page, so that a content security policy needs no exception for it.
(() => {
	let theme = new URLSearchParams(location.search).get('theme');
	try {
		if (!theme && self === top) theme = localStorage.getItem('masar:theme');
	} catch {
		// A browser that keeps nothing has nothing to remember.
	}
	if (theme === 'light' || theme === 'dark') document.documentElement.dataset.theme = theme;
})();
