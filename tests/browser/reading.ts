/** What the browser tests share: opening a story, waiting for its map, reading what it shows. */
import { readdirSync, readFileSync } from 'node:fs';
import type { Frame, Page } from '@playwright/test';
import { parseStory } from '../../src/lib/parse';
import { randomFrom } from '../../scripts/random';
import type { Story } from '../../src/lib/story';

const text = (path: string) => ({ path, text: readFileSync(path, 'utf8') });
const folder = 'data/stories/alaska-summit';

function readStory(): Story {
	const parsed = parseStory({
		yaml: text(`${folder}/story.yaml`),
		words: { ar: text(`${folder}/ar.md`), en: text(`${folder}/en.md`) },
		places: readdirSync('data/places').map((name) => text(`data/places/${name}`))
	});
	if (!parsed.ok) throw new Error('The story does not parse; see the unit tests.');
	return parsed.story;
}

export const story = readStory();
export const paragraphs = story.scenes.flatMap(({ beats }) =>
	beats.map(({ paragraph }) => `p${paragraph}`)
);
export const addresses = [...story.scenes.map(({ id }) => id), ...paragraphs];

export { randomFrom };

/** True in `npm run test:all`: whole matrices instead of samples. */
export const whole = process.env['MASAR_ALL'] === '1';

/** The same sample at every run, another one for another seed. */
export function sample<T>(items: readonly T[], count: number, seed: number): T[] {
	if (whole) return [...items];
	const random = randomFrom(seed);
	const pool = items.map((item) => ({ item, order: random() }));
	return pool
		.sort((a, b) => a.order - b.order)
		.slice(0, count)
		.map(({ item }) => item);
}

export interface Shown {
	readonly camera: { lng: number; lat: number; zoom: number; bearing: number; pitch: number };
	readonly scene: string;
	readonly paragraph: number | null;
}

export async function open(page: Page, language: string, rest = ''): Promise<void> {
	await page.goto(`/${language}/alaska-summit/${rest}`);
	await page.locator('[data-map][data-renderer="live"]').waitFor({ timeout: 45_000 });
}

/** What the live map shows, two animation frames after now. */
export function shown(page: Page): Promise<Shown> {
	return page.evaluate(async () => {
		const frame = () => new Promise((resolve) => requestAnimationFrame(resolve));
		await frame();
		await frame();
		const view = document.querySelector<HTMLElement>('[data-map]')?.masar;
		if (!view) throw new Error('The map tells nothing of what it shows.');
		return { camera: view.camera, scene: view.scene, paragraph: view.paragraph };
	});
}

/** Waits until two frames have been drawn. */
export async function settle(page: Page | Frame): Promise<void> {
	await page.evaluate(
		() =>
			new Promise((resolve) =>
				requestAnimationFrame(() =>
					requestAnimationFrame(() => {
						resolve(null);
					})
				)
			)
	);
}

/** Lays a sheet of styles over a page, whose policy lets in no style element; it ends with the page. */
export async function addStyles(page: Page, css: string): Promise<void> {
	await page.evaluate((rules) => {
		const sheet = new CSSStyleSheet();
		sheet.replaceSync(rules);
		document.adoptedStyleSheets.push(sheet);
	}, css);
}

export async function scrollTo(page: Page, top: number): Promise<void> {
	await page.evaluate((y) => {
		window.scrollTo({ top: y, behavior: 'instant' });
	}, top);
}

export const SCREENS = {
	phone: { width: 390, height: 844 },
	desktop: { width: 1280, height: 800 },
	small: { width: 320, height: 568 },
	large: { width: 1920, height: 1080 }
} as const;
