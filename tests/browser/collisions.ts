/** Words and names that lie on one another, as they are on the screen. */
import type { Page } from '@playwright/test';

/** Screens from the narrowest phone to a large desk, in px. */
export const WIDTHS = [
	[320, 568],
	[360, 640],
	[390, 844],
	[768, 1024],
	[844, 390],
	[1024, 768],
	[1280, 800],
	[1920, 1080],
	[2560, 1440]
] as const;

/** Pieces of text that are cut off, or lie on one another, among what is on the screen. */
export function collisions(page: Page, within = '.masar'): Promise<string[]> {
	return page.evaluate((within) => {
		// Sheets pass below the bar and the margin, the panel and the menu lie over all: layers of their own.
		const layers = [
			['.menu-sheet'],
			['.bar'],
			['.marginalia', '.rail', '.credit', '.scale'],
			['.sheet', '.after']
		];
		const root = document.querySelector(within);
		if (!root) throw new Error(`There is no ${within}.`);
		const found: string[] = [];
		const boxes: { text: string; layer: number; box: DOMRect; owner: Element }[] = [];
		const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
		for (let node = walker.nextNode(); node; node = walker.nextNode()) {
			const owner = node.parentElement;
			const text = node.textContent?.trim() ?? '';
			if (!owner || !text || owner.closest('.visually-hidden, .skip, svg, [role=status]')) continue;
			if (!owner.checkVisibility({ visibilityProperty: true, opacityProperty: true })) continue;
			const layer = layers.findIndex((selectors) => owner.closest(selectors.join()));
			if (layer < 0) continue;
			const range = document.createRange();
			range.selectNodeContents(node);
			const size = Number.parseFloat(getComputedStyle(owner).fontSize);
			for (const line of range.getClientRects()) {
				if (line.bottom < 0 || line.top > innerHeight || line.width < 1) continue;
				// A line's box is higher than its letters, more so in Arabic faces.
				const height = Math.min(line.height, size * 0.75);
				const top = line.top + (line.height - height) / 2;
				const box = new DOMRect(line.left, top, line.width, height);
				if (box.left < -0.5 || box.right > document.documentElement.clientWidth + 0.5)
					found.push(`“${text}” leaves the screen`);
				boxes.push({ text, layer, box, owner });
			}
			const clip = owner.closest('.dates, .menu-sheet, .key');
			if (clip && clip.scrollWidth > clip.clientWidth + 1) found.push(`“${text}” is cut off`);
		}
		boxes.forEach((a, index) => {
			for (const b of boxes.slice(index + 1)) {
				if (a.layer !== b.layer) continue;
				const width = Math.min(a.box.right, b.box.right) - Math.max(a.box.left, b.box.left);
				const height = Math.min(a.box.bottom, b.box.bottom) - Math.max(a.box.top, b.box.top);
				if (width > 1 && height > 1) found.push(`“${a.text}” lies on “${b.text}”`);
			}
		});
		return [...new Set(found)];
	}, within);
}

/** Names in the pictures of all scenes that lie on one another, or reach out of their picture. */
export function nameCollisions(page: Page): Promise<string[]> {
	return page.evaluate(() =>
		[...document.querySelectorAll('.scene .picture')].flatMap((picture) => {
			const scene = picture.closest('.scene')?.id ?? '';
			const pane = picture.getBoundingClientRect();
			const names = [...picture.querySelectorAll('.labels text')]
				.filter((text) => text.checkVisibility({ visibilityProperty: true, opacityProperty: true }))
				.map((text) => {
					const { left, right, top, bottom } = text.getBoundingClientRect();
					// A line's box is higher than its letters, more so in Arabic faces.
					const size = Number.parseFloat(getComputedStyle(text).fontSize);
					const spare = Math.max(0, (bottom - top - size * 0.75) / 2);
					const words = text.textContent;
					return { words, left, right, top: top + spare, bottom: bottom - spare };
				});
			if (names.length === 0) return [`${scene}: no names`];
			return names.flatMap((a, index) => [
				...(a.left < pane.left - 0.5 || a.right > pane.right + 0.5
					? [`${scene}: “${a.words}” is cut off`]
					: []),
				...(a.top < pane.top - 0.5 || a.bottom > pane.bottom + 0.5
					? [`${scene}: “${a.words}” is cut off`]
					: []),
				...names.slice(index + 1).flatMap((b) => {
					const width = Math.min(a.right, b.right) - Math.max(a.left, b.left);
					const height = Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top);
					return width > 1 && height > 1 ? [`${scene}: “${a.words}” lies on “${b.words}”`] : [];
				})
			]);
		})
	);
}
