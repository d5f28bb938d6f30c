/** The stories as they are published: that each opens whole, and that its own words and names have room. */
import { readFileSync } from 'node:fs';
import { expect, test } from '@playwright/test';
import { LANGUAGES } from '../../src/lib/model/story';
import { published, publishedIds } from '../fixtures/stories';
import { collisions, nameCollisions, WIDTHS } from './collisions';
import { errorsOf } from './readable';
import {
	goTo,
	liveMap,
	PUBLISHED,
	SCREENS,
	settle,
	shown,
	taken,
	tries,
	undrawn,
	whole
} from './reading';

// Every frame of the map is drawn in software here; fewer pixels run the same code.
test.use({ deviceScaleFactor: 0.25 });

test('the front page names every story in every language, and leads to one', async ({ page }) => {
	const html = readFileSync('build/index.html', 'utf8');
	for (const id of publishedIds) {
		const { text } = published(id);
		for (const language of LANGUAGES) {
			expect(html).toContain(`href="./${language}/${id}/"`);
			expect(html).toContain(text[language].title);
		}
	}
	await page.goto(PUBLISHED);
	await page.waitForURL(new RegExp(`/(?:${LANGUAGES.join('|')})/(?:${publishedIds.join('|')})/`));
	await taken(page);
});

for (const id of publishedIds) {
	const story = published(id);
	for (const language of LANGUAGES) {
		test(`${id}, ${language}: the live map comes without an error, and shows every scene`, async ({
			page
		}) => {
			const errors = errorsOf(page);
			const strangers: string[] = [];
			page.on('console', (message) => {
				if (message.type() === 'error') errors.push(message.text());
			});
			page.on('request', (request) => {
				const url = new URL(request.url());
				if (url.protocol.startsWith('http') && url.origin !== new URL(PUBLISHED).origin)
					strangers.push(request.url());
			});
			await page.setViewportSize(SCREENS.phone);
			// What is drawn is the same in either language, but for names, which labels.spec.ts compares.
			if (!tries(language, 'ar')) await undrawn(page);
			await page.goto(`${PUBLISHED}${language}/${id}/`);
			await liveMap(page);
			for (const scene of story.scenes) {
				await goTo(page, scene.id);
				await expect.poll(async () => (await shown(page)).scene).toBe(scene.id);
			}
			await expect(page.locator('[data-paragraph]')).toHaveCount(
				story.scenes.flatMap(({ beats }) => beats).length
			);
			await expect(page.locator('.notice')).toHaveCount(0);
			expect(errors).toEqual([]);
			expect(strangers).toEqual([]);
			expect(await page.context().cookies()).toEqual([]);
		});

		test(`${id}, ${language}: its words and names have room on every screen`, async ({ page }) => {
			await page.goto(`${PUBLISHED}${language}/${id}/?map=static`);
			await taken(page);
			await page.evaluate(() => document.fonts.ready);
			const paragraphs = story.scenes.flatMap(({ beats }) => beats.map((beat) => beat.paragraph));
			for (const [width, height] of WIDTHS) {
				await page.setViewportSize({ width, height });
				await settle(page);
				expect(await nameCollisions(page), `${width}×${height}`).toEqual([]);
				// The narrowest, and the ordinary desk; all of them in test:all.
				if (!whole && width !== 320 && width !== 1280) continue;
				for (const paragraph of paragraphs) {
					await goTo(page, `p${paragraph}`);
					expect(await collisions(page), `${width} px, paragraph ${paragraph}`).toEqual([]);
				}
			}
		});
	}
}
