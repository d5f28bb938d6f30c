import { expect, test, type Page } from '@playwright/test';
import {
	addresses,
	open,
	paragraphs,
	sample,
	SCREENS,
	scrollTo,
	settle,
	shown,
	story,
	whole,
	type Shown
} from './reading';

// Every frame of the map is drawn in software here.
test.setTimeout(whole ? 900_000 : 240_000);
// Fewer pixels make no other camera.
test.use({ deviceScaleFactor: 0.5 });

const LANGUAGES = ['ar', 'en'] as const;

function near(a: Shown, b: Shown): void {
	expect(b.scene).toBe(a.scene);
	expect(b.paragraph).toBe(a.paragraph);
	for (const key of ['lng', 'lat', 'zoom', 'bearing', 'pitch'] as const) {
		expect(Math.abs(a.camera[key] - b.camera[key]), key).toBeLessThan(1e-6);
	}
}

/** Errors of the console and requests that leave the origin, as the page makes them. */
function faultsOf(page: Page): string[] {
	const faults: string[] = [];
	page.on('console', (message) => {
		if (message.type() === 'error') faults.push(message.text());
	});
	page.on('pageerror', (error) => faults.push(error.message));
	page.on('request', (request) => {
		const { protocol, hostname } = new URL(request.url());
		if (protocol.startsWith('http') && hostname !== 'localhost' && hostname !== '127.0.0.1') {
			faults.push(`request to ${request.url()}`);
		}
	});
	return faults;
}

interface Seen {
	readonly id: string;
	readonly places: string[];
	readonly points: string[];
}

