/** What holds in every engine: each check runs in Chromium, and in Firefox and WebKit where `npm run test:engines` has them. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { relay } from '../fixtures/stories';
import { launchChromium } from './chromium';
import { until, type Driver, type Settings, type Size } from './driver';
import { launchFirefox } from './firefox';
import { lastLines } from './print';
import {
	clickOn,
	courseOf,
	goTo,
	live,
	onPlate,
	openPage,
	paragraph,
	rest,
	scrollTo,
	shown
} from './reading';
import { openSite, type Site } from './site';
import { launchWebKit } from './webkit';

type Launch = (settings?: Settings) => Promise<Driver>;

/** Those that scripts/engines.mjs has found. */
const { MASAR_FIREFOX, MASAR_WEBKIT_DRIVER: driver, MASAR_WEBKIT: browser } = process.env;
const ENGINES: [name: string, launch: Launch][] = [['Chromium', launchChromium]];
if (MASAR_FIREFOX) ENGINES.push(['Firefox', (settings) => launchFirefox(MASAR_FIREFOX, settings)]);
if (driver && browser)
	ENGINES.push(['WebKit', (settings) => launchWebKit({ driver, browser }, settings)]);

const SIZES = {
	desktop: { width: 1000, height: 700 },
	// No window of WebKitGTK is narrower than 447 px.
	phone: { width: 447, height: 844 }
} as const;
const SETTINGS = (['ar', 'en'] as const).flatMap((language) =>
	(['desktop', 'phone'] as const).map((screen) => [language, screen] as const)
);

const beats = relay.scenes.flatMap(({ id, beats }) =>
	beats.map(({ paragraph }) => ({ scene: id, address: `p${paragraph}` }))
);
const scenes = relay.scenes.map(({ id }) => id);
/** A paragraph in the middle of the story, and a place that it mentions. */
const { address: MIDDLE } = beats[Math.floor(beats.length / 2)] ?? { address: '' };
const MENTION = `#${MIDDLE} a[data-place]`;
/** The first paragraph that a single place is lit for: a click on the map there can mean nothing else. */
const ALONE = relay.scenes.flatMap(({ beats }) => beats).find(({ lit }) => lit.length === 1);
const LAST_PLACE = 'section.place:nth-last-of-type(3)';

let site: Site;
let oracle: Driver;
beforeAll(async () => {
	site = await openSite();
	oracle = await launchChromium();
});
afterAll(async () => {
	await oracle.close();
	await site.close();
});

const known = new Map<string, unknown>();
/** What Chromium shows, looked at once. */
async function inChromium<Found>(name: string, look: (driver: Driver) => Promise<Found>) {
	if (!known.has(name)) known.set(name, await look(oracle));
	// Under a name is what its look has found.
	return known.get(name) as Found;
}

const pageOf = (language: string, hash = '') =>
	`${site.address}/${language}/${relay.id}/${hash && `#${hash}`}`;

/** Twelve places of the story: seven that addresses name, and five midway between scenes. */
const ADDRESSES = [0, 2, 3, 5, 7, 9, 11].flatMap((index) => beats[index]?.address ?? []);
const FLIGHTS = [0.72, 3.8, 5.6, 8.7, 9.9];

async function cameras(driver: Driver) {
	const there: [string, ReturnType<typeof onPlate>][] = [];
	for (const address of ADDRESSES) {
		await goTo(driver, address);
		there.push([address, onPlate(await shown(driver))]);
	}
	return there;
}

function expectSame(found: Readonly<Record<string, unknown>>, wanted: object, where: string): void {
	for (const [key, value] of Object.entries(wanted)) {
		expect(Math.abs(Number(found[key]) - Number(value)), `${where}: ${key}`).toBeLessThan(1e-6);
	}
}

