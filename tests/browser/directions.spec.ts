/** What follows the language's direction and what does not, read from a page that is laid out whole. */
import { expect, test, type Page } from '@playwright/test';
import { relay } from '../fixtures/stories';
import { LANGUAGES, type Language } from '../../src/lib/model/story';
import { openStill, SCREENS, settle } from './reading';

/** 1 for what is as it was drawn, -1 for what is turned about, by the transform of one element. */
const turned = (page: Page, selector: string) =>
	page
		.locator(selector)
		.first()
		.evaluate((element) => Math.sign(new DOMMatrix(getComputedStyle(element).transform).a));

/** The places of each picture from west to east, by where their dots stand. */
const eastward = (page: Page) =>
	page.locator('figure.picture').evaluateAll((pictures) =>
		pictures.map((picture) =>
			[...picture.querySelectorAll<SVGElement>('[data-dot]')]
				.map((dot) => ({ id: dot.dataset['dot'], x: dot.getBoundingClientRect().x }))
				.sort((a, b) => a.x - b.x)
				.map(({ id }) => id)
		)
	);

const middleOf = (page: Page, selector: string) =>
	page
		.locator(selector)
		.first()
		.evaluate((element) => {
			const { left, width } = element.getBoundingClientRect();
			return left + width / 2;
		});

/** All that the law speaks of, while the page that is read is taken over and not loaded yet. */
async function seenIn(page: Page, language: Language) {
	// The page is not loaded before this picture is: until then it has taken the id from where its address leads.
	let release: () => void = () => undefined;
	const held = new Promise<void>((resolve) => (release = resolve));
	await page.route(`**/${relay.id}/opening.svg`, async (route) => {
		await held;
		await route.continue();
	});
	await page.goto(`/${language}/${relay.id}/?map=static#territory`, { waitUntil: 'commit' });
	await page.waitForFunction(() => performance.getEntriesByName('masar:static-map').length > 0);
	await settle(page);
	expect(await page.evaluate(() => document.readyState)).not.toBe('complete');
	const first = await middleOf(page, '.dates > :first-child');
	const seen = {
		dates: Math.sign((await middleOf(page, '.dates > :last-child')) - first),
		progress: await turned(page, '.hairline'),
		picture: await turned(page, '[data-scene="territory"] figure.picture img'),
		globe: await turned(page, 'img.locator'),
		eastward: await eastward(page),
		clocks: (await page.locator('.figures td').allTextContents()).join().replace(/[^\d:]/g, '')
	};
	release();
	await page.goto(`/embed/${language}/${relay.id}/?boxed&map=static`);
	// The steps are there once a script answers to them.
	await page.locator('.box-count').waitFor();
	return {
		...seen,
		forward: await turned(page, '.arrow.forward'),
		back: await turned(page, '.arrow.back')
	};
}

test('dates, progress and steps go the way of the language; geography and clocks do not', async ({
	page
}) => {
	await page.setViewportSize(SCREENS.phone);
	const [ar, en] = [await seenIn(page, LANGUAGES[0]), await seenIn(page, LANGUAGES[1])];
	expect(LANGUAGES).toEqual(['ar', 'en']);
	expect(en).toMatchObject({ dates: 1, progress: 1, forward: 1, back: -1, picture: 1, globe: 1 });
	expect(ar).toMatchObject({ dates: -1, progress: -1, forward: -1, back: 1, picture: 1, globe: 1 });
	expect(en.clocks).toMatch(/\d\d:\d\d/);
	expect(ar.clocks).toBe(en.clocks);
	expect(en.eastward.flat().length).toBeGreaterThan(5);
	expect(ar.eastward).toEqual(en.eastward);
});

/** What stands at a side of its own, on a screen of each shape. */
const AT_A_SIDE = [
	'.brand',
	'.menu summary',
	'.switch',
	'.rail',
	'.stage',
	'#p4',
	'.beat:has(#p4) .permalink',
	'.dossier',
	'.dossier .close',
	'.dossier h3',
	'.key .locator'
] as const;

/** How far each stands from where lines begin and from where they end, in px; null where it is not seen. */
const sidesOf = (page: Page, selectors: readonly string[]) =>
	page.evaluate((all) => {
		const story = document.querySelector('.masar');
		const box = story?.getBoundingClientRect();
		if (!story || !box) throw new Error('There is no story.');
		const forward = getComputedStyle(story).direction === 'ltr';
		return all.map((selector) => {
			const element = document.querySelector(selector);
			if (!element?.checkVisibility({ visibilityProperty: true })) return null;
			const { left, right } = element.getBoundingClientRect();
			const sides = [left - box.left, box.right - right];
			return forward ? sides : sides.reverse();
		});
	}, selectors);

for (const screen of ['phone', 'desktop'] as const)
	test(`${screen}: what stands where lines begin, or end, in one language does so in the other`, async ({
		page
	}) => {
		await page.setViewportSize(SCREENS[screen]);
		const ar = await sidesIn(page, LANGUAGES[0]);
		const en = await sidesIn(page, LANGUAGES[1]);
		expect(ar.filter((sides) => sides !== null).length).toBeGreaterThan(7);
		for (const [index, selector] of AT_A_SIDE.entries()) {
			const [one, other] = [ar[index], en[index]];
			expect(one === null, selector).toBe(other === null);
			// Words are not as long in both: an element keeps the side that it is tied to.
			const apart = one?.map((side, at) => Math.abs(side - (other?.[at] ?? NaN))) ?? [0];
			expect
				.soft(Math.min(...apart), `${selector}: ${String(one)} and ${String(other)}`)
				.toBeLessThan(3);
		}
	});

async function sidesIn(page: Page, language: Language) {
	await openStill(page, language, '#place-kursk', '&motion=reduce');
	await page.locator('.dossier h3').waitFor();
	await settle(page);
	return sidesOf(page, AT_A_SIDE);
}
