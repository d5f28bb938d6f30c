import { expect, test } from '@playwright/test';
import { LANGUAGES } from '../../src/lib/model/story';
import { goTo, openStill, paragraphs, SCREENS, settle, story, taken } from './reading';

for (const language of LANGUAGES) {
	test.describe(language, () => {
		test('the address follows the scene without a history entry', async ({ page }) => {
			await openStill(page, language);
			const entries = await page.evaluate(() => history.length);
			await page.locator('#kursk [data-paragraph]').evaluate((paragraph) => {
				window.scrollTo(0, paragraph.getBoundingClientRect().top + scrollY - innerHeight * 0.6);
			});
			await expect(page).toHaveURL(/#kursk$/);
			expect(await page.evaluate(() => history.length)).toBe(entries);
		});

		test('the language switch keeps the paragraph', async ({ page }) => {
			await openStill(page, language);
			await goTo(page, 'p9');
			await page.locator('.switch').click();
			await page.waitForURL(new RegExp(`/${language === 'ar' ? 'en' : 'ar'}/`));
			await taken(page);
			await expect(page.locator('.beat.present [data-paragraph]')).toHaveAttribute(
				'data-paragraph',
				'9'
			);
		});
	});
}

test('regression: an address that is written while the scene’s is about to be is not written over', async ({
	page
}) => {
	// A busy browser tells of a new hash late, and what was waited for comes before the next frame.
	await page.addInitScript(() => {
		const timer = window.setTimeout.bind(window);
		const due: (() => void)[] = [];
		Object.assign(window, {
			setTimeout: (run: () => void, ms?: number) => timer(run, ms, due.push(run)),
			comeDue: () => {
				due.splice(0).forEach((run) => {
					run();
				});
			}
		});
		addEventListener('hashchange', (event) => {
			if (!event.isTrusted) return;
			event.stopImmediatePropagation();
			timer(() => dispatchEvent(new HashChangeEvent('hashchange')), 100);
		});
	});
	await openStill(page, 'en');
	await page.locator('#kursk').evaluate((scene) => {
		window.scrollTo(0, scene.getBoundingClientRect().top + scrollY + innerHeight / 2);
	});
	await settle(page);
	await page.evaluate(() => {
		location.hash = 'territory';
		(window as unknown as { comeDue: () => void }).comeDue();
	});
	// Once the page has heard of the hash, it has gone there.
	await expect(page.locator('.beat.present [data-paragraph]')).toHaveAttribute(
		'data-paragraph',
		'8'
	);
	await page.evaluate(() => {
		(window as unknown as { comeDue: () => void }).comeDue();
	});
	await settle(page);
	await expect(page).toHaveURL(/#territory$/);
	await expect(page.locator('#territory [data-paragraph]').first()).toBeInViewport();
});

for (const language of LANGUAGES) {
	test.describe(`${language}, without JavaScript`, () => {
		test.use({ javaScriptEnabled: false });

		test('a paragraph’s address shows it below its picture', async ({ page }) => {
			await page.setViewportSize(SCREENS.phone);
			await page.goto(`/${language}/relay/#p4`);
			await expect(async () => {
				const box = await page.locator('#p4').boundingBox();
				expect(box?.y).toBeGreaterThan(SCREENS.phone.height * 0.46);
				expect(box?.y).toBeLessThan(SCREENS.phone.height * 0.8);
			}).toPass();
		});

		test('all paragraphs, the place details and a picture per scene are there', async ({
			page
		}) => {
			await page.goto(`/${language}/relay/`);
			await expect(page.locator('[data-paragraph]')).toHaveCount(paragraphs.length);
			await expect(page.locator('figure.picture img')).toHaveCount(story.scenes.length);
			for (const source of await page
				.locator('figure.picture img')
				.evaluateAll((images) => images.map((image) => image.getAttribute('src') ?? ''))) {
				const response = await page.request.get(new URL(source, page.url()).href);
				expect(response.status()).toBe(200);
				expect(await response.text()).toContain('<path class="land"');
			}
			for (const place of Object.values(story.places)) {
				await expect(page.locator(`#place-${place.id}`)).toContainText(place.name[language]);
			}
			for (const link of await page
				.locator('a[data-place]')
				.evaluateAll((links) => links.map((each) => each.getAttribute('href') ?? ''))) {
				await expect(page.locator(link)).toHaveCount(1);
			}
		});
	});
}

test('the page says its language and direction, and the map’s labels do not inherit it', async ({
	page
}) => {
	for (const [language, direction] of [
		['ar', 'rtl'],
		['en', 'ltr']
	] as const) {
		await page.goto(`/${language}/relay/?map=static`);
		expect(
			await page.evaluate(() => [
				document.documentElement.lang,
				getComputedStyle(document.body).direction
			])
		).toEqual([language, direction]);
		// A detached canvas, on which MapLibre draws its glyphs, takes its direction from the root element.
		expect(await page.evaluate(() => document.documentElement.getAttribute('dir'))).toBeNull();
	}
});

test('an unknown address leads to a page that says so', async ({ page }) => {
	const response = await page.goto('/ar/no-such-story/');
	expect(response?.status()).toBe(404);
	await expect(page.locator('h1')).toBeVisible();
});
