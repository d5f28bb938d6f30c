import { readFileSync } from 'node:fs';
import { expect, type Frame, type Page } from '@playwright/test';
import { embedCode } from '../../src/lib/sharing/embed-code';
import { HELLO, WELCOME } from '../../src/embed/protocol';
import { FILLER, hostPage, loaderTag, test, type HostOptions } from './hosts';
import { memoryOf, slopeOf } from './memory';
import { beats, liveMap, pressUntil, settle, story, undrawn, unhurried, whole } from './reading';

interface Watch {
	/** Scenes that the page was told of, each with the animation frame in which it was. */
	readonly told: { scene: string; frame: number }[];
	frames: number;
	shift: number;
	/** How many heights this frame has posted. */
	heights: number;
	/** Listeners on window and document that were added and not removed. */
	listeners: number;
	readonly violations: string[];
	readonly errors: string[];
}

declare global {
	var watched: Watch;
}

/** Counts, in every page and frame, what the laws speak of. */
async function watch(page: Page): Promise<void> {
	// Nor is a height told before the typefaces are there, and then anew.
	await unhurried(page, 1500);
	await page.addInitScript(() => {
		const made: Watch = {
			told: [],
			frames: 0,
			shift: 0,
			heights: 0,
			listeners: 0,
			violations: [],
			errors: []
		};
		globalThis.watched = made;
		document.addEventListener('masar:scene', (event) => {
			if (!(event instanceof CustomEvent)) return;
			const { scene } = event.detail as { scene: string };
			made.told.push({ scene, frame: made.frames });
		});
		document.addEventListener('securitypolicyviolation', (event) => {
			made.violations.push(`${event.violatedDirective}: ${event.blockedURI}`);
		});
		addEventListener('error', (event) => made.errors.push(event.message));
		const tick = () => {
			made.frames += 1;
			requestAnimationFrame(tick);
		};
		requestAnimationFrame(tick);
		new PerformanceObserver((list) => {
			for (const entry of list.getEntries() as (PerformanceEntry & { value: number })[]) {
				made.shift += entry.value;
			}
		}).observe({ type: 'layout-shift', buffered: true });
		const post = Reflect.get(MessagePort.prototype, 'postMessage');
		MessagePort.prototype.postMessage = function (message: unknown, ...rest: unknown[]) {
			if (JSON.stringify(message).includes('"height"')) made.heights += 1;
			Reflect.apply(post, this, [message, ...rest]);
		};
		for (const [name, step] of [
			['addEventListener', 1],
			['removeEventListener', -1]
		] as const) {
			const method = Reflect.get(EventTarget.prototype, name);
			EventTarget.prototype[name] = function (...given: Parameters<typeof method>) {
				if (this === window || this === document || (this as unknown) === undefined) {
					made.listeners += step;
				}
				Reflect.apply(method, this, given);
			};
		}
	});
}

/** The story's frame, once it and its host page are in step. */
async function joined(page: Page, selector = '.scenes'): Promise<Frame> {
	const handle = await page.waitForSelector('iframe');
	const frame = await handle.contentFrame();
	if (!frame) throw new Error('There is no frame of the story.');
	await frame.locator(selector).waitFor();
	return frame;
}

/** Where the host page has the story, in px of its own. */
function geometry(host: Frame) {
	return host.evaluate(() => {
		const frame = document.querySelector('iframe');
		const container = frame?.parentElement;
		if (!frame || !container) throw new Error('There is no story.');
		const outer = container.getBoundingClientRect();
		const inner = frame.getBoundingClientRect();
		return {
			top: outer.top + scrollY,
			height: outer.height,
			frameTop: inner.top,
			screen: inner.height,
			scale: inner.height / frame.offsetHeight
		};
	});
}

async function settledHeight(host: Frame): Promise<void> {
	await expect
		.poll(async () => {
			const { height, screen } = await geometry(host);
			return Math.abs(height - screen * 10) > 2 && height > screen * 3;
		})
		.toBe(true);
}

/** Scrolls the host through the story, from its first px to its last by way of every scene, and reads what both sides show. */
async function walk(host: Frame, frame: Frame) {
	await settledHeight(host);
	const { top, screen, scale } = await geometry(host);
	// Places and sources follow the scenes, below the map; at its last px, which is rounded, the map is let go.
	const height =
		scale * (await frame.locator('.story').evaluate((element) => element.clientHeight - 1));
	const frameTops: number[] = [];
	const mapTops: number[] = [];
	const scenes = await frame
		.locator('.scene')
		.evaluateAll((all) => all.map((scene) => scene.getBoundingClientRect().top + scrollY + 20));
	const stops = scenes.map((stop) => stop * scale).filter((stop) => stop < height - screen);
	expect(stops.length).toBeGreaterThanOrEqual(story.scenes.length - 1);
	for (const stop of [...stops, height - screen]) {
		const y = top + stop;
		frameTops.push(
			await host.evaluate(async (to) => {
				window.scrollTo({ top: to, behavior: 'instant' });
				const frame = () => new Promise((resolve) => requestAnimationFrame(resolve));
				await frame();
				await frame();
				return document.querySelector('iframe')?.getBoundingClientRect().top ?? NaN;
			}, y)
		);
		// The story's own process hears of the scroll when it does; only what it has drawn has been read.
		await expect
			.poll(async () => Math.abs((await frame.evaluate(() => scrollY)) - (y - top) / scale))
			.toBeLessThanOrEqual(2);
		await settle(frame);
		mapTops.push(
			await frame.evaluate(
				() => document.querySelector('[data-map]')?.getBoundingClientRect().top ?? NaN
			)
		);
	}
	return { frameTops, mapTops };
}

