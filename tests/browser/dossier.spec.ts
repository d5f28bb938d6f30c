import { expect, test, type Locator, type Page } from '@playwright/test';
import { geoArea, geoDistance } from 'd3-geo';
import { LANGUAGES, PLACE_KINDS, type Language, type Place } from '../../src/lib/model/story';
import { dialogOf, expectOpen, hashOf, place } from './dossiers';
import { goTo, openStill as openMoving, SCREENS, settle, story, tries, whole } from './reading';

const ids = Object.keys(story.places);
/** A place of each kind: what is told of one is told of all of its kind, which test:all tries. */
const kinds = whole
	? ids
	: PLACE_KINDS.flatMap((kind) => ids.find((id) => story.places[id]?.kind === kind) ?? []);
/** Mean radius of the Earth, in km (IUGG). */
const EARTH = 6371.0088;

/** Opens the story with pictures for a map, where nothing moves by itself that a dossier would be blamed for. */
const openStill = (page: Page, language: Language, hash = '') =>
	openMoving(page, language, hash, '&motion=reduce');

/** A point of the screen, in px, at which there are words of the page and nothing to click. */
function besidePoint(page: Page): Promise<[number, number]> {
	return page.evaluate(() => {
		const words = document.querySelectorAll(
			'.sheet p, .sheet h1, .sheet .heading, .end > h2, .end > p'
		);
		for (const element of words) {
			const { left, top, width, height } = element.getBoundingClientRect();
			for (const down of [8, height / 2]) {
				for (const across of [0.5, 0.9, 0.1, 0.3, 0.7]) {
					const [x, y] = [left + width * across, top + down];
					const hit = document.elementFromPoint(x, y);
					if (hit && element.contains(hit) && !hit.closest('a, button')) return [x, y];
				}
			}
		}
		throw new Error('There are no words beside the dossier.');
	});
}

/** Every way to close a dossier. */
const WAYS_OUT: readonly ((page: Page) => Promise<unknown>)[] = [
	(page) => page.keyboard.press('Escape'),
	async (page) => {
		// Not by Playwright's click, which scrolls the page to try what is under a sticky element.
		const box = await dialogOf(page).locator('.close').boundingBox();
		await page.mouse.click((box?.x ?? NaN) + 20, (box?.y ?? NaN) + 20);
	},
	(page) => page.goBack(),
	async (page) => page.mouse.click(...(await besidePoint(page)))
];

async function expectClosed(page: Page, opener: Locator | null): Promise<void> {
	await expect(dialogOf(page)).toHaveCount(0);
	if (opener) await expect(opener).toBeFocused();
	await expect.poll(() => hashOf(page)).not.toContain('place-');
}

/** Mentions, lists of the scenes, list of all places. */
const KINDS_OF_LINKS = [
	'.sheet a.mention',
	'.sheet .place-links a[data-place]',
	'.end > .place-links a[data-place]'
];

interface PlaceLink {
	readonly place: string;
	readonly link: Locator;
}

