import { readdirSync, statSync } from 'node:fs';
import { expect, test, type Page } from '@playwright/test';
import { PNG } from 'pngjs';
import { open, scrollTo, SCREENS, settle, taken, whole } from './reading';

// Where the live map is drawn, in software, fewer pixels ask for the same letters.
test.use({ deviceScaleFactor: 0.5 });

/** Bytes of fonts that a page may make its reader load. */
const BUDGET = 110_000;

const LANGUAGES = ['ar', 'en'] as const;
const folder = '.cache/fixtures/build/_app/immutable/assets';

const sizes = new Map(
	readdirSync(folder)
		.filter((name) => name.endsWith('.woff2'))
		.map((name) => [name, statSync(`${folder}/${name}`).size])
);

const nameOf = (url: string) => url.slice(url.lastIndexOf('/') + 1);

/** The fonts that the page asks for, by file name. */
function fontsAskedFor(page: Page): Set<string> {
	const names = new Set<string>();
	page.on('request', (request) => {
		if (request.url().includes('.woff2')) names.add(nameOf(request.url()));
	});
	return names;
}

function bytesOf(names: ReadonlySet<string>): number {
	return [...names].reduce((sum, name) => sum + (sizes.get(name) ?? NaN), 0);
}

/** Where the words of the first screen stand, and how tall they are. */
const firstScreen = (page: Page) =>
	page.evaluate(() =>
		[...document.querySelectorAll('.opening .sheet > *, .bar a')].map((element) => {
			const { top, height } = element.getBoundingClientRect();
			return { words: element.textContent.slice(0, 30), top, height };
		})
	);