const spread = (values: readonly number[]) => Math.max(...values) - Math.min(...values);

const BEFORE = '<a href="#before" id="before">Before the story</a>';
const AFTER = '<a href="#after" id="after">After the story</a>';

const HEADER =
	'<header style="position:sticky;top:0;z-index:10;height:60px;background:#fff">The Paper</header>';

/** Gives the story the focus by a click on its words; one on the map would open a place, in which keys and fingers stay. */
async function clickWords(page: Page, host: Frame, frame: Frame): Promise<void> {
	await expect(async () => {
		await host.evaluate(() => {
			window.scrollBy({ top: 150, behavior: 'instant' });
		});
		await settle(page);
		const spot = await frame.evaluate(() => {
			for (const words of document.querySelectorAll('[data-paragraph]')) {
				const { left, right, bottom } = words.getBoundingClientRect();
				for (const x of [left + 2, right - 2]) {
					if (document.elementFromPoint(x, bottom - 2) === words) return { x, y: bottom - 2 };
				}
			}
			return null;
		});
		const box = await host.locator('iframe').boundingBox();
		if (!spot || !box) throw new Error('There are no words on the screen.');
		const scale = box.width / (await frame.evaluate(() => innerWidth));
		await page.mouse.click(box.x + spot.x * scale, box.y + spot.y * scale);
		expect(await frame.evaluate(() => document.hasFocus())).toBe(true);
	}).toPass({ intervals: [50] });
}

/** Tries everything that scrolls a page, with the pointer over the story or the focus within it, from `from` px on. */
async function scrollByEveryInput(
	page: Page,
	host: Frame,
	frame: Frame,
	from: number
): Promise<void> {
	const box = await host.locator('iframe').boundingBox();
	const screen = page.viewportSize();
	if (!box || !screen) throw new Error('There is no story on the screen.');
	const [x, y] = [box.x + box.width * 0.7, screen.height / 2];
	const back = async () => {
		await host.evaluate((top) => {
			window.scrollTo({ top, behavior: 'instant' });
		}, from);
		await settle(host);
	};
	const scrolled = () => host.evaluate((top) => scrollY > top + 100, from);
	const moves = async (name: string, act: () => Promise<unknown>) => {
		await back();
		await act();
		await expect.poll(scrolled, { message: name }).toBe(true);
	};
	await page.mouse.move(x, y);
	await moves('wheel', () => page.mouse.wheel(0, 300));
	await clickWords(page, host, frame);
	for (const key of ['PageDown', 'Space']) {
		await back();
		await pressUntil(page, key, scrolled);
	}
	const session = await page.context().newCDPSession(page);
	const touch = (type: 'touchStart' | 'touchMove' | 'touchEnd', at?: number) =>
		session.send('Input.dispatchTouchEvent', {
			type,
			touchPoints: at === undefined ? [] : [{ x, y: at }]
		});
	await moves('touch', async () => {
		await touch('touchStart', y + 200);
		for (let at = y + 170; at >= y - 200; at -= 30) await touch('touchMove', at);
		await touch('touchEnd');
	});
	await session.detach();
}

/** Clicks on the middle of an element of the story, wherever the host has moved it to and however it has scaled it. */
async function clickIn(page: Page, frame: Frame, selector: string): Promise<void> {
	const element = await frame.frameElement();
	const outer = await element.evaluate((iframe) => {
		// Only elements of this kind hold a frame here.
		const { left, top, width } = (iframe as HTMLIFrameElement).getBoundingClientRect();
		return { left, top, scale: width / (iframe as HTMLIFrameElement).offsetWidth };
	});
	const inner = await frame.locator(selector).evaluate((each) => {
		const { left, top, width, height } = each.getBoundingClientRect();
		return { x: left + width / 2, y: top + height / 2 };
	});
	await page.mouse.click(outer.left + inner.x * outer.scale, outer.top + inner.y * outer.scale);
}

