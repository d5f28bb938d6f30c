/** What is kept of a story for a visit without a network. */
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test, type Page } from '@playwright/test';
import { serve } from '../../scripts/serve.mjs';
import { LANGUAGES } from '../../src/lib/model/story';
import { errorsOf, expectReadable } from './readable';
import { goTo, shown, story, undrawn, unhurried, whole } from './reading';

test.use({ serviceWorkers: 'allow', viewport: { width: 800, height: 600 } });
test.beforeEach(async ({ page }) => {
	await undrawn(page);
	await unhurried(page);
});

/** Waits until the page is kept, which is put last. */
async function kept(page: Page): Promise<void> {
	const isKept = () => page.evaluate(async () => !!(await caches.match(location.pathname)));
	await expect.poll(isKept).toBe(true);
}

for (const language of whole ? LANGUAGES : (['ar'] as const)) {
	test(`${language}: after a visit, the whole story is read without a network, live map and all`, async ({
		page
	}) => {
		const site = await serve({ dir: '.cache/fixtures/build', host: '127.0.0.1' });
		const errors = errorsOf(page);
		const live = page.locator('[data-map][data-renderer="live"]');
		await page.goto(`${site.address}${language}/relay/`);
		await live.waitFor();
		await kept(page);
		await site.close();
		// What the browser itself keeps is not what is meant.
		const session = await page.context().newCDPSession(page);
		await session.send('Network.clearBrowserCache');

		await page.goto(`${site.address}${language}/relay/?theme=light`);
		await expectReadable(page);
		await live.waitFor();
		for (const { id } of story.scenes) {
			await goTo(page, id);
			await expect.poll(async () => (await shown(page)).scene).toBe(id);
		}
		await expectReadable(page);
		await expect(page.locator('.notice')).toHaveCount(0);
		expect(errors).toEqual([]);
	});
}

test('a story in a frame keeps nothing; of a page, a correction is read at once, and a broken update leaves the old version whole', async ({
	page
}) => {
	const dir = mkdtempSync('.cache/site-');
	cpSync('.cache/fixtures/build', dir, { recursive: true });
	const path = join(dir, 'en/relay/index.html');
	const html = readFileSync(path, 'utf8');
	const [, heading = ''] = /<title>([^<]+)/.exec(html) ?? [];
	const [script = ''] = /start\.[\w-]+\.js/.exec(html) ?? [];
	const scripts = join(dir, '_app/immutable');
	let site = await serve({ dir, host: '127.0.0.1' });
	const { address } = site;
	const port = Number(new URL(address).port);
	/** Puts a new edition of the page on the web. */
	const publish = async (page: string) => {
		await site.close();
		for (const ending of ['.br', '.gz']) rmSync(`${path}${ending}`, { force: true });
		writeFileSync(path, page);
		site = await serve({ dir, port, host: '127.0.0.1' });
	};
	const title = page.locator('h1');
	const running = () =>
		page.waitForFunction(() => performance.getEntriesByName('masar:static-map').length > 0);
	try {
		await page.goto(`${address}embed/en/relay/?map=static`);
		await page.waitForLoadState('networkidle');
		expect(
			await page.evaluate(async () => (await navigator.serviceWorker.getRegistrations()).length)
		).toBe(0);

		await page.goto(`${address}en/relay/?map=static`);
		await kept(page);

		/** A page that does not come within four seconds is shown as it was kept: a busy machine is asked again. */
		const reloadTo = (wanted: string) =>
			expect(async () => {
				await page.reload();
				expect(await title.textContent()).toBe(wanted);
			}).toPass();
		await publish(html.replaceAll(heading, 'Corrected'));
		await reloadTo('Corrected');
		await running();

		// Its script is not there, and neither is the worker.
		const next = html.replaceAll(heading, 'Renewed').replaceAll(script, 'start.Renewed1.js');
		rmSync(join(dir, 'service-worker.js'));
		await publish(next);
		await page.reload();
		await running();
		await expect(title).not.toHaveText('Renewed');
		await expectReadable(page);

		cpSync(join(scripts, script), join(scripts, 'start.Renewed1.js'));
		cpSync(join(scripts, script.replace(/js$/, 'json')), join(scripts, 'start.Renewed1.json'));
		await publish(next);
		await reloadTo('Renewed');
		await running();
	} finally {
		await site.close();
		rmSync(dir, { recursive: true, force: true });
	}
});
