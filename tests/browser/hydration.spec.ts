/** What a reader does before the page's script has come is not lost when it comes. */
import { expect, type Frame, type Locator, type Page } from '@playwright/test';
import { relay } from '../fixtures/stories';
import { test } from './hosts';
import { SCREENS, settle } from './reading';

const { id: STORY } = relay;
/** The scripts that take over a page and a frame. */
const SCRIPT = /\/start(?:-frame)?\.[^/]*\.js$/;
const MENU = '.menu > summary';

/** Holds back the script of every page and frame until it is let through. */
async function holdScript(page: Page): Promise<() => void> {
	let release: () => void = () => undefined;
	const held = new Promise<void>((resolve) => (release = resolve));
	await page.route(SCRIPT, async (route) => {
		await held;
		await route.continue();
	});
	return release;
}

/** Waits until all of a page is there but its script. */
const written = (page: Page | Frame) =>
	page.waitForFunction(() => document.readyState === 'interactive');

/** Waits until the script has taken over what it found. */
async function takenOver(page: Page | Frame): Promise<void> {
	await page.waitForFunction(() => performance.getEntriesByName('masar:static-map').length > 0);
	await settle(page);
}

/** The story as it is written, with its script held back; gives what lets that through and waits for it. */
async function openEarly(
	page: Page,
	rest = '?map=static',
	language = 'en'
): Promise<() => Promise<void>> {
	const release = await holdScript(page);
	await page.goto(`/${language}/${STORY}/${rest}`, { waitUntil: 'commit' });
	await written(page);
	return async () => {
		release();
		await takenOver(page);
	};
}

const kept = (page: Page, name: string) =>
	page.evaluate((key) => localStorage.getItem(`masar:${key}`), name);

/** How far from the top of the screen an element stands, in px. */
const topOf = (element: Locator) => element.evaluate((each) => each.getBoundingClientRect().top);

/** Scrolls until words stand 300 px below the top of the screen. */
async function readOnTo(words: Locator): Promise<void> {
	// Each time, what has come onto the screen is laid out, and the rest of the way told better.
	await expect(async () => {
		await words.evaluate((each) => {
			scrollBy({ top: each.getBoundingClientRect().top - 300, behavior: 'instant' });
		});
		await settle(words.page());
		expect(await topOf(words)).toBeCloseTo(300, -1);
	}).toPass();
}

test.use({ viewport: SCREENS.desktop });

test('regression: a menu opened before the script has come is closed by Escape', async ({
	page
}) => {
	const arrive = await openEarly(page);
	const sheet = page.locator('.menu-sheet');
	await page.locator(MENU).focus();
	await page.keyboard.press('Enter');
	await expect(sheet).toBeVisible();
	await arrive();
	await expect(sheet, 'stays open').toBeVisible();
	await expect(page.locator(MENU), 'keeps the focus').toBeFocused();
	await page.keyboard.press('Tab');
	await expect(page.locator('.menu-sheet :focus')).toHaveCount(1);
	await page.keyboard.press('Escape');
	await expect(sheet).toBeHidden();
	await expect(page.locator(MENU)).toBeFocused();
});

test('regression: a menu opened before the script has come is closed by a click beside it', async ({
	page
}) => {
	const arrive = await openEarly(page);
	const sheet = page.locator('.menu-sheet');
	await page.locator(MENU).click();
	await arrive();
	await expect(sheet).toBeVisible();
	await page.locator('.opening h1').click({ position: { x: 5, y: 5 } });
	await expect(sheet).toBeHidden();
});

test('regression: a menu opened before the script has come leads to a scene, and closes', async ({
	page
}) => {
	const arrive = await openEarly(page);
	await page.locator(MENU).click();
	await arrive();
	await page.locator('.contents a[href="#berlin"]').click();
	await expect(page.locator('.menu-sheet')).toBeHidden();
	await expect(page.locator('.rail [aria-current]')).toHaveAttribute('data-stop', 'berlin');
});

test('regression: a theme and less motion chosen before the script has come are applied and kept', async ({
	page
}) => {
	await page.emulateMedia({ colorScheme: 'light' });
	const arrive = await openEarly(page);
	await page.locator(MENU).click();
	await page.getByRole('radio', { name: 'Dark' }).check({ force: true });
	await page.getByRole('radio', { name: 'Reduced' }).check({ force: true });
	await arrive();
	await expect(page.locator('html')).toHaveAttribute('data-theme', 'dark');
	await expect(page.locator('article')).toHaveClass(/\bstill\b/);
	await expect(page.getByRole('radio', { name: 'Dark' })).toBeChecked();
	await expect(page.getByRole('radio', { name: 'Reduced' })).toBeChecked();
	expect(await kept(page, 'theme')).toBe('dark');
	expect(await kept(page, 'motion')).toBe('reduce');
	await expect(page.locator('.menu-sheet'), 'the menu stays open').toBeVisible();
});