/** Goes in and out of the story by Tab: from what stands before it, through its first and last stops, to what follows. */
async function tabThrough(page: Page, host: Frame, frame: Frame): Promise<void> {
	// The map's own stops come after the page, and stand before the buttons.
	await frame.locator('[data-spot]').first().waitFor({ state: 'attached' });
	await host.locator('#before').focus();
	await expect(host.locator('#before')).toBeFocused();
	// Each frame may be a process of its own: until it has heard that the focus is elsewhere, a key goes to it.
	await frame.waitForFunction(() => !document.hasFocus());
	await page.keyboard.press('Tab');
	await expect.poll(() => host.evaluate(() => document.activeElement?.tagName)).toBe('IFRAME');
	await expect
		.poll(() =>
			frame.evaluate(() => {
				const stops = [
					...document.querySelectorAll<HTMLElement>('a[href], button:enabled, summary')
				];
				const first = stops.find((each) => each.tabIndex >= 0 && each.checkVisibility());
				return first !== undefined && first === document.activeElement;
			})
		)
		.toBe(true);
	// What follows the story is fetched after it.
	if ((await frame.locator('.scenes').count()) > 0)
		await frame.locator('#places-heading').waitFor();
	const last = frame.locator('a[href], button:enabled').filter({ visible: true }).last();
	await last.focus();
	await page.keyboard.press('Tab');
	await expect(host.locator('#after')).toBeFocused();
	await expect.poll(() => frame.evaluate(() => document.hasFocus())).toBe(false);
	await page.keyboard.press('Shift+Tab');
	await expect(last).toBeFocused();
}

/** How many frames of the host's each scene comes after the scroll that leads to it. */
async function framesLate(host: Frame, frame: Frame): Promise<number[]> {
	const { top, scale } = await geometry(host);
	const tops = await frame
		.locator('.scene')
		.evaluateAll((scenes) => scenes.map((scene) => scene.getBoundingClientRect().top + scrollY));
	const late: number[] = [];
	for (const sceneTop of tops.slice(1)) {
		late.push(
			await host.evaluate(
				async (y) => {
					const count = watched.told.length;
					window.scrollTo({ top: y, behavior: 'instant' });
					// The scroll itself is in the frame that comes; from that one on, they are counted.
					await new Promise((resolve) => requestAnimationFrame(resolve));
					const start = watched.frames;
					while (watched.told.length === count) {
						await new Promise((resolve) => setTimeout(resolve, 1));
					}
					return (watched.told.at(-1)?.frame ?? Infinity) - start;
				},
				top + sceneTop * scale
			)
		);
	}
	return late.sort((a, b) => a - b);
}

/** All that holds of a story that scrolls with its host, after `watch`. */
async function expectInStep(host: Frame, inset: number): Promise<void> {
	await host.evaluate(() => (watched.shift = 0));
	const handle = await host.waitForSelector('iframe');
	const frame = await handle.contentFrame();
	if (!frame) throw new Error('There is no frame of the story.');
	await frame.locator('.scenes').waitFor();
	const { frameTops, mapTops } = await walk(host, frame);
	expect(spread(frameTops)).toBeLessThanOrEqual(0.5);
	expect(spread(mapTops)).toBeLessThanOrEqual(0.5);
	expect(mapTops[0]).toBeCloseTo(inset, 0);
	await expect
		.poll(() => host.evaluate(() => watched.told.map(({ scene }) => scene)))
		.toEqual(story.scenes.map(({ id }) => id));
	// The frame fills the screen.
	const { frameTop, screen } = await geometry(host);
	expect(screen + frameTop).toBeCloseTo(await host.evaluate(() => innerHeight), 0);
	expect(await host.evaluate(() => watched.shift)).toBeLessThanOrEqual(0.01);
	expect(await frame.evaluate(() => watched.heights)).toBeLessThanOrEqual(2);
	const { top } = await geometry(host);
	await host.evaluate((y) => {
		window.scrollTo({ top: y, behavior: 'instant' });
	}, top);
	await frame.waitForFunction(() => scrollY === 0);
	// How many frames one process is behind another depends on what else the machine does: test:all alone counts them.
	if (whole) {
		const late = await framesLate(host, frame);
		expect(late[Math.floor(late.length / 2)]).toBeLessThanOrEqual(2);
	}
}

/** All that holds of a reader's hand on such a story: Tab goes through it, and whatever scrolls a page scrolls the host. */
async function expectSteered(page: Page, host: Frame): Promise<void> {
	const handle = await host.waitForSelector('iframe');
	const frame = await handle.contentFrame();
	if (!frame) throw new Error('There is no frame of the story.');
	// First of all: a click in a frame moves the place from which Tab goes on.
	await tabThrough(page, host, frame);
	const { top } = await geometry(host);
	await scrollByEveryInput(page, host, frame, top + 2000);
}

/** Pages in which the story moves with the scroll. */
const SCROLLING: readonly (HostOptions & { readonly name: string; readonly inset?: number })[] = [
	{ name: 'plain' },
	{ name: 'sticky-header', before: HEADER, inset: 60 },
	{ name: 'told-inset', attributes: 'data-map="static" data-inset-top="48"', inset: 48 },
	{ name: 'right-to-left', language: 'ar', direction: 'rtl' },
	{ name: 'english-in-right-to-left', language: 'en', direction: 'rtl' },
	{
		name: 'transform',
		head: '<style>body > main { transform: translateZ(0); }</style>',
		before: '<main>',
		after: '</main>'
	},
	{ name: 'body-overflow', head: '<style>body { overflow-x: hidden; }</style>' },
	{
		name: 'clip',
		head: '<style>main { overflow: clip; }</style>',
		before: '<main>',
		after: '</main>'
	},
	{ name: 'zoomed', head: '<style>body { zoom: 1.25; }</style>' },
	{
		name: 'hostile-styles',
		head: '<style>iframe, div { position: static !important; max-height: 300px !important; margin: 2em !important; } * { letter-spacing: 3px; }</style>'
	}
];

