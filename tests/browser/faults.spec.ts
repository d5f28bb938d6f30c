import { chromium, expect, test, type Page, type Route } from '@playwright/test';
import { serve } from '../../scripts/serve.mjs';
import { wordsOf } from '../../src/lib/locale';
import { LANGUAGES } from '../../src/lib/model/story';
import { errorsOf, expectReadable, mapSeen } from './readable';
import { liveMap, open, paragraphs, shown, story, taken, undrawn, whole } from './reading';

// Every frame is drawn in software here; fewer pixels run the same code.
test.use({ viewport: { width: 800, height: 600 } });
test.beforeEach(({ page }) => undrawn(page));

for (const language of ['ar', 'en'] as const) {
	test(`${language}: without WebGL the pictures stay, and a sentence says so`, async ({
		baseURL
	}) => {
		const { launchOptions } = test.info().project.use;
		const browser = await chromium.launch({
			...launchOptions,
			args: [
				...(launchOptions?.args ?? []).filter((flag) => !/angle|swiftshader|gpu/.test(flag)),
				'--disable-3d-apis'
			]
		});
		try {
			const page = await browser.newPage({ viewport: { width: 1280, height: 800 } });
			const errors: string[] = [];
			page.on('pageerror', (error) => errors.push(error.message));
			await page.goto(`${baseURL}/${language}/relay/`);
			await expect(page.locator('.notice')).toContainText(
				language === 'ar' ? 'صورة ثابتة' : 'still picture'
			);
			await expect(page.locator('[data-paragraph]')).toHaveCount(paragraphs.length);
			for (const { id } of story.scenes) {
				const image = page.locator(`#${id} figure.picture img`);
				await image.scrollIntoViewIfNeeded();
				await expect
					.poll(() =>
						image.evaluate(
							(element) => element instanceof HTMLImageElement && element.naturalWidth > 0
						)
					)
					.toBe(true);
			}
			expect(errors).toEqual([]);
		} finally {
			await browser.close();
		}
	});
}

/** A file that the live map is made of, or the page is set in. */
interface Part {
	readonly name: string;
	readonly file: RegExp;
	/** Faults that cost the reader nothing but beauty: the live map comes all the same. */
	readonly harmless?: RegExp;
}

const PARTS: readonly Part[] = [
	{ name: 'the map’s module', file: /\/live-map\.[^/]*\.js$/ },
	{ name: 'MapLibre', file: /\/maplibre~live-map\.[^/]*\.js$/ },
	{ name: 'what MapLibre and its worker share', file: /\/maplibre~maplibre-gl-worker~[^/]*\.js$/ },
	{ name: 'MapLibre’s worker', file: /\/maplibre-gl-worker\.[^/]*\.js$/ },
	// Without it the page reads its data itself.
	{ name: 'the worker for data', file: /\/worker-[^/]*\.js$/, harmless: /./ },
	{ name: 'the world’s data', file: /\/world\.[^/]*\.json$/, harmless: /type/ },
	{ name: 'the places’ data', file: /\/places\.json$/, harmless: /type/ },
	{
		name: 'finer data',
		file: /\/(?:bering|germany|korea|ukraine|washington)\.[^/]*\.json$/,
		harmless: /./
	},
	// MapLibre waits for a font that it has asked for: the pictures stay then.
	{ name: 'a font', file: /\.woff2$/, harmless: /^(?!never answers)/ }
];

type Break = (route: Route) => Promise<void>;

const BREAKS: Readonly<Record<string, Break>> = {
	'is not found': (route) => route.fulfill({ status: 404, body: 'Not found' }),
	'fails on the server': (route) => route.fulfill({ status: 500, body: 'Internal error' }),
	'is cut off by the network': (route) => route.abort('connectionreset'),
	'is cut short': async (route) => {
		const response = await route.fetch();
		const body = await response.body();
		await route.fulfill({ response, body: body.subarray(0, body.length / 3) });
	},
	'is of the wrong type': async (route) => {
		const response = await route.fetch();
		await route.fulfill({ response, contentType: 'image/png' });
	},
	'is a page of HTML': (route) =>
		route.fulfill({ contentType: 'text/html', body: '<!doctype html><title>Log in</title>' }),
	'never answers': () => Promise.resolve()
};