test('regression: a theme that was kept gives way to Auto, chosen before the script has come', async ({
	page
}) => {
	await page.addInitScript(() => {
		localStorage.setItem('masar:theme', 'dark');
	});
	const arrive = await openEarly(page);
	await expect(page.locator('html')).toHaveAttribute('data-theme', 'dark');
	await page.locator(MENU).click();
	await page.locator('.options').first().getByText('Auto').click({ force: true });
	await arrive();
	await expect(page.locator('html')).not.toHaveAttribute('data-theme');
	expect(await kept(page, 'theme')).toBe('auto');
});

test('a choice that the browser remembers from another visit is none of the reader’s', async ({
	page
}) => {
	const arrive = await openEarly(page);
	await arrive();
	await page.locator(MENU).click();
	await page.getByRole('radio', { name: 'Dark' }).check({ force: true });
	// Chosen since in another tab.
	await page.evaluate(() => {
		localStorage.setItem('masar:theme', 'light');
	});
	await page.reload();
	await takenOver(page);
	await page.locator(MENU).click();
	await expect(page.locator('html')).toHaveAttribute('data-theme', 'light');
	await expect(page.getByRole('radio', { name: 'Light' })).toBeChecked();
	expect(await kept(page, 'theme')).toBe('light');
});

test('regression: a reload goes back to the reader’s place where the browser does not', async ({
	page
}) => {
	const PLACE = 3000;
	await (
		await openEarly(page)
	)();
	await page.evaluate((top) => {
		scrollTo({ top, behavior: 'instant' });
	}, PLACE);
	await expect.poll(() => page.evaluate(() => location.hash), 'the scene is named').not.toBe('');
	await page.evaluate((top) => {
		sessionStorage.setItem(`masar:${location.pathname}`, String(top));
		// Firefox forgets the scroll now and then; this has Chromium leave it alone always.
		history.scrollRestoration = 'manual';
		history.replaceState(history.state, '', location.pathname + location.search);
	}, PLACE);
	await page.reload();
	await takenOver(page);
	expect(await page.evaluate(() => scrollY)).toBe(PLACE);
});

test('regression: the embedding asked for before the script has come is opened by it', async ({
	page
}) => {
	const arrive = await openEarly(page);
	await page.locator(MENU).click();
	await page.getByRole('button', { name: 'Embed this story' }).click();
	await arrive();
	await expect(page.getByRole('dialog', { name: 'Embed this story' })).toBeVisible();
	await expect(page.locator('.menu-sheet')).toBeHidden();
});

test('regression: a place followed before the script has come is open with it, and Back closes it', async ({
	page
}) => {
	const arrive = await openEarly(page);
	const link = page.locator('[data-paragraph] a[data-place]').first();
	const place = await link.getAttribute('data-place');
	await link.click();
	expect(await page.evaluate(() => location.hash)).toBe(`#place-${place ?? ''}`);
	await arrive();
	const dossier = page.locator('.dossier');
	await expect(dossier.locator('h3')).toBeFocused();
	await page.goBack();
	await expect(dossier).toHaveCount(0);
	expect(await page.evaluate(() => location.hash)).not.toContain('place-');
});

test('a scene and a paragraph followed before the script has come are where the story is with it', async ({
	page
}) => {
	const arrive = await openEarly(page);
	await page.locator(MENU).click();
	await page.locator('.contents a[href="#berlin"]').click();
	await arrive();
	await expect(page.locator('.rail [aria-current]')).toHaveAttribute('data-stop', 'berlin');
	await page.goBack();
	await expect.poll(() => page.evaluate(() => location.hash)).toBe('');
});

test('a link to share, followed before the script has come, leads to what it names', async ({
	page
}) => {
	const arrive = await openEarly(page);
	await page.locator('#p7').locator('..').locator('.permalink').click();
	await arrive();
	await expect(page.locator('.beat.present [data-paragraph]')).toHaveAttribute(
		'data-paragraph',
		'7'
	);
	await expect(page.locator('.shared')).toHaveCount(0);
});

test('regression: who has read on from where the address leads is not brought back to it', async ({
	page
}) => {
	const arrive = await openEarly(page, '?map=static#p4');
	await readOnTo(page.locator('#p9'));
	await arrive();
	expect(await topOf(page.locator('#p9'))).toBeCloseTo(300, -1);
	await expect(page.locator('.rail [aria-current]')).toHaveAttribute('data-stop', 'ocean');
});

test('regression: who has scrolled without an address stays, and the margin tells where', async ({
	page
}) => {
	const arrive = await openEarly(page);
	await readOnTo(page.locator('#p9'));
	await arrive();
	expect(await topOf(page.locator('#p9'))).toBeCloseTo(300, -1);
	await expect(page.locator('.rail [aria-current]')).toHaveAttribute('data-stop', 'ocean');
});

test('regression: a scene that was reached just before the script has come stays where it is', async ({
	page
}) => {
	// In the task of the script itself, so that nothing is laid out in between.
	await page.route(SCRIPT, async (route) => {
		const response = await route.fetch();
		const jump = `document.querySelector('#berlin').scrollIntoView({ behavior: 'instant' });`;
		await route.fulfill({ response, body: jump + (await response.text()) });
	});
	await page.goto(`/en/${STORY}/?map=static`, { waitUntil: 'commit' });
	await takenOver(page);
	expect(await topOf(page.locator('#berlin'))).toBeCloseTo(0, 0);
	await expect(page.locator('.rail [aria-current]')).toHaveAttribute('data-stop', 'berlin');
});

