import { expect, test, type Locator, type Page } from '@playwright/test';
import { geoArea, geoDistance } from 'd3-geo';
import { LANGUAGES, type Language, type Place } from '../../src/lib/story';
import { open, sample, SCREENS, shown, story, whole } from './reading';

// Every frame of the map is drawn in software here.
test.setTimeout(whole ? 1_800_000 : 180_000);

const ids = Object.keys(story.places);
/** Mean radius of the Earth, in km (IUGG). */
const EARTH = 6371.0088;

function place(id: string): Place {
	const found = story.places[id];
	if (!found) throw new Error(`The story has no place ${id}.`);
	return found;
}

const dialogOf = (page: Page) => page.getByRole('dialog');
const hashOf = (page: Page) => page.evaluate(() => decodeURIComponent(location.hash.slice(1)));

/** Opens the story with pictures for a map: what needs no live map is tested on them. */
async function openStill(page: Page, language: Language, hash = ''): Promise<void> {
	await page.goto(`/${language}/alaska-summit/?map=static&motion=reduce${hash}`);
	await page.waitForFunction(() => performance.getEntriesByName('masar:static-map').length > 0);
	// What moves the words by itself would be taken for a dossier's doing.
	await page.evaluate(async () => {
		await document.fonts.ready;
	});
}

/** The dossier of a place is open, its heading has the focus, and the address names it. */
async function expectOpen(page: Page, language: Language, id: string): Promise<void> {
	const heading = dialogOf(page).locator('h3');
	await expect(heading).toContainText(place(id).name[language]);
	await expect(heading).toBeFocused();
	expect(await hashOf(page)).toBe(`place-${id}`);
}

/** A point of the screen, in px, at which there are words of the page and nothing to click. */
function besidePoint(page: Page): Promise<[number, number]> {
	return page.evaluate(() => {
		const words = document.querySelectorAll('.sheet p, .sheet h1, .sheet .heading, .after > *');
		for (const element of words) {
			const { left, top, width } = element.getBoundingClientRect();
			for (const across of [0.5, 0.9, 0.1]) {
				const [x, y] = [left + width * across, top + 8];
				const hit = document.elementFromPoint(x, y);
				if (hit && element.contains(hit) && !hit.closest('a, button')) return [x, y];
			}
		}
		throw new Error('There are no words beside the dossier.');
	});
}

/** Every way to close a dossier. */
const WAYS_OUT: readonly ((page: Page) => Promise<unknown>)[] = [
	(page) => page.keyboard.press('Escape'),
	(page) => dialogOf(page).locator('.close').click(),
	(page) => page.goBack(),
	async (page) => page.mouse.click(...(await besidePoint(page)))
];

async function expectClosed(page: Page, opener: Locator | null): Promise<void> {
	await expect(dialogOf(page)).toHaveCount(0);
	if (opener) await expect(opener).toBeFocused();
	await expect.poll(() => hashOf(page)).not.toContain('place-');
}

/** Every link of the page that leads to a dossier: mentions, lists of the scenes, list of all places. */
async function linksTo(page: Page): Promise<{ place: string; index: number }[]> {
	const places = await page
		.locator('.sheet a[data-place], .after > .place-links a[data-place]')
		.evaluateAll((links) => links.map((link) => link.getAttribute('data-place') ?? ''));
	return places.map((place, index) => ({ place, index }));
}
const linkAt = (page: Page, index: number) =>
	page.locator('.sheet a[data-place], .after > .place-links a[data-place]').nth(index);

