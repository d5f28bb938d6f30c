// Keeps stories that were read, so that the next visit needs no network. Never asked for in an embed. What it may do, and
// why, is told in docs/decisions/offline.md; src/lib/reading/offline.ts says what to keep.

const ROOT = new URL('./', location.href).href;
const FIXED = `${ROOT}_app/immutable/`;
/** Ms in which the network has to bring a page of which an older one is kept. */
const PATIENCE = 4000;
/** The page's script, whose name changes with the version of the site. */
const ENTRY = /_app\/immutable\/start\.[\w-]+\.js/;
const NAMED = /_app\/immutable\/[\w./-]+/g;

/** The caches that pages were taken from, by client: the rest of each comes from there too. */
const old = new Map();

const prefixOf = (page) => `masar ${page} `;

/** The cache that holds a page whole: it is the last thing that is put into one. */
async function cacheOf(page) {
	for (const name of await caches.keys()) {
		const isOfPage = name.startsWith(prefixOf(page));
		if (isOfPage && (await caches.match(page, { cacheName: name }))) return name;
	}
	return undefined;
}

/** @throws where the file does not come, or something else comes in its place */
async function get(address, method = 'GET') {
	const response = await fetch(address, { method });
	const isPage = (response.headers.get('Content-Type') ?? '').includes('text/html');
	if (!response.ok || isPage !== address.endsWith('/')) throw new Error(`${address} did not come`);
	return response;
}

/** The files of a version beyond those that its page names, from the site's root. */
const filesOf = async (entry) => (await get(ROOT + entry.replace(/js$/, 'json'))).json();

/** Keeps a page with its files: all of them, or nothing changes. Most come from the browser's own cache. */
async function keep(page, { files, all }) {
	const html = await get(page);
	const entry = ENTRY.exec(await html.clone().text())?.[0];
	// Since it was read, another version has come.
	if (!entry || !files.includes(ROOT + entry)) return;
	const name = prefixOf(page) + entry;
	const further = all ? await filesOf(entry) : [];
	const addresses = [...new Set([...files, ...further.map((file) => ROOT + file)])];
	const missing = [];
	for (const address of addresses) {
		const isThere = address.startsWith(FIXED) && (await caches.match(address, { cacheName: name }));
		if (!isThere) missing.push(address);
	}
	const found = await Promise.all(missing.map((address) => get(address)));
	const cache = await caches.open(name);
	await Promise.all(missing.map((address, index) => cache.put(address, found[index])));
	await cache.put(page, html);
	for (const other of await caches.keys()) {
		if (other.startsWith(prefixOf(page)) && other !== name) await caches.delete(other);
	}
}

/** Whether a page that has come is one of ours, with all that it needs; or says that there is none any more. */
async function isWhole(response, name) {
	if (!response.ok) return response.status < 500;
	const html = await response.text();
	const entry = ENTRY.exec(html)?.[0];
	if (!entry) return false;
	const further = name.endsWith(entry) ? [] : await filesOf(entry);
	const needed = [...new Set([...(html.match(NAMED) ?? []), ...further])];
	await Promise.all(
		needed.map(async (file) => {
			const isKept = await caches.match(ROOT + file, { cacheName: name });
			if (!isKept) await get(ROOT + file, 'HEAD');
		})
	);
	return true;
}

/** The page as it is now; where it does not come, or comes without its files, as it was kept. */
async function pageFor({ request, resultingClientId }) {
	const page = request.url.replace(/[?#].*/, '');
	const cacheName = await cacheOf(page);
	if (!cacheName) return fetch(request);
	try {
		const late = new Promise((_, reject) => setTimeout(reject, PATIENCE));
		const fresh = await Promise.race([fetch(request), late]);
		if (await Promise.race([isWhole(fresh.clone(), cacheName), late])) return fresh;
	} catch {
		// The kept one is whole.
	}
	old.set(resultingClientId, cacheName);
	return caches.match(page, { cacheName });
}

/** A file of a page: where it never changes, or the page was kept, the kept one. */
async function fileFor({ request, clientId }) {
	const cacheName = old.get(clientId);
	const kept = await caches.match(request, { ignoreVary: true, ...(cacheName && { cacheName }) });
	if (!kept) return fetch(request);
	if (cacheName || request.url.startsWith(FIXED)) return kept;
	const fresh = await fetch(request).catch(() => kept);
	return fresh.ok ? fresh : kept;
}

addEventListener('install', () => skipWaiting());

addEventListener('message', (event) => {
	const page = event.source.url.replace(/[?#].*/, '');
	event.waitUntil(
		keep(page, event.data).catch((cause) => {
			console.warn(cause);
		})
	);
});

addEventListener('fetch', (event) => {
	const { method, mode, url, referrer } = event.request;
	if (method !== 'GET' || !url.startsWith(ROOT) || referrer.startsWith(`${ROOT}embed/`)) return;
	if (mode !== 'navigate') event.respondWith(fileFor(event));
	else if (!url.startsWith(`${ROOT}embed/`)) event.respondWith(pageFor(event));
});
