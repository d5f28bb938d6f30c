/** The two pages that are compared, as the measures need to know them. */
import type { Page } from '@playwright/test';

export const SCREENS = {
	desktop: { width: 1280, height: 800 },
	phone: { width: 390, height: 844 }
} as const;
export type Screen = keyof typeof SCREENS;
export type PageName = 'masar' | 'baseline';

export interface Subject {
	readonly name: PageName;
	/** Folder that is served. */
	readonly folder: string;
	/** Path of the page in it. */
	readonly path: string;
	/** Element that is the first picture of the map; null where the live map is the first. */
	readonly picture: string | null;
	/** Performance mark of the live map, drawn whole and at rest. */
	readonly liveMark: string;
	/** Element that the story is scrolled through. */
	readonly story: string;
	/** JavaScript expression: the live map's camera. */
	readonly camera: string;
}

/** @param folder - of the built site */
export function subjectOf(language: string, story: string, folder: string): Subject {
	return {
		name: 'masar',
		folder,
		path: `${language}/${story}/`,
		picture: '[data-scene] .picture img',
		liveMark: 'masar:live-map',
		story: '[data-story] .scenes',
		camera: `document.querySelector('[data-map]').masar.camera`
	};
}

/** @param folder - of the baseline page */
export function baselineOf(folder: string): Subject {
	return {
		name: 'baseline',
		folder,
		path: '',
		picture: null,
		liveMark: 'baseline:map',
		story: '#story',
		camera: `[baseline.getCenter().toArray(), baseline.getZoom(), baseline.getBearing()]`
	};
}

export async function waitForLiveMap(page: Page, { liveMark }: Subject): Promise<void> {
	await page.waitForFunction((mark) => performance.getEntriesByName(mark).length > 0, liveMark, {
		timeout: 120_000,
		polling: 200
	});
}
