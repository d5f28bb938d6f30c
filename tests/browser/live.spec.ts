/** What only a live map can show: that it is where the scroll says, and answers to a reader's hand. */
import { expect, type Locator, type Page } from '@playwright/test';
import { PNG } from 'pngjs';
import { wordsOf } from '../../src/lib/locale';
import { exploreWordsOf } from '../../src/lib/locale/explore';
import { LANGUAGES, type Language } from '../../src/lib/model/story';
import { dialogOf, expectOpen, hashOf, place } from './dossiers';
import { expectReadable, errorsOf } from './readable';
import { test } from './live-page';
import {
	addresses,
	follow,
	goTo,
	liveMap,
	paragraphs,
	pressUntil,
	rested,
	SCREENS,
	scrollTo,
	settle,
	shown,
	story,
	whole,
	type Shown
} from './reading';

const ids = Object.keys(story.places);

function near(a: Shown, b: Shown): void {
	expect(b.scene).toBe(a.scene);
	expect(b.paragraph).toBe(a.paragraph);
	for (const key of ['lng', 'lat', 'zoom', 'bearing', 'pitch'] as const) {
		expect(Math.abs(a.camera[key] - b.camera[key]), key).toBeLessThan(1e-6);
	}
}

/** How far, in px, what each scene wants in sight reaches out of the free area; and where picture and map differ. */
async function measureScene(page: Page, id: string) {
	await follow(page, id);
	expect((await shown(page)).scene).toBe(id);
	const view = story.scenes.find((scene) => scene.id === id)?.view;
	const wanted = [...(view?.places ?? []), ...(view?.points ?? [])];
	const positions = wanted.flatMap((name) => {
		const { outline, point } = place(name);
		return view?.places.includes(name) && outline
			? outline.flatMap(([ring]) => ring ?? [])
			: [point];
	});
	const dots = Object.fromEntries(Object.values(story.places).map(({ id, point }) => [id, point]));
	return page.evaluate(
		({ id, positions, dots }) => {
			const map = document.querySelector<HTMLElement>('[data-map]');
			const view = map?.masar;
			const free = map?.querySelector('.free')?.getBoundingClientRect();
			if (!map || !view || !free) throw new Error('There is no live map.');
			const outer = map.getBoundingClientRect();
			const out = positions.map((position) => {
				const [x, y] = view.project([position[0], position[1]]);
				return Math.max(
					free.left - outer.left - x,
					x - (free.right - outer.left),
					free.top - outer.top - y,
					y - (free.bottom - outer.top)
				);
			});
			const circles = [...document.querySelectorAll<SVGElement>(`#${id} [data-dot]`)];
			const apart = circles.map((circle) => {
				const box = circle.getBoundingClientRect();
				const figure = circle.closest('figure')?.getBoundingClientRect();
				const point = dots[circle.dataset['dot'] ?? ''];
				if (!figure || !point) throw new Error('A dot of the picture has no place.');
				const [x, y] = view.project([point[0], point[1]]);
				return Math.hypot(
					box.left + box.width / 2 - figure.left - x,
					box.top + box.height / 2 - figure.top - y
				);
			});
			return { out: Math.max(...out), dots: circles.length, apart: Math.max(0, ...apart) };
		},
		{ id, positions, dots }
	);
}

/** The map's px at which positions are seen, from the window's corner; whether the map itself can be clicked there. */
function onMap(page: Page, positions: readonly (readonly [number, number])[]) {
	return page.evaluate((all) => {
		const map = document.querySelector<HTMLElement>('[data-map]');
		const view = map?.masar;
		if (!map || !view) throw new Error('There is no live map.');
		const { left, top } = map.getBoundingClientRect();
		return all.map((position) => {
			const [x, y] = view.project([position[0], position[1]]);
			const hit = document.elementFromPoint(left + x, top + y);
			return { x: left + x, y: top + y, free: hit?.closest('.canvas') !== null && hit !== null };
		});
	}, positions);
}

