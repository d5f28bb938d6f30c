import { brotliCompressSync, brotliDecompressSync, gunzipSync, gzipSync } from 'node:zlib';
import { request, type IncomingHttpHeaders } from 'node:http';
import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { findBrowser } from '../../scripts/browser.mjs';
import { serve } from '../../scripts/serve.mjs';
import { isInstalled } from '../../scripts/setup.mjs';

const folder = mkdtempSync(join(tmpdir(), 'masar-setup-'));
afterAll(() => {
	rmSync(folder, { recursive: true });
});

/** Writes a file under the test's folder and returns its path. */
function write(path: string, content: string | Buffer): string {
	const whole = join(folder, path);
	mkdirSync(dirname(whole), { recursive: true });
	writeFileSync(whole, content);
	return whole;
}

interface Answer {
	readonly status: number | undefined;
	readonly headers: IncomingHttpHeaders;
	readonly body: Buffer;
}

/** Asks for a path exactly as it is written: `fetch` would tidy it, follow redirects and decompress. */
function ask(
	address: string,
	path: string,
	{ method = 'GET', headers = {} }: { method?: string; headers?: Record<string, string> } = {}
): Promise<Answer> {
	const { hostname, port } = new URL(address);
	return new Promise((resolve, reject) => {
		const outgoing = request({ hostname, port, path, method, headers }, (response) => {
			const chunks: Buffer[] = [];
			response.on('data', (chunk: Buffer) => chunks.push(chunk));
			response.on('end', () => {
				const { statusCode: status, headers } = response;
				resolve({ status, headers, body: Buffer.concat(chunks) });
			});
		});
		outgoing.on('error', reject);
		outgoing.end();
	});
}

