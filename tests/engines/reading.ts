/** How the checks read a story's page in any engine, and lead a reader through it. */
import {
	createScroll,
	createTimeline,
	type Layout,
	type TimelineScene
} from '../../src/lib/timeline/timeline';
import type { Camera } from '../../src/lib/model/story';
import { until, type Driver } from './driver';

/** What a page shows at one time. */
export interface Shown {
	readonly camera: Camera;
	readonly scene: string;
	readonly paragraph: number | null;
	/** Side of the map's plate, in px. */
	readonly plate: number;
}

/** Opens a page anew, whatever was open before. */
export async function openPage(driver: Driver, address: string): Promise<void> {
	await driver.open('about:blank');
	await driver.open(address);
	await until(
		driver,
		'the page’s own script',
		() => performance.getEntriesByName('masar:static-map').length > 0
	);
}

/** Waits until the page does not move: ten frames in which neither its scroll nor its height has changed. */
export async function rest(driver: Driver): Promise<void> {
	await until(driver, 'rest', async () => {
		const frame = () => new Promise((resolve) => requestAnimationFrame(resolve));
		const now = () => `${scrollY} ${document.documentElement.scrollHeight}`;
		const before = now();
		for (let count = 0; count < 10; count += 1) {
			await frame();
			if (now() !== before) return false;
		}
		return document.readyState === 'complete';
	});
}

export async function live(driver: Driver): Promise<void> {
	await until(
		driver,
		'the live map',
		() => document.querySelector<HTMLElement>('[data-map]')?.dataset['renderer'] === 'live'
	);
}

/** Goes to an address of the open story, as a link does, with nothing open, and waits until the page has named the scene. */
export async function goTo(driver: Driver, address: string): Promise<void> {
	// From the opening: the same hash again would lead nowhere, and the same scene is named once.
	await driver.evaluate(() => {
		window.scrollTo({ top: 0, behavior: 'instant' });
	});
	await until(
		driver,
		'the opening',
		() => !document.querySelector('.present') && !document.querySelector('.dossier')
	);
	await driver.evaluate((hash) => {
		location.hash = '';
		location.hash = hash;
	}, address);
	await until(
		driver,
		address,
		(hash) => {
			const present = document.querySelector('.present [data-paragraph]');
			const scene = present?.closest('.scene')?.id;
			return (
				!document.querySelector('.dossier') &&
				(present?.id === hash || scene === hash) &&
				location.hash === `#${scene}`
			);
		},
		address
	);
	await rest(driver);
}

/** The present paragraph's address; null in the opening and past the story. */
export function paragraph(driver: Driver): Promise<string | null> {
	return driver.evaluate(() => document.querySelector('.present [data-paragraph]')?.id ?? null);
}

/** What the live map shows, two frames after now. */
export function shown(driver: Driver): Promise<Shown> {
	return driver.evaluate(async () => {
		const frame = () => new Promise((resolve) => requestAnimationFrame(resolve));
		await frame();
		await frame();
		const view = document.querySelector<HTMLElement>('[data-map]')?.masar;
		const plate = document.querySelector('.stage .plate');
		if (!view || !plate) throw new Error('There is no live map.');
		const { lng, lat, zoom, bearing, pitch } = view.camera;
		return {
			camera: { lng, lat, zoom, bearing, pitch },
			scene: view.scene,
			paragraph: view.paragraph,
			plate: plate.getBoundingClientRect().width
		};
	});
}

/** A camera as it is on a plate of 512 px: plates are fractions of pixels that engines round, each in its own way. */
export function onPlate({ camera, plate }: Shown): Camera {
	return { ...camera, zoom: camera.zoom - Math.log2(plate / 512) };
}

