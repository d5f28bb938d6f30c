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
			note: texts('.note')[0] ?? '',
			actions: links('.action')
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
				await page.goto(`/${language}/alaska-summit/`);
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

			test('its small map, its GeoJSON and its links are there', async ({ page }) => {
				await page.goto(`/${language}/alaska-summit/`);
				for (const id of sample(ids, 6, language === 'ar' ? 11 : 12)) {
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

		test('the panel tells what the list at the end tells, and its links lead into the story', async ({
			page
		}) => {
			await openStill(page, language);
			await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
			for (const id of sample(ids, 8, language === 'ar' ? 13 : 14)) {
				await page.evaluate((address) => (location.hash = address), `place-${id}`);
				await expectOpen(page, language, id);
				const panel = await partsOf(dialogOf(page));
				expect(panel).toEqual(await partsOf(page.locator(`#place-${id}`)));
				// On the map that lies behind it the place is not to be seen here: there are pictures alone.
				await expect(dialogOf(page).locator('.place-map img')).toHaveCount(1);
			}
			await dialogOf(page).locator('.facts a[href^="#place-"]').click();
			const id = (await hashOf(page)).slice('place-'.length);
			const copied = await page.evaluate(() => navigator.clipboard.readText());
			expect(new URL(copied).pathname).toBe(`/${language}/alaska-summit/`);
			expect(new URL(copied).hash).toBe(`#place-${id}`);
			await expect(dialogOf(page).getByRole('status')).not.toBeEmpty();

			await page.evaluate(() => (location.hash = 'place-kursk'));
			await expectOpen(page, language, 'kursk');
			await dialogOf(page).locator('.said a[href="#p4"]').click();
			await expectClosed(page, page.locator('#p4'));
			await expect(page.locator('#p4')).toBeInViewport();
			await page.evaluate(() => (location.hash = 'place-crimea'));
			await expectOpen(page, language, 'crimea');
			await dialogOf(page).locator('.head .action').click();
			await expectClosed(page, page.locator('#p11'));
			await expect.poll(() => hashOf(page)).toBe('territory');
		});

		test('nothing of it is set as HTML: a place made of injections shows them as text', async ({
			page
		}) => {
			const attack = `<img src=x onerror="window.attacked=1"><script>window.attacked=1</script>`;
			await page.route(`**/${language}/alaska-summit/**`, async (route) => {
				const response = await route.fetch();
				const html = await response.text();
				// The page's data is a script: its strings are what stands in a story's files.
				const data = html.lastIndexOf('kit.start');
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