/** All words of the article, without spaces and marks of direction, of which each engine gives its own. */
const words = (driver: Driver, selector: string) =>
	driver.evaluate((selector) => {
		const element = document.querySelector<HTMLElement>(selector);
		return (element?.innerText ?? '').replace(/[\s\u200b\u200e\u200f\u2066-\u2069]+/g, '');
	}, selector);

/** The words of the story, of what follows it, and of a dossier. */
async function told(driver: Driver) {
	await scrollTo(driver, 0);
	const story = await words(driver, '.scenes');
	// What is far from the screen is not laid out, and to some engines says nothing.
	await scrollTo(driver, 1e6);
	const after = await words(driver, '.after');
	await goTo(driver, MIDDLE);
	await clickOn(driver, MENTION);
	await opened(driver);
	const dossier = await words(driver, '.dossier');
	await escape(driver);
	return { story, after, dossier };
}

/** What a link leads to: the paragraph, the dossier, and whether the words are on the screen below the map. */
async function landing(driver: Driver, address: string) {
	await rest(driver);
	const there = await driver.evaluate((hash) => {
		const place = hash.startsWith('place-');
		const present = document.querySelector('.present [data-paragraph]');
		const target = place ? present : document.querySelector(`#${hash} [data-paragraph], p#${hash}`);
		const box = target?.getBoundingClientRect();
		const beside = matchMedia('(min-aspect-ratio: 1/1)').matches;
		const pane = document.querySelector('.pane')?.getBoundingClientRect();
		const top = beside ? 0 : (pane?.bottom ?? 0);
		return {
			present: present?.id ?? null,
			dossier: document.querySelector('.dossier h3 .own-name')?.textContent ?? null,
			seen: box !== undefined && box.bottom > top && box.top < innerHeight && box.top > top - 40
		};
	}, address);
	return there;
}

const opened = (driver: Driver) =>
	until(
		driver,
		'the dossier, with the focus',
		() => document.activeElement?.closest('.dossier') !== null
	);

/** Closes what is open by Escape. */
async function escape(driver: Driver): Promise<void> {
	await driver.press('Escape');
	await until(
		driver,
		'the end of the dossier, and the way back in the history',
		() => !document.querySelector('.dossier') && !location.hash.startsWith('#place-')
	);
	await rest(driver);
}

const focused = (driver: Driver) =>
	driver.evaluate(() => {
		const { activeElement } = document;
		const link = activeElement?.closest<HTMLElement>('[data-place], [data-spot]');
		const inside = activeElement?.closest('[data-paragraph], [data-map]');
		return `${inside?.id ?? ''} ${link?.dataset['place'] ?? activeElement?.nodeName}`.trim();
	});

