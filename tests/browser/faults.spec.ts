import { chromium, expect, test } from '@playwright/test';
import { serve } from '../../scripts/serve.mjs';
import { open, shown, story } from './reading';

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
			await page.goto(`${baseURL}/${language}/alaska-summit/`);
			await expect(page.locator('.notice')).toContainText(
				language === 'ar' ? 'صورة ثابتة' : 'still picture'
			);
			await expect(page.locator('[data-paragraph]')).toHaveCount(17);
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

test('a map that does not load leaves pictures, a sentence and a retry that works', async ({
	page
}) => {
	let broken = true;
	await page.route(/world.*\.json/, (route) => (broken ? route.abort() : route.continue()));
	await page.goto('/en/alaska-summit/');
	const retry = page.getByRole('button', { name: 'Try again' });
	await expect(retry).toBeVisible({ timeout: 20_000 });
	broken = false;
	await retry.click();
	await page.locator('[data-map][data-renderer="live"]').waitFor({ timeout: 45_000 });
});

test('the build works under any path', async ({ page }) => {
	const server = await serve({ dir: 'build', port: 0, host: '127.0.0.1', base: '/news/maps/' });
	try {
		const failed: string[] = [];
		page.on('response', (response) => {
			if (response.status() >= 400) failed.push(response.url());
		});
		await page.goto(`${server.address.replace(/\/$/, '')}/ar/alaska-summit/#p5`);
		await page.locator('[data-map][data-renderer="live"]').waitFor({ timeout: 45_000 });
		expect((await shown(page)).paragraph).toBe(5);
		expect(failed).toEqual([]);
	} finally {
		await server.close();
	}
});

test('what a screen that is turned shows is the same scene', async ({ page }) => {
	await page.setViewportSize({ width: 390, height: 844 });
	await open(page, 'ar', '#p11');
	await page.setViewportSize({ width: 844, height: 390 });
	await page.waitForTimeout(400);
	expect((await shown(page)).scene).toBe('territory');
});