describe('serve', () => {
	const page = '<!doctype html><title>قمة ألاسكا</title>';
	const script = 'export const summit = "Alaska";\n'.repeat(40);
	let site: Awaited<ReturnType<typeof serve>>;

	beforeAll(async () => {
		write('site/index.html', '<!doctype html><title>مسار</title>');
		write('site/404.html', '<!doctype html><title>Not here</title>');
		write('site/ar/relay/index.html', page);
		write('site/ar/relay/index.html.br', brotliCompressSync(page));
		write('site/_app/immutable/app.js', script);
		write('site/_app/immutable/app.js.br', brotliCompressSync(script));
		write('site/_app/immutable/app.js.gz', gzipSync(script));
		write('site/worker.mjs', script);
		write('site/places/kursk.geojson', '{}');
		write('site/app.webmanifest', '{}');
		write('site/mark.svg', '<svg xmlns="http://www.w3.org/2000/svg"/>');
		write('site/text.woff2', 'wOF2');
		write('secret.txt', 'secret');
		write('site-of-others/index.html', 'secret');
		site = await serve({ dir: join(folder, 'site') });
	});
	afterAll(() => site.close());

	test('its address ends in a slash and answers', async () => {
		expect(site.address).toMatch(/^http:\/\/localhost:\d+\/$/);
		expect((await ask(site.address, '/')).body.toString()).toContain('مسار');
	});

	test('a page is found with its slash, and is asked for anew each time', async () => {
		const { status, headers, body } = await ask(site.address, '/ar/relay/');
		expect(status).toBe(200);
		expect(headers['content-type']).toBe('text/html;charset=utf-8');
		expect(headers['cache-control']).toBe('no-cache');
		expect(body.toString()).toBe(page);
	});

	test('a page without its slash is sent to it, with its query', async () => {
		const { status, headers } = await ask(site.address, '/ar/relay?theme=dark');
		expect(status).toBe(308);
		expect(headers.location).toBe('/ar/relay/?theme=dark');
	});

	test('a redirect never leads to another host', async () => {
		const { headers } = await ask(site.address, '//ar/relay');
		expect(headers.location).not.toMatch(/^\/\//);
	});

	test('what is not there is 404, with the page for it', async () => {
		for (const path of ['/nowhere', '/nowhere/', '/ar/nowhere.html', '/_app/immutable/old.js']) {
			const { status, headers, body } = await ask(site.address, path);
			expect(status, path).toBe(404);
			expect(headers['content-type'], path).toBe('text/html;charset=utf-8');
			expect(headers['cache-control'], path).toBe('no-cache');
			expect(body.toString(), path).toContain('Not here');
		}
	});

	test('a compressed file is sent to who can read it', async () => {
		const path = '/_app/immutable/app.js';
		const brotli = await ask(site.address, path, { headers: { 'accept-encoding': 'gzip, br' } });
		expect(brotli.headers['content-encoding']).toBe('br');
		expect(brotli.headers.vary).toBe('Accept-Encoding');
		expect(brotliDecompressSync(brotli.body).toString()).toBe(script);

		const gzip = await ask(site.address, path, { headers: { 'accept-encoding': 'gzip' } });
		expect(gzip.headers['content-encoding']).toBe('gzip');
		expect(gunzipSync(gzip.body).toString()).toBe(script);

		const plain = await ask(site.address, path);
		expect(plain.headers['content-encoding']).toBeUndefined();
		expect(plain.body.toString()).toBe(script);

		const html = await ask(site.address, '/ar/relay/', {
			headers: { 'accept-encoding': 'br' }
		});
		expect(html.headers['content-type']).toBe('text/html;charset=utf-8');
		expect(brotliDecompressSync(html.body).toString()).toBe(page);
	});

	test('what never changes is kept for a year', async () => {
		const { headers } = await ask(site.address, '/_app/immutable/app.js');
		expect(headers['cache-control']).toBe('public,max-age=31536000,immutable');
	});

	test.for([
		['/_app/immutable/app.js', 'text/javascript;charset=utf-8'],
		['/worker.mjs', 'text/javascript;charset=utf-8'],
		['/places/kursk.geojson', 'application/geo+json'],
		['/app.webmanifest', 'application/manifest+json'],
		['/mark.svg', 'image/svg+xml'],
		['/text.woff2', 'font/woff2']
	] as const)('%s is %s', async ([path, type]) => {
		expect((await ask(site.address, path)).headers['content-type']).toBe(type);
	});

	test('other sites may load modules, data and fonts', async () => {
		const { headers } = await ask(site.address, '/worker.mjs');
		expect(headers['access-control-allow-origin']).toBe('*');
	});

	test('HEAD has the headers of GET and no body', async () => {
		for (const path of ['/worker.mjs', '/nowhere']) {
			const head = await ask(site.address, path, { method: 'HEAD' });
			const get = await ask(site.address, path);
			expect(head.status).toBe(get.status);
			expect(head.headers['content-length']).toBe(get.headers['content-length']);
			expect(head.body).toHaveLength(0);
		}
	});

	test('a range is a part of the file', async () => {
		const { status, headers, body } = await ask(site.address, '/worker.mjs', {
			headers: { range: 'bytes=7-11' }
		});
		expect(status).toBe(206);
		expect(headers['content-range']).toBe(`bytes 7-11/${script.length}`);
		expect(body.toString()).toBe('const');
	});

	test('a file the reader has is not sent again', async () => {
		const { headers } = await ask(site.address, '/worker.mjs');
		const again = await ask(site.address, '/worker.mjs', {
			headers: { 'if-none-match': headers.etag ?? '' }
		});
		expect(again.status).toBe(304);
	});

	test('nothing but GET and HEAD is answered', async () => {
		expect((await ask(site.address, '/', { method: 'POST' })).status).toBe(405);
	});

	test.for([
		'/../secret.txt',
		'/%2e%2e/secret.txt',
		'/..%2fsecret.txt',
		'/ar/..%2f..%2fsecret.txt',
		'/..%5csecret.txt',
		'/../site-of-others',
		'/..%2fsite-of-others',
		'/%00',
		'/%E0%A4%A'
	])('%s leads nowhere', async (path) => {
		const { status, body } = await ask(site.address, path);
		expect(status).toBe(404);
		expect(body.toString()).not.toContain('secret');
	});

	test('a site is served under any path, and only there', async () => {
		const base = await serve({ dir: join(folder, 'site'), base: '/news/maps/' });
		try {
			expect(base.address).toMatch(/^http:\/\/localhost:\d+\/news\/maps\/$/);
			expect((await ask(base.address, '/news/maps/ar/relay/')).status).toBe(200);
			expect((await ask(base.address, '/news/maps/worker.mjs')).status).toBe(200);
			expect((await ask(base.address, '/worker.mjs')).status).toBe(404);
			expect((await ask(base.address, '/news/mapsworker.mjs')).status).toBe(404);

			const immutable = await ask(base.address, '/news/maps/_app/immutable/app.js');
			expect(immutable.headers['cache-control']).toContain('immutable');
			const root = await ask(base.address, '/news/maps?map=static');
			expect([root.status, root.headers.location]).toEqual([308, '/news/maps/?map=static']);
			const story = await ask(base.address, '/news/maps/ar/relay');
			expect([story.status, story.headers.location]).toEqual([308, '/news/maps/ar/relay/']);
		} finally {
			await base.close();
		}
	});

	test('a taken port is an error, which names it', async () => {
		const port = Number(new URL(site.address).port);
		await expect(serve({ dir: join(folder, 'site'), port })).rejects.toMatchObject({
			code: 'EADDRINUSE'
		});
	});

	test('a folder that is not there is an error, which says what to do', async () => {
		await expect(serve({ dir: join(folder, 'nothing') })).rejects.toThrow('npm run build');
	});
});

describe('isInstalled', () => {
	const locks = (name: string, wanted: object, present?: object) => {
		write(`${name}/package-lock.json`, JSON.stringify({ packages: { '': {}, ...wanted } }));
		if (present) {
			write(`${name}/node_modules/.package-lock.json`, JSON.stringify({ packages: present }));
		}
		return join(folder, name);
	};
	const svelte = { 'node_modules/svelte': { version: '5.57.3', integrity: 'sha512-a' } };
	const otherSystem = { 'node_modules/fsevents': { version: '2.3.3', optional: true } };

	test('is true when everything is there, but for what is made for other systems', () => {
		expect(isInstalled(locks('whole', { ...svelte, ...otherSystem }, svelte))).toBe(true);
	});

	test('is false without packages, with one missing, or with another version', () => {
		const older = { 'node_modules/svelte': { version: '5.0.0', integrity: 'sha512-b' } };
		expect(isInstalled(locks('fresh', svelte))).toBe(false);
		expect(isInstalled(locks('partial', svelte, {}))).toBe(false);
		expect(isInstalled(locks('older', svelte, older))).toBe(false);
	});
});

// The stand-ins for browsers are shell scripts.
describe.skipIf(process.platform === 'win32')('findBrowser', () => {
	/** Makes a program that answers `--version`, or fails to. */
	function browser(path: string, exitCode = 0): string {
		const whole = write(path, `#!/bin/sh\nexit ${exitCode}\n`);
		chmodSync(whole, 0o755);
		return whole;
	}

	const named = browser('named/my-chrome');
	const broken = browser('broken/chromium', 1);
	const chromium = browser('bin/chromium');
	const chrome = browser('other-bin/google-chrome');
	const usual = browser('opt/chrome');
	const own = browser('playwright/chrome');
	write('bin/google-chrome', 'not executable');

	const names = ['chromium', 'google-chrome'];
	const path = (...folders: string[]) => folders.map((name) => join(folder, name)).join(':');
	const nowhere = { places: { names, paths: [] }, playwright: () => Promise.resolve(undefined) };

	test('takes the browser that is named, before any other', async () => {
		const env = { CHROME_PATH: named, PATH: path('bin') };
		expect(await findBrowser({ ...nowhere, env, mayInstall: false })).toBe(named);
		const second = { CHROMIUM_PATH: named, PATH: path('bin') };
		expect(await findBrowser({ ...nowhere, env: second, mayInstall: false })).toBe(named);
	});

	test('looks on when the named one does not run', async () => {
		const env = { CHROME_PATH: broken, PATH: path('bin') };
		expect(await findBrowser({ ...nowhere, env, mayInstall: false })).toBe(chromium);
	});

	test('looks on PATH in the order of names, then in the usual places, then at Playwright', async () => {
		const places = { names, paths: [usual] };
		const find = (...folders: string[]) =>
			findBrowser({
				env: { PATH: path(...folders) },
				places: folders.includes('empty') ? { names, paths: [] } : places,
				playwright: () => Promise.resolve(own),
				mayInstall: false
			});
		expect(await find('other-bin', 'bin')).toBe(chromium);
		expect(await find('bin', 'other-bin')).toBe(chromium);
		expect(await find('other-bin')).toBe(chrome);
		expect(await find('nothing-here')).toBe(usual);
		expect(await find('empty')).toBe(own);
	});

	test('passes over a program that does not run', async () => {
		const env = { PATH: path('broken', 'bin') };
		expect(await findBrowser({ ...nowhere, env, mayInstall: false })).toBe(chromium);
	});

	test('takes a headless shell first, where one is asked for', async () => {
		const shell = browser('shell/chromium-headless-shell');
		const env = { PATH: path('bin', 'shell') };
		const found = (shell: boolean) => findBrowser({ ...nowhere, env, shell, mayInstall: false });
		expect(await found(true)).toBe(shell);
		expect(await found(false)).toBe(chromium);
		const none = { PATH: path('bin') };
		expect(await findBrowser({ ...nowhere, env: none, shell: true, mayInstall: false })).toBe(
			chromium
		);
	});

	test('says what to do when there is none', async () => {
		const none = findBrowser({ ...nowhere, env: { PATH: '' }, mayInstall: false });
		await expect(none).rejects.toThrow('CHROME_PATH');
	});
});
