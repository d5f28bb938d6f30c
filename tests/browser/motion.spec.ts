import { expect, test, type Page } from '@playwright/test';
import { open, SCREENS, shown, story } from './reading';

// Every frame of the map is drawn in software here; fewer pixels make no other camera.
test.use({ deviceScaleFactor: 0.5, viewport: SCREENS.phone });
test.setTimeout(120_000);

const [, first, second, third] = story.scenes;

/** Every camera that the map has while the page is scrolled from one address to another, a few px a frame. */
async function camerasBetween(page: Page, from: string, to: string): Promise<string[]> {
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

test('with reduced motion there is no camera between two scenes: by the system, midway, and by the switch', async ({
	page
}) => {
	const [a, b] = [first?.id ?? '', second?.id ?? ''];
	await open(page, 'ar', `#${a}`);
	expect((await camerasBetween(page, a, b)).length, 'with motion').toBeGreaterThan(4);

	await page.emulateMedia({ reducedMotion: 'reduce' });
	const still = await camerasBetween(page, a, b);
	expect(still.length, 'by the system, midway').toBeLessThanOrEqual(2);
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
	expect((await camerasBetween(page, a, b)).length, 'back again').toBeGreaterThan(4);
	await page.locator('.menu summary').click();
	await page
		.locator('.choices fieldset')
		.last()
		.locator('input[value=reduce]')
		.check({ force: true });
	await page.keyboard.press('Escape');
	expect((await camerasBetween(page, a, b)).length, 'by the switch').toBeLessThanOrEqual(2);

	// A step leads there at once; the free map comes nearer at once, and a filter says its result once.
	await page.evaluate((id) => {
		location.hash = id;
	}, third?.id ?? '');
	const there = await shown(page);
	expect(there.scene).toBe(third?.id);
	expect((await shown(page)).camera).toEqual(there.camera);
	await page.locator('.menu summary').click();
	await page.locator('.action', { hasText: 'استكشف الخريطة' }).click();
	await expect(page.locator('.explore h2')).toBeFocused();
	const map = page.getByRole('region', { name: 'خريطة القصة' });
	const zoom = (await shown(page)).camera.zoom;
	await map.getByRole('button', { name: 'تقريب' }).click();
	await expect.poll(async () => (await shown(page)).camera.zoom).toBeCloseTo(zoom + 1, 1);
	await expect(map.locator('canvas')).toHaveCount(1);
	await page.locator('.explore-fold').click();
	const count = page.locator('.explore [role=status]');
	const before = await count.textContent();
	for (const box of await page.locator('.explore-tools fieldset').last().locator('input').all())
		await box.uncheck();
	await expect(count).not.toHaveText(before ?? '');
	await page.keyboard.press('Escape');
	await expect(page.locator('.explore')).toHaveCount(0);
});
