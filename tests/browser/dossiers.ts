/** What tests of open places share. */
import { expect, type Page } from '@playwright/test';
import type { Language, Place } from '../../src/lib/model/story';
import { story } from './reading';

export function place(id: string): Place {
	const found = story.places[id];
	if (!found) throw new Error(`The story has no place ${id}.`);
	return found;
}

export const dialogOf = (page: Page) => page.getByRole('dialog');

/** The address without its `#`. */
export const hashOf = (page: Page) =>
	page.evaluate(() => decodeURIComponent(location.hash.slice(1)));

/** The dossier of a place is open, its heading has the focus, and the address names it. */
export async function expectOpen(page: Page, language: Language, id: string): Promise<void> {
	const heading = dialogOf(page).locator('h3');
	await expect(heading).toContainText(place(id).name[language]);
	await expect(heading).toBeFocused();
	await expect.poll(() => hashOf(page)).toBe(`place-${id}`);
}
