import { readFileSync } from 'node:fs';
import { expect, test } from '@playwright/test';
import { parseRssFeed } from 'feedsmith';
import { imageSize } from 'image-size';
import { PNG } from 'pngjs';
import { story } from './reading';

const LANGUAGES = ['ar', 'en'] as const;

/** The colour that a role has in the light theme. */
function colourOf(role: string): number[] {
	const css = readFileSync('src/styles/roles.css', 'utf8');
	const hex = new RegExp(`--${role}: #([0-9a-f]{6});`).exec(css)?.[1] ?? '';
	return [0, 2, 4].map((at) => parseInt(hex.slice(at, at + 2), 16));
}

/** How much of a picture, from one side to another in px, has exactly this colour. */
function shareOf(colour: readonly number[], png: PNG, from = 0, to = png.width): number {
	let found = 0;
	for (let y = 0; y < png.height; y += 1) {
		for (let x = from; x < to; x += 1) {
			const at = (y * png.width + x) * 4;
			if (colour.every((value, index) => png.data[at + index] === value)) found += 1;
		}
	}
	return found / ((to - from) * png.height);
}

for (const language of LANGUAGES) {
	test(`${language}: the head tells other sites what the page is, and all it names is there`, async ({
		page,
		baseURL
	}) => {
		const address = `${baseURL}/${language}/relay/`;
		await page.goto(`/${language}/relay/?map=static&theme=light`);
		await page.locator('article').waitFor();
		const head = await page.evaluate(() => {
			const all = (selector: string, name: string) =>
				[...document.head.querySelectorAll(selector)].map(
					(element) => element.getAttribute(name) ?? ''
				);
			const absolute = (href: string) => new URL(href, document.baseURI).href;
			const meta = (name: string) =>
				all(`meta[property="${name}"], meta[name="${name}"]`, 'content');
			return {
				canonical: all('link[rel="canonical"]', 'href').map(absolute),
				alternates: Object.fromEntries(
					[
						...document.head.querySelectorAll<HTMLLinkElement>('link[rel="alternate"][hreflang]')
					].map((link) => [link.hreflang, link.href])
				),
				feed: all('link[type="application/rss+xml"]', 'href').map(absolute),
				oembed: all('link[type="application/json+oembed"]', 'href').map(absolute),
				meta: Object.fromEntries(
					[
						...['og:type', 'og:title', 'og:description', 'og:locale', 'og:locale:alternate'],
						...['og:image:width', 'og:image:height', 'og:image:alt'],
						...['article:published_time', 'twitter:card', 'description']
					].map((name) => [name, meta(name)])
				),
				images: [...meta('og:image'), ...meta('twitter:image')].map(absolute),
				data: [...document.querySelectorAll('script[type="application/ld+json"]')].map(
					({ textContent }) => textContent
				)
			};
		});
		const { title, standfirst, scenes } = story.text[language];
		const [locale, other] = language === 'ar' ? ['ar_AR', 'en_GB'] : ['en_GB', 'ar_AR'];
		expect(head.canonical).toEqual([address]);
		expect(head.alternates).toEqual({
			ar: `${baseURL}/ar/relay/`,
			en: `${baseURL}/en/relay/`,
			'x-default': `${baseURL}/ar/relay/`
		});
		expect(head.meta).toEqual({
			'og:type': ['article'],
			'og:title': [title],
			'og:description': [standfirst],
			'og:locale': [locale],
			'og:locale:alternate': [other],
			'og:image:width': ['1200'],
			'og:image:height': ['630'],
			'og:image:alt': [scenes[0]?.mapAlternative],
			'article:published_time': ['2025-08-12'],
			'twitter:card': ['summary_large_image'],
			description: [standfirst]
		});

		const card = `${baseURL}/cards/relay/${language}.png`;
		expect(head.images).toEqual([card, card]);
		expect(head.data).toHaveLength(1);
		const article = JSON.parse(head.data[0] ?? '') as {
			headline: string;
			contentLocation: unknown[];
		};
		expect(article.headline).toBe(title);
		expect(article.contentLocation).toHaveLength(Object.keys(story.places).length);

		expect(head.feed).toEqual([`${baseURL}/${language}/feed.xml`]);
		const feed = await page.request.get(head.feed[0] ?? '');
		expect(parseRssFeed(await feed.text()).items?.map((item) => item.title)).toContain(title);

		const oembed = await page.request.get(head.oembed[0] ?? '');
		expect(await oembed.json()).toMatchObject({ version: '1.0', type: 'rich', title });
	});

	test(`${language}: the card is 1200 × 630 px of map and words`, () => {
		const file = readFileSync(`.cache/fixtures/build/cards/relay/${language}.png`);
		expect(imageSize(file)).toMatchObject({ width: 1200, height: 630, type: 'png' });
		expect(file.length).toBeLessThan(300_000);
		const png = PNG.sync.read(file);
		const column = language === 'ar' ? [680, 1200] : [0, 520];
		const map = language === 'ar' ? [0, 600] : [600, 1200];
		expect(shareOf(colourOf('sea'), png, ...map)).toBeGreaterThan(0.2);
		expect(shareOf(colourOf('land'), png, ...map)).toBeGreaterThan(0.05);
		expect(shareOf(colourOf('focus'), png, ...map)).toBeGreaterThan(0.0001);
		// The title, the date line and the paper round them.
		expect(shareOf(colourOf('ink'), png, ...column)).toBeGreaterThan(0.02);
		expect(shareOf(colourOf('focus'), png, ...column)).toBeGreaterThan(0.001);
		expect(shareOf(colourOf('paper'), png, ...column)).toBeGreaterThan(0.7);
	});
}

test('the site has an icon for home screens, and tells robots that they may read it', async ({
	request
}) => {
	expect(imageSize(readFileSync('.cache/fixtures/build/apple-touch-icon.png'))).toMatchObject({
		width: 180,
		height: 180
	});
	expect(await (await request.get('/robots.txt')).text()).toMatch(/^User-agent: \*\nAllow: \/\n/);
});
