import { expect, test, type Page } from '@playwright/test';
import { goTo, settle, SCREENS } from './reading';

/** Opens a story of three stretches of scenes and waits until its typefaces have come and it is laid out with them. */
async function open(page: Page, hash = ''): Promise<void> {
	await page.goto(`/ar/many/?map=static${hash}`);
	await page.locator('.scenes.laid-out').waitFor();
	await page.evaluate(() => document.fonts.ready);
	await settle(page);
}

/** Numbers of the paragraphs that are laid out. */
const laidOut = (page: Page) =>
	page.evaluate(() =>
		[...document.querySelectorAll('[data-paragraph]')]
			.filter((words) => words.checkVisibility({ contentVisibilityAuto: true }))
			.map((words) => Number(words.getAttribute('data-paragraph')))
	);

/** Where each stretch begins and ends, as it stands, and with all of them laid out, in px. */
const stretches = (page: Page) =>
	page.evaluate(() => {
		const scenes = document.querySelector('.scenes');
		const read = () =>
			[...document.querySelectorAll('.stretch')].flatMap((stretch) => {
				const { top, bottom } = stretch.getBoundingClientRect();
				return [top + scrollY, bottom + scrollY];
			});
		const standing = read();
		scenes?.classList.remove('laid-out');
		const whole = read();
		scenes?.classList.add('laid-out');
		return { standing, whole };
	});

const farthest = (a: readonly number[], b: readonly number[]) =>
	Math.max(...a.map((y, index) => Math.abs(y - (b[index] ?? NaN))));

for (const screen of ['phone', 'desktop'] as const) {
	test(`${screen}: what is far away is not laid out, and stands where it would`, async ({
		page
	}) => {
		await page.setViewportSize(SCREENS[screen]);
		await open(page);
		expect(await laidOut(page)).not.toContain(45);
		expect(await laidOut(page)).toContain(1);
		const { standing, whole } = await stretches(page);
		expect(standing).toHaveLength(6);
		expect(farthest(standing, whole)).toBeLessThanOrEqual(1);

		// Read to the end, then in a window of another width.
		await goTo(page, 'p45');
		await expect(page.locator('.beat.present [data-paragraph]')).toHaveAttribute(
			'data-paragraph',
			'45'
		);
		await expect.poll(() => laidOut(page)).toContain(45);
		expect(await laidOut(page)).not.toContain(1);
		await page.setViewportSize({ width: SCREENS[screen].width - 60, height: 700 });
		await settle(page);
		await expect(page.locator('.beat.present [data-paragraph]')).toHaveAttribute(
			'data-paragraph',
			'45'
		);
		const narrow = await stretches(page);
		expect(narrow.whole).not.toEqual(whole);
		expect(farthest(narrow.standing, narrow.whole)).toBeLessThanOrEqual(1);
	});
}

test('an address leads to a paragraph that was not laid out', async ({ page }) => {
	await page.setViewportSize(SCREENS.phone);
	await open(page, '#p33');
	const words = page.locator('#p33');
	await expect(words).toBeInViewport();
	await expect(page.locator('.beat.present [data-paragraph]')).toHaveAttribute(
		'data-paragraph',
		'33'
	);
	const below = await page.locator('.margin').boundingBox();
	const box = await words.boundingBox();
	expect(box?.y).toBeGreaterThan((below?.y ?? NaN) + (below?.height ?? NaN));
});

test('on paper all of the story is there', async ({ page }) => {
	await open(page);
	await page.emulateMedia({ media: 'print' });
	expect(await laidOut(page)).toHaveLength(45);
});