/** A piece of the screen, in px, with the country around Kursk. */
async function aroundKursk(page: Page) {
	const [spot] = await onMap(page, [[35.6, 51.3]]);
	return { x: (spot?.x ?? NaN) - 40, y: (spot?.y ?? NaN) - 40, width: 80, height: 80 };
}

/** Takes the map its context away, as a browser does that is short of memory; it shows its picture then. */
async function loseContext(page: Page): Promise<void> {
	await page.evaluate(() => {
		const canvas = document.querySelector<HTMLCanvasElement>('[data-map] canvas');
		const extension = canvas?.getContext('webgl2')?.getExtension('WEBGL_lose_context');
		extension?.loseContext();
		Object.assign(window, { restore: () => extension?.restoreContext() });
	});
	await expect(page.locator('[data-renderer="live"]')).toHaveCount(0);
}

/** Gives the context back that was last taken away. */
async function restoreContext(page: Page): Promise<void> {
	await page.evaluate(() => {
		(window as unknown as { restore: () => void }).restore();
	});
	await liveMap(page);
}

async function close(page: Page, opener: Locator | null = null): Promise<void> {
	await page.keyboard.press('Escape');
	await expect(dialogOf(page)).toHaveCount(0);
	if (opener) await expect(opener).toBeFocused();
	await expect.poll(() => hashOf(page)).not.toContain('place-');
}

/** The places that a click on the map has been answered with, smallest first. */
async function answered(page: Page): Promise<string[]> {
	await settle(page);
	return page.evaluate(() => {
		const items = [...document.querySelectorAll<HTMLElement>('[role="menuitem"]')];
		if (items.length > 0) return items.map((item) => item.dataset['place'] ?? '');
		return document.querySelector('[role="dialog"]') ? [location.hash.slice('#place-'.length)] : [];
	});
}

/** Nothing may move by itself, so that what is measured is what stays. */
const still = (page: Page) => page.emulateMedia({ reducedMotion: 'reduce' });

/** Each language once on a screen of its own; both on both in test:all. */
const SETTINGS = LANGUAGES.flatMap((language) =>
	(['desktop', 'phone'] as const).map((screen) => ({ language, screen }))
).filter(({ language, screen }) => whole || (language === 'ar') === (screen === 'desktop'));

