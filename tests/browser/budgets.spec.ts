import { expect, type Page } from '@playwright/test';
import { LANGUAGES } from '../../src/lib/model/story';
import { packedSize, test } from './own-site';
import {
	addresses,
	goTo,
	liveMap,
	paragraphs,
	SCREENS,
	settle,
	shown,
	undrawn,
	whole
} from './reading';

// The worker for visits without a network asks as well, and must ask for nothing twice.
test.use({ viewport: SCREENS.phone, serviceWorkers: 'allow' });

/** What the page takes down of itself. */
interface Watch {
	/** When each was painted, in ms from the start of the navigation. */
	readonly painted: { words: number; picture: number };
	/** Callbacks of animation frames and timers, and draw calls of the map, while it is at rest. */
	done: { frames: number; timers: number; draws: number };
	resting: boolean;
	/** Waits for a frame of the browser's, which counts as nothing that the page does. */
	readonly frame: () => Promise<unknown>;
}

declare global {
	interface Window {
		watch?: Watch;
	}
	interface Element {
		/** Put on what the page was written with. */
		written?: boolean;
	}
}

/** Runs in the page, before anything of it does. */
function watchPage(): void {
	const frame = window.requestAnimationFrame.bind(window);
	const watch: Watch = {
		frame: () => new Promise(frame),
		painted: { words: NaN, picture: NaN },
		done: { frames: 0, timers: 0, draws: 0 },
		resting: false
	};
	window.watch = watch;
	new PerformanceObserver((list) => {
		for (const { name, startTime } of list.getEntries()) {
			if (name === 'first-contentful-paint') watch.painted.words = startTime;
		}
	}).observe({ type: 'paint', buffered: true });
	new PerformanceObserver((list) => {
		for (const entry of list.getEntries()) {
			if ('renderTime' in entry) watch.painted.picture = Number(entry.renderTime);
		}
	}).observe({ type: 'element', buffered: true });
	new MutationObserver(() => {
		document.querySelector('.picture img')?.setAttribute('elementtiming', 'picture');
		for (const element of document.querySelectorAll('article, .scene, .after')) {
			if (document.readyState === 'loading') element.written = true;
		}
	}).observe(document, { childList: true, subtree: true });

	const timer = window.setTimeout.bind(window);
	window.requestAnimationFrame = (callback) =>
		frame((time) => {
			if (watch.resting) watch.done.frames += 1;
			callback(time);
		});
	Object.assign(window, {
		setTimeout: (callback: () => void, ms?: number) =>
			timer(() => {
				if (watch.resting) watch.done.timers += 1;
				callback();
			}, ms)
	});
	const draw = Reflect.get(WebGL2RenderingContext.prototype, 'drawElements') as () => void;
	Reflect.set(
		WebGL2RenderingContext.prototype,
		'drawElements',
		function (this: WebGL2RenderingContext, ...args: []) {
			if (watch.resting) watch.done.draws += 1;
			draw.apply(this, args);
		}
	);
}

/** What the page does while a browser at rest would draw so many frames, from now on. */
async function doneIn(page: Page, frames: number): Promise<Watch['done']> {
	await page.evaluate(() => {
		if (!window.watch) throw new Error('The page is not watched.');
		window.watch.done = { frames: 0, timers: 0, draws: 0 };
		window.watch.resting = true;
	});
	await page.evaluate(async (count) => {
		for (let frame = 0; frame < count; frame++) await window.watch?.frame();
	}, frames);
	return page.evaluate(() => {
		if (!window.watch) throw new Error('The page is not watched.');
		window.watch.resting = false;
		return window.watch.done;
	});
}

/** Waits until the map has drawn all that has come for it. */
async function settled(page: Page): Promise<void> {
	await page.waitForLoadState('networkidle');
	await expect
		.poll(async () => Object.values(await doneIn(page, 30)).reduce((sum, count) => sum + count))
		.toBe(0);
}

