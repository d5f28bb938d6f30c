import { expect, test, type Page } from '@playwright/test';
import { wordsOf } from '../../src/lib/locale';
import { afterWordsOf } from '../../src/lib/locale/after';
import { dossierWordsOf } from '../../src/lib/locale/dossier';
import { exploreWordsOf } from '../../src/lib/locale/explore';
import { LANGUAGES } from '../../src/lib/model/story';
import { many } from '../fixtures/stories';
import { liveMap, rested, taken, tries, undrawn } from './reading';

test.beforeEach(({ page }) => undrawn(page));

/** Three files of dossiers; of a list of names as words, town-1 and town-161 are in the first, town-204 in the second. */
const COUNT = Object.keys(many.places).length;

/** The address of the story in a language, with what may follow it. */
const addressOf = (language: string, rest = '') => `/${language}/${many.id}/${rest}`;
const mentionOf = (page: Page, place: string) =>
	page.locator(`[data-paragraph] a[data-place="${place}"]`).first();

/** The files of dossiers that a page asks for from now on. */
function asked(page: Page): string[] {
	const files: string[] = [];
	page.on('request', (request) => {
		const file = /dossiers\/(\d+)\.json$/.exec(request.url())?.[1];
		if (file) files.push(file);
	});
	return files;
}