/** A page of each direction stands for the others, where a hand meets nothing else; test:all steers all of them. */
const STEERED = ['plain', 'right-to-left'];

for (const { name, inset = 0, ...options } of SCROLLING) {
	test(`${name}: the story moves with the host’s scroll and stays where it is pinned`, async ({
		page,
		hosts
	}) => {
		await watch(page);
		await page.goto(hosts.put(name, { html: hostPage(hosts.site, options) }));
		await expectInStep(page.mainFrame(), inset);
		if (whole || STEERED.includes(name)) await expectSteered(page, page.mainFrame());
	});
}

test('the host page follows the focus in the story', async ({ page, hosts }) => {
	await page.goto(hosts.put('tab', { html: hostPage(hosts.site, { bare: true }) }));
	const frame = await joined(page);
	await settledHeight(page.mainFrame());
	await page.locator('#before').focus();
	await page.keyboard.press('Tab');
	// The frame is a process of its own: the host's focus follows when both have heard of it.
	await expect.poll(() => page.evaluate(() => document.activeElement?.tagName)).toBe('IFRAME');
	await expect(frame.locator('.skip').first()).toBeFocused();
	// A link far below: the host page follows the focus.
	await frame.locator('#p9 a').first().focus();
	await expect
		.poll(() =>
			frame
				.locator('#p9 a')
				.first()
				.evaluate((link) => {
					const { top, bottom } = link.getBoundingClientRect();
					return top >= 0 && bottom <= innerHeight;
				})
		)
		.toBe(true);
	const { top } = await geometry(page.mainFrame());
	await expect
		.poll(async () => {
			const [host, guest] = [
				await page.evaluate(() => scrollY),
				await frame.evaluate(() => scrollY)
			];
			return Math.abs(host - top - guest);
		})
		.toBeLessThanOrEqual(1);
});

test('a place’s details and their links work in the frame, and move the host page', async ({
	page,
	hosts
}) => {
	await page.goto(hosts.put('links', { html: hostPage(hosts.site, {}) }));
	await page.evaluate(() => {
		document.addEventListener('masar:place', (event) => {
			if (!(event instanceof CustomEvent)) return;
			document.title = (event.detail as { place: string }).place;
		});
	});
	const frame = await joined(page);
	await settledHeight(page.mainFrame());
	const { top } = await geometry(page.mainFrame());
	await page.evaluate((y) => {
		window.scrollTo({ top: y, behavior: 'instant' });
	}, top);
	await frame.locator('#p1 [data-place="alaska"]').first().click();
	await expect(frame.getByRole('dialog')).toBeVisible();
	await expect(page).toHaveTitle('alaska');
	await frame.getByRole('dialog').locator('a[href="#p7"]').first().click();
	await expect.poll(() => page.evaluate(() => scrollY)).toBeGreaterThan(top + 2000);
	expect(await page.evaluate(() => location.hash)).toBe('');
});

/** What WordPress makes of an oEmbed's HTML that it does not trust, and how it answers the frame (wp-embed). */
function throughWordpress(html: string): string {
	const source = /src="([^"]+)"/.exec(html)?.[1] ?? '';
	const title = /title="([^"]*)"/.exec(html)?.[1] ?? '';
	const height = /height="(\d+)"/.exec(html)?.[1] ?? '';
	return `<iframe class="wp-embedded-content" sandbox="allow-scripts" security="restricted" title="${title}" src="${source}#?secret=s3cr3t" data-secret="s3cr3t" width="600" height="${height}" frameborder="0"></iframe>
<script>
addEventListener('message', ({ data, source }) => {
	const frame = document.querySelector('iframe');
	if (source !== frame.contentWindow || !data || data.secret !== 's3cr3t') return;
	(window.wordpress ||= []).push(data.message);
	if (data.message === 'height') frame.height = Math.max(200, Math.min(1000, parseInt(data.value, 10)));
});
</script>`;
}

/** What AMP makes of an <amp-iframe resizable>: it grows the frame to the height that the story tells of. */
function throughAmp(site: string): string {
	return `${FILLER}<iframe sandbox="allow-scripts allow-popups" width="600" height="300" src="${site}/embed/en/relay/"></iframe>
<script>
addEventListener('message', ({ data, source }) => {
	const frame = document.querySelector('iframe');
	if (source !== frame.contentWindow || !data || data.sentinel !== 'amp') return;
	if (data.type === 'embed-size') frame.height = data.height;
});
</script>${FILLER}`;
}