/** How far, in px, what each scene wants in sight reaches out of the free area; and where picture and map differ. */
async function measureScene(page: Page, scene: Seen) {
	await page.evaluate((id) => {
		const link = document.createElement('a');
		link.href = `#${id}`;
		document.querySelector('article')?.append(link);
		link.click();
		link.remove();
	}, scene.id);
	const { scene: now } = await shown(page);
	expect(now).toBe(scene.id);
	const positions = [...scene.places, ...scene.points].flatMap((id) => {
		const place = story.places[id];
		if (!place) return [];
		const whole = scene.places.includes(id) && place.outline;
		return whole ? place.outline.flatMap(([ring]) => ring ?? []) : [place.point];
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
		{ id: scene.id, positions, dots }
	);
}

/** Every language on every screen; in the sample each language on one of them, and each screen in one language. */
const settings = <Screen>(screens: readonly Screen[]) =>
	LANGUAGES.flatMap((language, row) =>
		screens.flatMap((screen, column) =>
			whole || (row + column) % 2 === 1 ? [{ language, screen }] : []
		)
	);

for (const { language, screen } of settings(['phone', 'desktop'] as const)) {
	test.describe(`${language}, ${screen}`, () => {
		test.use({ viewport: SCREENS[screen] });

		test('the camera reached from above and from below is the same, and is there within two frames', async ({
			page
		}) => {
			const faults = faultsOf(page);
			await open(page, language);
			const height = await page
				.locator('.scenes')
				.evaluate((scenes) => scenes.clientHeight - innerHeight);
			const count = whole ? 40 : 7;
			const positions = Array.from({ length: count }, (_, index) =>
				Math.round((height * index) / (count - 1))
			);
			const down: Shown[] = [];
			for (const y of positions) {
				await scrollTo(page, y);
				down.push(await shown(page));
			}
			const seen = new Set(down.map(({ scene }) => scene)).size;
			expect(seen).toBeGreaterThanOrEqual(whole ? story.scenes.length : 6);
			for (const [index, y] of [...positions.entries()].reverse()) {
				await scrollTo(page, y);
				const now = await shown(page);
				const before = down[index];
				expect(before).toBeDefined();
				if (before) near(before, now);
			}
			expect(faults).toEqual([]);
		});

		test('an address opens where scrolling there leads', async ({ page }) => {
			for (const address of sample(addresses, 2, screen === 'phone' ? 1 : 2)) {
				await page.goto('about:blank');
				await open(page, language, `#${address}`);
				const opened = await shown(page);
				const y = await page.evaluate(() => scrollY);
				if (paragraphs.includes(address)) expect(`p${opened.paragraph}`).toBe(address);
				else expect(opened.scene).toBe(address);
				await scrollTo(page, 0);
				await shown(page);
				await scrollTo(page, y);
				near(opened, await shown(page));
			}
		});
	});
}

// These are the same on any screen, and tried on one here.
for (const { language, screen } of settings(['phone', 'desktop'] as const).slice(
	0,
	whole ? 4 : 1
)) {
	test.describe(`${language}, ${screen}`, () => {
		test.use({ viewport: SCREENS[screen] });

		test('the address follows the scene without a history entry', async ({ page }) => {
			await open(page, language);
			const entries = await page.evaluate(() => history.length);
			await page.locator('#kursk [data-paragraph]').evaluate((paragraph) => {
				window.scrollTo(0, paragraph.getBoundingClientRect().top + scrollY - innerHeight * 0.6);
			});
			await expect(page).toHaveURL(/#kursk$/);
			expect(await page.evaluate(() => history.length)).toBe(entries);
		});

		test('the language switch keeps the paragraph', async ({ page }) => {
			await open(page, language, '#p12');
			await page.locator('.switch').click();
			await page.waitForURL(new RegExp(`/${language === 'ar' ? 'en' : 'ar'}/`));
			await page.locator('[data-map][data-renderer="live"]').waitFor({ timeout: 45_000 });
			expect((await shown(page)).paragraph).toBe(12);
		});

		test('the wheel over the map and the keyboard scroll the page', async ({ page }) => {
			await open(page, language);
			const map = await page.locator('[data-map]').boundingBox();
			expect(map).not.toBeNull();
			if (!map) return;
			await page.mouse.move(map.x + map.width / 2, map.y + map.height / 2);
			await page.mouse.wheel(0, 300);
			await expect
				.poll(() => page.evaluate(() => scrollY), { timeout: 30_000 })
				.toBeGreaterThan(200);
			await shown(page);
			const before = await page.evaluate(() => scrollY);
			// A key that is pressed while the map draws its first frames may be lost.
			await expect(async () => {
				await page.keyboard.press('PageDown');
				await expect
					.poll(() => page.evaluate(() => scrollY), { timeout: 5000 })
					.toBeGreaterThan(before + 100);
			}).toPass({ timeout: 60_000 });
		});
	});
}

for (const { language, screen } of settings(Object.keys(SCREENS) as (keyof typeof SCREENS)[])) {
	test.describe(`${language}, ${screen}`, () => {
		test.use({ viewport: SCREENS[screen] });

		test('all that a scene wants in sight is in the free area, and its picture lies under the live map', async ({
			page
		}) => {
			await open(page, language);
			for (const { id, view } of sample(story.scenes, 3, screen.length)) {
				const measured = await measureScene(page, {
					id,
					places: [...view.places],
					points: [...view.points]
				});
				expect(measured.out, `${id}: px out of the free area`).toBeLessThanOrEqual(0);
				expect(measured.apart, `${id}: px between picture and map`).toBeLessThanOrEqual(1);
				expect(measured.dots, `${id}: dots in the picture`).toBeGreaterThan(0);
			}
		});
	});
}

test('regression: an address that is written while the scene’s is about to be is not written over', async ({
	page
}) => {
	// A busy browser tells of a new hash late, and what was waited for comes before the next frame.
	await page.addInitScript(() => {
		const timer = window.setTimeout.bind(window);
		const due: (() => void)[] = [];
		Object.assign(window, {
			setTimeout: (run: () => void, ms?: number) => timer(run, ms, due.push(run)),
			comeDue: () => {
				due.splice(0).forEach((run) => {
					run();
				});
			}
		});
		addEventListener('hashchange', (event) => {
			if (!event.isTrusted) return;
			event.stopImmediatePropagation();
			timer(() => dispatchEvent(new HashChangeEvent('hashchange')), 100);
		});
	});
	await page.goto('/en/alaska-summit/?map=static');
	await page.waitForFunction(() => performance.getEntriesByName('masar:static-map').length > 0);
	await page.locator('#kursk').evaluate((scene) => {
		window.scrollTo(0, scene.getBoundingClientRect().top + scrollY + innerHeight / 2);
	});
	await settle(page);
	await page.evaluate(() => {
		location.hash = 'territory';
		(window as unknown as { comeDue: () => void }).comeDue();
	});
	await page.waitForTimeout(1500);
	await expect(page).toHaveURL(/#territory$/);
	await expect(page.locator('#territory [data-paragraph]').first()).toBeInViewport();
});

for (const language of whole ? LANGUAGES : (['ar'] as const)) {
	test(`${language}: with reduced motion the camera is always a scene’s`, async ({ page }) => {
		await page.emulateMedia({ reducedMotion: 'reduce' });
		await open(page, language);
		const height = await page
			.locator('.scenes')
			.evaluate((scenes) => scenes.clientHeight - innerHeight);
		const cameras = new Map<string, Set<string>>();
		const steps = whole ? 200 : 12;
		for (let step = 0; step <= steps; step++) {
			await scrollTo(page, (height * step) / steps);
			const { scene, camera } = await shown(page);
			cameras.set(scene, (cameras.get(scene) ?? new Set()).add(JSON.stringify(camera)));
		}
		for (const [scene, seen] of cameras) expect(seen.size, scene).toBe(1);
	});
}

for (const language of LANGUAGES) {
	test.describe(`${language}, without JavaScript`, () => {
		test.use({ javaScriptEnabled: false });

		test('a paragraph’s address shows it below its picture', async ({ page }) => {
			await page.setViewportSize(SCREENS.phone);
			await page.goto(`/${language}/alaska-summit/#p4`);
			const box = await page.locator('#p4').boundingBox();
			expect(box?.y).toBeGreaterThan(SCREENS.phone.height * 0.46);
			expect(box?.y).toBeLessThan(SCREENS.phone.height * 0.8);
		});

		test('all paragraphs, the place details and a picture per scene are there', async ({
			page
		}) => {
			await page.goto(`/${language}/alaska-summit/`);
			await expect(page.locator('[data-paragraph]')).toHaveCount(17);
			await expect(page.locator('figure.picture img')).toHaveCount(story.scenes.length);
			for (const source of await page
				.locator('figure.picture img')
				.evaluateAll((images) => images.map((image) => image.getAttribute('src') ?? ''))) {
				const response = await page.request.get(new URL(source, page.url()).href);
				expect(response.status()).toBe(200);
				expect(await response.text()).toContain('<path class="land"');
			}
			for (const place of Object.values(story.places)) {
				await expect(page.locator(`#place-${place.id}`)).toContainText(place.name[language]);
			}
			for (const link of await page
				.locator('a[data-place]')
				.evaluateAll((links) => links.map((each) => each.getAttribute('href') ?? ''))) {
				await expect(page.locator(link)).toHaveCount(1);
			}
		});
	});
}

test('the page says its language and direction, and the map’s labels do not inherit it', async ({
	page
}) => {
	for (const [language, direction] of [
		['ar', 'rtl'],
		['en', 'ltr']
	] as const) {
		await page.goto(`/${language}/alaska-summit/?map=static`);
		expect(
			await page.evaluate(() => [
				document.documentElement.lang,
				getComputedStyle(document.body).direction
			])
		).toEqual([language, direction]);
		// A detached canvas, on which MapLibre draws its glyphs, takes its direction from the root element.
		expect(await page.evaluate(() => document.documentElement.getAttribute('dir'))).toBeNull();
	}
});

test('the root leads to the story, and an unknown address to a page that says so', async ({
	page
}) => {
	await page.goto('/');
	await page.waitForURL(/\/ar\/alaska-summit\/$/);
	const response = await page.goto('/ar/no-such-story/');
	expect(response?.status()).toBe(404);
	await expect(page.locator('h1')).toBeVisible();
});

test('regression: a near scene is drawn from its near window, asked for before the map is shown', async ({
	page
}) => {
	const asked = page.waitForRequest(/\/ukraine\.[\w-]+\.json$/, { timeout: 45_000 });
	await page.goto('/en/alaska-summit/#territory');
	await asked;
	await expect(page.locator('[data-map]')).toHaveAttribute('data-renderer', 'static');
});
