/** Over a real line a page comes piece by piece: what has come stays where it is when the rest does. */
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, test } from '@playwright/test';
import { LANGUAGES } from '../../src/lib/model/story';
import { SCREENS, settle } from './reading';

for (const language of LANGUAGES) {
	for (const screen of ['phone', 'desktop'] as const) {
		test(`regression: ${language}, ${screen}: the bar is as high before what stands in it has come as after`, async ({
			page,
			request,
			baseURL
		}) => {
			await page.setViewportSize(SCREENS[screen]);
			const html = await (await request.get(`/${language}/relay/?map=static`)).text();
			const cut = html.indexOf('<span class="brand');
			expect(cut).toBeGreaterThan(0);
			let rest: () => void = () => undefined;
			const server = createServer((asked, response: ServerResponse) => {
				if (!asked.url?.startsWith(`/${language}/`)) {
					response.writeHead(302, { Location: `${baseURL ?? ''}${asked.url ?? '/'}` }).end();
					return;
				}
				response.writeHead(200, { 'Content-Type': 'text/html;charset=utf-8' });
				response.write(html.slice(0, cut));
				rest = () => response.end(html.slice(cut));
			});
			await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
			// A server that listens on a port has an address with one.
			const { port } = server.address() as AddressInfo;
			const height = () =>
				page.locator('.cartouche').evaluate((bar) => bar.getBoundingClientRect().height);
			try {
				await page.goto(`http://127.0.0.1:${port}/${language}/relay/?map=static`, {
					waitUntil: 'commit'
				});
				await page.locator('.cartouche').waitFor({ state: 'attached' });
				await page.waitForFunction(() => document.styleSheets.length > 0);
				await settle(page);
				const before = await height();
				await expect(page.locator('.brand')).toHaveCount(0);
				rest();
				await page.locator('.menu summary').waitFor();
				await settle(page);
				expect(before).toBe(await height());
			} finally {
				server.closeAllConnections();
				server.close();
			}
		});
	}
}
