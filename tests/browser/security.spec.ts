import { expect, type Page } from '@playwright/test';
import fc from 'fast-check';
import { HELLO, WELCOME } from '../../src/embed/protocol';
import { headersOf } from '../../scripts/policy.mjs';
import { PAYLOADS } from '../payloads';
import { hostPage, test } from './hosts';
import { liveMap, scrollTo, story, taken, undrawn, whole } from './reading';

declare global {
	interface Window {
		readonly violations: string[];
	}
}

test.use({ viewport: { width: 800, height: 600 } });
test.beforeEach(({ page }) => undrawn(page));

const WORDS = {
	ar: {
		explore: 'استكشف الخريطة',
		back: 'عودة إلى القصة',
		embed: 'ضمّن هذه القصة',
		preview: 'معاينة في تبويب جديد'
	},
	en: {
		explore: 'Explore the map',
		back: 'Back to the story',
		embed: 'Embed this story',
		preview: 'Preview in a new tab'
	}
} as const;

interface Watched {
	/** What the page, or any it opens, breaks of its policy, throws, or asks of others. */
	readonly faults: string[];
	readonly violations: () => Promise<string[]>;
}

async function watch(page: Page): Promise<Watched> {
	const faults: string[] = [];
	const context = page.context();
	await context.addInitScript(() => {
		const violations: string[] = [];
		Object.assign(window, { violations });
		addEventListener('securitypolicyviolation', (event) => {
			violations.push(`${event.violatedDirective}: ${event.blockedURI} ${event.sample}`);
		});
	});
	context.on('console', (message) => {
		if (message.type() === 'error') faults.push(message.text());
	});
	context.on('weberror', (error) => faults.push(error.error().message));
	context.on('request', (request) => {
		const { protocol, hostname } = new URL(request.url());
		// Names below .test are the hosts that a test has made.
		const isOurs = hostname === 'localhost' || hostname.endsWith('.test');
		if (protocol.startsWith('http') && !isOurs) faults.push(request.url());
	});
	return { faults, violations: () => page.evaluate(() => window.violations) };
}

for (const language of whole ? (['ar', 'en'] as const) : (['en'] as const)) {
	const words = WORDS[language];

	test(`${language}: a whole read, dossiers, exploration and sharing stay within the policy`, async ({
		page
	}) => {
		const { faults, violations } = await watch(page);
		const response = await page.goto(`/${language}/relay/`);
		const policy = headersOf('/')['Content-Security-Policy'];
		expect(response?.headers()['content-security-policy']).toBe(policy);
		await liveMap(page);
		const height = await page.evaluate(() => document.body.scrollHeight);
		for (let top = 0; top < height; top += 1200) await scrollTo(page, top);
		await page.locator('#p4 [data-place="kursk"]').click();
		await page.getByRole('dialog').locator('.contacts a[data-place]').first().click();
		await page.keyboard.press('Escape');
		const action = async (name: string) => {
			await page.locator('.menu summary').click();
			await page.locator('.menu').getByRole('button', { name }).click();
		};
		await action(words.explore);
		await page.getByRole('button', { name: words.back }).click();
		await page.locator('.menu summary').click();
		await page.locator('.menu [data-share]').last().click();
		await expect(page.locator('.shared')).toBeVisible();
		await action(words.embed);
		const opened = page.waitForEvent('popup');
		await page.getByRole('link', { name: words.preview }).click();
		const preview = await opened;
		await expect(preview.frameLocator('iframe').locator('article')).toBeVisible();
		expect(await preview.evaluate(() => window.violations)).toEqual([]);
		await preview.close();
		await page.keyboard.press('Escape');

		expect(await violations()).toEqual([]);
		expect(faults).toEqual([]);
		expect(await page.context().cookies()).toEqual([]);
		const kept = await page.evaluate(() => [
			...Object.keys(localStorage),
			...Object.keys(sessionStorage)
		]);
		expect(kept.filter((name) => !/^masar:(theme|motion)$/.test(name))).toEqual([]);
	});
}

test('a story in a frame stays within its policy, live map and all', async ({ page }) => {
	const { faults, violations } = await watch(page);
	const response = await page.goto('/embed/en/relay/');
	expect(response?.headers()['content-security-policy']).toContain('frame-ancestors *');
	await liveMap(page);
	expect(await violations()).toEqual([]);
	expect(faults).toEqual([]);
});

test('the policy is in force: what it forbids does not run, and is reported', async ({ page }) => {
	await watch(page);
	await page.goto('/en/relay/?map=static');
	await taken(page);
	const outcomes = await page.evaluate(() => {
		const attempt = (act: () => unknown) => {
			try {
				act();
				return 'done';
			} catch (cause) {
				return cause instanceof Error ? cause.name : 'thrown';
			}
		};
		const outcomes = [
			attempt(() => (document.createElement('p').innerHTML = '<b>a</b>')),
			attempt(() => new Worker('https://example.com/a.js')),
			attempt(() => new Worker('data:text/javascript;,1')),
			attempt(() => {
				document.createElement('script').src = 'https://example.com/a.js';
			})
		];
		const pixel = document.createElement('img');
		pixel.src = 'https://example.com/pixel.png';
		document.body.append(pixel);
		return outcomes;
	});
	expect(outcomes).toEqual(['TypeError', 'TypeError', 'TypeError', 'TypeError']);
	await expect
		.poll(async () => (await page.evaluate(() => window.violations)).join('\n'))
		.toContain('img-src');
});

