import { expect, test, type Page } from '@playwright/test';
import { parse, wcagContrast } from 'culori';
import { PNG } from 'pngjs';
import { addStyles, goTo, openStill, SCREENS, settle, story, whole } from './reading';

/** Contrast as it is on the screen: of the pixels of words and signs with those around them. */

interface Picture {
	readonly width: number;
	readonly height: number;
	at(x: number, y: number): readonly [number, number, number];
}

/** What is on the screen. */
async function look(page: Page): Promise<Picture> {
	const png = PNG.sync.read(await page.screenshot());
	return {
		width: png.width,
		height: png.height,
		at(x, y) {
			const from = (Math.round(y) * png.width + Math.round(x)) * 4;
			return [png.data[from] ?? 0, png.data[from + 1] ?? 0, png.data[from + 2] ?? 0];
		}
	};
}

/** Relative luminance (WCAG 2.2). */
function luminance([red, green, blue]: readonly [number, number, number]): number {
	const linear = (value: number) =>
		value <= 10.31475 ? value / 255 / 12.92 : ((value / 255 + 0.055) / 1.055) ** 2.4;
	return 0.2126 * linear(red) + 0.7152 * linear(green) + 0.0722 * linear(blue);
}

const ratio = (a: number, b: number) => (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);

interface Box {
	readonly name: string;
	readonly left: number;
	readonly top: number;
	readonly width: number;
	readonly height: number;
}

/**
 * Contrast of the letters in a box with what they stand on: of the pixels that are farthest from the ground's luminance,
 * which are the inside of strokes, with the median, which is the ground.
 */
function contrastIn(picture: Picture, { left, top, width, height }: Box, scale: number): number {
	const values: number[] = [];
	for (let y = top * scale; y < (top + height) * scale; y += 1) {
		for (let x = left * scale; x < (left + width) * scale; x += 1) {
			values.push(luminance(picture.at(x, y)));
		}
	}
	values.sort((a, b) => a - b);
	const part = (share: number) => values[Math.floor((values.length - 1) * share)] ?? 0;
	return Math.max(ratio(part(0.01), part(0.5)), ratio(part(0.99), part(0.5)));
}

/** Where the elements that a selector finds are seen whole, each line of words by itself. */
function boxesOf(page: Page, selector: string): Promise<Box[]> {
	return page.evaluate((selector) => {
		return [...document.querySelectorAll(selector)].flatMap((element) => {
			if (!element.checkVisibility({ visibilityProperty: true, opacityProperty: true })) return [];
			const range = document.createRange();
			range.selectNodeContents(element);
			return [...range.getClientRects()].flatMap(({ left, top, width, height }) => {
				const inside =
					left > 0 && top > 0 && left + width < innerWidth && top + height < innerHeight;
				const seen = document.elementFromPoint(left + width / 2, top + height / 2);
				const owns = seen !== null && (element.contains(seen) || seen.contains(element));
				if (!inside || !owns || width < 8 || height < 8) return [];
				return [{ name: element.textContent.trim().slice(0, 30), left, top, width, height }];
			});
		});
	}, selector);
}

/** For each role, the contrast of the pixels in its colour with the ground beside them: what three in four of them reach. */
function contrastOfMarks(
	picture: Picture,
	pane: Box,
	scale: number,
	roles: Readonly<Record<string, readonly [number, number, number]>>
): Record<string, { readonly pixels: number; readonly least: number }> {
	const near = (a: readonly number[], b: readonly number[]) =>
		Math.max(...a.map((value, index) => Math.abs(value - (b[index] ?? 0)))) <= 8;
	const colours = Object.values(roles);
	const found: Record<string, { pixels: number; least: number }> = {};
	for (const [role, colour] of Object.entries(roles)) {
		const ratios: number[] = [];
		for (let y = pane.top * scale; y < (pane.top + pane.height) * scale; y += 1) {
			for (let x = pane.left * scale; x < (pane.left + pane.width) * scale; x += 1) {
				if (!near(picture.at(x, y), colour)) continue;
				// A line has a ground on either side; between two stripes of a hatching it is a pixel or two wide.
				const reaches = role === 'hatch' ? [3, 4, 5, 6, 7] : [9];
				const beside = [
					[1, 0],
					[-1, 0],
					[0, 1],
					[0, -1]
				].map(([dx = 0, dy = 0]) =>
					reaches.flatMap((reach) => {
						const far = (reach * scale) / 2;
						const ground = picture.at(x + dx * far, y + dy * far);
						if (colours.some((other) => near(ground, other))) return [];
						return [ratio(luminance(colour), luminance(ground))];
					})
				);
				if (role === 'hatch') ratios.push(Math.max(...beside.flat(), 0));
				else ratios.push(...beside.flat());
			}
		}
		ratios.sort((a, b) => a - b);
		found[role] = { pixels: ratios.length, least: ratios[Math.floor(ratios.length / 4)] ?? 0 };
	}
	return found;
}