for (const language of LANGUAGES) {
	const name = (town: number) => `${language === 'ar' ? 'بلدة' : 'Town'} ${town}`;
	const told = dossierWordsOf(language);
	const words = wordsOf(language);
	const after = afterWordsOf(language);

	test(`${language}: the page of a story of many places holds no dossier, but lists the pages that do`, async ({
		page,
		request
	}) => {
		const html = await (await request.get(addressOf(language))).text();
		for (const part of [
			told.figures,
			told.geometry,
			'<section class="place"',
			'"figures"',
			'"origins"'
		])
			expect(html).not.toContain(part);
		// With the story beside each page of places, a site would grow with the square of them.
		const beside = await request.get(addressOf(language, 'places/1/__data.json'));
		expect(beside.status()).toBe(404);
		await page.goto(addressOf(language, '?map=static'));
		await taken(page);
		const pages = page.locator('.after .pages-of-places a');
		await expect(pages).toHaveCount(3);
		await expect(pages.first()).toContainText(name(1));
		await expect(page.locator('body')).toHaveAttribute('dir', language === 'ar' ? 'rtl' : 'ltr');
	});

	if (tries(language, 'ar'))
		test.describe('without script', () => {
			test.use({ javaScriptEnabled: false });

			test(`${language}: a mention leads to the page with the place’s dossier, and that back to the story`, async ({
				page
			}) => {
				await page.goto(addressOf(language));
				await mentionOf(page, 'town-1').click();
				await expect(page).toHaveURL(addressOf(language, 'places/1/#place-town-1'));
				await expect(page.locator('html')).toHaveAttribute('lang', language);
				const dossier = page.locator('#place-town-1');
				await expect(dossier).toBeInViewport();
				await expect(dossier).toContainText(name(1));
				await expect(dossier).toContainText(told.figures);
				await expect(page.locator('section.place')).toHaveCount(100);
				expect(await page.locator('script[src]').count(), 'the theme’s alone').toBe(1);

				await dossier.locator('.said a[href$="#p1"]').click();
				await expect(page).toHaveURL(addressOf(language, '#p1'));
				await page.goto(addressOf(language, 'places/1/'));
				await page.locator('a[rel=next]').click();
				await expect(page).toHaveURL(addressOf(language, 'places/2/'));
				await expect(page.locator('h1')).toContainText(after.places);
				await expect(page.locator('#place-town-2')).toContainText(name(2));
				await page.locator('a[rel=next]').click();
				await expect(page.locator('section.place')).toHaveCount(COUNT - 200);
				await expect(page.locator('a[rel=next]')).toHaveCount(0);
				await page.locator('a[rel=up]').click();
				await expect(page).toHaveURL(addressOf(language));
			});
		});

	if (tries(language, 'en'))
		test(`${language}: a mention opens the dossier where the reader is, and its file is fetched once`, async ({
			page
		}) => {
			const files = asked(page);
			await page.goto(addressOf(language, '?map=static'));
			await taken(page);
			const dossier = page.getByRole('dialog');
			await mentionOf(page, 'town-1').click();
			await expect(dossier).toContainText(told.figures);
			await expect(dossier).toContainText(name(1));
			await expect(dossier.locator('h3')).toBeFocused();
			expect(new URL(page.url()).hash).toBe('#place-town-1');
			expect(files).toEqual(['1']);

			await page.keyboard.press('Escape');
			await expect(dossier).toHaveCount(0);
			await mentionOf(page, 'town-161').click();
			await expect(dossier).toContainText(name(161));
			await expect(dossier).toContainText(told.figures);
			expect(files).toEqual(['1']);

			await dossier.locator('.close').click();
			await page.locator('.scene .place-links a[data-place="town-204"]').click();
			await expect(dossier).toContainText(told.figures);
			expect(files).toEqual(['1', '2']);
		});

	if (tries(language, 'ar'))
		test(`${language}: a place in the address opens, and while its file is on its way that is said`, async ({
			page
		}) => {
			let answer = (): void => undefined;
			const held = new Promise<void>((resolve) => (answer = resolve));
			const files = asked(page);
			await page.route('**/dossiers/*.json', async (route) => {
				await held;
				await route.continue();
			});
			await page.goto(addressOf(language, '?map=static#place-town-204'));
			const dossier = page.getByRole('dialog');
			await expect(dossier.locator('h3')).toContainText(name(204));
			await expect(dossier.getByRole('status').first()).toHaveText(told.pending);
			await page.keyboard.press('Escape');
			await page.locator('.scene .place-links a[data-place="town-204"]').click();
			await expect(dossier.getByRole('status').first()).toHaveText(told.pending);
			answer();
			await expect(dossier).toContainText(told.figures);
			expect(files, 'it was not asked for again').toEqual(['2']);
		});

	if (tries(language, 'en'))
		test(`${language}: where the file does not come that is said, and asking again brings it`, async ({
			page
		}) => {
			await page.route('**/dossiers/*.json', (route) => route.fulfill({ status: 503 }));
			await page.goto(addressOf(language, '?map=static'));
			await taken(page);
			await mentionOf(page, 'town-1').click();
			const dossier = page.getByRole('dialog');
			await expect(dossier.getByRole('status')).toContainText(told.missed);
			await expect(dossier).not.toContainText(told.figures);
			const again = dossier.getByRole('button', { name: words.retry });
			await again.click();
			await expect(dossier.getByRole('status')).toContainText(told.missed);
			await page.unroute('**/dossiers/*.json');
			await again.click();
			await expect(dossier).toContainText(told.figures);
			await expect(dossier).not.toContainText(told.missed);
		});

	if (tries(language, 'ar'))
		test(`${language}: the free map’s list draws the rows that are near, and the keyboard reaches all`, async ({
			page
		}) => {
			await page.goto(addressOf(language));
			await liveMap(page);
			await page.locator('.tool', { hasText: words.exploreMap }).click();
			const rows = page.locator('.explore-places li[aria-posinset]');
			await expect(page.locator('.explore-count')).toHaveText(
				exploreWordsOf(language).count(COUNT)
			);
			await expect(rows.first()).toHaveAttribute('aria-setsize', String(COUNT));
			expect(await rows.count()).toBeLessThan(200);
			expect(await rows.count()).toBeGreaterThan(10);

			const tools = page.locator('.explore-tools');
			const end = await tools.evaluate((element) => {
				element.scrollTop = element.scrollHeight;
				return element.scrollHeight;
			});
			const last = page.locator(`.explore-places li[aria-posinset="${COUNT}"]`);
			await expect(last).toBeInViewport();
			expect(await rows.count()).toBeLessThan(200);
			// What is not drawn leaves the room that it takes.
			expect(
				Math.abs((await tools.evaluate((element) => element.scrollHeight)) - end)
			).toBeLessThan(8);

			await page.locator('.explore-search input').fill(name(77));
			await expect(rows).toHaveCount(0);
			await expect(page.locator('.explore-places a')).toHaveCount(1);
			await page.locator('.explore-search input').fill('');
			await expect(rows.first()).toBeVisible();

			const focusedRow = () =>
				page.evaluate(() =>
					Number(document.activeElement?.closest('li')?.getAttribute('aria-posinset') ?? 0)
				);
			await rows.first().locator('a').focus();
			for (let row = 2; row <= 45; row++) await page.keyboard.press('Tab');
			expect(await focusedRow()).toBe(45);
			await page.keyboard.press('ArrowDown');
			await expect.poll(focusedRow).toBe(46);
			await page.keyboard.press('PageDown');
			await expect.poll(focusedRow).toBeGreaterThan(50);
			await page.keyboard.press('End');
			await expect.poll(focusedRow).toBe(COUNT);
			await expect(last).toBeInViewport();
			// The focused row stays while the list is scrolled away from it.
			await tools.evaluate((element) => {
				element.scrollTop = 0;
			});
			await expect(rows.first()).toHaveAttribute('aria-posinset', '1');
			expect(await focusedRow()).toBe(COUNT);
			expect(await rows.count()).toBeLessThan(200);
			await page.keyboard.press('Home');
			await expect.poll(focusedRow).toBe(1);
		});

	if (tries(language, 'en'))
		test(`${language}: the free map gathers places that lie close together, and a click brings it nearer to them`, async ({
			page
		}) => {
			await page.goto(addressOf(language));
			const map = page.locator('[data-map][data-renderer="live"]');
			await liveMap(page);
			const seen = () =>
				page.evaluate(() => {
					const view = document.querySelector<HTMLElement>('[data-map]')?.masar;
					return { zoom: view?.camera.zoom ?? NaN, marks: view?.gathered ?? [] };
				});
			expect((await seen()).marks, 'in the story').toEqual([]);
			await page.locator('.tool', { hasText: words.exploreMap }).click();
			const { farther, nearer } = exploreWordsOf(language);
			const zoomBy = async (levels: number) => {
				const button = page.getByRole('button', { name: levels < 0 ? farther : nearer });
				for (let step = 0; step < Math.abs(levels); step++) {
					const { zoom } = await seen();
					await button.click();
					await expect.poll(async () => Math.abs((await seen()).zoom - zoom)).toBeGreaterThan(0.9);
					await rested(page);
				}
			};
			await zoomBy(-3);
			// While the worker lays out a new zoom, the marks of two are seen.
			await expect(async () => {
				const { marks } = await seen();
				expect(marks.length).toBeGreaterThan(3);
				expect(marks.length).toBeLessThan(60);
				expect(marks.reduce((sum, { count }) => sum + count, 0)).toBeLessThanOrEqual(COUNT);
			}).toPass();

			const box = await map.boundingBox();
			if (!box) throw new Error('The map is not on the screen.');
			// Marks are gathered by a worker, and fall together anew when it has done.
			const dialog = page.getByRole('dialog');
			await expect(async () => {
				if ((await dialog.count()) > 0) {
					// A click that came after its mark had fallen apart.
					await page.keyboard.press('Escape');
					await expect(dialog).toHaveCount(0);
				}
				const { marks, zoom } = await seen();
				const clear = marks.find(({ at: [x, y] }) => {
					const middle = Math.hypot(x - box.width / 2, y - box.height / 2);
					return middle < Math.min(box.width, box.height) / 3;
				});
				expect(clear, 'a mark in the middle of the map').toBeDefined();
				await page.mouse.click(box.x + (clear?.at[0] ?? NaN), box.y + (clear?.at[1] ?? NaN));
				// The worker is asked how far to go, and answers when it does.
				await expect
					.poll(async () => (await seen()).zoom, { timeout: 10_000 })
					.toBeGreaterThan(zoom + 0.3);
				await rested(page);
				expect(await dialog.count()).toBe(0);
			}).toPass();

			// One that stands alone is a place like any other.
			await page.locator('.explore-search input').fill(name(77));
			await page.locator('.explore-places a').click();
			await expect(dialog).toContainText(name(77));
			await page.keyboard.press('Escape');
			const [lng, lat] = many.places['town-77']?.point ?? [NaN, NaN];
			const stands = () =>
				page.evaluate(
					([lng, lat]) =>
						document.querySelector<HTMLElement>('[data-map]')?.masar?.project([lng, lat]) ??
						([NaN, NaN] as const),
					[lng, lat] as const
				);
			await rested(page);
			await zoomBy(2);
			await expect
				.poll(async () => {
					const [x, y] = await stands();
					const { marks } = await seen();
					return marks.filter(({ at }) => Math.hypot(at[0] - x, at[1] - y) < 44).length;
				})
				.toBe(0);
			// Its dot may still be to come when the mark has gone.
			await expect(async () => {
				const [x, y] = await stands();
				await page.mouse.click(box.x + x, box.y + y);
				await expect(dialog).toContainText(name(77), { timeout: 5000 });
			}).toPass();
			await page.keyboard.press('Escape');

			await page.locator('.explore-back').click();
			await expect.poll(async () => (await seen()).marks).toEqual([]);
		});
}
