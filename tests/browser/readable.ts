/** What holds whatever is broken around a story. */
import { expect, type Page } from '@playwright/test';
import { paragraphs } from './reading';

/** Whatever the page throws, from now on. */
export function errorsOf(page: Page): string[] {
	const errors: string[] = [];
	page.on('pageerror', (error) => errors.push(error.message));
	return errors;
}

/** Ms until a picture of the map, or the live map, is seen on the screen. */
export function untilMap(page: Page): Promise<number> {
	return page.evaluate(async () => {
		const from = performance.now();
		const isSeen = (element: Element) => {
			const { top, bottom, height } = element.getBoundingClientRect();
			const inView = Math.min(bottom, innerHeight) - Math.max(top, 0);
			return (
				height > 0 &&
				inView > Math.min(100, innerHeight / 5) &&
				element.checkVisibility({ visibilityProperty: true })
			);
		};
		const isThere = () =>
			document.querySelector('[data-renderer="live"]') !== null ||
			[...document.querySelectorAll<HTMLImageElement>('.picture img')].some(
				(image) => image.complete && image.naturalWidth > 0 && isSeen(image)
			);
		while (!isThere() && performance.now() - from < 5000) {
			await new Promise((resolve) => setTimeout(resolve, 16));
		}
		return performance.now() - from;
	});
}

/** The law of every fault: all words can be read, and the map or a picture of it is on the screen within a second. */
export async function expectReadable(page: Page): Promise<void> {
	expect(await untilMap(page)).toBeLessThan(1000);
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
