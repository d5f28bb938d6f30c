/** Typefaces come one by one over a real line: whichever comes late, or first, moves nothing on the first screen. */
import { expect, test, type Page } from '@playwright/test';
import { relay } from '../fixtures/stories';
import { LANGUAGES, type Language } from '../../src/lib/story';
import { SCREENS, settle } from './reading';

/** A face by its file's name, without what names its version. */
const faceOf = (url: string) => /([\w-]+)\.[\w-]+\.woff2/.exec(url)?.[1] ?? url;

/** The story, with some of its typefaces held back until `release`. */
async function openWithout(
	page: Page,
	language: Language,
	isHeld: (face: string) => boolean
): Promise<{ asked: ReadonlySet<string>; release: () => Promise<void> }> {
	let letThrough: () => void = () => undefined;
	const held = new Promise<void>((resolve) => (letThrough = resolve));
	const asked = new Set<string>();
	const come = new Set<string>();
	await page.route('**/*.woff2', async (route) => {
		const face = faceOf(route.request().url());
		asked.add(face);
		if (isHeld(face)) await held;
		await route.continue();
	});
	page.on('requestfinished', (request) => {
		if (request.url().includes('.woff2')) come.add(faceOf(request.url()));
	});
	await page.goto(`/${language}/${relay.id}/?map=static`, { waitUntil: 'commit' });
	await page.waitForFunction(() => performance.getEntriesByName('masar:static-map').length > 0);
	await settle(page);
	// By now the words are laid out, and each face they are set in has been asked for.
	await expect
		.poll(() => [...asked].filter((face) => !isHeld(face) && !come.has(face)))
		.toEqual([]);
	await settle(page);
	return {
		asked,
		release: async () => {
			letThrough();
			await page.evaluate(() => document.fonts.ready);
			await settle(page);
		}
	};
}

/** Where the lines of the first screen stand. */
const linesOf = (page: Page) =>
	page.evaluate(() =>
		[
			...document.querySelectorAll(
				'.opening .sheet > *, .bar a, .bar .brand, .credit, .dates .stop, .legend li'
			)
		]
			.filter((element) => element.checkVisibility())
			.map((element) => {
				const { top, height } = element.getBoundingClientRect();
				return `${element.textContent.trim().slice(0, 30)}: ${top.toFixed(2)} +${height.toFixed(2)}`;
			})
	);

interface Shifts {
	/** As the browser scores them, added up. */
	score: number;
	/** What moved up or down, or grew higher. */
	readonly lines: string[];
}

/** Takes down how far what is on the screen moves, from before anything of the page is there. */
async function watchShifts(page: Page): Promise<void> {
	await page.addInitScript(() => {
		const shifts: Shifts = { score: 0, lines: [] };
		Object.assign(window, { shifts });
		new PerformanceObserver((list) => {
			// Entries of this type have a value and sources, which the DOM's types do not know.
			for (const entry of list.getEntries() as unknown as {
				value: number;
				sources: { node?: Node; previousRect: DOMRect; currentRect: DOMRect }[];
			}[]) {
				shifts.score += entry.value;
				for (const { node, previousRect: before, currentRect: now } of entry.sources) {
					if (before.y === now.y && before.height === now.height) continue;
					const element = node instanceof Element ? node : node?.parentElement;
					shifts.lines.push(
						`${element?.localName ?? '?'}.${element?.className ?? ''} ${before.y} +${before.height} → ${now.y} +${now.height}`
					);
				}
			}
		}).observe({ type: 'layout-shift', buffered: true });
	});
}

const shiftsOf = (page: Page) =>
	page.evaluate(() => (window as unknown as { shifts: Shifts }).shifts);

/** Letters that stand in for others are not as wide each: sideways, the end of a line has this to move in. */
const SIDEWAYS = 0.0003;

for (const language of LANGUAGES) {
	for (const screen of ['phone', 'desktop'] as const) {
		test(`regression: ${language}, ${screen}: no line of the first screen moves, whichever typeface comes last or first`, async ({
			browser,
			baseURL
		}) => {
			const open = async (isHeld: (face: string) => boolean, name: string) => {
				const context = await browser.newContext({
					viewport: SCREENS[screen],
					baseURL: baseURL ?? '',
					serviceWorkers: 'block'
				});
				const page = await context.newPage();
				await watchShifts(page);
				const { asked, release } = await openWithout(page, language, isHeld);
				const before = await linesOf(page);
				await release();
				expect.soft(before, name).toEqual(await linesOf(page));
				const { score, lines } = await shiftsOf(page);
				expect.soft(lines, name).toEqual([]);
				expect.soft(score, name).toBeLessThanOrEqual(SIDEWAYS);
				await context.close();
				return asked;
			};
			const faces = await open(() => false, 'all at once');
			expect(faces.size).toBeGreaterThan(3);
			for (const face of faces) {
				await open((each) => each === face, `${face} last`);
				await open((each) => each !== face, `${face} first`);
			}
		});
	}
}