test('the focus and what is selected stay with the reader', async ({ page }) => {
	const arrive = await openEarly(page);
	const link = page.locator('[data-paragraph] a[data-place]').first();
	await link.focus();
	await page.locator('#p1').evaluate((words) => getSelection()?.selectAllChildren(words));
	const selected = await page.evaluate(() => getSelection()?.toString());
	expect(selected?.length).toBeGreaterThan(20);
	await arrive();
	await expect(link).toBeFocused();
	expect(await page.evaluate(() => getSelection()?.toString())).toBe(selected);
});

test('regression: an address that is held while pictures come can be led to again', async ({
	page
}) => {
	// The page is not loaded before this picture is.
	let release: () => void = () => undefined;
	const held = new Promise<void>((resolve) => (release = resolve));
	await page.route(`**/${STORY}/opening.svg`, async (route) => {
		await held;
		await route.continue();
	});
	const arrive = await openEarly(page, '?map=static#berlin');
	await arrive();
	await page.locator(MENU).click();
	await page.locator('.contents a[href="#berlin"]').click();
	await expect(page.locator('[data-scene="berlin"]')).toBeFocused();
	const order = relay.scenes.findIndex(({ id }) => id === 'berlin');
	const { heading = 'no heading' } = relay.text.en.scenes[order] ?? {};
	await expect(page.locator('[data-announced]')).toHaveText(heading);
	release();
	await expect(page.locator('#berlin')).toHaveCount(1);
});

test('regression: the other language, asked for before the script has come, is read from the same place', async ({
	page
}) => {
	await openEarly(page, '?map=static#p7');
	await page.locator('.switch').click();
	await page.waitForURL(/\/ar\//, { waitUntil: 'commit' });
	expect(new URL(page.url()).hash).toBe('#p7');
});

test('regression: a page printed before its script has come has every paragraph on it', async ({
	page
}) => {
	await openEarly(page);
	await page.emulateMedia({ media: 'print' });
	const unseen = await page
		.locator('[data-paragraph]')
		.evaluateAll((all) =>
			all.flatMap((words) =>
				words.checkVisibility({ contentVisibilityAuto: true, opacityProperty: true })
					? []
					: [words.id]
			)
		);
	expect(unseen).toEqual([]);
});

test('regression: a page that is laid out for paper when its script comes has light pictures', async ({
	page
}) => {
	await page.emulateMedia({ colorScheme: 'dark' });
	const arrive = await openEarly(page);
	await page.emulateMedia({ media: 'print' });
	await arrive();
	await expect(page.locator('.opening .picture img')).toHaveAttribute('src', /#light$/);
});

test.describe('in a frame', () => {
	/** A host page with the story, whose script is held back. */
	async function openFrameEarly(
		page: Page,
		put: (name: string, page: { html: string }) => string,
		site: string,
		name: string
	): Promise<{ frame: Frame; arrive: (selector: string) => Promise<void> }> {
		const release = await holdScript(page);
		const filler = '<p>Words of the host’s own.</p>'.repeat(60);
		const html = `<!doctype html><meta charset="utf-8" /><title>A newspaper</title><body>
			<script async src="${site}/embed/v1.js" data-story="${STORY}" data-lang="en" data-map="static"></script>${filler}`;
		await page.goto(put(name, { html }), { waitUntil: 'commit' });
		const handle = await page.waitForSelector('iframe', { state: 'attached' });
		const frame = await handle.contentFrame();
		if (!frame) throw new Error('There is no frame of the story.');
		await frame.locator('.box-words').waitFor();
		await written(frame);
		return {
			frame,
			arrive: async (selector) => {
				release();
				await frame.locator(selector).waitFor();
			}
		};
	}

	test('regression: a name on the map clicked before the script has come leaves the story with its host', async ({
		page,
		hosts
	}) => {
		const { frame, arrive } = await openFrameEarly(page, hosts.put, hosts.site, 'early-place');
		const address = frame.url();
		const box = await frame.locator('.picture a[data-place]').first().boundingBox();
		if (!box) throw new Error('There is no name on the picture.');
		await page.mouse.click(box.x + box.width / 2, box.y + box.height / 2);
		expect(await frame.evaluate(() => location.href)).toBe(address);
		await arrive('.scenes');
		// From now on it is answered.
		await frame.locator('.opening .picture a[data-place]').first().click();
		await expect(frame.locator('.dossier h3')).toBeVisible();
	});

	test('regression: the other language, asked for before the script has come, keeps the host', async ({
		page,
		hosts
	}) => {
		const { frame, arrive } = await openFrameEarly(page, hosts.put, hosts.site, 'early-language');
		await frame.locator('.box-other').click();
		await arrive('.masar[lang="ar"] .scenes');
		expect(new URL(frame.url()).searchParams.get('map')).toBe('static');
	});
});
