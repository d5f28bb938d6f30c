import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { AxeResults, RunOptions } from 'axe-core';
import { expect, test, type Page } from '@playwright/test';
import { SCREENS, story, whole } from './reading';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core'), 'utf8');

/** What axe, with all its rules, finds wrong on the page as it is now: rule and element, a line each. */
async function violations(page: Page): Promise<string[]> {
	await page.evaluate(axe);
	const results = await page.evaluate(async () => {
		const options: RunOptions = { resultTypes: ['violations'] };
		// The script above has put it there.
		const { axe } = window as unknown as {
			axe: { run: (context: Document, options: RunOptions) => Promise<AxeResults> };
		};
		return axe.run(document, options);
	});
	return results.violations.flatMap(({ id, nodes }) =>
		nodes.map(({ html, target }) => `${id}: ${target.join(' ')} ${html.slice(0, 120)}`)
	);
}

for (const language of ['ar', 'en'] as const) {
	for (const [screen, scheme] of [
		['phone', 'dark'],
		['desktop', 'light']
	] as const) {
		// Each language on one of the screens here, on both of them in test:all.
		if (!whole && (language === 'ar') !== (screen === 'phone')) continue;
		test.describe(`${language}, ${screen}, ${scheme}`, () => {
			test.use({ viewport: SCREENS[screen], colorScheme: scheme });

			test('axe finds nothing: at the opening, in a scene, with the menu, with a dossier, at the end', async ({
				page
			}) => {
				await page.goto(`/${language}/alaska-summit/?map=static`);
				await page.locator('.switch[href*="#"]').waitFor();
				expect(await violations(page), 'opening').toEqual([]);
				await page.goto(`/${language}/alaska-summit/?map=static#territory`);
				expect(await violations(page), 'scene').toEqual([]);
				await page.locator('.menu summary').click();
				expect(await violations(page), 'menu').toEqual([]);
				await page.keyboard.press('Escape');
				await page.locator('#p11 [data-place="kyiv"]').click();
				await expect(page.locator('.dossier')).toContainText(
					story.places['kyiv']?.name[language] ?? '-'
				);
				expect(await violations(page), 'dossier').toEqual([]);
				await page.keyboard.press('Escape');
				await page.locator('.colophon').scrollIntoViewIfNeeded();
				expect(await violations(page), 'end').toEqual([]);
			});
		});
	}

	test(`${language}: axe finds nothing in the embedded story, whose scenes go one by one`, async ({
		page
	}) => {
		await page.goto(`/embed/${language}/alaska-summit/?map=static`);
		await page.locator('.masar').first().waitFor();
		expect(await violations(page)).toEqual([]);
	});
}
