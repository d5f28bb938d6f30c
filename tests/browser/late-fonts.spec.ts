/** Typefaces come one by one over a real line: whichever comes late, or first, moves nothing on the first screen. */
import { expect, test, type Page } from '@playwright/test';
import { relay } from '../fixtures/stories';
import { LANGUAGES, type Language } from '../../src/lib/model/story';
import { SCREENS, settle, taken, tries } from './reading';

/** A face by its file's name, without what names its version. */
const faceOf = (url: string) => /([\w-]+)\.[\w-]+\.woff2/.exec(url)?.[1] ?? url;

interface HeldFaces {
	/** Those that the words laid out so far are set in. */
	readonly asked: ReadonlySet<string>;
	/** Lets some faces come, and waits until the words are set in them. */
	readonly release: (faces: readonly string[]) => Promise<void>;
}

/** The story before any of its typefaces has come. */
async function openWithout(page: Page, language: Language): Promise<HeldFaces> {
	const asked = new Set<string>();
	const released = new Set<string>();
	const come = new Set<string>();
	const waiting: { readonly face: string; readonly go: () => void }[] = [];
	await page.route('**/*.woff2', async (route) => {
		const face = faceOf(route.request().url());
		asked.add(face);
		if (!released.has(face)) await new Promise<void>((go) => waiting.push({ face, go }));
		await route.continue();
	});
	page.on('requestfinished', (request) => {
		if (request.url().includes('.woff2')) come.add(faceOf(request.url()));
	});
	await page.goto(`/${language}/${relay.id}/?map=static`, { waitUntil: 'commit' });
	await taken(page);
	await settle(page);
	return {
		asked,
		async release(faces) {
			for (const face of faces) released.add(face);
			for (const { face, go } of waiting) if (released.has(face)) go();
			await expect.poll(() => faces.filter((face) => !come.has(face))).toEqual([]);
			// A face that has come is laid out with in the frame after it is read.
			await expect
				.poll(() =>
					page.evaluate(() => [...document.fonts].filter((each) => each.status === 'loaded').length)
				)
				.toBeGreaterThanOrEqual(come.size);
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
		const all = window as unknown as { shifts: Shifts };
		all.shifts = { score: 0, lines: [] };
		const observer = new PerformanceObserver((list) => {
			// Entries of this type have a value and sources, which the DOM's types do not know.
			for (const entry of list.getEntries() as unknown as {
				value: number;
				sources: { node?: Node; previousRect: DOMRect; currentRect: DOMRect }[];
			}[]) {
				all.shifts.score += entry.value;
				for (const { node, previousRect: before, currentRect: now } of entry.sources) {
					if (before.y === now.y && before.height === now.height) continue;
					const element = node instanceof Element ? node : node?.parentElement;
					all.shifts.lines.push(
						`${element?.localName ?? '?'}.${element?.className ?? ''} ${before.y} +${before.height} → ${now.y} +${now.height}`
					);
				}
			}
		});
		observer.observe({ type: 'layout-shift', buffered: true });
		Object.assign(window, { observer });
	});
}

/** Forgets what has moved so far, and what the observer has not been told of yet. */
const forgetShifts = (page: Page) =>
	page.evaluate(() => {
		(window as unknown as { observer: PerformanceObserver }).observer.takeRecords();
		Object.assign(window, { shifts: { score: 0, lines: [] } });
	});

const shiftsOf = (page: Page) =>
	page.evaluate(() => (window as unknown as { shifts: Shifts }).shifts);

/** Letters that stand in for others are not as wide each: sideways, the end of a line has this to move in. */
const SIDEWAYS = 0.0005;

for (const language of LANGUAGES) {
	for (const screen of ['phone', 'desktop'] as const) {
		if (tries(language, screen === 'phone' ? 'en' : 'ar'))
			test(`regression: ${language}, ${screen}: no line of the first screen moves, whichever typeface comes last or first`, async ({
				browser,
				baseURL
			}) => {
				/** Opens the page, lets some faces come first and then the others; gives all that were asked for. */
				const open = async (isFirst: (face: string) => boolean, name: string) => {
					const context = await browser.newContext({
						viewport: SCREENS[screen],
						baseURL: baseURL ?? '',
						serviceWorkers: 'block'
					});
					const page = await context.newPage();
					await watchShifts(page);
					const { asked, release } = await openWithout(page, language);
					const before = await linesOf(page);
					// What moves while the page itself comes piece by piece is no typeface's doing.
					await forgetShifts(page);
					await release([...asked].filter(isFirst));
					expect.soft(await linesOf(page), `${name}, first`).toEqual(before);
					await release([...asked]);
					expect.soft(await linesOf(page), name).toEqual(before);
					const { score, lines } = await shiftsOf(page);
					expect.soft(lines, name).toEqual([]);
					expect.soft(score, name).toBeLessThanOrEqual(SIDEWAYS);
					await context.close();
					return asked;
				};
				const faces = await open(() => true, 'all at once');
				expect(faces.size).toBeGreaterThan(3);
				for (const face of faces) {
					await open((each) => each !== face, `${face} last`);
					await open((each) => each === face, `${face} first`);
				}
			});
	}
}
