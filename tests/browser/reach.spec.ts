import { expect, test, type Page } from '@playwright/test';
import { LANGUAGES, type Language } from '../../src/lib/model/story';
import { addStyles, goTo, openStill, SCREENS, settle, story, whole } from './reading';

interface Focus {
	/** Which element of the page it is, in their order. */
	readonly order: number;
	readonly href: string;
	readonly scene: string;
	readonly place: string;
	readonly name: string;
	/** What hides it, or nothing. */
	readonly hiddenBy: string;
}

/** What has the focus, and whether the reader sees it. */
function focusNow(page: Page): Promise<Focus> {
	return page.evaluate(async () => {
		await new Promise((resolve) => requestAnimationFrame(resolve));
		const element = document.activeElement;
		if (!element || element === document.body) {
			return { order: -1, href: '', scene: '', place: '', name: '', hiddenBy: '' };
		}
		const boxes = [...element.getClientRects()];
		const seen = boxes.some((box) => {
			const [x, y] = [box.left + box.width / 2, box.top + box.height / 2];
			const top = document.elementFromPoint(x, y);
			// A place on the map takes no click of its own: the map below it does.
			if (element.matches('.spot')) return top?.closest('.stage, .picture') !== null;
			return top !== null && (element.contains(top) || top.contains(element));
		});
		const [box] = boxes;
		const above = box
			? document.elementFromPoint(box.left + box.width / 2, box.top + box.height / 2)
			: null;
		const { outlineStyle, outlineWidth } = getComputedStyle(element);
		const target = element.matches('input') ? element.nextElementSibling : element;
		const ring = getComputedStyle(target ?? element);
		const hasRing = outlineStyle !== 'none' || ring.outlineStyle !== 'none' || outlineWidth === '';
		return {
			order: [...document.querySelectorAll('*')].indexOf(element),
			href: element.getAttribute('href') ?? '',
			scene: element.closest('.scene')?.id ?? '',
			place: element instanceof HTMLElement ? (element.dataset['place'] ?? '') : '',
			name: (element.getAttribute('aria-label') ?? element.textContent).trim().slice(0, 40),
			hiddenBy: !hasRing
				? 'no ring'
				: seen
					? ''
					: `${above?.getAttribute('class') ?? 'nothing'} at ${box?.top ?? NaN}`
		};
	});
}

