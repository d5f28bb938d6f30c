import { expect, type Page } from '@playwright/test';
import type { StoryMap } from '../../src/embed/element/element';
import { FILLER, test } from './hosts';
import { memoryOf, slopeOf } from './memory';
import { whole } from './reading';

// Every frame of the map is drawn in software here; fewer pixels run the same code.
test.use({ deviceScaleFactor: 0.25 });

/** A page whose styles are as loud as they can be, and whose policy names our origin alone. */
function host(site: string, element: string) {
	return {
		html: `<!doctype html><html lang="en"><head><meta charset="utf-8" />
<meta name="viewport" content="width=device-width, initial-scale=1" /><title>CMS</title>
<style>
html { font-size: 62.5%; }
body { margin: 0; }
* { letter-spacing: 3px; text-transform: uppercase; color: rgb(0, 128, 0); }
p { font-size: 41px; }
.heading, .bar, .pane { display: none; }
</style></head><body>${FILLER}
<script type="module" src="${site}/embed/story-map.js"></script>
${element}${FILLER}</body></html>`,
		headers: {
			'Content-Security-Policy': `default-src 'none'; style-src 'unsafe-inline'; script-src ${site}; connect-src ${site}; img-src ${site}; font-src ${site}; worker-src blob: ${site}`
		}
	};
}

/** Runs in the page, before anything of it does. */
function noteContexts(): void {
	const made: WeakRef<WebGL2RenderingContext>[] = [];
	Object.assign(window, { made });
	const method = Reflect.get(HTMLCanvasElement.prototype, 'getContext');
	HTMLCanvasElement.prototype.getContext = function (this: HTMLCanvasElement, ...given: unknown[]) {
		const context: unknown = Reflect.apply(method, this, given);
		if (context instanceof WebGL2RenderingContext) made.push(new WeakRef(context));
		return context;
	} as typeof method;
}

/** How many WebGL contexts still hold memory. */
function contexts(page: Page): Promise<number> {
	return page.evaluate(() => {
		const made = Reflect.get(window, 'made') as WeakRef<WebGL2RenderingContext>[];
		const kept = new Set(made.map((each) => each.deref()));
		return [...kept].filter((each) => each && !each.isContextLost()).length;
	});
}

test('<story-map> lives in a strict host, and no style leaks in or out', async ({
	page,
	hosts
}) => {
	const errors: string[] = [];
	page.on('console', (message) => message.type() === 'error' && errors.push(message.text()));
	page.on('pageerror', (error) => errors.push(error.message));
	await page.addInitScript(noteContexts);
	const address = hosts.put(
		'element',
		host(hosts.site, '<story-map story="relay" lang="ar"></story-map>')
	);
	// What the page looks like without the story.
	await page.route('**/story-map.js', (route) => route.abort());
	await page.goto(address);
	const paragraph = page.locator('body > p').first();
	const look = () =>
		paragraph.evaluate((element) => {
			const style = getComputedStyle(element);
			return [...style].map((name) => `${name}: ${style.getPropertyValue(name)}`);
		});
	const before = await look();
	await page.unroute('**/story-map.js');
	errors.length = 0;
	await page.goto(address);
	const element = page.locator('story-map');
	await element.locator('[data-map][data-renderer="live"]').waitFor();
	expect(await look()).toEqual(before);
	const inside = await element.locator('#p1').evaluate((words) => {
		const { letterSpacing, textTransform, fontSize, direction } = getComputedStyle(words);
		const { color } = getComputedStyle(words.closest('.sheet') ?? words);
		return { letterSpacing, textTransform, fontSize, color, direction };
	});
	expect(inside).toEqual({
		letterSpacing: 'normal',
		textTransform: 'none',
		fontSize: '20px',
		color: 'rgb(27, 35, 48)',
		direction: 'rtl'
	});
	const faces = () =>
		page.evaluate(() =>
			[...document.fonts].flatMap(({ family, status }) => (status === 'loaded' ? family : []))
		);
	await expect.poll(faces).toContain('Masar Naskh');
	await expect(element.locator('.switch')).toBeVisible();
	expect(errors).toEqual([]);
	expect(page.workers().length).toBeGreaterThan(0);
	expect(await contexts(page)).toBeGreaterThan(0);
	await element.evaluate((node) => {
		node.remove();
	});
	await expect.poll(() => page.workers().length).toBe(0);
	await expect.poll(() => contexts(page)).toBe(0);
});

