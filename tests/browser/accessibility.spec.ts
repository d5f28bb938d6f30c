import { expect, test, type Page } from '@playwright/test';
import { LANGUAGES } from '../../src/lib/story';
import { aceBarriers, axeBarriers, unexplained } from './engines';
import { sample, story, whole } from './reading';

const THEMES = ['light', 'dark', 'forced'] as const;
const WIDTHS = [320, 768, 1440] as const;
const cells = LANGUAGES.flatMap((language) =>
	THEMES.flatMap((theme) => WIDTHS.map((width) => ({ language, theme, width })))
);
const scenes = story.scenes.map(({ id }) => id);

type Cell = (typeof cells)[number];

async function wear(page: Page, { theme, width }: Cell): Promise<void> {
	await page.setViewportSize({ width, height: width === 320 ? 568 : 900 });
	await page.emulateMedia({
		colorScheme: theme === 'dark' ? 'dark' : 'light',
		forcedColors: theme === 'forced' ? 'active' : 'none'
	});
}

async function openStill(page: Page, path: string): Promise<void> {
	await page.goto(path, { waitUntil: 'commit' });
	await page.waitForFunction(() => performance.getEntriesByName('masar:static-map').length > 0);
}

async function clear(page: Page, what: string, within: readonly string[] = []): Promise<void> {
	expect.soft(unexplained(await axeBarriers(page, within)), `axe, ${what}`).toEqual([]);
}

async function clearToBoth(page: Page, what: string): Promise<void> {
	await clear(page, what);
	expect.soft(unexplained(await aceBarriers(page)), `the second engine, ${what}`).toEqual([]);
}

for (const cell of sample(cells, 2, 15)) {
	const { language, theme, width } = cell;
	test(`${language}, ${theme}, ${width} px: neither engine finds a barrier in any scene, with the menu, with a dossier`, async ({
		page
	}) => {
		test.setTimeout(whole ? 180_000 : 60_000);
		await wear(page, cell);
		await openStill(page, `/${language}/alaska-summit/?map=static&motion=reduce`);
		await clearToBoth(page, 'opening');
		for (const id of sample(scenes, 2, width)) {
			await page.evaluate((hash) => {
				location.hash = hash;
			}, id);
			await page.waitForTimeout(50);
			await clear(page, id, [`#${id}`, '.margin', '.stage']);
		}
		await page.locator('.menu summary').click();
		await clear(page, 'menu', ['.bar']);
		await page.keyboard.press('Escape');
		await page.locator('#p11 [data-place="kyiv"]').click();
		await expect(page.locator('.dossier')).toContainText(
			story.places['kyiv']?.name[language] ?? '-'
		);
		await (whole ? clearToBoth(page, 'dossier') : clear(page, 'dossier', ['.dossier']));
	});
}

/** Whatever else a story can be: in a frame, in one screen with buttons, without a script, without WebGL. */
const VENUES = [
	{ name: 'the frame that scrolls', path: '/embed/{language}/alaska-summit/?map=static' },
	{ name: 'no script', path: '/{language}/alaska-summit/', script: false },
	{ name: 'no WebGL', path: '/{language}/alaska-summit/', webgl: false }
] as const;
const elsewhere = LANGUAGES.flatMap((language) => VENUES.map((venue) => ({ language, venue })));

for (const { language, venue } of sample(elsewhere, 2, 6)) {
	test(`${language}, ${venue.name}: neither engine finds a barrier`, async ({ page }) => {
		await page.setViewportSize({ width: 768, height: 900 });
		if ('script' in venue) await page.route('**/_app/**/*.js', (route) => route.abort());
		if ('webgl' in venue) {
			await page.addInitScript(() => {
				const drawing = HTMLCanvasElement.prototype;
				const original: unknown = Reflect.get(drawing, 'getContext');
				Reflect.set(drawing, 'getContext', function (this: HTMLCanvasElement, ...asked: unknown[]) {
					if (typeof original !== 'function' || /webgl/.test(String(asked[0]))) return null;
					return Reflect.apply(original, this, asked) as unknown;
				});
			});
		}
		await page.goto(venue.path.replace('{language}', language));
		await page.locator('.masar').first().waitFor();
		if ('webgl' in venue) await page.locator('.notice').waitFor({ timeout: 20_000 });
		await clearToBoth(page, venue.name);
	});
}