for (const [language, screen] of [
	['ar', 'phone'],
	['en', 'desktop'],
	['ar', 'desktop'],
	['en', 'phone']
] as const) {
	// Each language on one of the screens here, on both of them in test:all.
	if (!whole && (language === 'ar') !== (screen === 'phone')) continue;
	test.describe(`${language}, ${screen}`, () => {
		test.use({ viewport: SCREENS[screen] });

		test('the Tab key reads the story in its order, every focus is seen, and no place is far from its heading', async ({
			page
		}) => {
			await openStill(page, language);
			await page.keyboard.press('Tab');
			expect((await focusNow(page)).href, 'past the map').toBe(`#${story.scenes[0]?.id ?? ''}`);
			await page.keyboard.press('Tab');
			expect((await focusNow(page)).href, 'to the places').toBe('#places-heading');

			// One with two paragraphs, one with the most places, and the last; all of them in test:all.
			const scenes = story.scenes.filter(
				({ id }) => whole || ['pyongyang', 'territory', 'visit'].includes(id)
			);
			const read = new Set<string>();
			const opened = new Set<string>();
			for (const scene of scenes) {
				await page.evaluate((id) => {
					const heading = document.querySelector<HTMLElement>(
						`#${id} :is(h2, h3).heading, #${id} h1`
					);
					if (!heading) throw new Error(`${id} has no heading.`);
					heading.tabIndex = -1;
					heading.focus();
				}, scene.id);
				let last = -1;
				const places: string[] = [];
				for (let step = 0; step < 60; step += 1) {
					await page.keyboard.press('Tab');
					const focus = await focusNow(page);
					if (focus.scene !== scene.id) break;
					expect(focus.hiddenBy, `${scene.id}: ${focus.name}`).toBe('');
					expect(focus.order, `${scene.id}: ${focus.name}`).toBeGreaterThan(last);
					last = focus.order;
					read.add(scene.id);
					if (focus.place) places.push(focus.place);
				}
				const expected = new Set([...scene.lit, ...scene.beats.flatMap(({ lit }) => lit)]);
				expect(new Set(places), scene.id).toEqual(new Set([...expected, ...places]));

				// Heading, Tab, Enter, Tab: the first place; the arrows lead to the others.
				await page.evaluate((id) => {
					document.querySelector<HTMLElement>(`#${id} :is(h2, h3).heading, #${id} h1`)?.focus();
				}, scene.id);
				await page.keyboard.press('Tab');
				expect((await focusNow(page)).href).toBe(`#places-of-${scene.id}`);
				await page.keyboard.press('Enter');
				await settle(page);
				await page.keyboard.press('Tab');
				const reached = [(await focusNow(page)).place];
				for (let step = 1; step < expected.size; step += 1) {
					await page.keyboard.press('ArrowDown');
					const focus = await focusNow(page);
					expect(focus.hiddenBy, focus.name).toBe('');
					reached.push(focus.place);
				}
				expect(new Set([...reached, ...expected]), scene.id).toEqual(new Set(reached));

				// Each opens by Enter, closes by Escape, and gives the focus and the line back.
				for (const place of reached.filter((id) => !opened.has(id)).slice(0, whole ? 99 : 2)) {
					opened.add(place);
					const link = page.locator(`#places-of-${scene.id} [data-place="${place}"]`);
					await link.focus();
					await settle(page);
					const before = await page.evaluate(() => scrollY);
					await page.keyboard.press('Enter');
					await expect(page.locator('.dossier h3')).toBeFocused();
					await expect(page.locator('.dossier h3')).toContainText(
						story.places[place]?.name[language] ?? '-'
					);
					await page.keyboard.press('Tab');
					expect((await focusNow(page)).hiddenBy, `in the dossier of ${place}`).toBe('');
					await page.keyboard.press('Escape');
					await expect(link).toBeFocused();
					expect(await page.evaluate(() => scrollY), place).toBe(before);
				}
			}
			if (whole) {
				expect(read.size).toBe(story.scenes.length);
				// What no scene names is in the list of all places.
				for (const place of Object.keys(story.places).filter((id) => !opened.has(id))) {
					const link = page.locator(`.after a[href="#place-${place}"]`).first();
					await link.focus();
					await page.keyboard.press('Enter');
					await expect(page.locator('.dossier h3')).toBeFocused();
					await expect(page.locator('.dossier h3')).toContainText(
						story.places[place]?.name[language] ?? '-'
					);
					await page.keyboard.press('Escape');
					await expect(link).toBeFocused();
				}
			}

			// Past the last scene: the map, which can be skipped, its margin, the places; no trap on the way.
			const ways: string[] = [];
			await page
				.locator(`#places-of-${story.scenes.at(-1)?.id ?? ''} a`)
				.last()
				.focus();
			for (let step = 0; step < 60; step += 1) {
				await page.keyboard.press('Tab');
				const focus = await focusNow(page);
				expect(focus.hiddenBy, focus.name).toBe('');
				ways.push(focus.href);
				if (ways.length > 3 && (await page.locator('.after :focus').count()) > 0) break;
			}
			expect(ways).toContain('#places-heading');
			expect(await page.locator('.after :focus').count(), 'past the map to the places').toBe(1);
		});

		test('a step is announced once and politely, and scrolling says nothing', async ({ page }) => {
			await openStill(page, language);
			await page.evaluate(() => {
				const said: string[] = [];
				Object.assign(window, { said });
				const regions = '[aria-live], [role=status], [role=alert], [role=log]';
				new MutationObserver((changes) => {
					for (const { target } of changes) {
						const element = target instanceof Element ? target : target.parentElement;
						const region = element?.closest(regions);
						if (region?.getAttribute('aria-live') === 'assertive' || region?.role === 'alert')
							said.push('rudely');
						if (region?.textContent) said.push(region.textContent.trim());
					}
				}).observe(document.body, { childList: true, characterData: true, subtree: true });
			});
			const said = () => page.evaluate(() => (window as unknown as { said: string[] }).said);
			const height = await page.evaluate(() => document.body.scrollHeight);
			for (let y = 0; y < height; y += 900) {
				await page.evaluate((top) => {
					scrollTo(0, top);
				}, y);
				await settle(page);
			}
			expect(await said()).toEqual([]);
			const third = story.text[language].scenes[2];
			await page.locator('.menu summary').click();
			await page.locator('.contents a').nth(2).click();
			await expect.poll(said).toEqual([third?.heading]);
		});
	});
}