test('<story-map> goes to scenes, opens places, tells what happens, and follows its attributes', async ({
	page,
	hosts
}) => {
	await page.goto(
		hosts.put(
			'methods',
			host(hosts.site, '<story-map story="relay" lang="en" map="static" scene="p4"></story-map>')
		)
	);
	await page.evaluate(() => {
		for (const name of ['scene', 'place', 'complete']) {
			document.addEventListener(`masar:${name}`, (event) => {
				if (event instanceof CustomEvent) document.title += ` ${JSON.stringify(event.detail)}`;
			});
		}
	});
	const element = page.locator('story-map');
	const scene = () => element.evaluate((node: StoryMap) => node.scene);
	await expect.poll(scene).toBe('kursk');
	expect(await element.evaluate((node: StoryMap) => node.goTo('no-such-scene'))).toBe(false);
	expect(await element.evaluate((node: StoryMap) => node.goTo('berlin'))).toBe(true);
	await expect.poll(scene).toBe('berlin');
	expect(await element.evaluate((node: StoryMap) => node.openPlace('kyiv'))).toBe(true);
	await expect(element.getByRole('dialog')).toContainText('Kyiv');
	await expect(page).toHaveTitle(/"scene":"berlin".*"place":"kyiv"/);
	await element.evaluate((node: StoryMap) => {
		node.scene = 'call';
	});
	await expect.poll(scene).toBe('call');
	await element.evaluate((node) => {
		node.setAttribute('lang', 'ar');
		node.setAttribute('theme', 'dark');
	});
	await expect(element.locator('.masar[lang="ar"]')).toBeVisible();
	await expect(element).toHaveAttribute('data-theme', 'dark');
});

test('a host’s own paragraphs are the steps of the map', async ({ page, hosts }) => {
	const steps = ['call', 'kursk', 'kursk', 'berlin']
		.map((scene) => `<p data-scene="${scene}">The host’s words.</p>`)
		.join('');
	await page.goto(
		hosts.put(
			'steps',
			host(hosts.site, `<story-map story="relay" lang="en" map="static">${steps}</story-map>`)
		)
	);
	const element = page.locator('story-map');
	await element.locator('.masar').waitFor();
	const seen: unknown[] = [];
	for (const step of await element.locator('[data-scene]').all()) {
		seen.push(
			await step.evaluate(async (words) => {
				const middle = words.getBoundingClientRect().top + scrollY - innerHeight / 2;
				window.scrollTo({ top: middle, behavior: 'instant' });
				for (let frame = 0; frame < 3; frame++) await new Promise(requestAnimationFrame);
				return document.querySelector<StoryMap>('story-map')?.scene;
			})
		);
	}
	expect(seen).toEqual(['call', 'kursk', 'kursk', 'berlin']);
	// The words stay the host’s: in its page, in its style.
	const own = element.locator('[data-scene]').first();
	expect(await own.evaluate((words) => getComputedStyle(words).fontSize)).toBe('41px');
});

/** Puts elements in and takes each out once it holds what `until` names, one after another. */
function mount(page: Page, count: number, map: 'static' | 'live', until: string): Promise<void> {
	return page.evaluate(
		async ([rounds, attributes, awaited]) => {
			for (let round = 0; round < rounds; round++) {
				const element = document.createElement('story-map');
				for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
				document.body.prepend(element);
				while (!element.shadowRoot?.querySelector(awaited))
					await new Promise((resolve) => setTimeout(resolve, 20));
				element.remove();
				await new Promise((resolve) => setTimeout(resolve));
			}
		},
		[count, { story: 'relay', lang: 'en', map }, until] as const
	);
}

/** Mounts before the first measure, in which the engine translates what runs; between two measures; and measures. */
type Rounds = readonly [first: number, between: number, measures: number];

/** Mounts again and again, and holds what is kept against what was kept before. */
async function mountAndMeasure(page: Page, map: 'static' | 'live', rounds: Rounds) {
	const [first, between, measures] = rounds;
	await page.evaluate(() => customElements.whenDefined('story-map').then(() => undefined));
	const measure = await memoryOf(page);
	// What follows the story comes last; the live map comes when it is drawn whole.
	const until = map === 'static' ? '.after' : '[data-map][data-renderer="live"]';
	await mount(page, first, map, until);
	const kept = [await measure()];
	while (kept.length < measures) {
		await mount(page, between, map, until);
		kept.push(await measure());
	}
	// A few rounds are too few to tell what is kept from what the engine translates meanwhile.
	if (whole) {
		const each = slopeOf(kept.map(({ heap }) => heap)) / between;
		test.info().annotations.push({ type: 'heap, bytes a mount', description: each.toFixed(0) });
		expect(each).toBeLessThanOrEqual(10_000);
	}
	const [before, after] = [kept[0], kept.at(-1)];
	expect(after?.listeners).toBe(before?.listeners);
	expect(after?.nodes).toBe(before?.nodes);
	expect(page.workers()).toEqual([]);
}

test('<story-map> put in and taken out, again and again, leaves nothing behind', async ({
	page,
	hosts
}) => {
	await page.setViewportSize({ width: 480, height: 400 });
	await page.goto(hosts.put('mounts', host(hosts.site, '')));
	await mountAndMeasure(page, 'static', whole ? [12, 20, 11] : [12, 4, 4]);
});

// Each map takes two seconds to be drawn in software.
if (whole)
	test('two hundred live maps put in and taken out leave no heap, worker, context or listener behind', async ({
		page,
		hosts
	}) => {
		test.setTimeout(1_800_000);
		await page.setViewportSize({ width: 480, height: 400 });
		await page.addInitScript(noteContexts);
		await page.goto(hosts.put('live-mounts', host(hosts.site, '')));
		await mountAndMeasure(page, 'live', [60, 14, 11]);
		expect(await contexts(page)).toBe(0);
	});