for (const { language, screen } of SETTINGS) {
	test.describe(`${language}, ${screen}`, () => {
		test('the camera reached from above and from below is the same', async ({ live }) => {
			const page = await live(language, screen);
			const errors = errorsOf(page);
			const height = await page
				.locator('.scenes')
				.evaluate((scenes) => scenes.clientHeight - innerHeight);
			const count = whole ? 40 : 9;
			const positions = Array.from({ length: count }, (_, index) =>
				Math.round((height * index) / (count - 1))
			);
			const down: Shown[] = [];
			for (const y of positions) {
				await scrollTo(page, y);
				down.push(await shown(page));
			}
			expect(new Set(down.map(({ scene }) => scene)).size).toBeGreaterThanOrEqual(
				whole ? story.scenes.length : 6
			);
			for (const [index, y] of [...positions.entries()].reverse()) {
				await scrollTo(page, y);
				const before = down[index];
				expect(before).toBeDefined();
				if (before) near(before, await shown(page));
			}
			expect(errors).toEqual([]);
		});

		test('an address leads where scrolling there does', async ({ live }) => {
			const page = await live(language, screen);
			const tried = whole ? addresses : ['span', 'p3', 'p12'];
			for (const address of tried) {
				await goTo(page, address);
				const opened = await shown(page);
				const y = await page.evaluate(() => scrollY);
				if (paragraphs.includes(address)) expect(`p${opened.paragraph}`).toBe(address);
				else expect(opened.scene).toBe(address);
				await scrollTo(page, 0);
				await scrollTo(page, y);
				near(opened, await shown(page));
			}
		});

		test('all that a scene wants in sight is in the free area, and its picture lies under the live map', async ({
			live
		}) => {
			const page = await live(language, screen);
			const others = screen === 'phone' ? (['small'] as const) : (['large'] as const);
			for (const size of [screen, ...others]) {
				await page.setViewportSize(SCREENS[size]);
				await settle(page);
				for (const { id } of story.scenes) {
					const measured = await measureScene(page, id);
					expect(measured.out, `${size}, ${id}: px out of the free area`).toBeLessThanOrEqual(0);
					expect(measured.apart, `${size}, ${id}: px between picture and map`).toBeLessThanOrEqual(
						1
					);
					expect(measured.dots, `${size}, ${id}: dots in the picture`).toBeGreaterThan(0);
				}
			}
		});

		test('a place is whole in the free part of the map while its dossier is open; closed, the map is where the scroll says', async ({
			live
		}) => {
			const page = await live(language, screen);
			await still(page);
			await goTo(page, 'p4');
			await expect(page.locator('.scale [role=img]')).toHaveCount(1);
			const before = await rested(page);
			// An area over the antimeridian, one that is small, and a point.
			for (const id of whole ? ids : ['alaska', 'sevastopol', 'anchorage']) {
				await follow(page, `place-${id}`);
				await expect(dialogOf(page).locator('h3')).toContainText(place(id).name[language]);
				// Regression: the bar went on with the scale of the scene that the map had left.
				await expect(page.locator('.scale [role=img]')).toHaveCount(0);
				await rested(page);
				const { outline, point } = place(id);
				const corners = outline?.flatMap(([exterior]) => exterior ?? []) ?? [point];
				const every = Math.ceil(corners.length / 200);
				const seen = corners.filter((_, index) => index % every === 0);
				for (const corner of await onMap(page, seen)) {
					expect(corner.free, `${id} at ${corner.x}, ${corner.y}`).toBe(true);
				}
			}
			await close(page);
			await expect.poll(() => shown(page)).toEqual(before);

			if (screen !== 'phone') return;
			await follow(page, 'p7');
			const [spot] = await onMap(page, [place('anchorage').point]);
			await page.touchscreen.tap((spot?.x ?? NaN) + 15, (spot?.y ?? NaN) + 14);
			await page.locator('[role="menuitem"][data-place="anchorage"]').tap();
			await expectOpen(page, language, 'anchorage');
			const box = await dialogOf(page).boundingBox();
			expect(box?.height).toBeLessThanOrEqual(SCREENS.phone.height / 2);
			await dialogOf(page).locator('.close').tap();
			await expect(dialogOf(page)).toHaveCount(0);
			await page.touchscreen.tap((spot?.x ?? NaN) + 24, (spot?.y ?? NaN) + 24);
			expect(await answered(page)).not.toContain('anchorage');
		});

		test('the map moves to a place and back, also when the words are read on meanwhile', async ({
			live
		}) => {
			const page = await live(language, screen);
			await goTo(page, 'p4');
			const y = await page.evaluate(() => scrollY);
			await scrollTo(page, y + 900);
			const read = await rested(page);
			await scrollTo(page, y);
			await follow(page, 'place-washington');
			await expect
				.poll(async () => {
					const { camera } = await rested(page);
					return Math.hypot(camera.lng + 77, camera.lat - 38.9);
				})
				.toBeLessThan(0.5);
			// The map goes there before the dossier's own script has come, which answers to Escape.
			await expect(dialogOf(page)).toHaveCount(1);
			const there = await shown(page);
			await scrollTo(page, y + 900);
			expect((await shown(page)).camera).toEqual(there.camera);
			await page.keyboard.press('Escape');
			await expect.poll(() => shown(page)).toEqual(read);
		});

		test('the free map gives back the very sentence and camera at which the story was left', async ({
			live
		}) => {
			const page = await live(language, screen);
			await explored(page, language, screen, async ({ middle, scroll, camera }) => {
				await page.mouse.move(middle.x, middle.y);
				await page.mouse.down();
				await page.mouse.move(middle.x + 80, middle.y + 30, { steps: 4 });
				await page.mouse.up();
				await expect
					.poll(async () => (await shown(page)).camera.lng)
					.not.toBeCloseTo(camera.lng, 2);
				const dragged = (await rested(page)).camera.zoom;
				await page.mouse.wheel(0, -300);
				await expect
					.poll(async () => (await shown(page)).camera.zoom)
					.toBeGreaterThan(dragged + 0.1);
				expect(await page.evaluate(() => scrollY), 'the wheel is the map’s here').toBe(scroll);
				await page.locator('[data-map] canvas').focus();
				const centre = (await rested(page)).camera.lng;
				// MapLibre leaves keys out for as long as it takes the wheel to be in use.
				await pressUntil(
					page,
					'ArrowRight',
					async () => Math.abs((await shown(page)).camera.lng - centre) > 0.001
				);
				await page.getByRole('button', { name: exploreWordsOf(language).nearer }).click();
			});
		});
	});
}