for (const language of LANGUAGES) {
	test.describe(`${language}: from the words`, () => {
		test('every place has a link in the list at the end, and each scene lists its own', async ({
			page
		}) => {
			await openStill(page, language);
			const listOf = (selector: string) =>
				page
					.locator(`${selector} a`)
					.evaluateAll((links) => links.map((link) => link.getAttribute('data-place') ?? ''));
			expect((await listOf('.after > .place-links')).sort()).toEqual([...ids].sort());
			for (const { id, lit, beats } of story.scenes) {
				const listed = await listOf(`#${id} .place-links`);
				for (const shown of [...lit, ...beats.flatMap((beat) => beat.lit)])
					expect(listed, id).toContain(shown);
			}
		});

		test('a mouse opens a place from any mention and list; it closes in every way, and the focus returns', async ({
			page
		}) => {
			await openStill(page, language);
			const links = sample(await linksTo(page), 12, language === 'ar' ? 3 : 4);
			for (const [turn, { place: id, index }] of links.entries()) {
				const link = linkAt(page, index);
				await link.click();
				await expectOpen(page, language, id);
				await WAYS_OUT[turn % WAYS_OUT.length]?.(page);
				await expectClosed(page, link);
			}
		});

		test('the keyboard does the same', async ({ page }) => {
			await openStill(page, language);
			const links = sample(await linksTo(page), 6, language === 'ar' ? 5 : 6);
			for (const [turn, { place: id, index }] of links.entries()) {
				const link = linkAt(page, index);
				await link.focus();
				await page.keyboard.press('Enter');
				await expectOpen(page, language, id);
				if (turn % 2 === 0) await page.keyboard.press('Escape');
				else {
					await dialogOf(page).locator('.close').focus();
					await page.keyboard.press('Enter');
				}
				await expectClosed(page, link);
			}
		});

		test.describe('on a phone', () => {
			test.use({ viewport: SCREENS.phone, hasTouch: true, isMobile: true });

			test('a touch does the same', async ({ page }) => {
				await openStill(page, language);
				const links = sample(await linksTo(page), 6, language === 'ar' ? 7 : 8);
				for (const { place: id, index } of links) {
					const link = linkAt(page, index);
					await link.tap();
					await expectOpen(page, language, id);
					await dialogOf(page).locator('.close').tap();
					await expectClosed(page, link);
				}
			});
		});

		test('pointing at a place, or reaching it by keyboard, lights it in text, list and picture at once', async ({
			page
		}) => {
			await openStill(page, language, '#p4');
			const lit = () =>
				page
					.locator('#kursk :is(.mention, .place-links a).lit, #kursk .labels .lit a')
					.evaluateAll((links) => links.map((link) => link.getAttribute('data-place')));
			const [mention, listed] = [
				page.locator('#p4 [data-place="kursk"]'),
				page.locator('#kursk .place-links [data-place="north-korea"]')
			];
			await mention.hover();
			expect(await lit()).toEqual(['kursk', 'kursk', 'kursk']);
			await page.mouse.move(5, 5);
			expect(await lit()).toEqual([]);
			await listed.focus();
			expect(new Set(await lit())).toEqual(new Set(['north-korea']));
			expect((await lit()).length).toBeGreaterThan(1);
		});
	});

	test.describe(`${language}: the address and the history`, () => {
		test('each place’s address opens its dossier at the place’s scene, and not at the list at the end', async ({
			page
		}) => {
			for (const id of sample(ids, 5, language === 'ar' ? 9 : 10)) {
				await page.goto('about:blank');
				await openStill(page, language, `#place-${id}`);
				await expectOpen(page, language, id);
				// A browser may scroll to the element of that id until the page has loaded.
				await page.waitForLoadState('load');
				await page.waitForTimeout(100);
				expect(await page.locator('.after').boundingBox()).not.toBeNull();
				const box = await page.locator('.after').boundingBox();
				expect(box?.y, id).toBeGreaterThan(SCREENS.desktop.height / 2);
				await page.keyboard.press('Escape');
				await expectClosed(page, null);
				const hash = await hashOf(page);
				const scene = story.scenes.find((each) => each.id === (hash || 'opening'));
				const view = [...(scene?.view.places ?? []), ...(scene?.view.points ?? [])];
				const lit = [...(scene?.lit ?? []), ...(scene?.beats.flatMap((beat) => beat.lit) ?? [])];
				expect([...view, ...lit], hash).toContain(id);
			}
		});

		test('an address that the reader writes opens the dossier there too', async ({ page }) => {
			await openStill(page, language);
			await page.evaluate(() => (location.hash = 'place-donetsk'));
			await expectOpen(page, language, 'donetsk');
			const box = await page.locator('.after').boundingBox();
			expect(box?.y).toBeGreaterThan(SCREENS.desktop.height / 2);
			await page.keyboard.press('Escape');
			await expectClosed(page, null);
		});

		test('contacts lead from one dossier to the next, back goes back, and closing leaves nothing in the history', async ({
			page
		}) => {
			await page.goto('about:blank');
			await openStill(page, language, '#p4');
			const scroll = () => page.evaluate(() => scrollY);
			const link = page.locator('#p4 [data-place="kursk"]');
			await link.click();
			await expectOpen(page, language, 'kursk');
			const follow = (id: string) =>
				dialogOf(page).locator(`.contacts a[data-place="${id}"]`).first().click();
			await follow('pyongyang');
			await expectOpen(page, language, 'pyongyang');
			await follow('moscow');
			await expectOpen(page, language, 'moscow');
			const before = await scroll();
			await page.goBack();
			await expect(dialogOf(page).locator('h3')).toContainText(place('pyongyang').name[language]);
			await expect(dialogOf(page).locator('a[data-place="moscow"]').first()).toBeFocused();
			await page.goForward();
			await expect(dialogOf(page).locator('h3')).toContainText(place('moscow').name[language]);
			await page.keyboard.press('Escape');
			await expectClosed(page, link);
			await expect.poll(() => hashOf(page)).toBe('kursk');
			expect(await scroll()).toBe(before);
			await page.goBack();
			expect(page.url()).toBe('about:blank');
		});

		test('the words stay where they are when a dossier is closed, however far they were read on', async ({
			page
		}) => {
			await openStill(page, language, '#p4');
			for (const leave of WAYS_OUT) {
				await page.locator('#p4 [data-place="kursk"]').click();
				await expectOpen(page, language, 'kursk');
				await page.evaluate(() => {
					window.scrollBy({ top: 1500, behavior: 'instant' });
				});
				const before = await page.evaluate(() => scrollY);
				await leave(page);
				await expectClosed(page, null);
				await page.waitForTimeout(400);
				expect(await page.evaluate(() => scrollY)).toBe(before);
				expect(await hashOf(page)).not.toBe('kursk');
			}
		});
	});
}
