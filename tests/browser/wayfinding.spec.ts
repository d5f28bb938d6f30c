import { readFileSync } from 'node:fs';
import { expect, test, type Page } from '@playwright/test';
import { parse, wcagContrast } from 'culori';
import { LANGUAGES } from '../../src/lib/model/story';
import { collisions, nameCollisions, WIDTHS } from './collisions';
import {
	beats,
	goTo,
	openStill,
	paragraphs,
	SCREENS,
	settle,
	story,
	taken,
	tries
} from './reading';

const kindOf = new Map(story.contacts.map(({ id, kind }) => [id, kind]));
const ids = story.scenes.map(({ id }) => id);

/** Whether a scene's picture, which is drawn apart from the page, holds disputed or occupied land. */
const hatchedIn = (scene: string) =>
	readFileSync(`.cache/fixtures/build/pictures/relay/${scene}.svg`, 'utf8').includes(
		'class="hatch"'
	);

/** What the margin says now. */
function margin(page: Page) {
	return page.evaluate(() => {
		const all = (selector: string, name: string) =>
			[...document.querySelectorAll(selector)].map((element) => element.getAttribute(name));
		return {
			legend: all('.legend > li', 'data-legend'),
			date: all('.dates [aria-current=date]', 'data-date'),
			stop: all('.rail [aria-current]', 'data-stop'),
			paragraph: all('.beat.present [data-paragraph]', 'data-paragraph'),
			locator: document.querySelector('.locator')?.getAttribute('src') ?? ''
		};
	});
}

const present = async (page: Page) => Number((await margin(page)).paragraph[0]);

