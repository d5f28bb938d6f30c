/** Other people's pages, on origins of their own, for the tests of embedding. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { chromium, expect, test as base } from '@playwright/test';
import { unhurried } from './reading';

export interface HostPage {
	readonly html: string;
	readonly headers?: Readonly<Record<string, string>>;
}

interface Hosts {
	/** Puts a page on an origin of its own and gives its address. */
	readonly put: (name: string, page: HostPage) => string;
	/** Address of the site that the story comes from, without a slash at its end. */
	readonly site: string;
}

/** Tests with hosts: every name below .test is this machine, and every site a process of its own. */
export const test = base.extend<object, { hosts: Hosts }>({
	browser: [
		async ({ launchOptions }, use) => {
			const args = [
				...(launchOptions.args ?? []),
				'--site-per-process',
				'--host-resolver-rules=MAP *.test 127.0.0.1'
			];
			const browser = await chromium.launch({ ...launchOptions, args });
			await use(browser);
			await browser.close();
		},
		{ scope: 'worker' }
	],
	context: async ({ context }, use) => {
		await unhurried(context);
		await use(context);
	},
	hosts: [
		async ({ browser }, use, worker) => {
			expect(browser.isConnected()).toBe(true);
			const pages = new Map<string, HostPage>();
			const server = createServer((request, response) => {
				const page = pages.get(new URL(request.url ?? '/', 'http://host').pathname);
				response.setHeader('Content-Type', 'text/html;charset=utf-8');
				for (const [name, value] of Object.entries(page?.headers ?? {})) {
					response.setHeader(name, value);
				}
				response.writeHead(page ? 200 : 404).end(page?.html);
			});
			await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
			// A server that listens on a port has an address with one.
			const { port } = server.address() as AddressInfo;
			await use({
				site: worker.project.use.baseURL ?? '',
				put(name, page) {
					pages.set(`/${name}`, page);
					return `http://${name}.test:${port}/${name}`;
				}
			});
			await new Promise((resolve) => server.close(resolve));
		},
		{ scope: 'worker' }
	]
});

/** What a news page has above and below the story, about two screens of it. */
export const FILLER = Array.from(
	{ length: 12 },
	(_, index) =>
		`<p>${index}. ${'The council met again on Monday and put the vote off. '.repeat(6)}</p>`
).join('');

export interface HostOptions {
	readonly language?: 'ar' | 'en';
	readonly direction?: 'rtl' | 'ltr';
	readonly head?: string;
	readonly before?: string;
	readonly after?: string;
	/** Further attributes of the loader's script element. */
	readonly attributes?: string;
	readonly bodyAttributes?: string;
	/** True to leave out what is above the story. */
	readonly bare?: boolean;
}

export function loaderTag(site: string, language: 'ar' | 'en', attributes: string): string {
	return `<script async src="${site}/embed/v1.js" data-story="relay" data-lang="${language}" ${attributes}></script>`;
}

/** A host page with the loader in its middle. */
export function hostPage(site: string, options: HostOptions): string {
	const { language = 'en', direction = 'ltr', head = '', before = '', after = '' } = options;
	const { attributes = 'data-map="static"', bodyAttributes = '', bare = false } = options;
	return `<!doctype html>
<html lang="${language}" dir="${direction}">
<head>
<meta charset="utf-8" />
<meta name="viewport" content="width=device-width, initial-scale=1" />
<title>A newspaper</title>
<style>body { font: 18px/1.5 sans-serif; margin: 0 auto; max-width: 70rem; } a { color: green; }</style>
${head}
</head>
<body ${bodyAttributes}>
${before}
${bare ? '' : FILLER}
<a href="#before" id="before">Before the story</a>
${loaderTag(site, language, attributes)}
<a href="#after" id="after">After the story</a>
${FILLER}
${after}
</body>
</html>`;
}
