/** Over a line that is to be spared a story asks for what it is read with, and for nothing else until it is asked for. */
import { expect, type Page } from '@playwright/test';
import { relay } from '../fixtures/stories';
import { FILLER } from './hosts';
import { test, type Answer } from './own-site';
import { SCREENS } from './reading';

const { id: STORY } = relay;

test.use({ viewport: SCREENS.phone, serviceWorkers: 'allow' });

/** What a reader sees or hears of: words, their letters and looks, the pictures on and near the screen, the script. */
const READ_WITH = [
	/^\/(?:embed\/)?(?:ar|en)\/[\w-]+\/(?:\?boxed)?$/,
	/^\/first-paint\.js$/,
	/^\/favicon\.svg$/,
	/\/assets\/[\w.-]+\.css$/,
	/\/(?:assets|parts)\/[\w.-]+\.woff2$/,
	/^\/pictures\/[\w-]+\/[\w-]+(?:\/locator)?\.svg$/,
	/\/start(?:-frame)?\.[\w-]+\.js$/,
	/\/chunks\/rolldown-runtime\.[\w-]+\.js$/,
	// A host's loader, the element with the story's text, and what follows the story where the page does not hold it.
	/^\/embed\/[\w./-]+\.js$/,
	/^\/data\/[\w-]+\/(?:ar|en)\.json$/
];
/** What has the story kept as far as it has come: the next visit spares the line the more. */
const KEPT_WITH = [/\/chunks\/next-visit\.[\w-]+\.js$/, /^\/service-worker\.js$/];

/** The map, what it is drawn from, and the ways into it. */
const MAP =
	/maplibre|live-map|\/workers\/|\/(?:assets|parts)\/[\w.-]+\.json$|places\.json|geodata|hit-test|Spots/;

/** What was asked for and is none of `wanted`, or is the map's. */
const needless = (answers: readonly Answer[], wanted: readonly RegExp[]) =>
	answers
		.map(({ path }) => path)
		.filter((path) => MAP.test(path) || !wanted.some((each) => each.test(path)));

/** Says of its line what a browser can. */
async function overLine(page: Page, line: object): Promise<void> {
	await page.addInitScript((value) => {
		Object.defineProperty(navigator, 'connection', { value });
	}, line);
}

/** Waits until the story stands with its pictures, and whatever waits for the page to be idle has had its turn. */
async function atRest(page: Page, at = page.mainFrame()): Promise<void> {
	await at.locator('.notice.spared').waitFor();
	await page.waitForLoadState('load');
	// Asked for in this order, it comes after all that was to come once the page was idle.
	await at.evaluate(
		() =>
			new Promise((resolve) => {
				requestIdleCallback(resolve, { timeout: 5000 });
			})
	);
	await page.waitForLoadState('networkidle');
}

for (const line of [{ saveData: true }, { effectiveType: '3g' }]) {
	const name = JSON.stringify(line);

	test(`${name}: a page asks for what it is read with, and for the map once that is asked for`, async ({
		page,
		own
	}) => {
		await overLine(page, line);
		await page.goto(`${own.address}ar/${STORY}/`);
		await atRest(page);
		expect(needless(own.answers, [...READ_WITH, ...KEPT_WITH])).toEqual([]);
		// No script is named ahead that only the map would run.
		const ahead = await page
			.locator('link[rel=modulepreload], link[rel=preload], link[rel=prefetch]')
			.evaluateAll((links) => links.map((link) => link.getAttribute('href') ?? ''));
		expect(ahead.filter((address) => MAP.test(address))).toEqual([]);

		await page.locator('.notice.spared button').click();
		await expect
			.poll(() => own.answers.filter(({ path }) => MAP.test(path)).length)
			.toBeGreaterThan(3);
		await expect(page.locator('.notice')).toHaveCount(0);
	});

	test(`${name}: what is kept for a visit without a network is what has come, and is not sent again`, async ({
		page,
		own
	}) => {
		await overLine(page, line);
		await page.goto(`${own.address}ar/${STORY}/`);
		const kept = () =>
			page.evaluate(async () => {
				const all: string[] = [];
				for (const name of await caches.keys()) {
					const keys = await (await caches.open(name)).keys();
					all.push(...keys.map(({ url }) => new URL(url).pathname));
				}
				return all;
			});
		// The page itself is put there last.
		await expect.poll(kept).toContain(`/ar/${STORY}/`);
		const sent = own.answers.filter(({ bytes }) => bytes > 0).map(({ path }) => path);
		expect(sent.toSorted()).toEqual([...new Set(sent)].sort());
		expect((await kept()).filter((path) => !sent.includes(path))).toEqual([]);
		expect(needless(own.answers, [...READ_WITH, ...KEPT_WITH])).toEqual([]);
	});

	test(`${name}: a boxed story asks for what it is read with`, async ({ page, own }) => {
		await overLine(page, line);
		await page.goto(`${own.address}embed/ar/${STORY}/?boxed`);
		await atRest(page);
		expect(needless(own.answers, READ_WITH)).toEqual([]);
	});
}

test('a story in a frame of somebody’s page asks for what it is read with', async ({
	page,
	hosts,
	own
}) => {
	await overLine(page, { saveData: true });
	const site = own.address.replace(/\/$/, '');
	const html = `<!doctype html><meta charset="utf-8" /><title>A newspaper</title><body>
		<script async src="${site}/embed/v1.js" data-story="${STORY}" data-lang="ar"></script>${FILLER}`;
	await page.goto(hosts.put('spared-frame', { html }));
	const handle = await page.waitForSelector('iframe', { state: 'attached' });
	const frame = await handle.contentFrame();
	if (!frame) throw new Error('There is no frame of the story.');
	await frame.locator('.scenes').waitFor();
	await atRest(page, frame);
	expect(needless(own.answers, READ_WITH)).toEqual([]);
});

test('a story as an element of somebody’s page asks for what it is read with', async ({
	page,
	hosts,
	own
}) => {
	await overLine(page, { saveData: true });
	const site = own.address.replace(/\/$/, '');
	const html = `<!doctype html><meta charset="utf-8" /><title>A newspaper</title>
		<script type="module" src="${site}/embed/story-map.js"></script>
		<story-map story="${STORY}" lang="ar"></story-map>${FILLER}`;
	await page.goto(hosts.put('spared-element', { html }));
	await atRest(page);
	expect(needless(own.answers, READ_WITH)).toEqual([]);
});
