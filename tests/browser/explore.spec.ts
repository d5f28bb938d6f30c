import { expect, test } from '@playwright/test';
import { exploreWordsOf } from '../../src/lib/locale/explore';
import { open, SCREENS, shown, story, whole } from './reading';

// Every frame of the map is drawn in software here; fewer pixels make no other camera.
test.use({ deviceScaleFactor: 0.5 });
test.setTimeout(180_000);

const WORDS = {
	ar: { explore: 'استكشف الخريطة', back: 'عودة إلى القصة', nearer: 'تقريب', query: 'اوكرانيا' },
	en: { explore: 'Explore the map', back: 'Back to the story', nearer: 'Zoom in', query: 'ukra' }
} as const;

/** Each of the two is tried in one of these here, in both of them in test:all. */
const SETTINGS = [
	['ar', 'phone', 'way back'],
	['en', 'desktop', 'filters']
] as const;

for (const [language, screen, law] of SETTINGS) {
	const words = WORDS[language];
	test.describe(`${language}, ${screen}`, () => {
		test.use({ viewport: SCREENS[screen] });

		if (whole || law === 'way back')
			test('the free map gives back the very sentence and camera at which the story was left', async ({
				page
			}) => {
				await open(page, language, '#p12');
				const before = { view: await shown(page), scroll: await page.evaluate(() => scrollY) };
				if (screen === 'phone') {
					await page.locator('.menu summary').click();
					await page.locator('.action', { hasText: words.explore }).click();
				} else await page.locator('.tool', { hasText: words.explore }).click();
				const panel = page.locator('.explore');
				await expect(panel.locator('h2')).toBeFocused();

				const map = await page.locator('[data-map]').boundingBox();
				if (!map) throw new Error('There is no map.');
				const middle = { x: map.x + map.width / 2, y: map.y + map.height * 0.4 };
				await page.mouse.move(middle.x, middle.y);
				await page.mouse.down();
				await page.mouse.move(middle.x + 80, middle.y + 30, { steps: 4 });
				await page.mouse.up();
				await expect
					.poll(async () => (await shown(page)).camera.lng, { timeout: 30_000 })
					.not.toBeCloseTo(before.view.camera.lng, 2);
				const dragged = (await shown(page)).camera.zoom;
				await page.mouse.wheel(0, -300);
				await expect
					.poll(async () => (await shown(page)).camera.zoom, { timeout: 30_000 })
					.toBeGreaterThan(dragged + 0.1);
				expect(await page.evaluate(() => scrollY), 'the wheel is the map’s here').toBe(
					before.scroll
				);
				await page.locator('[data-map] canvas').focus();
				const centre = (await shown(page)).camera.lng;
				await page.keyboard.press('ArrowRight');
				await expect
					.poll(async () => (await shown(page)).camera.lng, { timeout: 30_000 })
					.not.toBeCloseTo(centre, 3);
				await page.getByRole('button', { name: words.nearer }).click();

				await panel.getByRole('button', { name: words.back }).click();
				await expect(panel).toHaveCount(0);
				expect(await page.evaluate(() => scrollY)).toBe(before.scroll);
				expect(await shown(page)).toEqual(before.view);
			});

		if (whole || law === 'filters')
			test('filters leave out, the search finds in either language, a found place opens', async ({
				page
			}) => {
				await open(page, language, '#p12');
				if (screen === 'phone') {
					await page.locator('.menu summary').click();
					await page.locator('.action', { hasText: words.explore }).click();
					await page.locator('.explore-fold').click();
				} else await page.locator('.tool', { hasText: words.explore }).click();
				const places = page.locator('.explore-places a');
				await expect(places).toHaveCount(Object.keys(story.places).length);
				for (const box of await page
					.locator('.explore-tools fieldset')
					.last()
					.locator('input')
					.all())
					await box.uncheck();
				// A filter is told to those who do not see the list.
				await expect(page.locator('.explore-count[role=status]')).toHaveText(
					exploreWordsOf(language).count(await places.count())
				);
				expect(await places.count()).toBeLessThan(Object.keys(story.places).length);
				for (const box of await page
					.locator('.explore-tools fieldset')
					.last()
					.locator('input')
					.all())
					await box.check();
				await page.locator('.explore-search input').fill(words.query);
				await expect(places).toHaveCount(1);
				await places.click();
				await expect(page.locator('.dossier')).toContainText(
					story.places['ukraine']?.name[language] ?? '-'
				);
				await page.keyboard.press('Escape');
				await expect(page.locator('.dossier')).toHaveCount(0);
				await expect(page.locator('.explore')).toBeVisible();
				await page.keyboard.press('Escape');
				await expect(page.locator('.explore')).toHaveCount(0);
			});
	});
}