const SCALE = 2;
test.use({ deviceScaleFactor: SCALE, viewport: SCREENS.phone });

for (const theme of ['light', 'dark'] as const) {
	test(`${theme}: words on plates have a contrast of 7 to 1, names on the map of 4.5, marks of 3, in pixels`, async ({
		page
	}) => {
		for (const language of whole
			? (['ar', 'en'] as const)
			: ([theme === 'light' ? 'ar' : 'en'] as const)) {
			await openStill(page, language, '', `&motion=reduce&theme=${theme}`);
			const scenes = whole ? story.scenes.map(({ id }) => id) : ['territory', 'pole', 'ocean'];
			const marks: Record<string, { pixels: number; least: number }[]> = {};
			let words = 0;
			let names = 0;
			for (const scene of scenes) {
				const beat = story.scenes.find(({ id }) => id === scene)?.beats[0];
				await goTo(page, beat ? `p${beat.paragraph}` : scene);
				await page
					.locator(`#${scene} .picture img`)
					.evaluate(async (image: HTMLImageElement) => image.decode());
				await settle(page);
				const colours = await page.evaluate(() => {
					const style = getComputedStyle(document.querySelector('.masar') ?? document.body);
					return ['focus', 'contact', 'hatch'].map(
						(role) => [role, style.getPropertyValue(`--${role}`).trim()] as const
					);
				});
				const roles = Object.fromEntries(
					colours.map(([role, hex]) => {
						const [red, green, blue] = [1, 3, 5].map((at) =>
							Number.parseInt(hex.slice(at, at + 2), 16)
						);
						return [role, [red ?? 0, green ?? 0, blue ?? 0] as const];
					})
				);
				const [pane] = await page.locator(`#${scene} .picture`).evaluateAll((found) =>
					found.map((each) => {
						const { left, top, width, height } = each.getBoundingClientRect();
						return { name: 'map', left, top, width, height };
					})
				);
				if (!pane) throw new Error(`${scene} has no picture.`);

				const picture = await look(page);
				const plates = `#${scene} :is(.heading:not(.visually-hidden), .beat.present p, .folio, .place-links span), .legend .short, .stop .number`;
				for (const box of await boxesOf(page, plates)) {
					words += 1;
					expect
						.soft(contrastIn(picture, box, SCALE), `${scene}: “${box.name}”`)
						.toBeGreaterThanOrEqual(7);
				}
				const labels = `#${scene} .labels :is(.place, .country, .city, .contact) text`;
				for (const box of await boxesOf(page, labels)) {
					names += 1;
					expect
						.soft(contrastIn(picture, box, SCALE), `${scene}, on the map: “${box.name}”`)
						.toBeGreaterThanOrEqual(4.5);
				}
				// Without names, only marks have the colours of marks.
				await addStyles(page, '.labels text { visibility: hidden; }');
				const bare = await look(page);
				for (const [role, found] of Object.entries(contrastOfMarks(bare, pane, SCALE, roles))) {
					if (found.pixels > 40) (marks[role] ??= []).push(found);
				}
				await page.evaluate(() => {
					document.adoptedStyleSheets.pop();
				});
			}
			expect(words, 'words on plates').toBeGreaterThan(12);
			expect(names, 'names on the map').toBeGreaterThan(5);
			for (const role of ['focus', 'contact', 'hatch']) {
				expect(marks[role]?.length ?? 0, `marks in the colour ${role}`).toBeGreaterThan(0);
				for (const { least } of marks[role] ?? []) {
					expect.soft(least, `${theme}, ${language}: ${role}`).toBeGreaterThanOrEqual(3);
				}
			}
			test.info().annotations.push({ type: 'measured', description: JSON.stringify(marks) });
		}
	});
}

test('the measure of contrast knows black from grey', () => {
	const of = (ink: number): Picture => ({
		width: 20,
		height: 20,
		at: (x, y) => (x > 8 && x < 11 && y > 3 && y < 16 ? [ink, ink, ink] : [255, 255, 255])
	});
	const box = { name: '', left: 0, top: 0, width: 20, height: 20 };
	for (const [ink, colour] of [
		[0, '#000000'],
		[119, '#777777']
	] as const) {
		const expected = wcagContrast(parse(colour) ?? colour, parse('#ffffff') ?? 'white');
		expect(contrastIn(of(ink), box, 1)).toBeCloseTo(expected, 2);
	}
});