/** Links of the page that lead to a dossier: the first and the last of each kind, all of them in test:all. */
async function linksTo(page: Page): Promise<PlaceLink[]> {
	const found: PlaceLink[] = [];
	for (const selector of KINDS_OF_LINKS) {
		const links = await page.locator(selector).all();
		expect(links.length, selector).toBeGreaterThan(1);
		for (const link of whole ? links : [links[0], links.at(-1)]) {
			if (link) found.push({ link, place: (await link.getAttribute('data-place')) ?? '' });
		}
	}
	return found;
}

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
			expect((await listOf('.end > .place-links')).sort()).toEqual([...ids].sort());
			for (const { id, lit, beats } of story.scenes) {
				const listed = await listOf(`#${id} .place-links`);
				for (const shown of [...lit, ...beats.flatMap((beat) => beat.lit)])
					expect(listed, id).toContain(shown);
			}
		});

		if (tries(language, 'ar'))
			test('a mouse opens a place from any mention and list; it closes in every way, and the focus returns', async ({
				page
			}) => {
				await openStill(page, language);
				for (const [turn, { place: id, link }] of (await linksTo(page)).entries()) {
					await link.click();
					await expectOpen(page, language, id);
					await WAYS_OUT[turn % WAYS_OUT.length]?.(page);
					await expectClosed(page, link);
				}
			});

		if (tries(language, 'en'))
			test('the keyboard does the same', async ({ page }) => {
				await openStill(page, language);
				for (const [turn, { place: id, link }] of (await linksTo(page)).entries()) {
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

		if (tries(language, 'ar'))
			test.describe('on a phone', () => {
				test.use({ viewport: SCREENS.phone, hasTouch: true, isMobile: true });

				test('a touch does the same', async ({ page }) => {
					await openStill(page, language);
					for (const { place: id, link } of await linksTo(page)) {
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
		if (tries(language, 'en'))
			test('each place’s address opens its dossier at the place’s scene, and not at the list at the end', async ({
				page
			}) => {
				for (const id of kinds) {
					await page.goto('about:blank');
					await openStill(page, language, `#place-${id}`);
					await expectOpen(page, language, id);
					// A browser may scroll to the element of that id until the page has loaded.
					await settle(page);
					const box = await page.locator('.after').boundingBox();
					expect(box?.y, id).toBeGreaterThan(SCREENS.desktop.height / 2);
					await page.keyboard.press('Escape');
					await expectClosed(page, null);
					const hash = await hashOf(page);
					const lighting = story.scenes.filter(({ lit, beats }) =>
						[...lit, ...beats.flatMap((beat) => beat.lit)].includes(id)
					);
					const scenes = lighting.length > 0 ? lighting : story.scenes;
					expect(
						scenes.map((scene) => scene.id),
						id
					).toContain(hash || 'opening');
				}
			});

		if (tries(language, 'ar'))
			test('an address that the reader writes opens the dossier there too', async ({ page }) => {
				await openStill(page, language);
				await goTo(page, 'place-donetsk');
				await expectOpen(page, language, 'donetsk');
				const box = await page.locator('.after').boundingBox();
				expect(box?.y).toBeGreaterThan(SCREENS.desktop.height / 2);
				await page.keyboard.press('Escape');
				await expectClosed(page, null);
			});

		if (tries(language, 'en'))
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

		if (tries(language, 'ar'))
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
					await settle(page);
					expect(await page.evaluate(() => scrollY)).toBe(before);
					await expect.poll(() => hashOf(page)).not.toBe('kursk');
				}
			});
	});
}

/** A page on which a way through the history takes until it is let go, as on a busy phone. */
interface SlowHistory {
	/** Ways through the history that were taken, in entries. */
	readonly ways: number[];
	go: (entries: number) => void;
}

/** Opens a dossier where the history is slow; gives what ends the ways back that are under way. */
async function openSlowly(page: Page): Promise<() => Promise<void>> {
	await page.addInitScript(() => {
		const go = history.go.bind(history);
		const slow: SlowHistory = { ways: [], go };
		Object.assign(window, { slow });
		history.go = (entries = 0) => void slow.ways.push(entries);
	});
	await openStill(page, 'ar', '#p4');
	await page.locator('#p4 [data-place="kursk"]').click();
	await expectOpen(page, 'ar', 'kursk');
	return () =>
		page.evaluate(() => {
			const { slow } = window as unknown as { slow: SlowHistory };
			for (const entries of slow.ways) slow.go(entries);
		});
}

test('regression: where the way back is slow, the address names where the reader is all the same', async ({
	page
}) => {
	const travel = await openSlowly(page);
	await page.evaluate(() => {
		window.scrollBy({ top: 1500, behavior: 'instant' });
	});
	await page.keyboard.press('Escape');
	await expect(dialogOf(page)).toHaveCount(0);
	const scene = await page.locator('.rail [aria-current]').getAttribute('data-stop');
	expect(scene).not.toBe('kursk');
	// The address is written 250 ms after the scene has changed: a longer wait that begins later ends later.
	await page.evaluate(() => new Promise((resolve) => setTimeout(resolve, 400)));
	await travel();
	await expect.poll(() => hashOf(page)).toBe(scene);
});

test('regression: where the way back is slow, a menu that is opened meanwhile stays open', async ({
	page
}) => {
	const travel = await openSlowly(page);
	await page.keyboard.press('Escape');
	await page.locator('.menu summary').click();
	await travel();
	await expect.poll(() => hashOf(page)).not.toContain('place-');
	await settle(page);
	await expect(page.locator('.menu[open] .menu-sheet')).toBeVisible();
});

test('regression: where the way back is slow, to close one more dossier meanwhile does not leave the page', async ({
	page
}) => {
	const travel = await openSlowly(page);
	await page.keyboard.press('Escape');
	await page.locator('#p4 [data-place="kursk"]').click();
	await dialogOf(page).locator('.close').click();
	await expect(dialogOf(page)).toHaveCount(0);
	await travel();
	await expect.poll(() => hashOf(page)).not.toContain('place-');
	const ways = await page.evaluate(() => (window as unknown as { slow: SlowHistory }).slow.ways);
	expect(ways).toEqual([-1]);
});

/** What 13:00 GMT on 13 August 2025 is by the clocks of the story, from the offsets of that summer. */
const HOURS: Readonly<Record<string, string>> = {
	'America/Anchorage': '05:00',
	'America/New_York': '09:00',
	'Europe/Berlin': '15:00',
	'Europe/Kyiv': '16:00',
	'Europe/Moscow': '16:00',
	'Europe/Simferopol': '16:00',
	'Asia/Pyongyang': '22:00',
	'Asia/Seoul': '22:00'
};

const numberIn = (text: string) => Number.parseFloat(text.replace(/,/g, ''));
const mutable = ([lng, lat]: readonly [number, number]): [number, number] => [lng, lat];

/** Area on the sphere by d3-geo, which winds outlines the other way, in km². */
function areaOf({ outline }: Place): number {
	const coordinates = (outline ?? []).map((polygon) =>
		polygon.map((ring) => ring.map(mutable).reverse())
	);
	return geoArea({ type: 'MultiPolygon', coordinates }) * EARTH ** 2;
}

/** Each part of a dossier as a reader has it: texts, and where its links lead. */
function partsOf(dossier: Locator) {
	return dossier.evaluate((element) => {
		// What is far from the screen is not laid out, and so has no inner text.
		for (let each = element.parentElement; each; each = each.parentElement)
			each.style.contentVisibility = 'visible';
		const texts = (selector: string) =>
			[...element.querySelectorAll<HTMLElement>(selector)].map((each) =>
				each.innerText.replace(/\s+/g, ' ').trim()
			);
		const links = (selector: string) =>
			[...element.querySelectorAll(selector)].map((each) => each.getAttribute('href') ?? '');
		const figures = [...element.querySelectorAll<HTMLElement>('dd[data-figure]')].map((each) => ({
			figure: each.dataset['figure'] ?? '',
			to: each.dataset['to'] ?? null,
			text: each.innerText
		}));
		return {
			name: texts('h3')[0] ?? '',
			kind: texts('.place-kind')[0] ?? '',
			disputed: texts('.disputed'),
			said: texts('.said li'),
			quoted: links('.said .attribution a'),
			contacts: texts('.contacts li'),
			ends: links('.contacts a'),
			figures,
			origins: texts('.origins li'),
			note: texts('.measured')[0] ?? '',
			actions: links('.onward')
		};
	});
}

for (const language of LANGUAGES) {
	test.describe(`${language}: what a dossier tells`, () => {
		test.describe('without JavaScript', () => {
			test.use({ javaScriptEnabled: false });

			test('every place’s dossier stands at the end, with all that is told of it and a small map', async ({
				page
			}) => {
				await page.goto(`/${language}/relay/`);
				const beats = story.scenes.flatMap((scene) => scene.beats);
				const texts = story.text[language].scenes.flatMap(({ paragraphs }) => paragraphs);
				for (const id of ids) {
					const { kind, name, outline, point, timeZone, country } = place(id);
					const parts = await partsOf(page.locator(`#place-${id}`));
					expect(parts.name, id).toContain(name.ar);
					expect(parts.name.toLowerCase(), id).toContain(name.en.toLowerCase());
					if (kind !== 'country' && country) {
						const code = new Intl.DisplayNames([language], { type: 'region' });
						expect(parts.kind, id).toContain(code.of(country) ?? '-');
					}

					const mentioned = beats.filter((_, index) =>
						texts[index]?.some((run) => run.type === 'mention' && run.place === id)
					);
					expect(parts.quoted, id).toEqual(mentioned.map(({ paragraph }) => `#p${paragraph}`));
					for (const [index, { attribution, paragraph }] of mentioned.entries()) {
						expect(parts.said[index]).toContain(attribution[language]);
						const words = texts[paragraph - 1]?.map(({ text }) => text).join('') ?? '-';
						expect(parts.said[index]).toContain(words.replace(/\s+/g, ' ').trim());
					}

					for (const contact of story.contacts) {
						const ends = contact.legs.flatMap(({ from, to }) => [from, to]);
						if (!ends.includes(id)) continue;
						const told = parts.contacts.find((each) => each.includes(contact.people[language]));
						expect(told, `${id}: ${contact.id}`).toBeDefined();
						for (const other of ends.filter((end) => end !== id)) {
							expect(told).toContain(place(other).name[language]);
							expect(parts.ends).toContain(`#place-${other}`);
						}
						const day = /-(\d\d)(?:T|$)/.exec(contact.when ?? '')?.[1];
						if (day) expect(told).toContain(`${Number(day)} `);
					}

					for (const { figure, to, text } of parts.figures) {
						expect(text, `${id}: ${figure}`).not.toMatch(/[\u0660-\u0669\u06F0-\u06F9]/);
						if (figure === 'area')
							expect(Math.abs(numberIn(text) / areaOf(place(id)) - 1)).toBeLessThan(0.01);
						if (figure === 'distance') {
							const angle = geoDistance(mutable(point), mutable(place(to ?? '').point));
							expect(Math.abs(numberIn(text) - angle * EARTH)).toBeLessThan(0.51);
							expect(text).toMatch(language === 'ar' ? /كم$/ : /km$/);
						}
						if (figure === 'position') {
							const [lat = NaN, lng = NaN] = text.match(/[\d.]+/g)?.map(Number) ?? [];
							expect(Math.abs(lat - Math.abs(point[1]))).toBeLessThan(0.0051);
							expect(Math.abs(lng - Math.abs(point[0]))).toBeLessThan(0.0051);
						}
						if (figure === 'local-time') expect(text).toContain(HOURS[timeZone ?? ''] ?? '-');
					}
					const told = parts.figures.map(({ figure }) => figure);
					expect(told.includes('area'), id).toBe(outline !== null);
					expect(told.includes('local-time'), id).toBe(timeZone !== null);
					expect(parts.figures.some(({ to }) => to === 'anchorage')).toBe(id !== 'anchorage');
					expect(parts.note).toContain('Turf');
					expect(parts.origins.length, id).toBe(outline ? 2 : 1);
					for (const origin of parts.origins)
						expect(origin).toMatch(/MIT|CC BY 4\.0|public domain|ملكية عامة/);
				}
				for (const id of [
					'crimea',
					'sevastopol',
					'donetsk',
					'luhansk',
					'zaporizhzhia',
					'kherson'
				]) {
					const { kind, disputed } = await partsOf(page.locator(`#place-${id}`));
					expect(kind).toContain(place('ukraine').name[language]);
					expect(disputed.join()).toContain(story.borderPolicy[language]);
				}
			});

			if (tries(language, 'en'))
				test('its small map, its GeoJSON and its links are there', async ({ page }) => {
					await page.goto(`/${language}/relay/`);
					for (const id of kinds) {
						const dossier = page.locator(`#place-${id}`);
						const source = await dossier.locator('.place-map img').getAttribute('src');
						const picture = await page.request.get(new URL(source ?? '', page.url()).href);
						expect(picture.status()).toBe(200);
						expect(await picture.text()).toContain('<path class="land"');
						const { actions } = await partsOf(dossier);
						const [best, download, self] = actions;
						await expect(page.locator(best ?? '-')).toHaveCount(1);
						expect(self).toBe(`#place-${id}`);
						const geometry = await page.request.get(new URL(download ?? '', page.url()).href);
						const { type, features } = (await geometry.json()) as {
							type: string;
							features: { properties: Record<string, unknown> }[];
						};
						expect(type).toBe('FeatureCollection');
						for (const { properties } of features) {
							expect(properties).toMatchObject({ place: id, 'name:ar': place(id).name.ar });
							expect(properties['source']).toBeTruthy();
							expect(properties['licence']).toBeTruthy();
						}
					}
				});
		});

		if (tries(language, 'ar'))
			test('the panel tells what the list at the end tells, and its links lead into the story', async ({
				page
			}) => {
				await openStill(page, language);
				await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
				for (const id of kinds) {
					await goTo(page, `place-${id}`);
					await expectOpen(page, language, id);
					const panel = await partsOf(dialogOf(page));
					expect(panel).toEqual(await partsOf(page.locator(`#place-${id}`)));
					// On the map that lies behind it the place is not to be seen here: there are pictures alone.
					await expect(dialogOf(page).locator('.place-map img')).toHaveCount(1);
				}
				await dialogOf(page).locator('.dossier-facts a[href^="#place-"]').click();
				const id = (await hashOf(page)).slice('place-'.length);
				await expect(dialogOf(page).getByRole('status')).not.toBeEmpty();
				const copied = await page.evaluate(() => navigator.clipboard.readText());
				expect(new URL(copied).pathname).toBe(`/${language}/relay/`);
				expect(new URL(copied).hash).toBe(`#place-${id}`);
				await page.evaluate(() => {
					const share = (data: ShareData) => {
						document.title = data.url ?? '';
						return Promise.resolve();
					};
					Object.defineProperty(navigator, 'share', { value: share });
				});
				await dialogOf(page).locator('.dossier-facts a[href^="#place-"]').click();
				await expect(page, 'the system’s sheet is given the link').toHaveTitle(copied);

				await goTo(page, 'place-kursk');
				await expectOpen(page, language, 'kursk');
				await dialogOf(page).locator('.said a[href="#p4"]').click();
				await expectClosed(page, page.locator('#p4'));
				await expect(page.locator('#p4')).toBeInViewport();
				await goTo(page, 'place-crimea');
				await expectOpen(page, language, 'crimea');
				await dialogOf(page).locator('.dossier-head .onward').click();
				await expectClosed(page, page.locator('#p8'));
				await expect.poll(() => hashOf(page)).toBe('territory');
			});

		if (tries(language, 'en'))
			test('nothing of it is set as HTML: a place made of injections shows them as text', async ({
				page
			}) => {
				const attack = `<img src=x onerror="window.attacked=1"><script>window.attacked=1</script>`;
				await page.route(`**/${language}/relay/**`, async (route) => {
					const response = await route.fetch();
					const html = await response.text();
					// The page's data is a script: its strings are what stands in a story's files.
					const data = html.lastIndexOf('data-page-props');
					const { name } = place('kursk');
					const inScript = JSON.stringify(attack).replaceAll('<', String.raw`\u003C`);
					const attacked = [name.ar, name.en].reduce(
						(text, each) => text.replaceAll(`"${each}"`, inScript),
						html.slice(data)
					);
					expect(attacked).not.toBe(html.slice(data));
					await route.fulfill({ response, body: html.slice(0, data) + attacked });
				});
				await openStill(page, language, '#place-kursk');
				await expect(dialogOf(page).locator('h3')).toContainText('<img src=x onerror=');
				expect(await page.locator('img[src="x"], article script').count()).toBe(0);
				expect(await page.evaluate(() => 'attacked' in window)).toBe(false);
			});
	});
}

/** The places that a click on a picture has been answered with, smallest first. */
async function answered(page: Page): Promise<string[]> {
	await settle(page);
	return page
		.getByRole('menuitem')
		.evaluateAll((items) => items.map((item) => item.getAttribute('data-place') ?? ''));
}

test.describe('a sheet on a phone', () => {
	test.use({ viewport: SCREENS.phone, hasTouch: true });

	test('opens at no more than half the height, is dragged up to nearly all of it and down to close; keys and a tap do the same', async ({
		page
	}) => {
		await openStill(page, 'ar', '#p4');
		const touch = await page.context().newCDPSession(page);
		const part = async () => {
			const box = await dialogOf(page).boundingBox();
			return (box?.height ?? 0) / SCREENS.phone.height;
		};
		const handle = dialogOf(page).locator('.handle');
		/** Drags the handle by so many px, downwards positive. */
		const drag = async (by: number) => {
			const box = await handle.boundingBox();
			const [x, y] = [(box?.x ?? 0) + (box?.width ?? 0) / 2, (box?.y ?? 0) + 20];
			const points = (step: number) => [{ x, y: y + (by * step) / 10 }];
			await touch.send('Input.dispatchTouchEvent', { type: 'touchStart', touchPoints: points(0) });
			for (let step = 1; step <= 10; step++) {
				await settle(page);
				await touch.send('Input.dispatchTouchEvent', {
					type: 'touchMove',
					touchPoints: points(step)
				});
			}
			// A finger that has come to rest for longer than 80 ms does not flick, however the moves before came.
			await page.evaluate(() => new Promise((resolve) => setTimeout(resolve, 120)));
			await touch.send('Input.dispatchTouchEvent', { type: 'touchEnd', touchPoints: [] });
		};
		await page.locator('#p4 [data-place="kursk"]').tap();
		await expectOpen(page, 'ar', 'kursk');
		expect(await part()).toBeLessThanOrEqual(0.5);
		const pane = await page.locator('[data-map]').boundingBox();
		const sheet = await dialogOf(page).boundingBox();
		expect((pane?.y ?? 0) + (pane?.height ?? 0)).toBeLessThanOrEqual(sheet?.y ?? 0);

		await drag(-300);
		await expect.poll(part).toBeGreaterThan(0.85);
		await drag(60);
		await expect.poll(part).toBeGreaterThan(0.85);
		await drag(290);
		await expect.poll(part).toBeLessThanOrEqual(0.5);
		await drag(350);
		await expectClosed(page, page.locator('#p4 [data-place="kursk"]'));

		await page.locator('#p4 [data-place="kursk"]').tap();
		await expect(handle).toHaveAttribute('aria-expanded', 'false');
		await handle.tap();
		await expect.poll(part).toBeGreaterThan(0.85);
		await expect(handle).toHaveAttribute('aria-expanded', 'true');
		await handle.focus();
		await page.keyboard.press('ArrowDown');
		await expect.poll(part).toBeLessThanOrEqual(0.5);
		await page.keyboard.press('ArrowUp');
		await expect.poll(part).toBeGreaterThan(0.85);
		await page.keyboard.press('Enter');
		await expect.poll(part).toBeLessThanOrEqual(0.5);
	});
});

for (const language of LANGUAGES) {
	if (tries(language, 'ar'))
		test(`${language}: a picture that stands for the map answers to clicks as the map does`, async ({
			page
		}) => {
			await openStill(page, language, '#p8');
			const dot = page.locator('#territory [data-dot="sevastopol"]');
			const centre = async () => {
				const box = await dot.boundingBox();
				return [
					(box?.x ?? 0) + (box?.width ?? 0) / 2,
					(box?.y ?? 0) + (box?.height ?? 0) / 2
				] as const;
			};
			const [x, y] = await centre();
			await page.mouse.click(x, y);
			await expect(page.getByRole('menu')).toBeVisible();
			expect(await answered(page)).toEqual(['sevastopol', 'crimea', 'ukraine']);
			await page.keyboard.press('Escape');
			await page.locator('#territory .labels a[data-place="donetsk"]').click();
			await expectOpen(page, language, 'donetsk');
			await page.keyboard.press('Escape');
			await expectClosed(page, null);
			// Inland, north of the dot.
			const donetsk = await page.locator('#territory [data-dot="donetsk"]').boundingBox();
			await page.mouse.click((donetsk?.x ?? 0) + 2, (donetsk?.y ?? 0) - 24);
			await expectOpen(page, language, 'donetsk');
		});
}