/** Wheel, finger and keys over the frame move what holds it, where that has anywhere to go. */
async function everyInputPasses(page: Page): Promise<void> {
	const scrolled = () =>
		page.evaluate(() => {
			const main = document.querySelector('main');
			const inner = main && main.scrollHeight > main.clientHeight + 100 ? main : null;
			const { scrollTop, scrollHeight, clientHeight } = inner ?? document.documentElement;
			return { at: scrollTop, most: scrollHeight - clientHeight };
		});
	const { at, most } = await scrolled();
	if (most < 100) return;
	const way = at > 100 ? -1 : 1;
	const frame = await page.locator('iframe').boundingBox();
	if (!frame) throw new Error('There is no story.');
	const [x, y] = [frame.x + frame.width / 2, frame.y + Math.min(200, frame.height / 2)];
	const back = () =>
		page.evaluate((top) => {
			const main = document.querySelector('main');
			const inner = main && main.scrollHeight > main.clientHeight + 100 ? main : null;
			(inner ?? document.documentElement).scrollTo({ top, behavior: 'instant' });
		}, at);
	const hasMoved = async () => Math.abs((await scrolled()).at - at) > 50;
	const moves = async (name: string, act: () => Promise<unknown>) => {
		await back();
		await act();
		await expect.poll(hasMoved, { message: name }).toBe(true);
	};
	await page.mouse.move(x, y);
	await moves('wheel', () => page.mouse.wheel(0, 200 * way));
	await back();
	await pressUntil(page, way > 0 ? 'PageDown' : 'PageUp', hasMoved);
	// Chromium keeps the space bar's scroll within a frame, and nothing here may answer for it: the frame may have no host.
	const session = await page.context().newCDPSession(page);
	const touch = (type: 'touchStart' | 'touchMove' | 'touchEnd', down?: number) =>
		session.send('Input.dispatchTouchEvent', {
			type,
			touchPoints: down === undefined ? [] : [{ x, y: y + down }]
		});
	await moves('touch', async () => {
		await touch('touchStart', 0);
		for (let by = 20; by <= 160; by += 20) await touch('touchMove', -by * way);
		await touch('touchEnd');
	});
	await session.detach();
}

const code = (site: string, mode: 'story' | 'boxed' | 'frame') =>
	embedCode({
		site,
		story: story.id,
		language: 'en',
		title: 'A “story” & more',
		mode,
		consent: false,
		width: '100%',
		height: 600
	});

/** What stands before and after the story in the order of the Tab key, where a page has nothing there of its own. */
const between = (html: string) => (html.includes('id="before"') ? html : BEFORE + html + AFTER);

/** Pages in which the story cannot stick, or no loader is: it is one screen with buttons. */
const BOXED: readonly { readonly name: string; readonly page: (site: string) => string }[] = [
	{
		name: 'overflow-hidden',
		page: (site) => hostPage(site, { before: '<main style="overflow:hidden">', after: '</main>' })
	},
	{
		name: 'own-scroller',
		page: (site) =>
			hostPage(site, {
				before: '<main style="overflow:auto;height:100vh">',
				after: '</main>',
				bare: true
			})
	},
	{
		name: 'scaled',
		page: (site) =>
			hostPage(site, {
				before: '<main style="transform:scale(0.9);transform-origin:top">',
				after: '</main>'
			})
	},
	{
		name: 'shifted',
		page: (site) =>
			hostPage(site, { before: '<main style="transform:translateY(30px)">', after: '</main>' })
	},
	{
		name: 'asked-for',
		page: (site) => hostPage(site, { attributes: 'data-map="static" data-mode="boxed"' })
	},
	{ name: 'no-script', page: (site) => code(site, 'frame') },
	{ name: 'amp', page: (site) => throughAmp(site) },
	{ name: 'wordpress', page: (site) => throughWordpress(code(site, 'frame')) },
	{
		name: 'sandbox',
		page: (site) =>
			`<iframe sandbox="allow-scripts" width="390" height="600" src="${site}/embed/en/relay/"></iframe>`
	}
];

