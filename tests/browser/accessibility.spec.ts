import { expect, test, type Page } from '@playwright/test';
import { LANGUAGES, type Language } from '../../src/lib/model/story';
import { aceBarriers, axeBarriers, unexplained } from './engines';
import { goTo, liveMap, openStill, settle, story, undrawn, whole } from './reading';

const THEMES = ['light', 'dark', 'forced'] as const;
const WIDTHS = [320, 768, 1440] as const;
const cells = LANGUAGES.flatMap((language) =>
	THEMES.flatMap((theme) => WIDTHS.map((width) => ({ language, theme, width })))
);
test.beforeEach(({ page }) => undrawn(page));

const scenes = story.scenes.map(({ id }) => id);

type Cell = (typeof cells)[number];

async function wear(page: Page, { theme, width }: Cell): Promise<void> {
	await page.setViewportSize({ width, height: width === 320 ? 568 : 900 });
	await page.emulateMedia({
		colorScheme: theme === 'dark' ? 'dark' : 'light',
		forcedColors: theme === 'forced' ? 'active' : 'none'
	});
}

async function clear(page: Page, what: string, within: readonly string[] = []): Promise<void> {
	expect.soft(unexplained(await axeBarriers(page, within)), `axe, ${what}`).toEqual([]);
}

/** The second engine takes as long as all the rest of a test; `npm test` asks it about one page alone. */
async function clearToBoth(page: Page, what: string, both = whole): Promise<void> {
	await clear(page, what);
	if (both)
		expect.soft(unexplained(await aceBarriers(page)), `the second engine, ${what}`).toEqual([]);
}

/** Each language, theme and width once; test:all has every combination. */
const covered = cells.filter(
	({ language, theme, width }) =>
		whole ||
		(THEMES.indexOf(theme) === WIDTHS.indexOf(width) &&
			LANGUAGES.indexOf(language) === WIDTHS.indexOf(width) % 2)
);

for (const cell of covered) {
	const { language, theme, width } = cell;
	test(`${language}, ${theme}, ${width} px: no barrier is found in any scene, with the menu, with a dossier`, async ({
		page
	}) => {
		await wear(page, cell);
		await openStill(page, language, '', '&motion=reduce');
		await clearToBoth(page, 'opening', whole || cell === covered[0]);
		for (const id of whole ? scenes : ['call', 'territory']) {
			await goTo(page, id);
			await clear(page, id, [`#${id}`, '.margin', '.stage']);
		}
		await page.locator('.menu summary').click();
		await clear(page, 'menu', ['.bar']);
		await page.keyboard.press('Escape');
		await page.locator('#p8 [data-place="kyiv"]').click();
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
	/** What is there besides what the tests above look at: all of the page, where nothing is named. */
	readonly own?: string;
}

const EXPLORE = { ar: 'استكشف الخريطة', en: 'Explore the map' } as const;

const VENUES: readonly Venue[] = [
	{
		name: 'the frame that scrolls',
		path: '/embed/{language}/relay/?map=static',
		then: (page) => page.locator('.masar').first().waitFor()
	},
	{
		name: 'one screen with buttons',
		path: '/embed/{language}/relay/?boxed&map=static',
		then: async (page) => {
			// On a small screen words are parted into pages; the first mention is a page or more away.
			const mention = page.locator('.box-text a[data-place]').first();
			for (let turn = 0; turn < 9 && !(await mention.isVisible()); turn++)
				await page.locator('.arrow.forward').click();
			await mention.click();
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
		path: '/{language}/relay/#p9',
		then: async (page, language) => {
			await liveMap(page);
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
		path: '/{language}/relay/',
		before: (page) => page.route('**/_app/**/*.js', (route) => route.abort()),
		own: '.stage, .marginalia, .bar'
	},
	{
		name: 'no WebGL',
		path: '/{language}/relay/',
		before: (page) =>
			page.addInitScript(() => {
				const drawing = HTMLCanvasElement.prototype;
				const original: unknown = Reflect.get(drawing, 'getContext');
				Reflect.set(drawing, 'getContext', function (this: HTMLCanvasElement, ...asked: unknown[]) {
					if (typeof original !== 'function' || /webgl/.test(String(asked[0]))) return null;
					return Reflect.apply(original, this, asked) as unknown;
				});
			}),
		then: (page) => page.locator('.notice').waitFor(),
		own: '.stage'
	}
];

/** A page of somebody else's, as free of barriers as the story has to be. */
function newspaper(language: Language): string {
	return `<!doctype html><html lang="${language}" dir="${language === 'ar' ? 'rtl' : 'ltr'}">
<head><meta charset="utf-8" /><meta name="viewport" content="width=device-width, initial-scale=1" />
<title>A newspaper</title><script type="module" src="/embed/story-map.js"></script></head>
<body><main><h1>A newspaper</h1><story-map story="relay" lang="${language}" map="static"></story-map></main></body></html>`;
}

/** Each venue once, in a cell of its own; test:all has every venue in every cell. */
const elsewhere = VENUES.flatMap((venue, index) =>
	cells
		.filter((_, order) => whole || order === (index * 7 + 1) % cells.length)
		.map((cell) => ({ cell, venue }))
);

for (const { cell, venue } of elsewhere) {
	const { language, theme, width } = cell;
	test(`${language}, ${theme}, ${width} px, ${venue.name}: no barrier is found`, async ({
		page
	}) => {
		await wear(page, cell);
		await venue.before?.(page, language);
		await page.goto(venue.path.replace('{language}', language));
		await venue.then?.(page, language);
		if (!whole && venue.own) await clear(page, venue.name, [venue.own]);
		else await clearToBoth(page, venue.name);
	});
}