const FAULTS = LANGUAGES.flatMap((language) =>
	PARTS.flatMap((part) => Object.keys(BREAKS).map((way) => ({ language, part, way })))
);
const isHarmless = ({ part, way }: (typeof FAULTS)[number]) => part.harmless?.test(way) ?? false;
const HARMLESS = FAULTS.filter(isHarmless);
const HARMFUL = FAULTS.filter((fault) => !isHarmless(fault));

/** Every part, every way and each language at least once; all of them together in test:all. */
const covering = (faults: typeof FAULTS) =>
	faults.filter(
		({ language, part, way }) =>
			whole ||
			((PARTS.indexOf(part) + Object.keys(BREAKS).indexOf(way)) % Object.keys(BREAKS).length ===
				0 &&
				LANGUAGES.indexOf(language) === PARTS.indexOf(part) % LANGUAGES.length)
	);

for (const { language, part, way } of covering(HARMFUL)) {
	test(`${language}: where ${part.name} ${way}, pictures, a sentence and a retry that works`, async ({
		page
	}) => {
		const words = wordsOf(language);
		const errors = errorsOf(page);
		let isBroken = true;
		let answered = 0;
		await page.route(part.file, async (route) => {
			if (isBroken) return BREAKS[way]?.(route);
			answered += 1;
			return route.continue();
		});
		if (way === 'never answers') await page.clock.install();
		const asked = page.waitForRequest(part.file);
		// A page is not loaded while a font of it never answers.
		await page.goto(`/${language}/relay/`, { waitUntil: 'domcontentloaded' });
		await asked;
		if (way === 'never answers') await page.clock.fastForward(30_000);
		await expectReadable(page);
		const notice = page.locator('.notice');
		await expect(notice).toHaveText(`${words.failed} ${words.retry}`);
		await expectReadable(page);
		isBroken = false;
		await notice.getByRole('button').click();
		await expect.poll(() => answered).toBeGreaterThan(0);
		await expect(notice).toHaveCount(0);
		if (whole) await liveMap(page);
		expect(errors).toEqual([]);
	});
}

for (const { language, part, way } of covering(HARMLESS)) {
	test(`${language}: where ${part.name} ${way}, the live map comes all the same`, async ({
		page
	}) => {
		const errors = errorsOf(page);
		await page.route(part.file, (route) => BREAKS[way]?.(route));
		await page.goto(`/${language}/relay/`);
		await expectReadable(page);
		await liveMap(page);
		await expectReadable(page);
		await expect(page.locator('.notice')).toHaveCount(0);
		expect(errors).toEqual([]);
	});
}