for (const { name, page: make } of BOXED) {
	test(`${name}: the story is one screen with buttons, and nothing in it scrolls`, async ({
		page,
		hosts
	}) => {
		await watch(page);
		const html = between(make(hosts.site)).replace(/relay\/(?=["#])/, '$&?map=static');
		await page.goto(hosts.put(name, { html }));
		await page.locator('iframe').scrollIntoViewIfNeeded();
		const frame = await joined(page, '.boxed .box-count');
		// First of all: a click in a frame moves the place from which Tab goes on.
		await tabThrough(page, page.mainFrame(), frame);
		const next = frame.getByRole('button', { name: 'Next' });
		const read: number[] = [];
		for (let turn = 0; turn < 200 && (await next.isEnabled()); turn++) {
			await next.press('Enter');
			const [now] = await frame
				.locator('.box-text [data-paragraph]')
				.evaluateAll((found) => found.map((each) => Number(each.getAttribute('data-paragraph'))));
			if (now !== undefined && now !== read.at(-1)) read.push(now);
		}
		expect(read).toEqual(beats.map(({ paragraph }) => paragraph));
		await frame.locator('.box-text a[data-place]').first().press('Enter');
		await expect(frame.getByRole('dialog')).toBeVisible();
		const scrollers = await frame.evaluate(() =>
			[...document.querySelectorAll('*')]
				.filter((element) => {
					const { overflowY } = getComputedStyle(element);
					const isRoot = element === document.documentElement;
					const scrolls = overflowY === 'auto' || overflowY === 'scroll' || isRoot;
					return scrolls && element.scrollHeight > element.clientHeight + 1;
				})
				.map((element) => element.className || element.tagName)
		);
		expect(scrollers).toEqual([]);
		await page.keyboard.press('Escape');
		await expect(frame.getByRole('dialog')).toHaveCount(0);
		await clickIn(page, frame, '.box-count');
		await everyInputPasses(page);
		await expect(frame.getByRole('link', { name: 'Read the full story' })).toHaveAttribute(
			'target',
			'_blank'
		);
		expect(await page.evaluate(() => watched.errors)).toEqual([]);
		if (name === 'amp') {
			const box = await page.locator('iframe').boundingBox();
			expect(box?.height).toBeGreaterThanOrEqual(520);
		}
		if (name === 'wordpress') {
			await frame.getByRole('link', { name: 'Read the full story' }).click();
			await expect
				.poll(() => page.evaluate(() => Reflect.get(window, 'wordpress') as unknown))
				.toEqual(['height', 'link']);
		}
	});
}

test('a sandboxed frame runs the live map, and takes its worker with it', async ({
	page,
	hosts
}) => {
	const html = `<iframe sandbox="allow-scripts" width="390" height="600" src="${hosts.site}/embed/en/relay/"></iframe>`;
	await page.goto(hosts.put('sandbox-live', { html }));
	await liveMap(await joined(page, '[data-map]'));
	expect(page.workers().length).toBeGreaterThan(0);
	await page.locator('iframe').evaluate((frame) => {
		frame.remove();
	});
	await expect.poll(() => page.workers().length + page.frames().length).toBe(1);
});

test('a host with a strict policy needs to name our origin alone', async ({ page, hosts }) => {
	const { integrity } = JSON.parse(
		readFileSync('.cache/fixtures/build/embed/v1.integrity.json', 'utf8')
	) as {
		integrity: string;
	};
	await watch(page);
	const attributes = `data-map="static" integrity="${integrity}" crossorigin="anonymous"`;
	await page.goto(
		hosts.put('strict', {
			html: `<!doctype html><title>Strict</title>${FILLER}${FILLER}${BEFORE}${loaderTag(hosts.site, 'en', attributes)}${AFTER}${FILLER}`,
			headers: {
				'Content-Security-Policy': `default-src 'none'; script-src ${hosts.site}; frame-src ${hosts.site}`
			}
		})
	);
	await expectInStep(page.mainFrame(), 0);
	expect(await page.evaluate(() => watched.violations)).toEqual([]);
});

test('without scripts in the host a picture and a link remain', async ({ browser, hosts }) => {
	const context = await browser.newContext({ javaScriptEnabled: false });
	const page = await context.newPage();
	await page.goto(hosts.put('no-javascript', { html: code(hosts.site, 'story') }));
	const link = page.getByRole('link', { name: 'A “story” & more' });
	await expect(link).toHaveAttribute('href', `${hosts.site}/en/relay/`);
	expect(
		await link.locator('img').evaluate((image: HTMLImageElement) => image.naturalWidth)
	).toBeGreaterThan(0);
	await context.close();
});

test('nothing is requested before the click that a host asks for', async ({ page, hosts }) => {
	const requests: string[] = [];
	page.on('request', (request) => requests.push(new URL(request.url()).pathname));
	const attributes = 'data-map="static" data-consent="click"';
	await page.goto(hosts.put('consent', { html: hostPage(hosts.site, { attributes, bare: true }) }));
	const button = page.getByRole('button', { name: /Show the story/ });
	await button.scrollIntoViewIfNeeded();
	// Whatever would be asked for by a story in sight is asked for by now.
	await page.waitForLoadState('networkidle');
	expect(requests).toEqual(['/consent', '/embed/v1.js']);
	await button.press('Enter');
	await joined(page);
	expect(await page.evaluate(() => document.activeElement?.tagName)).toBe('IFRAME');
});

test('the story follows a host page that is itself in a frame', async ({ page, hosts }) => {
	await watch(page);
	const inner = hosts.put('inner', { html: hostPage(hosts.site, {}) });
	await page.goto(
		hosts.put('outer', { html: `<iframe width="900" height="600" src="${inner}"></iframe>` })
	);
	await expectInStep(await joined(page, 'iframe'), 0);
});

test('the language switch in the frame keeps the frame and the paragraph, scrolled or boxed', async ({
	page,
	hosts
}) => {
	await page.goto(hosts.put('languages', { html: hostPage(hosts.site, {}) }));
	const frame = await joined(page);
	await settledHeight(page.mainFrame());
	const offset = await frame
		.locator('#p8')
		.evaluate((words) => words.getBoundingClientRect().top + scrollY - innerHeight * 0.4);
	const { top } = await geometry(page.mainFrame());
	await page.evaluate((y) => {
		window.scrollTo({ top: y, behavior: 'instant' });
	}, top + offset);
	const present = frame.locator('.beat.present [data-paragraph]');
	await expect(present).toHaveAttribute('data-paragraph', '8');
	const paragraph = (await present.getAttribute('data-paragraph')) ?? '';
	await frame.locator('.switch').click();
	await frame.locator('.masar[lang="ar"] .scenes').waitFor();
	await expect(present).toHaveAttribute('data-paragraph', paragraph);
	const box = await frame.locator(`#p${paragraph}`).boundingBox();
	expect(box?.y).toBeGreaterThan(0);
	expect(box?.y).toBeLessThan(page.viewportSize()?.height ?? 0);

	const attributes = 'data-map="static" data-mode="boxed"';
	await page.goto(hosts.put('boxed-languages', { html: hostPage(hosts.site, { attributes }) }));
	const boxed = await joined(page, '.boxed .box-count');
	for (let step = 0; step < 3; step++) await boxed.getByRole('button', { name: 'Next' }).click();
	const words = boxed.locator('.box-text [data-paragraph]');
	const before = await words.getAttribute('data-paragraph');
	expect(before).not.toBeNull();
	await boxed.locator('.box-other').click();
	await boxed.locator('.boxed[lang="ar"]').waitFor();
	await expect(words).toHaveAttribute('data-paragraph', before ?? '');
});

test('regression: a page around that answers after the wait for it is followed all the same', async ({
	page,
	hosts
}) => {
	await page.goto(hosts.put('late', { html: '<!doctype html><title>Late</title>' }));
	const heights = await page.evaluate(
		async ([hello, welcome, address]) => {
			const story = document.createElement('iframe');
			story.src = `${address}#host=${encodeURIComponent(location.origin)}`;
			const waited = new Promise((resolve) => {
				addEventListener('message', ({ data }: MessageEvent<{ type?: string } | string>) => {
					// What it tells a page that does not answer.
					if (typeof data !== 'string' && data.type === 'embed-size') resolve(null);
				});
			});
			const greeted = new Promise((resolve) => {
				addEventListener('message', ({ data }) => {
					if (data === hello) resolve(null);
				});
			});
			document.body.append(story);
			await greeted;
			await waited;
			const { port1, port2 } = new MessageChannel();
			const height = new Promise<number>((resolve) => {
				port1.onmessage = ({ data }: MessageEvent<{ type: string; value: number }>) => {
					if (data.type === 'height') resolve(data.value);
				};
			});
			story.contentWindow?.postMessage(welcome, '*', [port2]);
			port1.postMessage({ type: 'view', top: 0, inset: 0, screen: 600 });
			return height;
		},
		[HELLO, WELCOME, `${hosts.site}/embed/en/relay/?map=static`] as const
	);
	const frame = await joined(page);
	expect(heights).toBeGreaterThan(3000);
	await expect(frame.locator('.box')).toHaveCount(0);
});

test('a single-page app puts the story in and takes it out again and again, and nothing stays', async ({
	page,
	hosts
}) => {
	await watch(page);
	await page.goto(hosts.put('app', { html: `<!doctype html><title>App</title>${FILLER}` }));
	const measure = await memoryOf(page);
	const address = `${hosts.site}/embed/v1.js`;
	const listeners: number[] = [];
	const heap: number[] = [];
	for (let round = 0; round < (whole ? 220 : 20); round++) {
		await page.evaluate(async (src) => {
			const view = document.createElement('main');
			const script = document.createElement('script');
			script.src = src;
			script.dataset['story'] = 'relay';
			script.dataset['map'] = 'static';
			const loaded = new Promise((resolve) => (script.onload = resolve));
			view.append(script);
			document.body.prepend(view);
			await loaded;
		}, address);
		await page.waitForSelector('iframe');
		// Every tenth time it gets as far as being read.
		if (round % 10 === 0) await joined(page);
		await page.evaluate(() => {
			document.querySelector('main')?.remove();
		});
		// The first rounds bring listeners of the test's own, and code that is kept.
		if (round < (whole ? 20 : 8) || round % 4 !== 3) continue;
		listeners.push(await page.evaluate(() => watched.listeners));
		heap.push((await measure()).heap);
	}
	await expect.poll(() => page.frames().length).toBe(1);
	expect(new Set(listeners).size).toBe(1);
	// Twenty rounds are too few to tell what is kept from what the engine translates meanwhile.
	if (whole) {
		const each = slopeOf(heap) / 4;
		test.info().annotations.push({ type: 'heap, bytes a mount', description: each.toFixed(0) });
		expect(each).toBeLessThanOrEqual(10_000);
	}
	expect(await page.evaluate(() => watched.errors)).toEqual([]);
});

test('ten stories on a page have two live maps at most, and give them back', async ({
	page,
	hosts
}) => {
	// Maps are drawn in software here, and all frames of a site share one thread: small ones are enough.
	await undrawn(page);
	await page.setViewportSize({ width: 340, height: 480 });
	const tags = Array.from({ length: 10 }, () =>
		loaderTag(hosts.site, 'en', 'data-mode="boxed"')
	).join('<p>And another.</p>');
	await page.goto(
		hosts.put('ten', {
			html: `<!doctype html><meta name="viewport" content="width=device-width" /><title>Ten</title><body>${tags}</body>`
		})
	);
	await expect(page.locator('script[data-story] + div')).toHaveCount(10);
	/** Which of the ten, from 0, hold a WebGL context. */
	const live = async () => {
		const found: number[] = [];
		for (const handle of await page.locator('iframe').elementHandles()) {
			const frame = await handle.contentFrame();
			if (!frame || (await frame.locator('canvas').count()) === 0) continue;
			found.push(
				await handle.evaluate((element) => {
					const script = element.parentElement?.previousElementSibling;
					return [...document.querySelectorAll('script[data-story]')].findIndex(
						(each) => each === script
					);
				})
			);
		}
		return found;
	};
	for (const expected of whole ? [0, 4, 9, 0] : [0, 9]) {
		await page.evaluate((index) => {
			document.querySelectorAll('script[data-story]')[index]?.nextElementSibling?.scrollIntoView();
		}, expected);
		await expect.poll(live).toContain(expected);
		await expect.poll(async () => (await live()).length).toBe(2);
	}
});

test('forged messages change nothing and throw nothing, on either side', async ({
	page,
	hosts
}) => {
	await watch(page);
	await page.goto(hosts.put('forged', { html: hostPage(hosts.site, {}) }));
	const frame = await joined(page);
	await settledHeight(page.mainFrame());
	const state = async () => ({
		...(await geometry(page.mainFrame())),
		y: await page.evaluate(() => scrollY),
		guest: await frame.evaluate(() => [scrollY, document.documentElement.style.cssText])
	});
	const before = await state();
	const forge = async (count: number) => {
		const bait = [
			'masar:hello:1',
			'masar:welcome:1',
			{ type: 'height', value: 1 },
			{ type: 'height', value: NaN },
			{ type: 'scroll', value: 1e308 },
			{ type: 'view', top: 5000, inset: 900, screen: 100 },
			{ type: 'live', live: true },
			JSON.parse('{"type":"scroll","__proto__":{"value":9000}}') as unknown,
			{ type: 'scene', value: '<img src=x onerror=alert(1)>' },
			'a'.repeat(1000),
			null,
			[1, 2]
		];
		const targets = [window, window.parent, document.querySelector('iframe')?.contentWindow];
		for (const target of targets) target?.postMessage('a'.repeat(1e7), '*');
		for (let index = 0; index < count; index++) {
			const target = targets[index % targets.length] ?? window;
			const { port1 } = new MessageChannel();
			target.postMessage(bait[index % bait.length], '*', index % 2 ? [] : [port1]);
		}
		// What was posted last comes last.
		await new Promise((resolve) => {
			addEventListener('message', ({ data }) => {
				if (data === 'the last') resolve(null);
			});
			window.postMessage('the last', '*');
		});
	};
	// From the host to itself and to the frame; from the frame to itself and to the host.
	await page.evaluate(forge, whole ? 6000 : 600);
	await frame.evaluate(forge, whole ? 4000 : 400);
	// A frame below the screen draws no frames: what it has been told of, it has done after a task of its own.
	for (const each of [page, frame])
		await each.evaluate(() => new Promise((resolve) => setTimeout(resolve)));
	expect(await state()).toEqual(before);
	expect(await page.evaluate(() => watched.errors)).toEqual([]);
	expect(await frame.evaluate(() => watched.errors)).toEqual([]);
});

test('the dialog gives the code for what is chosen, shows it, and copies it', async ({ page }) => {
	await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
	await page.goto('/en/relay/?map=static');
	const menu = page.locator('.menu summary');
	await menu.click();
	await page.getByRole('button', { name: 'Embed this story' }).click();
	const dialog = page.getByRole('dialog', { name: 'Embed this story' });
	const text = dialog.getByLabel('Code', { exact: true });
	await expect(text).toHaveValue(/\/embed\/v1\.js" data-story="relay" data-lang="en"/);
	await dialog.getByLabel('Load nothing before the reader clicks').check();
	await expect(text).toHaveValue(/data-consent="click"/);
	const preview = async () => {
		const opened = page.waitForEvent('popup');
		await dialog.getByRole('link', { name: 'Preview in a new tab' }).click();
		return opened;
	};
	const loaded = await preview();
	await expect(loaded.getByRole('button', { name: /Show the story/ })).toBeVisible();
	await loaded.close();
	await dialog.getByLabel('A frame without a script').check();
	await dialog.getByLabel('Arabic').check();
	await dialog.getByLabel('Height (px)').fill('720');
	await expect(text).toHaveValue(/<iframe src="[^"]+\/embed\/ar\/relay\/"[^>]* height="720"/);
	const framed = await preview();
	await expect(framed.frameLocator('iframe').locator('.boxed[lang="ar"]')).toBeVisible();
	await expect(framed.locator('iframe')).toHaveAttribute('height', '720');
	await framed.close();
	await dialog.getByRole('button', { name: 'Copy the code' }).click();
	await expect(dialog.getByRole('status')).toHaveText('The code is copied.');
	expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(await text.inputValue());
	await page.keyboard.press('Escape');
	await expect(dialog).toHaveCount(0);
	await expect(menu).toBeFocused();
});

test('the loader is no more than 2.5 kB', async ({ request }) => {
	const response = await request.get('/embed/v1.js', { headers: { 'Accept-Encoding': 'gzip' } });
	expect(response.headers()['content-encoding']).toBe('gzip');
	expect(Number(response.headers()['content-length'])).toBeLessThanOrEqual(2500);
});