test('the scenes are the same tree of headings, links and lists in both languages', async ({
	page
}) => {
	const trees: Record<Language, string[]> = { ar: [], en: [] };
	for (const language of LANGUAGES) {
		await openStill(page, language);
		for (const { id } of story.scenes) {
			const snapshot = await page.locator(`#${id}`).ariaSnapshot();
			const tree = snapshot
				.split('\n')
				.filter((line) => !/^\s*- (text|\/url)/.test(line))
				.map((line) => line.replace(/"(?:[^"\\]|\\.)*"|: .*|\/.*\//g, '').trimEnd())
				.join('\n');
			trees[language].push(`${id}\n${tree}`);
		}
	}
	expect(trees.ar.join('\n')).toMatch(/heading {1,2}\[level=[123]\][^]*link[^]*list[^]*listitem/);
	expect(trees.en).toEqual(trees.ar);
});

/** WCAG 1.4.12. */
const SPACING = `* { line-height: 1.5 !important; letter-spacing: 0.12em !important; word-spacing: 0.16em !important; }
	p { margin-block-end: 2em !important; }`;

/** Words on the screen that something cuts off, or that leave it sideways. */
function lost(page: Page): Promise<string[]> {
	return page.evaluate(() => {
		const found = new Set<string>();
		if (document.documentElement.scrollWidth > document.documentElement.clientWidth)
			found.add(`the page is ${document.documentElement.scrollWidth} px wide`);
		const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
		for (let node = walker.nextNode(); node; node = walker.nextNode()) {
			const owner = node.parentElement;
			const text = node.textContent?.trim() ?? '';
			if (!owner || !text || owner.closest('.visually-hidden, .skip, svg, .labels, .spots, script'))
				continue;
			if (!owner.checkVisibility({ visibilityProperty: true, opacityProperty: true })) continue;
			const range = document.createRange();
			range.selectNodeContents(node);
			for (const line of range.getClientRects()) {
				if (line.width < 2 || line.bottom < 0 || line.top > innerHeight) continue;
				if (line.left < -1 || line.right > innerWidth + 1) found.add(`“${text}” leaves the screen`);
				for (let box: Element | null = owner; box; box = box.parentElement) {
					const { overflowX, overflowY } = getComputedStyle(box);
					if (box === document.documentElement || box === document.body) break;
					const outer = box.getBoundingClientRect();
					const height = line.height * 0.6;
					const middle = (line.top + line.bottom) / 2;
					if (
						/hidden|clip/.test(overflowX) &&
						(line.left < outer.left - 1 || line.right > outer.right + 1)
					)
						found.add(`“${text}” is cut off by .${box.className}`);
					if (
						/hidden|clip/.test(overflowY) &&
						(middle - height / 2 < outer.top - 1 || middle + height / 2 > outer.bottom + 1)
					)
						found.add(`“${text}” is cut off by .${box.className}`);
				}
			}
		}
		return [...found];
	});
}

