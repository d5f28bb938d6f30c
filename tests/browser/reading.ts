/** What the browser tests share: opening a story, waiting for its map, reading what it shows. */
import { expect, type BrowserContext, type Frame, type Page } from '@playwright/test';
import type { Story } from '../../src/lib/model/story';
import { relay } from '../fixtures/stories';
import { tries, whole } from '../sampling';

/** The fixture story on which the laws are tested; /ar/relay/ is its address. */
export const story: Story = relay;
export const beats = story.scenes.flatMap((scene) => scene.beats);
export const paragraphs = beats.map(({ paragraph }) => `p${paragraph}`);
export const addresses = [...story.scenes.map(({ id }) => id), ...paragraphs];

/** Address of the site as it is published, with a slash at its end. */
export const PUBLISHED = `http://localhost:${process.env['MASAR_PUBLISHED_PORT'] ?? ''}/`;

export { tries, whole };

export interface Shown {
	readonly camera: { lng: number; lat: number; zoom: number; bearing: number; pitch: number };
	readonly scene: string;
	readonly paragraph: number | null;
}

/** Waits until the live map has taken the picture's place. */
export async function liveMap(page: Page | Frame): Promise<void> {
	await page.locator('[data-map][data-renderer="live"]').waitFor({ timeout: 240_000 });
}

/**
 * Keeps WebGL from drawing, which software does at six times the cost of all else in a frame. Camera, words, places and
 * clicks are the same; tests of what is drawn, and one boot of each kind, go without this.
 */
export async function undrawn(page: Page | BrowserContext): Promise<void> {
	await page.addInitScript(() => {
		const drawing = WebGL2RenderingContext.prototype;
		drawing.drawArrays = drawing.drawElements = () => {};
	});
}

/**
 * Takes the end off the page's own patience: a busy machine may take longer for what does come.
 *
 * @param least - ms of the waits that are made longer
 */
export async function unhurried(page: Page | BrowserContext, least = 15_000): Promise<void> {
	await page.addInitScript((ms) => {
		const wait = window.setTimeout.bind(window);
		window.setTimeout = ((run: () => void, asked = 0, ...given: unknown[]) =>
			wait(run, asked < ms ? asked : asked * 20, ...given)) as typeof setTimeout;
	}, least);
}

/** Opens the story and waits for its live map. */
export async function open(page: Page, language: string, rest = ''): Promise<void> {
	await page.goto(`/${language}/${story.id}/${rest}`, { waitUntil: 'commit' });
	await liveMap(page);
}

/** Waits until the page answers to the scroll, to keys and to clicks, whatever stands in the map's place. */
export async function taken(page: Page | Frame): Promise<void> {
	await page.waitForFunction(() => performance.getEntriesByName('masar:static-map').length > 0);
}

/** Opens the story with pictures in the map's place, which stand as they will: typefaces have come. */
export async function openStill(
	page: Page,
	language: string,
	hash = '',
	query = ''
): Promise<void> {
	await page.goto(`/${language}/${story.id}/?map=static${query}${hash}`);
	await taken(page);
	await page.evaluate(() => document.fonts.ready);
	await settle(page);
}

/** What the live map shows, two animation frames after now. */
export async function shown(page: Page): Promise<Shown> {
	await settle(page);
	return page.evaluate(() => {
		const view = document.querySelector<HTMLElement>('[data-map]')?.masar;
		if (!view) throw new Error('The map tells nothing of what it shows.');
		return { camera: view.camera, scene: view.scene, paragraph: view.paragraph };
	});
}

/** Waits until the map has come to where it goes, after which it shows the same as at the frame before. */
export async function rested(page: Page): Promise<Shown> {
	let before = await shown(page);
	for (;;) {
		const now = await shown(page);
		if (JSON.stringify(now) === JSON.stringify(before)) return now;
		before = now;
	}
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

/** Goes to a scene, a paragraph or a place, as somebody who writes its address into the address bar. */
export async function goTo(page: Page, address: string): Promise<void> {
	await page.evaluate(async (hash) => {
		if (location.hash === `#${hash}`) return;
		const told = new Promise((resolve) => {
			addEventListener('hashchange', resolve, { once: true });
		});
		location.hash = hash;
		await told;
	}, address);
	await settle(page);
}

/** Follows a link to a scene, a paragraph or a place. */
export async function follow(page: Page, address: string): Promise<void> {
	await page.evaluate((hash) => {
		const link = document.createElement('a');
		link.href = `#${hash}`;
		document.querySelector('article')?.append(link);
		link.click();
		link.remove();
	}, address);
	await settle(page);
}

/**
 * Presses a key until it has been answered. Chromium drops the scroll of a key, on any page, when the next frame takes
 * longer than the scroll's animation: by a third of a second on a machine that is busy with something else.
 */
export async function pressUntil(
	page: Page,
	key: string,
	answered: () => Promise<boolean>
): Promise<void> {
	let pressed = false;
	await expect(async () => {
		// A look that takes longer than the wait for it counts for nothing, whatever it sees.
		if (pressed && (await answered())) return;
		await page.keyboard.press(key);
		pressed = true;
		await expect.poll(answered, { message: key, timeout: 2000 }).toBe(true);
	}).toPass();
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
	await settle(page);
}

export const SCREENS = {
	phone: { width: 390, height: 844 },
	desktop: { width: 1280, height: 800 },
	small: { width: 320, height: 568 },
	large: { width: 1920, height: 1080 }
} as const;