/** Where the story's words stand in the page. */
export function layoutOf(driver: Driver): Promise<Layout & { readonly top: number }> {
	return driver.evaluate(() => {
		const scenes = document.querySelector<HTMLElement>('.scenes');
		if (!scenes) throw new Error('There is no story.');
		const top = scenes.getBoundingClientRect().top + scrollY;
		const at = (element: Element) => element.getBoundingClientRect().top + scrollY - top;
		const heightOf = (selector: string) =>
			document.querySelector(selector)?.getBoundingClientRect().height ?? innerHeight;
		const [pane, screen] = [heightOf('.pane'), heightOf('.overlay')];
		const beside = getComputedStyle(scenes).getPropertyValue('--layout').trim() === 'beside';
		return {
			top,
			pane,
			readingLine: beside ? pane * 0.66 : pane + (screen - pane) * 0.7,
			landing: beside ? pane * 0.4 : pane + (screen - pane) * 0.46,
			scenes: [...scenes.querySelectorAll<HTMLElement>('.scene')].map((section) => ({
				top: at(section),
				bottom: at(section) + section.offsetHeight,
				paragraphs: [...section.querySelectorAll('[data-paragraph]')].map(at)
			}))
		};
	});
}

/** How far, in scenes, a page may be from where its scroll is: far less than a pixel. */
const SLIP = 1e-4;

/**
 * The way that the page's cameras take by its scroll, as src/lib/timeline/timeline.ts has it: the same for all engines. What they
 * measure to find it, each rounds in its own way, so that a camera is looked for within a fraction of a pixel.
 */
export async function courseOf(driver: Driver, stepped = false) {
	const { top, ...layout } = await layoutOf(driver);
	const scroll = createScroll(layout);
	const json = await driver.evaluate(
		() => document.querySelector('[data-page-props]')?.textContent ?? ''
	);
	// The build wrote it.
	const { story } = JSON.parse(json) as { story: { scenes: TimelineScene[] } };
	const timeline = createTimeline(story.scenes, { stepped });
	const KEYS = ['lng', 'lat', 'zoom', 'bearing', 'pitch'] as const;
	return {
		/** Where to scroll for a progress. */
		scrollFor: (progress: number) => Math.round(top + scroll.scrollAt(progress)),
		/** The largest part, in degrees or levels, by which a camera is off the course at a scroll of the page. */
		offCourse: (camera: Camera, y: number): number => {
			const off = (progress: number) => {
				const there = timeline.frameAt(progress).camera;
				return Math.max(...KEYS.map((key) => Math.abs(there[key] - camera[key])));
			};
			const middle = scroll.progressAt(y - top);
			let [low, high] = [middle - SLIP, middle + SLIP];
			for (let turn = 0; turn < 60; turn += 1) {
				const third = (high - low) / 3;
				if (off(low + third) < off(high - third)) high -= third;
				else low += third;
			}
			return off((low + high) / 2);
		}
	};
}

/** Scrolls there, and waits for it; @returns where that is to the browser */
export async function scrollTo(driver: Driver, y: number): Promise<number> {
	await driver.evaluate((top) => {
		window.scrollTo({ top, behavior: 'instant' });
	}, y);
	await rest(driver);
	return driver.evaluate(() => scrollY);
}

/** The middle of what is seen of an element, in px of the window; null where it is not on the screen. */
export function middleOf(
	driver: Driver,
	selector: string
): Promise<readonly [x: number, y: number] | null> {
	return driver.evaluate((selector) => {
		// A link that is broken in two has nothing in the middle of its box.
		const box = document.querySelector(selector)?.getClientRects()[0];
		if (!box) return null;
		const [x, y] = [box.left + box.width / 2, box.top + box.height / 2];
		return x > 0 && y > 0 && x < innerWidth && y < innerHeight ? ([x, y] as const) : null;
	}, selector);
}

/** Clicks with the mouse in the middle of an element. */
export async function clickOn(driver: Driver, selector: string): Promise<void> {
	const at = await middleOf(driver, selector);
	if (!at) throw new Error(`${driver.engine}: ${selector} is not on the screen`);
	await driver.click(...at);
}
