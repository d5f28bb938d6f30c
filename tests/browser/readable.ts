/** What holds whatever is broken around a story. */
import { expect, type Page } from '@playwright/test';
import { paragraphs } from './reading';

/** Whatever the page throws, from now on. */
export function errorsOf(page: Page): string[] {
	const errors: string[] = [];
	page.on('pageerror', (error) => errors.push(error.message));
	return errors;
}

/** Waits until a picture of the map, or the live map, is seen on the screen. */
export async function mapSeen(page: Page): Promise<void> {
	await page.waitForFunction(() => {
		const isSeen = (element: Element) => {
			const { top, bottom, height } = element.getBoundingClientRect();
			const inView = Math.min(bottom, innerHeight) - Math.max(top, 0);
			return (
				height > 0 &&
				inView > Math.min(100, innerHeight / 5) &&
				element.checkVisibility({ visibilityProperty: true })
			);
		};
		return (
			document.querySelector('[data-renderer="live"]') !== null ||
			[...document.querySelectorAll<HTMLImageElement>('.picture img')].some(
				(image) => image.complete && image.naturalWidth > 0 && isSeen(image)
			)
		);
	});
}

/**
 * The law of every fault: all words can be read, and the map or a picture of it is on the screen. How soon is measured by
 * `npm run bench`.
 */
export async function expectReadable(page: Page): Promise<void> {
	await mapSeen(page);
	const read = await page.locator('[data-paragraph]').evaluateAll((all) => {
		const seen = all.filter(
			(each) =>
				each.textContent.trim().length > 40 &&
				each.getBoundingClientRect().height > 10 &&
				each.checkVisibility({ opacityProperty: true, visibilityProperty: true })
		);
		return [all.length, seen.length];
	});
	expect(read).toEqual([paragraphs.length, paragraphs.length]);
}
