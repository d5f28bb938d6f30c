import { loadEnv } from 'vite';
import { expect, test } from 'vitest';
import { headersOf } from '../../scripts/policy.mjs';
import { ROOT } from '../../scripts/setup.mjs';
import { siteOf } from '../../src/lib/sharing/site';
import { read, siteFiles } from './files';

const HTML = siteFiles().filter((path) => path.endsWith('.html'));

/** The headers that Netlify and Cloudflare Pages would send: of every rule whose path fits, each header with its values. */
function edgeHeaders(path: string): Map<string, string[]> {
	const headers = new Map<string, string[]>();
	let fits = false;
	for (const line of read('_headers').split('\n')) {
		if (line.startsWith('/')) {
			fits = line.endsWith('*') ? path.startsWith(line.slice(0, -1)) : path === line;
		} else if (fits && line.startsWith('  ')) {
			const [name = '', value = ''] = line.trim().split(/: (.*)/s);
			headers.set(name, [...(headers.get(name) ?? []), value]);
		}
	}
	return headers;
}

test('what Netlify and Cloudflare Pages are told of a page or a script is told once, and the same', () => {
	// A newsroom that has set its address runs the tests as well.
	const { root } = siteOf(loadEnv('production', ROOT, 'PUBLIC_')['PUBLIC_ORIGIN']);
	const origin = root && new URL(root).origin;
	const paths = siteFiles().filter((path) => /\.(?:html|js)$/.test(path));
	expect(paths.length).toBeGreaterThan(10);
	for (const path of paths.flatMap((each) => [
		`/${each}`,
		`/${each.replace(/index\.html$/, '')}`
	])) {
		const { 'Cache-Control': kept, ...wanted } = headersOf(path, origin);
		const sent = edgeHeaders(path);
		for (const [name, value] of Object.entries(wanted)) {
			expect(sent.get(name), `${name} of ${path}`).toEqual([value]);
		}
		// What is not for ever is the hosts' own default.
		expect(sent.get('Cache-Control'), path).toEqual(kept === 'no-cache' ? undefined : [kept]);
	}
});

test.for(HTML)('%s has no script, no style and no handler within it', (path) => {
	const html = read(path);
	const scripts = [...html.matchAll(/<script\b([^>]*)>/g)].map(([, attributes = '']) => attributes);
	const inline = scripts.filter(
		(attributes) =>
			!/\ssrc=/.test(attributes) && !/type="application\/(?:ld\+)?json"/.test(attributes)
	);
	expect(inline).toEqual([]);
	expect(html).not.toMatch(/<style\b|<[^>]+\s(?:style|on\w+)=["']/);
});