for (const language of LANGUAGES) {
	test.describe(language, () => {
		for (const screen of ['phone', 'desktop'] as const) {
			if (tries(language, screen === 'phone' ? 'en' : 'ar'))
				test(`${screen}: at every paragraph the key holds what is drawn, and the date line, the rail and the globe agree`, async ({
					page
				}) => {
					await page.setViewportSize(SCREENS[screen]);
					await openStill(page, language);
					for (const scene of story.scenes) {
						for (const beat of scene.beats) {
							await goTo(page, `p${beat.paragraph}`);
							// Letters that arrive meanwhile move the words, and what is present is told a frame later.
							let now = await margin(page);
							await expect
								.poll(async () => (now = await margin(page)).paragraph)
								.toEqual([`${beat.paragraph}`]);
							const kinds = beat.contacts.map((id) => kindOf.get(id));
							const hatching = hatchedIn(scene.id) ? ['hatched'] : [];
							expect(new Set(now.legend), `key at paragraph ${beat.paragraph}`).toEqual(
								new Set(['focus', ...hatching, ...kinds])
							);
							expect(now.date, `date of paragraph ${beat.paragraph}`).toEqual([beat.date]);
							expect(now.stop).toEqual([scene.id]);
							expect(now.locator).toContain(`/${scene.id}/locator.svg`);
						}
					}
				});
		}

		test('a date leads to its paragraphs, one after the other, on a target wide enough for a finger', async ({
			page
		}) => {
			await page.setViewportSize(SCREENS.small);
			await openStill(page, language);
			const dates = [...new Set(beats.map(({ date }) => date))];
			for (const date of dates) {
				const spoken = beats.filter((beat) => beat.date === date).map(({ paragraph }) => paragraph);
				const before = await present(page);
				const link = page.locator(`.dates [data-date="${date}"]`);
				await link.click();
				const expected = spoken.find((paragraph) => paragraph > (before || 0)) ?? spoken[0];
				await expect.poll(() => present(page), date).toBe(expected);
				const box = await link.boundingBox();
				expect(box?.width).toBeGreaterThanOrEqual(44);
				expect(box?.height).toBeGreaterThanOrEqual(44);
			}
			const places = await page
				.locator('.dates .stop')
				.evaluateAll((stops) => stops.map((stop) => stop.getBoundingClientRect().left));
			const sorted = [...places].sort((a, b) => (language === 'ar' ? b - a : a - b));
			expect(places).toEqual(sorted);
		});

		if (tries(language, 'en'))
			test('the rail and its neighbours lead from scene to scene without an entry in the history', async ({
				page
			}) => {
				await page.setViewportSize(SCREENS.desktop);
				await openStill(page, language, '#p1');
				const entries = await page.evaluate(() => history.length);
				for (const id of ids) {
					await page.locator(`.rail [data-stop="${id}"]`).click();
					await expect(page.locator('.rail [aria-current]')).toHaveAttribute('data-stop', id);
				}
				const [first = '', second = '', third = ''] = ids;
				await page.locator(`.rail [data-stop="${second}"]`).click();
				await page.locator('[data-step=next]').click();
				await expect(page.locator('.rail [aria-current]')).toHaveAttribute('data-stop', third);
				await page.locator('[data-step=previous]').click();
				await page.locator('[data-step=previous]').click();
				await expect(page.locator('.rail [aria-current]')).toHaveAttribute('data-stop', first);
				await expect(page.locator('[data-step=previous]')).toHaveCount(0);
				expect(await page.evaluate(() => history.length)).toBe(entries);
				// A name is seen on focus as it is on hover, and is the link's own.
				const link = page.locator(`.rail [data-stop="${third}"]`);
				await link.focus();
				await page.keyboard.press('Shift+Tab');
				await page.keyboard.press('Tab');
				await expect(link.locator('.name')).toBeVisible();
				await expect(link).toHaveAccessibleName(
					story.text[language].scenes[2]?.heading ?? 'no heading'
				);
			});

		if (tries(language, 'ar'))
			test('on a phone each scene’s words end with the way on', async ({ page }) => {
				await page.setViewportSize(SCREENS.phone);
				await openStill(page, language, '#p4');
				await page.locator('#kursk .steps [rel=next]').click();
				await expect.poll(() => present(page)).toBe(5);
				await page.locator('#span .steps [rel=prev]').click();
				await expect.poll(() => present(page)).toBe(4);
				for (const box of await page
					.locator('.steps a')
					.evaluateAll((links) => links.map((link) => link.getBoundingClientRect().height))) {
					expect(box).toBeGreaterThanOrEqual(44);
				}
				await expect(page.locator('.rail')).toBeHidden();
			});

		test('no space between two words is lost because they stand in a row of boxes', async ({
			page
		}) => {
			await openStill(page, language);
			const joined = await page.locator('.masar :has(> *)').evaluateAll((all) =>
				all.flatMap((box) => {
					if (!/flex|grid/.test(getComputedStyle(box).display)) return [];
					const inside = [...box.childNodes].filter((node) => !(node instanceof Comment));
					const isSeen = (node?: ChildNode) => node instanceof HTMLElement && node.offsetWidth > 1;
					const lost = inside.filter(
						(node, index) =>
							node instanceof Text &&
							node.data.trim() !== '' &&
							((/ $/.test(node.data) && isSeen(inside[index + 1])) ||
								(/^ /.test(node.data) && isSeen(inside[index - 1])))
					);
					return lost.map((node) => node.parentElement?.textContent);
				})
			);
			expect(joined).toEqual([]);
		});

		test('no words are cut off or lie on others, from 320 to 2560 px', async ({ page }) => {
			// A scene without words, clocks, a key of hatching, a part's heading, and what follows the story.
			const places = ['opening', 'p6', 'p8', 'p12', 'places-heading'];
			await openStill(page, language);
			for (const [width, height] of WIDTHS) {
				await page.setViewportSize({ width, height });
				for (const place of places) {
					await goTo(page, place);
					expect(await collisions(page), `${width} px, ${place}`).toEqual([]);
				}
				await page.locator('.menu summary').click();
				expect(await collisions(page, '.menu-sheet'), `${width} px, menu`).toEqual([]);
				await page.keyboard.press('Escape');
			}
		});

		test('a paragraph’s address shows its first words, below the map and the key', async ({
			page
		}) => {
			await openStill(page, language);
			for (const screen of ['phone', 'tablet', 'desktop'] as const) {
				const size = { ...SCREENS, tablet: { width: 768, height: 1024 } }[screen];
				await page.setViewportSize(size);
				await settle(page);
				for (const id of paragraphs) {
					await goTo(page, id);
					const clear = () =>
						page.evaluate((paragraph) => {
							const words = document.getElementById(paragraph)?.getBoundingClientRect().top ?? NaN;
							const scenes = document.querySelector('.scenes') ?? document.body;
							const layout = getComputedStyle(scenes).getPropertyValue('--layout').trim();
							const over = document.querySelector('.marginalia')?.getBoundingClientRect().bottom;
							const top = layout === 'beside' ? 0 : (over ?? NaN);
							return words >= top && words < innerHeight - 60;
						}, id);
					await expect.poll(clear, { message: `${screen}: ${id}` }).toBe(true);
				}
			}
		});

		test('no names on a map are cut off or lie on one another, from 320 to 2560 px', async ({
			page
		}) => {
			await openStill(page, language);
			await page.evaluate(() => document.fonts.ready);
			for (const [width, height] of WIDTHS) {
				await page.setViewportSize({ width, height });
				await settle(page);
				expect(await nameCollisions(page), `${width}×${height}`).toEqual([]);
			}
		});

		if (tries(language, 'en'))
			test('text on paper has a contrast of 7 to 1 in both themes', async ({ page }) => {
				await page.setViewportSize(SCREENS.desktop);
				for (const theme of ['light', 'dark'] as const) {
					await openStill(page, language, '#p8', `&theme=${theme}`);
					await page.locator('.menu summary').click();
					const pairs = await textColours(page);
					expect(pairs.length).toBeGreaterThan(6);
					for (const { colour, paper, words } of pairs) {
						const [front, back] = [parse(colour), parse(paper)];
						expect(front && back, `${colour} on ${paper}`).toBeTruthy();
						if (!front || !back) continue;
						expect(wcagContrast(front, back), `${theme}: “${words}”`).toBeGreaterThanOrEqual(7);
					}
				}
			});

		if (tries(language, 'ar'))
			test('nothing shifts while the whole story is read', async ({ page }) => {
				await page.setViewportSize(SCREENS.phone);
				await openStill(page, language);
				// What moves while the page comes piece by piece is another law's, and so are late typefaces.
				await page.evaluate(async () => {
					await Promise.allSettled([...document.fonts].map((face) => face.load()));
					await new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));
					new PerformanceObserver((list) => {
						for (const entry of list.getEntries()) {
							const { value } = entry as PerformanceEntry & { value: number };
							const root = document.documentElement;
							root.dataset['shift'] = `${Number(root.dataset['shift'] ?? 0) + value}`;
						}
					}).observe({ type: 'layout-shift' });
				});
				const height = await page.evaluate(() => document.body.scrollHeight);
				for (let y = 0; y < height; y += 700) {
					await page.mouse.wheel(0, 700);
					await settle(page);
				}
				const shift = await page.evaluate(() =>
					Number(document.documentElement.dataset['shift'] ?? 0)
				);
				expect(shift).toBeLessThanOrEqual(0.001);
			});

		if (tries(language, 'en'))
			test('a paragraph’s number copies its address, and without a clipboard shows it', async ({
				page,
				context
			}) => {
				await context.grantPermissions(['clipboard-read', 'clipboard-write']);
				await page.addInitScript(() => {
					Object.defineProperty(navigator, 'share', { value: undefined });
				});
				await openStill(page, language, '#p4');
				// The confirmation goes by itself: it is looked for in every frame.
				const told = page.waitForFunction(() =>
					document.querySelector('.shared [role=status]')?.textContent.trim()
				);
				await page.locator('#p4').locator('..').locator('.permalink').click();
				await told;
				const copied = await page.evaluate(() => navigator.clipboard.readText());
				expect(copied).toBe(new URL(`/${language}/relay/#p4`, page.url()).href);
				await page.evaluate(() => {
					Object.defineProperty(navigator, 'clipboard', { value: undefined });
				});
				await page.locator('.menu summary').click();
				await page.locator('.actions [data-share]').last().click();
				const field = page.locator('.by-hand input');
				await expect(field).toHaveValue(new URL(`/${language}/relay/#kursk`, page.url()).href);
				expect(await field.evaluate((input) => getSelection()?.toString() ?? input)).toContain(
					'#kursk'
				);
				expect(await page.evaluate(() => location.hash)).not.toBe('#p3');
			});
	});
}