test('who takes the map from below the story comes back there', async ({ live }) => {
	const page = await live('ar', 'desktop');
	await goTo(page, story.scenes.at(-1)?.id ?? '');
	await page.locator('.after').evaluate((after) => {
		window.scrollTo({ top: scrollY + after.getBoundingClientRect().top, behavior: 'instant' });
	});
	const scroll = await page.evaluate(() => scrollY);
	await exploreFrom(page, 'ar', 'desktop');
	expect(await page.evaluate(() => scrollY), 'the map is on the screen').toBeLessThan(scroll);
	await page.keyboard.press('Escape');
	await expect(page.locator('.explore')).toHaveCount(0);
	expect(await page.evaluate(() => scrollY)).toBe(scroll);
});

test('a drag of the free map by a place moves the map, and a click there opens the place', async ({
	live
}) => {
	const page = await live('ar', 'desktop');
	await goTo(page, 'p9');
	await exploreFrom(page, 'ar', 'desktop');
	const before = (await rested(page)).camera;
	const berlin = async () => (await onMap(page, [place('berlin').point]))[0] ?? { x: NaN, y: NaN };
	const { x, y } = await berlin();
	await page.mouse.move(x, y);
	await page.mouse.down();
	await page.mouse.move(x + 60, y + 30, { steps: 4 });
	await page.mouse.up();
	expect(await hashOf(page)).not.toContain('place-');
	const after = (await rested(page)).camera;
	expect(Math.hypot(after.lng - before.lng, after.lat - before.lat)).toBeGreaterThan(0.5);
	await expect(dialogOf(page)).toHaveCount(0);
	const there = await berlin();
	await page.mouse.click(there.x, there.y);
	await expect(dialogOf(page)).toContainText(place('berlin').name.ar);
	await page.keyboard.press('Escape');
	await expect(dialogOf(page)).toHaveCount(0);
	await page.keyboard.press('Escape');
	await expect(page.locator('.explore')).toHaveCount(0);
});

/** Takes the map into the reader's hands, acts, and sees that the way back leads to where it was left. */
async function explored(
	page: Page,
	language: Language,
	screen: 'phone' | 'desktop',
	act: (before: {
		readonly middle: { readonly x: number; readonly y: number };
		readonly scroll: number;
		readonly camera: Shown['camera'];
	}) => Promise<void>
): Promise<void> {
	await goTo(page, 'p9');
	const view = await rested(page);
	const scroll = await page.evaluate(() => scrollY);
	await exploreFrom(page, language, screen);
	const map = await page.locator('[data-map]').boundingBox();
	if (!map) throw new Error('There is no map.');
	const middle = { x: map.x + map.width / 2, y: map.y + map.height * 0.4 };
	await act({ middle, scroll, camera: view.camera });
	const panel = page.locator('.explore');
	await panel.getByRole('button', { name: exploreWordsOf(language).back }).click();
	await expect(panel).toHaveCount(0);
	expect(await page.evaluate(() => scrollY)).toBe(scroll);
	await expect.poll(() => shown(page)).toEqual(view);
}