/** True where a payload has run: it sets this, or calls `alert`. */
const attacked = (page: Page) => page.evaluate(() => 'attacked' in window);

/** Payloads for one page: its address holds no more of them, nor may a page change its address more often. */
const SHARE = 80;

for (let from = 0; from < PAYLOADS.length; from += SHARE) {
	const share = PAYLOADS.slice(from, from + SHARE);

	test(`payloads ${from + 1} to ${from + share.length} in the query and the hash run nothing, and nothing is reported`, async ({
		page
	}) => {
		const { faults, violations } = await watch(page);
		page.on('dialog', (dialog) => {
			faults.push(dialog.message());
			void dialog.dismiss();
		});
		const names = ['theme', 'motion', 'boxed', 'host', 'at', 'lang'];
		const query = share
			.map((payload, index) => `${names[index] ?? `x${index}`}=${encodeURIComponent(payload)}`)
			.join('&');
		await page.goto(`/en/relay/?map=static&${query}#${share[0] ?? ''}`);
		await taken(page);
		// What is fetched after the page is drawn as well.
		await page.getByRole('toolbar').first().waitFor({ state: 'attached' });
		const before = await page.evaluate(() => document.querySelectorAll('*').length);
		await page.evaluate(async (payloads) => {
			for (const [index, payload] of payloads.entries()) {
				// As somebody pastes it, and as it should be.
				location.hash = index % 2 ? payload : encodeURIComponent(`place-${payload}`);
				await new Promise((resolve) => setTimeout(resolve));
			}
		}, share);
		expect(await attacked(page)).toBe(false);
		expect(await page.evaluate(() => document.querySelectorAll('*').length)).toBe(before);
		const embed = `/embed/en/relay/?map=static&${query}`;
		await page.goto(
			`${embed}#host=${share[1] ?? ''}&at=${share[2] ?? ''}&secret=${share[3] ?? ''}`
		);
		await page.locator('.boxed').waitFor();
		expect(await attacked(page)).toBe(false);
		expect(await violations()).toEqual([]);
		expect(faults).toEqual([]);
	});
}

test('payloads in messages run nothing and change nothing, in the host and in the frame', async ({
	page,
	hosts
}) => {
	const { faults, violations } = await watch(page);
	page.on('dialog', (dialog) => {
		faults.push(dialog.message());
		void dialog.dismiss();
	});
	await page.goto(
		hosts.put('messages', {
			html: hostPage(hosts.site, { head: '<link rel="icon" href="data:," />' })
		})
	);
	const handle = await page.waitForSelector('iframe');
	const frame = await handle.contentFrame();
	if (!frame) throw new Error('There is no frame of the story.');
	await frame.locator('.scenes').waitFor();
	const told = await page.evaluateHandle(() => {
		const told: unknown[] = [];
		for (const type of ['scene', 'place', 'ready', 'complete', 'error', 'paragraph']) {
			document.addEventListener(`masar:${type}`, (event) => {
				told.push(event instanceof CustomEvent ? event.detail : null);
			});
		}
		return told;
	});
	await told.evaluate((all) => all.splice(0));
	const elements = () => page.locator('*').count();
	const before = await elements();

	// The frame greets once more, so that the test has a port to the loader.
	await frame.evaluate(
		async ([hello, welcome, payloads]) => {
			const port = await new Promise<MessagePort | undefined>((resolve) => {
				addEventListener('message', ({ data, ports }) => {
					if (data === welcome) resolve(ports[0]);
				});
				window.parent.postMessage(hello, '*');
			});
			for (const payload of payloads) {
				window.parent.postMessage(payload, '*');
				window.postMessage(payload, '*');
				port?.postMessage(payload);
				for (const type of ['height', 'scroll', 'paragraph', 'scene', 'place', 'error', payload]) {
					port?.postMessage({ type, value: payload });
				}
			}
			// A message of the protocol after them shows that all of them have arrived.
			port?.postMessage({ type: 'place', value: 'last' });
		},
		[HELLO, WELCOME, PAYLOADS] as const
	);
	// The scene that the story opens with may be told of after the listeners have come.
	const beyondTheFirst = async () =>
		((await told.jsonValue()) as { scene?: string }[]).filter(({ scene }) => scene !== 'opening');
	await expect.poll(beyondTheFirst).toEqual([{ place: 'last' }]);

	// A host of the test's own speaks to a frame through the port that it is given.
	const heard = () =>
		page.evaluate(
			async ([hello, welcome, payloads, address]) => {
				const other = document.createElement('iframe');
				other.src = `${address}?map=static#host=${encodeURIComponent(self.origin)}`;
				const greeted = new Promise((resolve) => {
					addEventListener('message', ({ source, data }) => {
						if (source === other.contentWindow && data === hello) resolve(null);
					});
				});
				document.body.prepend(other);
				await greeted;
				const { port1, port2 } = new MessageChannel();
				other.contentWindow?.postMessage(welcome, '*', [port2]);
				for (const payload of payloads) {
					other.contentWindow?.postMessage(payload, '*');
					port1.postMessage(payload);
					port1.postMessage({ type: 'live', live: payload });
					port1.postMessage({ type: 'view', top: payload, inset: payload, screen: payload });
					port1.postMessage({ type: payload, live: true });
				}
				const height = new Promise((resolve) => {
					port1.onmessage = ({ data }) => {
						if ((data as { type?: unknown }).type === 'height') resolve(null);
					};
				});
				port1.postMessage({ type: 'view', top: 0, inset: 0, screen: 600 });
				await height;
				other.remove();
			},
			[HELLO, WELCOME, PAYLOADS, `${hosts.site}/embed/en/relay/`] as const
		);
	await heard();
	expect(await elements()).toBe(before);
	for (const each of [page.mainFrame(), frame]) {
		expect(await each.evaluate(() => ['attacked' in window, ...window.violations])).toEqual([
			false
		]);
	}
	expect(await violations()).toEqual([]);
	expect(faults).toEqual([]);
});