/** What a browser may lack or refuse; the live map is not waited for. */
const LACKS: Readonly<Record<string, (page: Page) => Promise<unknown>>> = {
	'storage that throws': (page) =>
		page.addInitScript(() => {
			const refuse = {
				get: () => {
					throw new DOMException('Denied', 'SecurityError');
				}
			};
			Object.defineProperty(window, 'localStorage', refuse);
			Object.defineProperty(window, 'sessionStorage', refuse);
		}),
	'no script at all': (page) => page.route(/\.js$/, (route) => route.abort()),
	'no modules, and none of the newer rules of style': async (page) => {
		await page.route(/relay\/[^.]*$/, async (route) => {
			const response = await route.fetch();
			const body = (await response.text()).replaceAll('type="module"', 'type="old"');
			await route.fulfill({ response, body });
		});
		await page.route(/\.css$/, async (route) => {
			const response = await route.fetch();
			const body = (await response.text())
				.replace(/:(?:where|is|has)\(/g, ':unknown(')
				.replace(/@(?:container|layer)\b/g, '@unknown')
				.replace(/\b[\d.]+(?:cqmin|cqw|cqi|[sdl]v[hw])\b/g, '1unknown');
			await route.fulfill({ response, body });
		});
	},
	'a zoom of four': async (page) => {
		await page.setViewportSize({ width: 320, height: 256 });
	}
};

for (const { language, lack } of Object.keys(LACKS).flatMap((lack, index) =>
	LANGUAGES.filter((_, order) => whole || order === index % LANGUAGES.length).map((language) => ({
		language,
		lack
	}))
)) {
	test(`${language}: with ${lack} all words and the pictures are there`, async ({ page }) => {
		const errors = errorsOf(page);
		await LACKS[lack]?.(page);
		await page.goto(`/${language}/relay/?map=static`);
		await expectReadable(page);
		for (const { id } of story.scenes) {
			await page.locator(`#${id}`).evaluate((element) => {
				element.scrollIntoView({ block: 'start', behavior: 'instant' });
			});
			await mapSeen(page);
		}
		expect(errors).toEqual([]);
	});
}

test.describe('the live map', () => {
	for (const language of whole ? LANGUAGES : []) {
		test(`${language}: in a flight, a lost network, a turned screen, paper, the background and the way back leave what there was`, async ({
			page,
			context
		}) => {
			const errors = errorsOf(page);
			await open(page, language);
			const first = story.scenes[1]?.id ?? '';
			// Between two scenes the camera flies.
			await page.evaluate((id) => {
				const { top } = document.getElementById(id)?.getBoundingClientRect() ?? { top: 0 };
				window.scrollTo({ top: scrollY + top - innerHeight / 2, behavior: 'instant' });
			}, first);
			const flying = await shown(page);

			await page.setViewportSize({ width: 600, height: 800 });
			await expectReadable(page);
			await page.setViewportSize({ width: 800, height: 600 });
			await expectReadable(page);
			await page.emulateMedia({ media: 'print' });
			const printed = await page
				.locator('[data-paragraph]')
				.evaluateAll((all) => all.filter((each) => each.checkVisibility()).length);
			expect(printed).toBe(paragraphs.length);
			await page.emulateMedia({ media: 'screen' });

			const other = await context.newPage();
			await other.goto('about:blank');
			await other.bringToFront();
			await page.bringToFront();
			await other.close();
			await expectReadable(page);
			expect((await shown(page)).scene).toBe(flying.scene);

			await context.setOffline(true);
			for (const { id } of story.scenes.slice(-3)) {
				await page.evaluate((hash) => {
					location.hash = hash;
				}, id);
				expect((await shown(page)).scene).toBe(id);
				await expectReadable(page);
			}
			await context.setOffline(false);

			await page.goto('about:blank');
			await page.goBack();
			await expectReadable(page);
			await liveMap(page);
			expect((await shown(page)).scene).toBe(story.scenes.at(-1)?.id);
			expect(errors).toEqual([]);
		});
	}
});

test('regression: a part of the page that did not come is said to be missing, and comes after a retry', async ({
	page
}) => {
	const words = wordsOf('en');
	const errors = errorsOf(page);
	let isBroken = true;
	await page.route(/\/EmbedDialog\.[^/]*\.js$/, (route) =>
		isBroken ? route.abort() : route.continue()
	);
	await page.goto('/en/relay/?map=static');
	await taken(page);
	const embed = async () => {
		await page.locator('.menu summary').click();
		await page.locator('.menu').getByRole('button', { name: words.embedStory }).click();
	};
	await embed();
	const notice = page.locator('.notice');
	await expect(notice).toHaveText(`${words.partFailed} ${words.retry}`);
	isBroken = false;
	await notice.getByRole('button').click();
	await expect(notice).toHaveCount(0);
	await embed();
	await expect(page.getByRole('dialog')).toBeVisible();
	expect(errors).toEqual([]);
});

test('the build works under any path, and shows a near scene from its near window', async ({
	page
}) => {
	const server = await serve({
		dir: '.cache/fixtures/build',
		port: 0,
		host: '127.0.0.1',
		base: '/news/maps/'
	});
	try {
		const events: string[] = [];
		page.on('request', (request) => {
			if (/\/ukraine\.[\w-]+\.json$/.test(request.url())) events.push('near window');
		});
		await page.exposeFunction('liveMapIsThere', () => events.push('live map'));
		await page.addInitScript(() => {
			new PerformanceObserver((list) => {
				if (list.getEntriesByName('masar:live-map').length > 0)
					(window as unknown as { liveMapIsThere: () => void }).liveMapIsThere();
			}).observe({ type: 'mark' });
		});
		const failed: string[] = [];
		page.on('response', (response) => {
			if (response.status() >= 400) failed.push(response.url());
		});
		await page.goto(`${server.address.replace(/\/$/, '')}/ar/relay/#p8`);
		await liveMap(page);
		expect((await shown(page)).paragraph).toBe(8);
		await expect.poll(() => events.length).toBe(2);
		// Regression: a near scene is drawn from its near window, which is asked for before the map is shown.
		expect(events).toEqual(['near window', 'live map']);
		expect(failed).toEqual([]);
	} finally {
		await server.close();
	}
});