async function exploreFrom(
	page: Page,
	language: Language,
	screen: 'phone' | 'desktop'
): Promise<void> {
	const { exploreMap } = wordsOf(language);
	if (screen === 'phone') {
		await page.locator('.menu summary').click();
		await page.locator('.action', { hasText: exploreMap }).click();
	} else await page.locator('.tool', { hasText: exploreMap }).click();
	await expect(page.locator('.explore h2')).toBeFocused();
}

for (const language of whole ? LANGUAGES : (['en'] as const)) {
	test(`${language}: on the free map filters leave out, the search finds in either language, a found place opens`, async ({
		live
	}) => {
		const page = await live(language, 'phone');
		await goTo(page, 'p9');
		await exploreFrom(page, language, 'phone');
		await page.locator('.explore-fold').click();
		const places = page.locator('.explore-places a');
		await expect(places).toHaveCount(ids.length);
		const boxes = await page.locator('.explore-tools fieldset').last().locator('input').all();
		for (const box of boxes) await box.uncheck();
		await expect.poll(() => places.count()).toBeLessThan(ids.length);
		// A filter is told to those who do not see the list.
		await expect(page.locator('.explore-count[role=status]')).toHaveText(
			exploreWordsOf(language).count(await places.count())
		);
		for (const box of boxes) await box.check();
		for (const query of ['اوكرانيا', 'ukra']) {
			await page.locator('.explore-search input').fill(query);
			await expect(places, query).toHaveCount(1);
		}
		await places.click();
		await expect(page.locator('.dossier')).toContainText(place('ukraine').name[language]);
		await page.keyboard.press('Escape');
		await expect(page.locator('.dossier')).toHaveCount(0);
		await expect(page.locator('.explore')).toBeVisible();
		await page.keyboard.press('Escape');
		await expect(page.locator('.explore')).toHaveCount(0);
	});
}

