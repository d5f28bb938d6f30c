import { expect, test, type Page } from '@playwright/test';
import { LANGUAGES, type Language } from '../../src/lib/story';
import { aceBarriers, axeBarriers, unexplained } from './engines';
import { sample, settle, story, whole } from './reading';

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

for (const cell of sample(cells, 2, 33)) {
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
		await (whole ? clearToBoth(page, 'dossier') : clear(page, 'dossier', ['.dossier', '.margin']));
	});
}

/** Whatever else a story can be. */
interface Venue {
	readonly name: string;
	readonly path: string;
	/** What makes the page what it is, before it is opened. */
	readonly before?: (page: Page, language: Language) => Promise<unknown>;
	/** What the reader does, or waits for. */
	readonly then?: (page: Page, language: Language) => Promise<unknown>;
}

const EXPLORE = { ar: 'استكشف الخريطة', en: 'Explore the map' } as const;

const VENUES: readonly Venue[] = [
	{
		name: 'the frame that scrolls',
		path: '/embed/{language}/alaska-summit/?map=static',
		then: (page) => page.locator('.masar').first().waitFor()
	},
	{
		name: 'one screen with buttons',
		path: '/embed/{language}/alaska-summit/?boxed&map=static',
		then: async (page) => {
			// On a small screen words are parted into pages; the first mention is a page or more away.
			const mention = page.locator('.box-text a[data-place]').first();
			for (let turn = 0; turn < 9 && !(await mention.isVisible()); turn++)
				await page.locator('.arrow.forward').click();
			await mention.click({ timeout: 20_000 });
			await page.getByRole('dialog').waitFor();
		}
	},
	{
		name: '<story-map>',
		path: '/newspaper/',
		before: (page, language) =>
			page.route('**/newspaper/', (route) =>
				route.fulfill({ contentType: 'text/html', body: newspaper(language) })
			),
		then: async (page) => {
			await page.locator('story-map .masar').waitFor();
			// What follows the story is laid out when it comes near the screen.
			await page.locator('story-map .after').evaluate((after) => {
				after.scrollIntoView();
			});
			await settle(page);
		}
	},
	{
		name: 'the free map',
		path: '/{language}/alaska-summit/#p12',
		then: async (page, language) => {
			await page.locator('[data-map][data-renderer="live"]').waitFor({ timeout: 60_000 });
			const tool = page.locator('.tool', { hasText: EXPLORE[language] });
			if (await tool.isVisible()) await tool.click();
			else {
				await page.locator('.menu summary').click();
				await page.locator('.action', { hasText: EXPLORE[language] }).click();
			}
			await expect(page.locator('.explore h2')).toBeFocused();
		}
	},
	{
		name: 'no script',
		path: '/{language}/alaska-summit/',
		before: (page) => page.route('**/_app/**/*.js', (route) => route.abort())
	},
	{
		name: 'no WebGL',
		path: '/{language}/alaska-summit/',
		before: (page) =>
			page.addInitScript(() => {
				const drawing = HTMLCanvasElement.prototype;
				const original: unknown = Reflect.get(drawing, 'getContext');
				Reflect.set(drawing, 'getContext', function (this: HTMLCanvasElement, ...asked: unknown[]) {
					if (typeof original !== 'function' || /webgl/.test(String(asked[0]))) return null;
					return Reflect.apply(original, this, asked) as unknown;
				});
			}),
		then: (page) => page.locator('.notice').waitFor({ timeout: 20_000 })
	}
];

/** A page of somebody else's, as free of barriers as the story has to be. */
function newspaper(language: Language): string {
	return `<!doctype html><html lang="${language}" dir="${language === 'ar' ? 'rtl' : 'ltr'}">
<head><meta charset="utf-8" /><meta name="viewport" content="width=device-width, initial-scale=1" />
<title>A newspaper</title><script type="module" src="/embed/story-map.js"></script></head>
<body><main><h1>A newspaper</h1><story-map story="alaska-summit" lang="${language}" map="static"></story-map></main></body></html>`;
}

const elsewhere = cells.flatMap((cell) => VENUES.map((venue) => ({ cell, venue })));

for (const { cell, venue } of sample(elsewhere, 2, 6)) {
	const { language, theme, width } = cell;
	test(`${language}, ${theme}, ${width} px, ${venue.name}: neither engine finds a barrier`, async ({
		page
	}) => {
		test.setTimeout(180_000);
		await wear(page, cell);
		await venue.before?.(page, language);
		await page.goto(venue.path.replace('{language}', language));
		await venue.then?.(page, language);
		await clearToBoth(page, venue.name);
	});
}
