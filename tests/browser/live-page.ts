/** A live map that is started once for many tests: each start draws the world in software. */
import { test as base, type BrowserContext, type Page } from '@playwright/test';
import type { Language } from '../../src/lib/model/story';
import { open, SCREENS, scrollTo, undrawn } from './reading';

export interface LivePages {
	/** The story with its live map on a screen, at its top and with nothing open; nothing is drawn unless it is asked for. */
	readonly live: (
		language: Language,
		screen: keyof typeof SCREENS,
		options?: { readonly drawn: boolean }
	) => Promise<Page>;
}

interface Kept {
	readonly context: BrowserContext;
	readonly page: Page;
	readonly key: string;
}

export const test = base.extend<LivePages, { kept: { now: Kept | null } }>({
	kept: [
		// eslint-disable-next-line no-empty-pattern -- Playwright reads which fixtures one needs from its first argument.
		async ({}, use) => {
			const kept: { now: Kept | null } = { now: null };
			await use(kept);
			await kept.now?.context.close();
		},
		{ scope: 'worker' }
	],
	live: async ({ kept, browser, baseURL }, use, { status, expectedStatus }) => {
		await use(async (language, screen, { drawn } = { drawn: false }) => {
			const hasTouch = screen === 'phone';
			const key = `${language} ${hasTouch} ${drawn}`;
			if (kept.now?.key !== key) {
				await kept.now?.context.close();
				const context = await browser.newContext({
					...(baseURL === undefined ? {} : { baseURL }),
					viewport: SCREENS[screen],
					hasTouch,
					serviceWorkers: 'block'
				});
				if (!drawn) await undrawn(context);
				const page = await context.newPage();
				kept.now = { context, page, key };
				await open(page, language);
			}
			const { page } = kept.now;
			await page.setViewportSize(SCREENS[screen]);
			await backToTheTop(page);
			return page;
		});
		// What a failed test has left behind, no other one should meet.
		if (status !== expectedStatus) {
			await kept.now?.context.close();
			kept.now = null;
		}
	}
});

async function backToTheTop(page: Page): Promise<void> {
	await page.emulateMedia({ reducedMotion: null, colorScheme: null, media: null });
	await page.mouse.move(1, 1);
	for (const opened of ['[role=dialog]', '[role=menu]', '.explore', 'details[open]']) {
		while ((await page.locator(opened).count()) > 0) {
			await page.keyboard.press('Escape');
			await page.locator(opened).first().waitFor({ state: 'detached' });
		}
	}
	await scrollTo(page, 0);
}