for (const language of LANGUAGES) {
	test(`${language}: nothing is lost at 320 px, at 400 % and with wide spacing; targets fit a finger`, async ({
		page
	}) => {
		await page.setViewportSize(SCREENS.small);
		await openStill(page, language);
		for (const [width, height, spaced] of [
			[320, 568, false],
			[320, 256, false],
			[320, 568, true],
			[1280, 800, true]
		] as const) {
			await page.setViewportSize({ width, height });
			if (spaced) await addStyles(page, SPACING);
			for (const place of ['opening', 'p6', 'p8', 'places-heading']) {
				await goTo(page, place);
				expect.soft(await lost(page), `${width} × ${height}, ${place}`).toEqual([]);
				if (spaced) continue;
				const words = await page.evaluate(
					() =>
						[...Array(innerHeight).keys()].filter((y) =>
							document.elementFromPoint(innerWidth / 2, y)?.closest('.words, .after, .scenes')
						).length / innerHeight
				);
				if (place !== 'opening')
					expect.soft(words, `${height} px high, words at ${place}`).toBeGreaterThan(0.4);
			}
		}
	});

	test(`${language}: what can be pressed is at least 44 px, or a word in a sentence`, async ({
		page
	}) => {
		for (const screen of ['phone', 'desktop'] as const) {
			await page.setViewportSize(SCREENS[screen]);
			await openStill(page, language, '#p8', '&motion=reduce');
			await page.locator('.menu summary').click();
			const small = () =>
				page.evaluate(() => {
					const all = document.querySelectorAll('a[href], button, summary, input, [tabindex="0"]');
					return [...all].flatMap((element) => {
						if (!element.checkVisibility({ visibilityProperty: true, opacityProperty: true }))
							return [];
						// In a sentence; seen with the focus alone; ticks of the rail, whose scenes the contents name too.
						if (element.closest('.skip, .rail ol, .labels')) return [];
						if (element.closest('p, dd, li') && getComputedStyle(element).display === 'inline')
							return [];
						const box = element.getBoundingClientRect();
						const after = getComputedStyle(element, '::after');
						const grown = (side: string) => -(Number.parseFloat(after.getPropertyValue(side)) || 0);
						const isGrown = after.content !== 'none' && after.position === 'absolute';
						const width = box.width + (isGrown ? grown('left') + grown('right') : 0);
						const height = box.height + (isGrown ? grown('top') + grown('bottom') : 0);
						const label = element.closest('label')?.getBoundingClientRect();
						if (
							Math.max(width, label?.width ?? 0) > 43.5 &&
							Math.max(height, label?.height ?? 0) > 43.5
						)
							return [];
						const name = (element.getAttribute('aria-label') ?? element.textContent).trim();
						return [
							`${element.getAttribute('class') ?? element.localName} “${name.slice(0, 30)}” ${width} × ${height}`
						];
					});
				});
			expect.soft(await small(), screen).toEqual([]);
			await page.keyboard.press('Escape');
			await page.locator('#p8 [data-place="kyiv"]').click();
			await expect(page.locator('.dossier h3')).toBeFocused();
			expect.soft(await small(), `${screen}, dossier`).toEqual([]);
		}
	});
}

test('forced colours leave the choice, the focus, the key and the signs of places to be seen', async ({
	page
}) => {
	await page.setViewportSize(SCREENS.phone);
	for (const colorScheme of ['light', 'dark'] as const) {
		await page.emulateMedia({ forcedColors: 'active', colorScheme });
		// The same address again would be the same page, with its menu open.
		await page.goto('about:blank');
		await openStill(page, 'ar', '#p8');
		await page.locator('.menu summary').focus();
		await page.keyboard.press('Enter');
		await expect(page.locator('.menu-sheet')).toBeVisible();
		await page.keyboard.press('Tab');
		await expect(page.locator('.options :focus-visible')).toHaveCount(1);
		const colours = await page.evaluate(() => {
			const of = (selector: string, property: string, pseudo?: string) => {
				const element = document.querySelector(selector);
				return element
					? getComputedStyle(element, pseudo).getPropertyValue(property)
					: `no ${selector}`;
			};
			return {
				canvas: of('html', 'background-color'),
				chosen: of('.options :checked + span', 'background-color'),
				unchosen: of('.options :not(:checked) + span', 'background-color'),
				ring: of('.options :focus-visible + span', 'outline-color'),
				place: of('#territory .place-links a', 'background-color', '::before'),
				key: of('.legend .sample', 'stroke'),
				date: of('.stop[aria-current] .dot', 'border-top-color'),
				border: of('.cartouche', 'border-top-color')
			};
		});
		const { canvas, chosen, unchosen, ...marks } = colours;
		expect(chosen).not.toBe(unchosen);
		for (const [name, colour] of Object.entries({ chosen, ...marks })) {
			expect(colour, `${colorScheme}: ${name}`).toMatch(/^rgba?\((?!0, 0, 0, 0\))/);
			expect(colour, `${colorScheme}: ${name}`).not.toBe(canvas);
		}
	}
});
