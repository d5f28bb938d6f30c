/** Where a page begins and ends: what a reload, its last pixel, the bar and a system's own colours leave as it was. */
import { expect, test, type Page } from '@playwright/test';
import { open, paragraphs, scrollTo, settle, story, undrawn } from './reading';

test.beforeEach(({ page }) => undrawn(page));

const topOf = (page: Page, selector: string) =>
	page.evaluate(
		(selector) => document.querySelector(selector)?.getBoundingClientRect().top ?? NaN,
		selector
	);

for (const [where, selector] of [
	['in the story', `#${paragraphs[Math.floor(paragraphs.length / 2)] ?? ''}`],
	['in the list of places', 'section.place:nth-last-of-type(3)']
] as const)
	test(`a reload keeps the reader’s place ${where}`, async ({ page }) => {
		await open(page, 'en', '?map=live');
		// What is far below is an estimate until the reader comes near.
		for (let turn = 0; turn < 3; turn += 1) {
			await scrollTo(
				page,
				(await page.evaluate(() => scrollY)) + (await topOf(page, selector)) - 333
			);
			await settle(page);
		}
		await expect.poll(() => page.evaluate(() => location.hash)).not.toBe('');
		const before = await topOf(page, selector);
		await page.reload();
		await page.waitForFunction(() => performance.getEntriesByName('masar:static-map').length > 0);
		await expect.poll(async () => Math.abs((await topOf(page, selector)) - before)).toBeLessThan(3);
	});

test('the page ends where its content ends, and the bar stays at its top', async ({ page }) => {
	await open(page, 'ar');
	await scrollTo(page, 1e6);
	await settle(page);
	await scrollTo(page, 1e6);
	await settle(page);
	const [below, bar] = await page.evaluate(() => [
		document.documentElement.scrollHeight -
			scrollY -
			(document.querySelector('.after')?.getBoundingClientRect().bottom ?? 0),
		document.querySelector('.bar')?.getBoundingClientRect().top
	]);
	expect(Math.abs(below)).toBeLessThan(1);
	expect(Math.abs(bar ?? NaN)).toBeLessThan(1);
});

for (const width of [390, 1280])
	test(`without WebGL, the sentence that says so begins below the bar at ${width} px`, async ({
		page
	}) => {
		await page.setViewportSize({ width, height: 800 });
		await page.addInitScript(() => {
			HTMLCanvasElement.prototype.getContext = () => null;
		});
		await page.goto(`/en/${story.id}/`);
		const notice = page.locator('.notice');
		await notice.waitFor();
		const bottom = await page
			.locator('.cartouche')
			.evaluate((bar) => bar.getBoundingClientRect().bottom);
		expect((await notice.boundingBox())?.y).toBeGreaterThanOrEqual(bottom);
	});

test('in forced colours the key has the colours of the map', async ({ page }) => {
	await open(page, 'en', `#${paragraphs[0] ?? ''}`);
	const samples = () =>
		page.evaluate(() =>
			[...document.querySelectorAll('.legend .sample')].map((sample) => {
				const drawn = sample.querySelector('.area') ?? sample;
				return `${drawn.classList.toString()} ${getComputedStyle(drawn).stroke}`;
			})
		);
	const before = await samples();
	expect(before.length).toBeGreaterThan(1);
	await page.emulateMedia({ forcedColors: 'active' });
	expect(await samples()).toEqual(before);
});