// The places and the pointer are the same in either language; test:all tries both.
for (const language of whole ? LANGUAGES : (['ar'] as const)) {
	test(`${language}: the wheel over the map and the keyboard scroll the page`, async ({ live }) => {
		const page = await live(language, 'desktop');
		const map = await page.locator('[data-map]').boundingBox();
		if (!map) throw new Error('There is no map.');
		await page.mouse.move(map.x + map.width / 2, map.y + map.height / 2);
		await page.mouse.wheel(0, 300);
		await expect.poll(() => page.evaluate(() => scrollY)).toBe(300);
		await page.locator('#p1').click({ position: { x: 4, y: 4 } });
		const before = await page.evaluate(() => scrollY);
		await pressUntil(page, 'PageDown', () => page.evaluate((from) => scrollY > from + 100, before));
	});

	test(`${language}: a click on a place opens it, or offers it; the focus goes back to the map`, async ({
		live
	}) => {
		const page = await live(language, 'desktop');
		await still(page);
		let clicks = 0;
		for (const { paragraph, lit } of story.scenes.flatMap(({ beats }) => beats)) {
			if (!whole && paragraph !== 6) continue;
			await follow(page, `p${paragraph}`);
			const spots = await onMap(
				page,
				lit.map((id) => place(id).point)
			);
			for (const [index, id] of lit.entries()) {
				const spot = spots[index];
				if (!spot?.free) continue;
				await page.mouse.click(spot.x + 5, spot.y - 5);
				await expect.poll(() => answered(page), `p${paragraph}: ${id}`).toContain(id);
				const item = page.locator(`[role="menuitem"][data-place="${id}"]`);
				if (await item.count()) await item.click();
				await expectOpen(page, language, id);
				await close(page);
				await expect(page.locator('[data-map]:focus, [data-map] :focus')).toHaveCount(1);
				clicks += 1;
			}
		}
		expect(clicks).toBeGreaterThan(1);
	});

	test(`${language}: what overlaps is offered as a choice, smallest first, which mouse and keyboard can make or leave`, async ({
		live
	}) => {
		const page = await live(language, 'desktop');
		await still(page);
		const menu = page.getByRole('menu');
		const item = (id: string) => menu.locator(`[data-place="${id}"]`);
		const clickAt = async (id: string) => {
			await settle(page);
			const [spot] = await onMap(page, [place(id).point]);
			await page.mouse.click(spot?.x ?? NaN, spot?.y ?? NaN);
			await expect(menu).toBeVisible();
		};
		for (const [address, places] of [
			['p1', ['kremlin', 'moscow', 'russia']],
			['p7', ['anchorage', 'alaska']],
			['p8', ['sevastopol', 'crimea', 'ukraine']]
		] as const) {
			const [first, second] = places;
			await follow(page, address);
			await clickAt(first);
			expect(await answered(page)).toEqual(places);
			await expect(item(first)).toContainText(place(first).name[language]);
			await expect(item(first)).toBeFocused();
			const box = await page.locator('.place-choice').boundingBox();
			expect(box?.x).toBeGreaterThanOrEqual(0);
			expect((box?.y ?? 0) + (box?.height ?? 0)).toBeLessThanOrEqual(SCREENS.desktop.height);
			await page.keyboard.press('ArrowDown');
			await expect(item(second)).toBeFocused();
		}
		await page.keyboard.press('Enter');
		await expectOpen(page, language, 'crimea');
		await close(page);
		await clickAt('sevastopol');
		await item('ukraine').click();
		await expectOpen(page, language, 'ukraine');
		await close(page);
		await clickAt('sevastopol');
		await page.keyboard.press('End');
		await page.keyboard.press('Escape');
		await expect(menu).toHaveCount(0);
		await expect(dialogOf(page)).toHaveCount(0);
		await clickAt('sevastopol');
		await page.locator('#p8').click({ position: { x: 4, y: 4 } });
		await expect(menu).toHaveCount(0);
	});

	test(`${language}: pointing at a place lights it in the map and in the words`, async ({
		live
	}) => {
		const page = await live(language, 'desktop', { drawn: true });
		await still(page);
		await follow(page, 'p4');
		const clip = await aroundKursk(page);
		const [x, y] = [clip.x + clip.width / 2, clip.y + clip.height / 2];
		const away = () => page.mouse.move(5, SCREENS.desktop.height - 5);
		const look = async () => {
			await settle(page);
			return page.screenshot({ clip });
		};
		const mention = page.locator('#p4 .mention.lit');
		// Finer data may still arrive: what was seen before counts once it is seen again after.
		await expect(async () => {
			await away();
			await expect(mention).toHaveCount(0);
			const unlit = await look();
			await page.mouse.move(x, y);
			await expect(mention).toHaveAttribute('data-place', 'kursk');
			await expect(page.locator('#kursk .place-links .lit')).toHaveAttribute('data-place', 'kursk');
			await expect(page.locator('.stage .canvas')).toHaveCSS('cursor', 'pointer');
			const pointed = await look();
			await away();
			await expect(mention).toHaveCount(0);
			const after = await look();
			expect(unlit.equals(after)).toBe(true);
			expect(pointed.equals(unlit)).toBe(false);
			await page.locator('#p4 [data-place="kursk"]').hover();
			await expect(mention).toHaveCount(1);
			expect((await look()).equals(unlit)).toBe(false);
		}).toPass();
	});

	test(`${language}: the live map takes on the theme that is chosen, and the system’s`, async ({
		live
	}) => {
		const page = await live(language, 'desktop', { drawn: true });
		await still(page);
		await follow(page, 'p4');
		const clip = await aroundKursk(page);
		/** How bright the country around Kursk is drawn, of 255. */
		const brightness = async () => {
			const shot = await page.screenshot({ clip });
			const { data } = PNG.sync.read(shot);
			const lights = data.filter((_, index) => index % 4 !== 3);
			return lights.reduce((sum, light) => sum + light, 0) / lights.length;
		};
		const choose = async (theme: 'dark' | 'auto') => {
			await page.locator('.menu summary').click();
			const choice = page.locator('.choices fieldset').first();
			await choice.locator(`input[value=${theme}]`).check({ force: true });
			await page.keyboard.press('Escape');
		};
		await expect.poll(brightness).toBeGreaterThan(150);
		await choose('dark');
		await expect.poll(brightness).toBeLessThan(100);
		await choose('auto');
		await expect.poll(brightness).toBeGreaterThan(150);
		await page.emulateMedia({ colorScheme: 'dark' });
		await expect.poll(brightness).toBeLessThan(100);
		await page.emulateMedia({ colorScheme: null });
		await expect.poll(brightness).toBeGreaterThan(150);
	});

	test(`${language}: the keyboard reaches the places on the map in one stop`, async ({ live }) => {
		const page = await live(language, 'desktop');
		await still(page);
		await follow(page, 'p9');
		const spots = page.getByRole('toolbar').filter({ has: page.locator('[data-spot]') });
		const lit = ['berlin', 'kyiv', 'moscow', 'ukraine', 'washington'];
		await expect
			.poll(async () => new Set(await spots.getByRole('button').allTextContents()))
			.toEqual(new Set(lit.map((id) => place(id).name[language])));
		await expect(spots.locator('[tabindex="0"]')).toHaveCount(1);
		await spots.locator('[tabindex="0"]').focus();
		const reached = new Set<string>();
		const focused = page.locator('[data-spot]:focus');
		for (let step = 0; step < lit.length; step++) {
			const id = (await focused.getAttribute('data-spot')) ?? '';
			reached.add(id);
			const [seen] = await onMap(page, [place(id).point]);
			const box = await focused.boundingBox();
			const [dx, dy] = [(box?.x ?? 0) + 22 - (seen?.x ?? 0), (box?.y ?? 0) + 22 - (seen?.y ?? 0)];
			expect(Math.hypot(dx, dy), id).toBeLessThan(1.5);
			await page.keyboard.press('ArrowDown');
		}
		expect(reached).toEqual(new Set(lit));
		const id = (await focused.getAttribute('data-spot')) ?? '';
		await page.keyboard.press('Enter');
		await expectOpen(page, language, id);
		await close(page, page.locator(`[data-spot="${id}"]`));
	});

	test(`${language}: with reduced motion there is no camera between two scenes: by the system, midway, and by the switch`, async ({
		live
	}) => {
		const page = await live(language, 'phone');
		const [, a, b, third] = story.scenes.map(({ id }) => id);
		const cameras = () => camerasBetween(page, a ?? '', b ?? '');
		expect((await cameras()).length, 'with motion').toBeGreaterThan(4);

		await still(page);
		expect((await cameras()).length, 'by the system, midway').toBeLessThanOrEqual(2);
		// Lines are whole, and nothing takes time.
		const slow = await page.evaluate(() =>
			[...document.querySelectorAll('.masar, .masar *')].flatMap((element) =>
				['', '::before', '::after'].flatMap((pseudo) => {
					const style = getComputedStyle(element, pseudo || null);
					const times = `${style.transitionDuration}, ${style.animationDuration}`.split(', ');
					const longest = Math.max(...times.map((time) => Number.parseFloat(time)));
					return longest > 0.001
						? [`${element.getAttribute('class') ?? ''}${pseudo} ${longest} s`]
						: [];
				})
			)
		);
		expect(slow).toEqual([]);

		await page.emulateMedia({ reducedMotion: 'no-preference' });
		expect((await cameras()).length, 'back again').toBeGreaterThan(4);
		const choose = async (value: 'reduce' | 'auto') => {
			await page.locator('.menu summary').click();
			const choice = page.locator('.choices fieldset').last();
			await choice.locator(`input[value=${value}]`).check({ force: true });
			await page.keyboard.press('Escape');
		};
		await choose('reduce');
		expect((await cameras()).length, 'by the switch').toBeLessThanOrEqual(2);

		// A step leads there at once; the free map comes nearer at once.
		await goTo(page, third ?? '');
		const there = await shown(page);
		expect(there.scene).toBe(third);
		expect((await shown(page)).camera).toEqual(there.camera);
		await exploreFrom(page, language, 'phone');
		const { zoom } = (await rested(page)).camera;
		await page.getByRole('button', { name: exploreWordsOf(language).nearer }).click();
		await expect.poll(async () => (await shown(page)).camera.zoom).toBeCloseTo(zoom + 1, 1);
		await page.keyboard.press('Escape');
		await expect(page.locator('.explore')).toHaveCount(0);
		await choose('auto');
	});

	test(`${language}: a screen that is turned shows the same paragraph`, async ({ live }) => {
		const page = await live(language, 'phone');
		await goTo(page, 'p8');
		await page.setViewportSize({ width: 844, height: 390 });
		await expect.poll(async () => (await rested(page)).paragraph).toBe(8);
		await page.setViewportSize(SCREENS.phone);
		await expect.poll(async () => (await rested(page)).paragraph).toBe(8);
	});

	test(`${language}: a lost context leaves pictures and a sentence, time and again; what never comes back is tried again`, async ({
		live
	}) => {
		const page = await live(language, 'phone');
		const words = wordsOf(language);
		const errors = errorsOf(page);
		const notice = page.locator('.notice');
		for (const [there, then] of [
			['p4', 'p8'],
			['p8', 'p4']
		] as const) {
			await goTo(page, there);
			await loseContext(page);
			await expectReadable(page);
			await expect(notice).toHaveText(`${words.failed} ${words.retry}`);
			// The reader reads on meanwhile.
			await goTo(page, then);
			await expectReadable(page);
			await restoreContext(page);
			await expect(notice).toHaveCount(0);
			expect((await rested(page)).paragraph).toBe(Number(then.slice(1)));
		}
		await loseContext(page);
		await expectReadable(page);
		await notice.getByRole('button').click();
		await liveMap(page);
		expect((await rested(page)).paragraph).toBe(4);
		expect(errors).toEqual([]);
	});

	test(`${language}: a context that comes back shows what the map showed, and leaves it in the reader's hands`, async ({
		live
	}) => {
		const page = await live(language, 'desktop', { drawn: true });
		await still(page);
		await follow(page, 'p4');
		const clip = await aroundKursk(page);
		const look = async () => {
			await settle(page);
			return page.screenshot({ clip });
		};
		// Finer data may still arrive, on either side: what was seen before counts once it is seen again after.
		await expect(async () => {
			const before = await look();
			await loseContext(page);
			await restoreContext(page);
			await expect.poll(async () => (await look()).equals(before), { timeout: 10_000 }).toBe(true);
		}).toPass();

		await exploreFrom(page, language, 'desktop');
		await loseContext(page);
		await restoreContext(page);
		const canvas = page.locator('.stage canvas');
		await expect(canvas).toHaveRole('application');
		const { zoom } = (await rested(page)).camera;
		await canvas.focus();
		await page.keyboard.press('+');
		await expect.poll(async () => (await shown(page)).camera.zoom).toBeGreaterThan(zoom + 0.5);
		await page.keyboard.press('Escape');
		await expect(page.locator('.explore')).toHaveCount(0);
	});
}

/** Every camera that the map has while the page is scrolled from one scene to another, a few px a frame. */
function camerasBetween(page: Page, from: string, to: string): Promise<string[]> {
	return page.evaluate(
		async ([from, to]) => {
			const top = (id: string) =>
				(document.querySelector(`#${id} .sheet`)?.getBoundingClientRect().top ?? 0) + scrollY;
			const map = document.querySelector<HTMLElement>('[data-map]');
			const [start, end] = [top(from) - innerHeight * 0.7, top(to) - innerHeight * 0.6];
			const seen = new Set<string>();
			const frame = () => new Promise((resolve) => requestAnimationFrame(resolve));
			for (let y = start; y <= end; y += (end - start) / 24) {
				window.scrollTo({ top: y, behavior: 'instant' });
				await frame();
				await frame();
				const { lng, lat, zoom } = map?.masar?.camera ?? { lng: 0, lat: 0, zoom: 0 };
				seen.add([lng, lat, zoom].map((value) => value.toFixed(2)).join());
			}
			return [...seen];
		},
		[from, to] as const
	);
}