test('a theme that was chosen is kept, and is there before any script of the page has run', async ({
	page
}) => {
	await page.emulateMedia({ colorScheme: 'light' });
	await openStill(page, 'en');
	await page.locator('.menu summary').click();
	await page.getByRole('radio', { name: 'Dark' }).check({ force: true });
	await expect(page.locator('html')).toHaveAttribute('data-theme', 'dark');
	const small = page.locator('#place-kyiv .place-map img');
	await expect(small, 'a dossier’s small map').toHaveAttribute('src', /#dark$/);
	await page.route('**/_app/**/*.js', (route) => route.abort());
	await page.reload();
	await expect(page.locator('html')).toHaveAttribute('data-theme', 'dark');
	const script = page.locator('head script[src$="first-paint.js"]');
	await expect(script).toHaveCount(1);
	expect(
		await script.evaluate((element) => element.matches(':not([async], [defer], [type=module])'))
	).toBe(true);
	// What the address asks for goes before what was kept.
	await page.goto('/en/relay/?theme=light');
	await expect(page.locator('html')).toHaveAttribute('data-theme', 'light');
	await page.unroute('**/_app/**/*.js');
	await openStill(page, 'en');
	await expect(page.locator('html')).toHaveAttribute('data-theme', 'dark');
	await page.locator('.menu summary').click();
	await page.getByRole('radio', { name: 'Auto' }).first().check({ force: true });
	await expect(page.locator('html')).not.toHaveAttribute('data-theme');
	await expect(small).toHaveAttribute('src', /\.svg$/);
});

/** The story before its typefaces have come. */
async function openUnset(page: Page): Promise<void> {
	await page.goto('/en/relay/?map=static#p11', { waitUntil: 'commit' });
	await taken(page);
}

test('a paragraph stays the present one when the typefaces arrive late', async ({ page }) => {
	await page.setViewportSize(SCREENS.small);
	let release: () => void = () => undefined;
	const late = new Promise<void>((resolve) => (release = resolve));
	await page.route('**/*.woff2', async (route) => {
		await late;
		await route.continue();
	});
	await openUnset(page);
	await expect.poll(() => present(page)).toBe(11);
	release();
	await page.evaluate(() => document.fonts.ready);
	await settle(page);
	expect(await present(page)).toBe(11);
});

test('the menu is opened and closed by keys, and gives the focus back', async ({ page }) => {
	await openStill(page, 'ar', '#p4');
	const button = page.locator('.menu summary');
	await button.focus();
	await page.keyboard.press('Enter');
	await expect(page.locator('.menu-sheet')).toBeVisible();
	await page.keyboard.press('Tab');
	await expect(page.locator('.menu-sheet :focus')).toHaveCount(1);
	await page.keyboard.press('Escape');
	await expect(page.locator('.menu-sheet')).toBeHidden();
	await expect(button).toBeFocused();
	await button.click();
	await page.locator('#p4').click({ position: { x: 5, y: 5 } });
	await expect(page.locator('.menu-sheet')).toBeHidden();
	await button.click();
	await page.locator('.contents a').nth(6).click();
	await expect(page.locator('.menu-sheet')).toBeHidden();
	await expect.poll(async () => (await margin(page)).stop).toEqual([ids[6]]);
});

test('motion that was turned off stays off at the next visit', async ({ page }) => {
	await page.setViewportSize(SCREENS.desktop);
	await openStill(page, 'en', '#p4');
	await page.locator('.menu summary').click();
	await page.getByRole('radio', { name: 'Reduced' }).check({ force: true });
	await page.reload();
	await taken(page);
	await page.locator('.menu summary').click();
	await expect(page.getByRole('radio', { name: 'Reduced' })).toBeChecked();
});

test('the scale bar is there where one scale holds, and not where the globe is seen', async ({
	page
}) => {
	await page.setViewportSize(SCREENS.phone);
	await openStill(page, 'ar', '#kursk');
	await expect(page.locator('.scale [role=img]')).toHaveAccessibleName(/كم/);
	// Regression: the number of kilometres stood on the left of its unit, where an Arabic reader comes to it last.
	const [number, unit] = await page.locator('.scale bdi').evaluate((words) => {
		const text = words.firstChild;
		if (!text) throw new Error('The scale bar has no words.');
		return [0, (text.textContent?.length ?? 0) - 1].map((at) => {
			const letter = document.createRange();
			letter.setStart(text, at);
			letter.setEnd(text, at + 1);
			return letter.getBoundingClientRect().left;
		});
	});
	expect(number).toBeGreaterThan(unit ?? Infinity);
	await goTo(page, 'opening');
	await expect(page.locator('.scale [role=img]')).toHaveCount(0);
});

/** The colour of every piece of text on paper, and the paper's. */
function textColours(page: Page): Promise<{ colour: string; paper: string; words: string }[]> {
	return page.evaluate(() => {
		const clear = /^(transparent|rgba\(0, 0, 0, 0\))$/;
		const pairs = new Map<string, { colour: string; paper: string; words: string }>();
		const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
		for (let node = walker.nextNode(); node; node = walker.nextNode()) {
			const owner = node.parentElement;
			const words = node.textContent?.trim() ?? '';
			if (!owner || !words || owner.closest('svg, script, .credit, .scale, [data-spot]')) continue;
			if (!owner.checkVisibility({ visibilityProperty: true })) continue;
			let ground: Element | null = owner;
			while (ground && clear.test(getComputedStyle(ground).backgroundColor)) {
				ground = ground.parentElement;
			}
			const colour = getComputedStyle(owner).color;
			const paper = getComputedStyle(ground ?? document.documentElement).backgroundColor;
			pairs.set(colour + paper, { colour, paper, words: words.slice(0, 40) });
		}
		return [...pairs.values()];
	});
}