describe.each(ENGINES)('%s', (name, launch) => {
	let driver: Driver;
	beforeAll(async () => {
		driver = await launch();
	});
	afterAll(() => driver.close());

	/** Leaves the page, whose last requests may be cut off by that, and its errors. */
	async function forget(): Promise<void> {
		await driver.open('about:blank');
		await driver.errors();
	}

	describe.each(SETTINGS)('%s, %s', (language, screen) => {
		let errors: readonly string[];
		let size: Size;
		beforeAll(async () => {
			size = await driver.resize(SIZES[screen]);
			await forget();
			await openPage(driver, pageOf(language));
			await live(driver);
			errors = await driver.errors();
			await oracle.resize(size);
			await openPage(oracle, pageOf(language));
			await live(oracle);
		});

		test('loads up to the live map without an error in the console', () => {
			expect(size).toEqual(SIZES[screen]);
			expect(errors).toEqual([]);
		});

		test('has Chromium’s camera at twelve places of the story', async () => {
			const wanted = await inChromium(`cameras ${language} ${size.width}`, cameras);
			for (const [index, [address, found]] of (await cameras(driver)).entries()) {
				expectSame({ ...found }, wanted[index]?.[1] ?? {}, address);
			}
			// A scroll is whole pixels, and no two engines break the same lines: in flight each is held to the common course.
			const { scrollFor, offCourse } = await courseOf(driver);
			for (const progress of FLIGHTS) {
				const y = await scrollTo(driver, scrollFor(progress));
				expect(offCourse(onPlate(await shown(driver)), y), String(progress)).toBeLessThan(1e-6);
			}
		});

		test('says what Chromium says, in the article and in a dossier', async () => {
			const wanted = await inChromium(`words ${language} ${size.width}`, told);
			const found = await told(driver);
			expect(wanted.dossier.length).toBeGreaterThan(300);
			expect(found).toEqual(wanted);
		});

		test('a dossier that a click on a mention opens gives the focus back to it at Escape', async () => {
			await goTo(driver, MIDDLE);
			await clickOn(driver, MENTION);
			await opened(driver);
			await escape(driver);
			expect(await focused(driver)).toMatch(new RegExp(`^${MIDDLE} [a-z-]+$`));
		});

		test('a dossier that a key opens gives the focus back to its mention at Escape', async () => {
			await goTo(driver, MIDDLE);
			await driver.evaluate((selector) => {
				document.querySelector<HTMLElement>(selector)?.focus({ preventScroll: true });
			}, MENTION);
			const before = await focused(driver);
			await driver.press('Enter');
			await opened(driver);
			await escape(driver);
			expect(before).toMatch(new RegExp(`^${MIDDLE} [a-z-]+$`));
			expect(await focused(driver)).toBe(before);
		});

		test('a dossier that a click on the map opens gives the focus back to the map at Escape', async () => {
			const [place = ''] = ALONE?.lit ?? [];
			const found = relay.places[place];
			expect(found).toBeDefined();
			await goTo(driver, `p${ALONE?.paragraph ?? 0}`);
			const at = await driver.evaluate(
				(lng, lat) => {
					const map = document.querySelector<HTMLElement>('[data-map]');
					const box = map?.getBoundingClientRect();
					const [x, y] = map?.masar?.project([lng, lat]) ?? [0, 0];
					return [x + (box?.left ?? 0), y + (box?.top ?? 0)] as const;
				},
				...(found?.point ?? [0, 0])
			);
			await driver.click(...at);
			await until(
				driver,
				'the dossier, or the choice',
				() => document.activeElement?.closest('.dossier, .place-choice') !== null
			);
			// On a small map the point of a city can mean its country too.
			if (await driver.evaluate(() => document.querySelector('.place-choice') !== null))
				await driver.press('Enter');
			await opened(driver);
			await escape(driver);
			expect(await focused(driver)).toBe(place);
		});

		test('the free map gives back the very camera and scroll at which the story was left', async () => {
			await goTo(driver, MIDDLE);
			const before = await shown(driver);
			const scroll = await driver.evaluate(() => scrollY);
			await driver.evaluate((screen) => {
				const selector = screen === 'phone' ? '.menu button.action' : '.tool.beside';
				document.querySelector<HTMLElement>(selector)?.click();
			}, screen);
			await until(driver, 'the free map', () => document.querySelector('.explore-zoom') !== null);
			await clickOn(driver, '.explore-zoom button');
			await until(
				driver,
				'a nearer camera',
				(zoom) =>
					(document.querySelector<HTMLElement>('[data-map]')?.masar?.camera.zoom ?? 0) > zoom + 0.9,
				before.camera.zoom
			);
			await driver.press('Escape');
			await until(driver, 'the story', () => document.querySelector('.explore') === null);
			await rest(driver);
			expect(await shown(driver)).toEqual(before);
			expect(await driver.evaluate(() => scrollY)).toBe(scroll);
		});

		test('the page ends where its content ends, and the bar stays at its top', async () => {
			await scrollTo(driver, 1e6);
			const found = await driver.evaluate(() => ({
				below:
					document.documentElement.scrollHeight -
					scrollY -
					(document.querySelector('.after')?.getBoundingClientRect().bottom ?? 0),
				bar: document.querySelector('.bar')?.getBoundingClientRect().top
			}));
			expect(Math.abs(found.below)).toBeLessThan(1);
			// A page can end at a fraction of a px.
			expect(Math.abs(found.bar ?? NaN)).toBeLessThan(1);
		});

		test('the language switch keeps the paragraph', async () => {
			await openPage(driver, pageOf(language, MIDDLE));
			await rest(driver);
			await clickOn(driver, '.switch');
			const other = language === 'ar' ? 'en' : 'ar';
			await until(
				driver,
				'the other language',
				(other) =>
					document.documentElement.lang === other &&
					performance.getEntriesByName('masar:static-map').length > 0,
				other
			);
			await rest(driver);
			expect(await paragraph(driver)).toBe(MIDDLE);
		});

		test.each([
			['scene', scenes[4] ?? ''],
			['paragraph', beats.at(-2)?.address ?? ''],
			['place', `place-${ALONE?.lit[0] ?? ''}`]
		])('a link to a %s leads where it leads in Chromium', async (_, address) => {
			const look = async (driver: Driver) => {
				await openPage(driver, pageOf(language, address));
				return landing(driver, address);
			};
			const wanted = await inChromium(`${address} ${language} ${size.width}`, look);
			const found = await look(driver);
			expect(found).toEqual(wanted);
			expect(found.seen).toBe(true);
		});

		test.each([
			['in the story', `#${MIDDLE}`],
			['in the list of places', LAST_PLACE]
		])('a reload keeps the reader’s place %s', async (_, selector) => {
			await openPage(driver, pageOf(language));
			const place = (selector: string) =>
				(document.querySelector(selector)?.getBoundingClientRect().top ?? 0) + 0;
			// What is far below has no place for WebKit, and an estimated one for others, before the reader comes near.
			if (selector === LAST_PLACE) await scrollTo(driver, 1e6);
			for (let turn = 0; turn < 3; turn += 1) {
				const top = await driver.evaluate(place, selector);
				await scrollTo(driver, (await driver.evaluate(() => scrollY)) + top - 333);
			}
			// The address names the scene a moment after it is reached.
			await until(driver, 'the scene’s name', () => location.hash.length > 1);
			const before = await driver.evaluate(place, selector);
			expect(Math.abs(before - 333)).toBeLessThan(200);
			await driver.reload();
			await until(
				driver,
				'the page’s own script',
				() => performance.getEntriesByName('masar:static-map').length > 0
			);
			await rest(driver);
			expect(Math.abs((await driver.evaluate(place, selector)) - before)).toBeLessThan(3);
		});
	});

	describe('on other people’s pages', () => {
		const FILLER =
			`<p>${'The council met again on Monday and put the vote off. '.repeat(40)}</p>`.repeat(3);
		const hostPage = (story: string) =>
			`<!doctype html><html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width"><link rel="icon" href="data:,"><title>A newspaper</title><body>${FILLER}${story}${FILLER}</body></html>`;

		beforeAll(async () => {
			await driver.resize(SIZES.desktop);
		});

		test('the loader’s frame moves with the page, and no error is told', async () => {
			await forget();
			await openHost(
				'loader',
				`<script async src="${site.address}/embed/v1.js" data-story="${relay.id}" data-lang="en"></script>`
			);
			await until(driver, 'the frame', () => document.querySelector('iframe') !== null);
			await driver.evaluate(() => {
				document.querySelector('iframe')?.parentElement?.scrollIntoView();
			});
			const inside: Pick<Driver, 'engine' | 'evaluate'> = {
				engine: name,
				evaluate: driver.evaluateInFrame
			};
			await until(
				inside,
				'the live map in the frame',
				() => document.querySelector<HTMLElement>('[data-map]')?.dataset['renderer'] === 'live'
			);
			await driver.evaluate(() => {
				const story = document.querySelector('iframe')?.parentElement;
				const box = story?.getBoundingClientRect();
				scrollBy(0, (box?.top ?? 0) + (box?.height ?? 0) / 2);
			});
			await until(
				inside,
				'a scene from the middle',
				(first) => {
					const scene = document.querySelector<HTMLElement>('[data-map]')?.masar?.scene;
					return scene !== undefined && scene !== first;
				},
				scenes[0] ?? ''
			);
			expect(
				await driver.evaluate(() => document.querySelector('iframe')?.getBoundingClientRect().top)
			).toBe(0);
			expect(await driver.errors()).toEqual([]);
		});

		test('a frame in a sandbox shows the live map, and no error is told', async () => {
			await forget();
			await openHost(
				'sandbox',
				`<iframe sandbox="allow-scripts" width="800" height="500" src="${site.address}/embed/en/${relay.id}/"></iframe>`
			);
			await driver.evaluate(() => {
				document.querySelector('iframe')?.scrollIntoView();
			});
			await until(
				{ engine: name, evaluate: driver.evaluateInFrame },
				'the live map in the frame',
				() => document.querySelector<HTMLElement>('[data-map]')?.dataset['renderer'] === 'live'
			);
			expect(await driver.errors()).toEqual([]);
		});

		test('<story-map> moves with the page, opens dossiers, and no error is told', async () => {
			await forget();
			await openHost(
				'element',
				`<script type="module" src="${site.address}/embed/story-map.js"></script><story-map story="${relay.id}" lang="en"></story-map>`
			);
			await until(
				driver,
				'the live map in the element',
				() =>
					document.querySelector('story-map')?.shadowRoot?.querySelector<HTMLElement>('[data-map]')
						?.dataset['renderer'] === 'live'
			);
			await driver.evaluate((address) => {
				const element = document.querySelector('story-map');
				// The element has this method once its module is there.
				(element as unknown as { goTo: (address: string) => boolean }).goTo(address);
			}, MIDDLE);
			await until(
				driver,
				'the paragraph',
				(address) =>
					document
						.querySelector('story-map')
						?.shadowRoot?.querySelector('.present [data-paragraph]')?.id === address,
				MIDDLE
			);
			await driver.evaluate((selector) => {
				document
					.querySelector('story-map')
					?.shadowRoot?.querySelector<HTMLElement>(selector)
					?.click();
			}, MENTION);
			await until(
				driver,
				'the dossier',
				() => document.querySelector('story-map')?.shadowRoot?.querySelector('.dossier h3') !== null
			);
			expect(await driver.errors()).toEqual([]);
		});

		async function openHost(name: string, story: string): Promise<void> {
			await driver.open(site.put(name, hostPage(story)));
		}
	});

	test('no heading of the print stands at the end of a column', async ({ skip }) => {
		if (!driver.print) return skip('The driver of this engine prints nothing.');
		const letters = (text: string) => text.replace(/[^\p{L}\p{N}]/gu, '');
		await driver.resize(SIZES.desktop);
		await openPage(driver, `${site.address}/en/${relay.id}/?map=static`);
		const headings = await driver.evaluate(() =>
			[...document.querySelectorAll<HTMLElement>('.after :is(h2, h3, h4), .scene .heading')].map(
				(heading) => heading.textContent
			)
		);
		const ends = (await lastLines(await driver.print())).map(letters);
		expect(headings.length).toBeGreaterThan(relay.scenes.length);
		expect(ends.length).toBeGreaterThan(10);
		expect(ends.filter((end) => headings.map(letters).includes(end))).toEqual([]);
	});

	test('a small map that has not come has its names and nothing else on it', async () => {
		await driver.resize(SIZES.desktop);
		await openPage(driver, pageOf('en'));
		// Not before: no more files of one host are asked for at once than may be waiting here.
		site.hold(/\/pictures\/.*\/places\//);
		try {
			await driver.evaluate(() => {
				for (const image of document.querySelectorAll('.place-map img')) {
					// Not by a new address: what has come already stays until that has come.
					const held = document.createElement('img');
					for (const { name, value } of image.attributes)
						held.setAttribute(name, name === 'src' ? value.replace(/#|$/, '?held#') : value);
					image.replaceWith(held);
				}
				document.querySelector('.place-map')?.scrollIntoView({ block: 'center' });
			});
			await rest(driver);
			const come = await driver.evaluate(
				() => document.querySelector<HTMLImageElement>('.place-map img')?.naturalWidth
			);
			expect(come).toBe(0);
			const before = await driver.picture();
			await driver.evaluate(() => {
				for (const image of document.querySelectorAll<HTMLImageElement>('.place-map img'))
					image.alt = '';
			});
			await rest(driver);
			expect(before.equals(await driver.picture())).toBe(true);
		} finally {
			site.hold(null);
		}
	});
});

describe.each(ENGINES)('%s, by its settings', (_, launch) => {
	async function opening(settings: Settings, check: (driver: Driver) => Promise<void>) {
		const driver = await launch(settings);
		try {
			await driver.resize(SIZES.desktop);
			await check(driver);
		} finally {
			await driver.close();
		}
	}

	test('without WebGL there are pictures, and a sentence that says so below the bar', async () => {
		await opening({ webgl: false }, async (driver) => {
			await openPage(driver, pageOf('en', MIDDLE));
			await until(driver, 'the sentence', () => document.querySelector('.notice') !== null);
			await until(driver, 'the picture', () => {
				const scene = document.querySelector('.present')?.closest('.scene');
				const image = scene?.querySelector<HTMLImageElement>('.picture img');
				return image?.complete === true && image.naturalWidth > 0;
			});
			const [notice, bar] = await driver.evaluate(() =>
				['.notice', '.cartouche'].map((selector) => {
					const box = document.querySelector(selector)?.getBoundingClientRect();
					return { top: box?.top ?? NaN, bottom: box?.bottom ?? NaN };
				})
			);
			expect(notice?.top).toBeGreaterThanOrEqual(bar?.bottom ?? Infinity);
		});
	});

	test('without JavaScript there are the words and the pictures', async () => {
		await opening({ javascript: false }, async (driver) => {
			await driver.open(pageOf('ar'));
			const found = await driver.evaluate(() => ({
				words: document.querySelector('.scenes')?.textContent.length ?? 0,
				scripted: performance.getEntriesByName('masar:static-map').length > 0,
				picture:
					document.querySelector<HTMLImageElement>('.opening .picture img')?.naturalWidth ?? 0
			}));
			expect(found.words).toBeGreaterThan(3000);
			expect(found.scripted).toBe(false);
			expect(found.picture).toBeGreaterThan(0);
		});
	});

	test('a reader who wants less motion sees no flight', async () => {
		await opening({ still: true }, async (driver) => {
			await openPage(driver, pageOf('en'));
			await live(driver);
			const { scrollFor, offCourse } = await courseOf(driver, true);
			for (const progress of FLIGHTS) {
				const y = await scrollTo(driver, scrollFor(progress));
				expect(offCourse(onPlate(await shown(driver)), y), String(progress)).toBeLessThan(1e-6);
			}
			expect(await driver.evaluate(() => document.querySelector('.masar.still') !== null)).toBe(
				true
			);
		});
	});

	test('a dark system has a dark page', async () => {
		await opening({ dark: true }, async (driver) => {
			await openPage(driver, pageOf('en'));
			await live(driver);
			const colours = await driver.evaluate(() => ({
				scheme: getComputedStyle(document.documentElement).colorScheme,
				paper: getComputedStyle(document.documentElement).backgroundColor
			}));
			expect(colours).toEqual({ scheme: 'dark', paper: 'rgb(11, 17, 24)' });
		});
	});
});
