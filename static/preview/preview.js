// Shows the code to embed a story at work, as on a page that holds nothing else. It is a page of its own because the
// story's may hold no frame.
addEventListener('DOMContentLoaded', () => {
	const query = new URLSearchParams(location.search);
	const asked = (name) => query.get(name) ?? '';
	const [story, lang, title] = ['story', 'lang', 'title'].map(asked);
	const site = new URL('..', location.href).href;
	const isName = (text) => /^[\w-]+$/.test(text);
	if (!isName(story) || !isName(lang)) return;
	document.documentElement.lang = lang;
	document.documentElement.dir = lang === 'ar' ? 'rtl' : 'ltr';
	document.title = title || document.title;
	if (asked('mode') === 'frame') {
		const frame = document.createElement('iframe');
		frame.src = `${site}embed/${lang}/${story}/`;
		const [width, height] = asked('size').split(' ');
		Object.assign(frame, { title, width, height });
		frame.setAttribute('frameborder', '0');
		document.body.append(frame);
		return;
	}
	const loader = `${site}embed/v1.js`;
	const rules = { createScriptURL: (url) => (url === loader ? url : null) };
	const policy = self.trustedTypes?.createPolicy('masar-preview', rules) ?? rules;
	const script = document.createElement('script');
	script.src = policy.createScriptURL(loader);
	Object.assign(script.dataset, { story, lang, title });
	if (asked('mode') === 'boxed') script.dataset.mode = 'boxed';
	if (asked('consent')) script.dataset.consent = 'click';
	document.body.append(script);
});