for (const language of whole ? LANGUAGES : (['ar'] as const)) {
	test(`${language}: words and picture are asked for first, then the live map; a whole read is at most 720 kB`, async ({
		page,
		own
	}) => {
		await undrawn(page);
		await page.addInitScript(watchPage);
		await page.goto(`${own.address}${language}/relay/`);
		await liveMap(page);

		const resources = await page.evaluate(() =>
			performance.getEntriesByType('resource').map((entry) => ({
				path: new URL(entry.name).pathname,
				start: entry.startTime
			}))
		);
		const startOf = (pattern: RegExp) =>
			Math.min(...resources.filter(({ path }) => pattern.test(path)).map(({ start }) => start));
		// When each is seen depends on the machine, and is measured by `npm run bench`; in which order they are asked for does not.
		const first = [/\.css$/, /\/pictures\/relay\/opening\.svg$/, /\.woff2$/];
		for (const later of [/\/maplibre~[^/]*\.js$/, /\/live-map\.[^/]*\.js$/]) {
			expect(startOf(later)).toBeLessThan(Infinity);
			for (const earlier of first) expect(startOf(later)).toBeGreaterThan(startOf(earlier));
		}

		await test.step('the page is taken over, not drawn anew', async () => {
			const anew = page.locator('article, .scene, .after');
			expect(await anew.count()).toBeGreaterThan(10);
			expect(await anew.evaluateAll((all) => all.filter(({ written }) => !written).length)).toBe(0);
		});

		await test.step('nothing is drawn and no timer fires while the reader reads', async () => {
			await settled(page);
			// What comes late from a worker is drawn once; a page that goes on drawing never rests.
			await expect.poll(() => doneIn(page, 120)).toEqual({ frames: 0, timers: 0, draws: 0 });
		});

		await test.step('in a scene the map is not drawn for a scroll that changes nothing on it', async () => {
			await expect(async () => {
				await goTo(page, 'kursk');
				await settled(page);
				const before = await shown(page);
				await page.evaluate(() => {
					if (!window.watch) throw new Error('The page is not watched.');
					window.watch.done = { frames: 0, timers: 0, draws: 0 };
					window.watch.resting = true;
					scrollBy({ top: 6, behavior: 'instant' });
				});
				expect((await shown(page)).camera).toEqual(before.camera);
				expect(await page.evaluate(() => window.watch?.done.draws)).toBe(0);
			}).toPass();
		});

		// For each that comes later a browser lays out the whole page anew.
		const faces = () =>
			page.evaluate(() => [...document.fonts].filter(({ status }) => status !== 'unloaded').length);
		const loaded = await faces();
		expect(loaded).toBeGreaterThan(5);
		for (const address of addresses) {
			await goTo(page, address);
			// A globe that has not come when another takes its place is cut off, and asked for again at the next visit.
			await page.waitForFunction(
				() => document.querySelector<HTMLImageElement>('.margin .locator')?.complete ?? true
			);
		}
		await page.waitForLoadState('networkidle');
		expect(await faces(), 'no typeface comes in the scroll').toBe(loaded);
		expect(own.answers.filter(({ status }) => status >= 400)).toEqual([]);
		const sent = own.answers.filter(({ bytes }) => bytes > 0).map(({ path }) => path);
		expect(sent.length).toBeGreaterThan(30);
		expect(sent.toSorted(), 'nothing is sent twice').toEqual([...new Set(sent)].sort());
		expect(packedSize(own.answers)).toBeLessThanOrEqual(720_000);
	});
}

test('words and the first picture need no script', async ({ page, own }) => {
	await page.addInitScript(watchPage);
	await page.route(/\/start\.[^/]*\.js$/, (route) => route.abort());
	await page.goto(`${own.address}ar/relay/`);
	await settle(page);
	await expect.poll(() => page.evaluate(() => window.watch?.painted.picture)).toBeGreaterThan(0);
	await expect(page.locator('h1')).toBeVisible();
	await expect(page.locator('[data-paragraph]')).toHaveCount(paragraphs.length);
});

test('before the page’s script, only a page that opens at its top leaves scenes further down for later', async ({
	page,
	own
}) => {
	const laidOut = (paragraph: number) =>
		page
			.locator(`#p${paragraph}`)
			.evaluate((words) => words.checkVisibility({ contentVisibilityAuto: true }));
	let ours = false;
	await page.route(/\/start\.[^/]*\.js$/, (route) => (ours ? route.continue() : route.abort()));

	await page.goto(`${own.address}ar/relay/`);
	await page.locator('#p1').waitFor();
	await expect.poll(() => laidOut(1)).toBe(true);
	expect(await laidOut(9)).toBe(false);
	await page.reload();
	expect(await laidOut(9)).toBe(true);
	await page.goto(`${own.address}en/relay/#p3`);
	expect(await laidOut(9)).toBe(true);

	ours = true;
	await page.goto(`${own.address}ar/relay/`);
	await expect(page.locator('html')).not.toHaveAttribute('data-fresh');
	expect(await laidOut(9)).toBe(true);
});