/** What the build lets through, with all that the algorithm of directions turns on: letters, digits, brackets, marks. */
const anyWords = fc
	.array(
		fc.constantFrom(
			...['a', 'B', 'é', 'ع', 'ب', 'א', 'ت', '7', '1,250', '٣', 'Ж', '山'],
			...['(', ')', '[', '!', '.', ' ', ':', '-', '–', '%', '€', '«', '»', '"', '/', '+', '#', '…'],
			...['\u200E', '\u200F', '\u061C', '\u200D', '\u0651']
		),
		{ minLength: 1, maxLength: 8 }
	)
	.map((all) => all.join(''))
	.filter((text) => text.trim() === text && text !== '');

for (const language of whole ? (['ar', 'en'] as const) : (['ar'] as const)) {
	test(`${language}: whatever stands in a name, a mention or a link, the words around it keep their order`, async ({
		page
	}) => {
		await page.goto(`/${language}/relay/?map=static`);
		const texts = fc.sample(anyWords, { seed: 7, numRuns: whole ? 10_000 : 300 });
		const disordered = (name: string) =>
			page.evaluate(
				([tag, all]) => {
					const article = document.querySelector('article');
					const isArabic = article?.lang === 'ar';
					const [before, after] = isArabic
						? ['التقى 3: ', ' (25) ثم']
						: ['It met 3: ', ' (25) and'];
					const place = document.createElement('div');
					place.style.position = 'absolute';
					place.style.whiteSpace = 'nowrap';
					article?.append(place);
					const lines = all.map((text) => {
						const line = document.createElement('p');
						const element = document.createElement(tag);
						element.textContent = text;
						line.append(before, element, after);
						place.append(line);
						return { text, element, line };
					});
					const wrong = lines.filter(({ element, line }) => {
						const boxes = [line.firstChild, element, line.lastChild].map((node) => {
							const range = document.createRange();
							if (node) range.selectNodeContents(node);
							return range.getBoundingClientRect();
						});
						const ordered = isArabic ? boxes.reverse() : boxes;
						return ordered.some(
							(box, index) => box.right > (ordered[index + 1]?.left ?? 1e9) + 0.5
						);
					});
					place.remove();
					return wrong.map(({ text }) => text);
				},
				[name, texts] as const
			);
		for (const name of ['a', 'em', 'strong', 'bdi']) {
			expect(await disordered(name), name).toEqual([]);
		}
		// Elsewhere it would not hold.
		expect((await disordered('span')).length).toBeGreaterThan(0);

		// A name shares its isolate with no other words.
		const names = Object.values(story.places).map(({ name }) => name[language]);
		const mixed = await page.evaluate((all) => {
			const found: string[] = [];
			const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
			for (let node = walker.nextNode(); node; node = walker.nextNode()) {
				const name = node.textContent?.trim() ?? '';
				const parent = node.parentElement;
				if (!parent || !all.includes(name) || parent.closest('script, .visually-hidden')) continue;
				const apart = (element: Element): boolean => {
					const { unicodeBidi, display } = getComputedStyle(element);
					return unicodeBidi.includes('isolate') || !/^inline$|contents/.test(display);
				};
				let isolate: Element = parent;
				while (!apart(isolate) && isolate.parentElement) isolate = isolate.parentElement;
				if (isolate.textContent.trim() !== name) found.push(isolate.textContent.trim());
			}
			return found;
		}, names);
		expect(mixed).toEqual([]);
	});
}