for (const language of LANGUAGES) {
	if (whole || language === 'ar')
		test(`${language}: no page loads more than 110 kB of fonts, the map’s names and any kind of words included`, async ({
			page
		}) => {
			await page.setViewportSize(SCREENS.phone);
			const asked = fontsAskedFor(page);
			await open(page, language);
			await page.locator('.after').scrollIntoViewIfNeeded();
			await page.evaluate(() => document.fonts.ready);
			const read = bytesOf(asked);
			expect(asked.size).toBeGreaterThan(4);
			expect(read).toBeLessThanOrEqual(BUDGET);

			// What another story could ask for.
			await page.evaluate(async () => {
				const words = document.querySelector('.standfirst');
				for (const name of ['strong', 'em']) {
					const element = document.createElement(name);
					element.textContent = ' نص عربي English words 15 ';
					words?.append(element);
				}
				await document.fonts.ready;
			});
			expect(bytesOf(asked)).toBeGreaterThan(read);
			expect(bytesOf(asked)).toBeLessThanOrEqual(BUDGET);
		});

	for (const screen of ['phone', 'desktop'] as const) {
		test(`${language}, ${screen}: nothing moves when the fonts arrive late`, async ({ page }) => {
			await page.setViewportSize(SCREENS[screen]);
			await page.addInitScript(() => {
				const shifts: number[] = [];
				Object.assign(window, { shifts });
				new PerformanceObserver((list) => {
					// Entries of this type have a value, which the DOM's types do not know.
					for (const entry of list.getEntries())
						shifts.push((entry as unknown as { value: number }).value);
				}).observe({ type: 'layout-shift', buffered: true });
			});
			let arrive: () => void = () => undefined;
			const held = new Promise<void>((resolve) => (arrive = resolve));
			await page.route('**/*.woff2', async (route) => {
				await held;
				await route.continue();
			});
			await page.goto(`/${language}/relay/?map=static`, { waitUntil: 'commit' });
			await taken(page);
			await settle(page);
			const before = await firstScreen(page);
			// What moves while the page itself comes piece by piece is no typeface's doing.
			await page.evaluate(() => {
				(window as unknown as { shifts: number[] }).shifts.length = 0;
			});
			expect(await page.evaluate(() => document.fonts.status)).toBe('loading');

			arrive();
			await page.evaluate(async () => {
				await document.fonts.ready;
			});
			await settle(page);
			expect(await page.evaluate(() => document.fonts.status)).toBe('loaded');
			expect(await firstScreen(page)).toEqual(before);
			const shifts = await page.evaluate(() => (window as unknown as { shifts: number[] }).shifts);
			expect(shifts.reduce((sum, shift) => sum + shift, 0)).toBeLessThanOrEqual(0.01);
		});
	}

	test(`${language}: without any font of ours the page still reads, and takes the room it would have taken`, async ({
		page
	}) => {
		const address = `/${language}/relay/?map=static`;
		const heights = () =>
			page.evaluate(() =>
				[...document.querySelectorAll('[data-paragraph]')].map(({ clientHeight }) => clientHeight)
			);
		await page.goto(address);
		await page.evaluate(() => document.fonts.ready);
		const wanted = await heights();

		await page.route('**/*.woff2', (route) => route.abort());
		await page.goto(address);
		await page.evaluate(() => document.fonts.ready);
		await scrollTo(page, 0);
		const title = PNG.sync.read(await page.locator('h1').screenshot());
		let ink = 0;
		for (let at = 0; at < title.data.length; at += 4) {
			if ((title.data[at] ?? 255) < 90) ink += 1;
		}
		expect(ink / (title.width * title.height)).toBeGreaterThan(0.03);
		const found = await heights();
		expect(found).toHaveLength(wanted.length);
		const same = found.filter((height, index) => height === wanted[index]);
		expect(same.length / found.length).toBeGreaterThan(0.75);
	});

	test(`${language}: each font asked for ahead is one that the first screen is set in`, async ({
		page
	}) => {
		await page.goto(`/${language}/relay/?map=static`);
		await page.evaluate(() => document.fonts.ready);
		const ahead = await page
			.locator('link[rel="preload"][as="font"]')
			.evaluateAll((links) => links.map((link) => (link as HTMLLinkElement).href));
		expect(ahead).toHaveLength(3);
		const used = await page.evaluate(() => {
			const rules = [...document.styleSheets].flatMap((sheet) => [...sheet.cssRules]);
			const loaded = [...document.fonts].filter(({ status }) => status === 'loaded');
			return loaded.flatMap(({ family, weight, style, unicodeRange }) =>
				rules.flatMap((rule) => {
					if (!(rule instanceof CSSFontFaceRule)) return [];
					const is = (name: string, value: string) =>
						rule.style.getPropertyValue(name).replaceAll('"', '') === value.replaceAll('"', '');
					const same =
						is('font-family', family) &&
						is('font-weight', weight) &&
						is('unicode-range', unicodeRange) &&
						(rule.style.getPropertyValue('font-style') || 'normal') === style;
					return same ? [rule.style.getPropertyValue('src')] : [];
				})
			);
		});
		for (const url of ahead) {
			expect(
				used.some((source) => source.includes(nameOf(url))),
				nameOf(url)
			).toBe(true);
		}
	});

	test(`${language}: Arabic letters join, and marks sit on them`, async ({ page }) => {
		await page.goto(`/${language}/relay/?map=static`);
		const widths = await page.evaluate(async () => {
			const drawing = document.createElement('canvas').getContext('2d');
			if (!drawing) throw new Error('No canvas.');
			const of = async (family: string) => {
				await document.fonts.load(`100px "${family}"`, 'ب');
				drawing.font = `100px "${family}"`;
				const width = (text: string) => drawing.measureText(text).width;
				return { joined: width('ببب'), apart: 3 * width('ب'), marked: width('بُبّبِ') };
			};
			return [await of('Masar Naskh'), await of('Masar Sans Arabic')];
		});
		for (const { joined, apart, marked } of widths) {
			expect(joined).toBeLessThan(apart * 0.8);
			expect(Math.abs(marked - joined)).toBeLessThan(1);
		}
	});
}
