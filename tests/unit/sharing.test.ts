import { parseRssFeed } from 'feedsmith';
import jsonld from 'jsonld';
import { describe, expect, test } from 'vitest';
import { feedOf } from '../../src/lib/server/feed';
import { escapeText, scriptJson } from '../../src/lib/server/markup';
import { newsArticle } from '../../src/lib/server/news-article';
import { oembedOf, paths, sharingOf } from '../../src/lib/server/sharing';
import { siteOf } from '../../src/lib/sharing/site';
import { LANGUAGES, type Story } from '../../src/lib/model/story';
import { relay as story } from '../fixtures/stories';

const SITE = siteOf('https://news.example/maps');
const ANYWHERE = siteOf(undefined);

/** A title that is meant to leave the place it is put in. */
const HOSTILE = `A “call” & </script><script>alert(1)</script> <!-- "quoted" 'so' ]]> $& \u2028`;

const hostile: Story = {
	...story,
	text: {
		ar: { ...story.text.ar, title: HOSTILE, standfirst: HOSTILE },
		en: { ...story.text.en, title: HOSTILE, standfirst: HOSTILE }
	}
};

/** What a browser reads in an attribute's quotation marks. */
const unescape = (text: string) =>
	text
		.replaceAll('&lt;', '<')
		.replaceAll('&gt;', '>')
		.replaceAll('&quot;', '"')
		.replaceAll('&#39;', "'")
		.replaceAll('&amp;', '&');

describe('addresses', () => {
	const files = LANGUAGES.flatMap((language) => [
		paths.page(story.id, language),
		paths.embed(story.id, language),
		paths.card(story.id, language),
		paths.oembed(story.id, language),
		paths.feed(language),
		''
	]);

	test('without PUBLIC_ORIGIN they lead to the same file under any root', () => {
		for (const root of ['https://news.example/', 'https://news.example/a/b/']) {
			for (const from of files) {
				for (const path of files) {
					const address = ANYWHERE.address(path, from);
					expect(new URL(address, root + from).href, `${path} from ${from}`).toBe(root + path);
				}
			}
		}
	});

	test('with it they are whole, and keep the path that it has', () => {
		expect(SITE.root).toBe('https://news.example/maps/');
		expect(siteOf('https://news.example').root).toBe('https://news.example/');
		expect(siteOf('https://news.example/maps//').root).toBe('https://news.example/maps/');
		for (const from of files) {
			for (const path of files) {
				expect(SITE.address(path, from)).toBe(`https://news.example/maps/${path}`);
			}
		}
	});

	test.for([
		'news.example',
		'ftp://news.example',
		'https://news.example/?a',
		'https://a@b.example',
		'/maps'
	])('%s is no address of a site, and the error says what is', (setting) => {
		expect(() => siteOf(setting)).toThrow(`PUBLIC_ORIGIN is “${setting}”; expected`);
	});
});

describe('words among markup', () => {
	test('JSON in a script is read back as it was, and can neither end the script nor begin a comment', () => {
		const written = scriptJson({ title: HOSTILE });
		expect(written).not.toMatch(/[<>&\u2028\u2029]/);
		expect(JSON.parse(written)).toEqual({ title: HOSTILE });
	});

	test('text leaves neither a tag nor an attribute, and reads as it was', () => {
		const written = escapeText(HOSTILE);
		expect(written).not.toMatch(/[<>"']/);
		expect(unescape(written)).toBe(HOSTILE);
	});
});

describe('the head of a page', () => {
	test('both languages name the same alternates, and each its own page', () => {
		const [ar, en] = LANGUAGES.map((language) => sharingOf(story, language, SITE));
		expect(ar?.alternates).toEqual(en?.alternates);
		expect(ar?.alternates.map(({ language }) => language)).toEqual(['ar', 'en', 'x-default']);
		expect(ar?.canonical).toBe('https://news.example/maps/ar/relay/');
		expect(en?.canonical).toBe('https://news.example/maps/en/relay/');
		expect(ar?.address).toBe(ar?.canonical);
		expect(sharingOf(story, 'ar', ANYWHERE).address).toBeNull();
		expect(ar?.card.alt).not.toBe('');
	});
});

describe('JSON-LD', () => {
	/** schema.org's context, as far as an article needs it: all its names are its own. */
	const context = {
		'@context': {
			'@vocab': 'http://schema.org/',
			url: { '@type': '@id' },
			mainEntityOfPage: { '@type': '@id' }
		}
	};
	const documentLoader = (url: string) =>
		url === 'https://schema.org'
			? Promise.resolve({ document: context, documentUrl: url })
			: Promise.reject(new Error(`Nothing but schema.org is known here, not ${url}.`));

	test.for(LANGUAGES)('in %s it expands, and holds every place where it lies', async (language) => {
		const written = scriptJson(newsArticle(story, language, SITE));
		const [article] = await jsonld.expand(JSON.parse(written) as object, { documentLoader });
		const value = (name: string) => article?.[`http://schema.org/${name}`];
		expect(article?.['@type']).toEqual(['http://schema.org/NewsArticle']);
		expect(value('headline')).toEqual([{ '@value': story.text[language].title }]);
		expect(value('inLanguage')).toEqual([{ '@value': language }]);
		expect(value('datePublished')).toEqual([{ '@value': '2025-08-12' }]);
		expect(value('isAccessibleForFree')).toEqual([{ '@value': true }]);
		expect(value('url')).toEqual([{ '@id': `https://news.example/maps/${language}/relay/` }]);
		const places = Object.values(story.places).map(({ name, point: [longitude, latitude] }) => ({
			'@type': ['http://schema.org/Place'],
			'http://schema.org/name': [{ '@value': name[language] }],
			'http://schema.org/geo': [
				{
					'@type': ['http://schema.org/GeoCoordinates'],
					'http://schema.org/latitude': [{ '@value': latitude }],
					'http://schema.org/longitude': [{ '@value': longitude }]
				}
			]
		}));
		expect(places.length).toBeGreaterThan(20);
		expect(value('contentLocation')).toEqual(places);
	});
});

describe('the web feed', () => {
	const later = { ...hostile, id: 'later', published: '2025-09-01' };

	test.for(LANGUAGES)('in %s a reader finds every story, the newest first', (language) => {
		const written = feedOf([story, later], language, SITE, () => 1234);
		const feed = parseRssFeed(written);
		expect(feed.language).toBe(language);
		expect(feed.link).toBe(SITE.root);
		const items = feed.items ?? [];
		expect(items.map(({ link }) => link)).toEqual([
			`https://news.example/maps/${language}/later/`,
			`https://news.example/maps/${language}/relay/`
		]);
		expect(items[1]?.title).toBe(story.text[language].title);
		expect(items[1]?.enclosures).toEqual([
			{
				url: `https://news.example/maps/cards/relay/${language}.png`,
				length: 1234,
				type: 'image/png'
			}
		]);
		for (const paragraphs of story.text[language].scenes.map(({ paragraphs }) => paragraphs)) {
			for (const inlines of paragraphs) {
				const words = inlines.map(({ text }) => text).join('');
				expect(items[1]?.content?.encoded).toContain(escapeText(words));
			}
		}
	});

	test('a hostile title reaches the reader as words', () => {
		const [item] = parseRssFeed(feedOf([hostile], 'en', SITE, () => 1)).items ?? [];
		expect(item?.title).toBe(HOSTILE.trim());
		expect(item?.description).not.toMatch(/<(?!\/?p>)/);
	});

	test('without PUBLIC_ORIGIN it invents no host', () => {
		const written = feedOf([story], 'en', ANYWHERE, () => 1);
		expect(written).not.toContain('invalid');
		const [item] = parseRssFeed(written).items ?? [];
		expect(item?.link).toBe('../en/relay/');
	});
});

describe('oEmbed', () => {
	test('embeds the story by a whole address, lazily, and under its title', () => {
		const answer = oembedOf(hostile, 'ar', SITE);
		expect(answer).toMatchObject({
			version: '1.0',
			type: 'rich',
			title: HOSTILE,
			thumbnail_url: 'https://news.example/maps/cards/relay/ar.png',
			thumbnail_width: 1200,
			thumbnail_height: 630,
			provider_url: 'https://news.example/maps/'
		});
		const html = String(answer['html']);
		expect(html).toMatch(/^<iframe [^<>]*><\/iframe>$/);
		const attribute = (name: string) =>
			unescape(new RegExp(` ${name}="([^"]*)"`).exec(html)?.[1] ?? '');
		expect(attribute('title')).toBe(HOSTILE);
		expect(attribute('src')).toBe('https://news.example/maps/embed/ar/relay/');
		expect(attribute('width')).toBe(String(answer['width']));
		expect(attribute('height')).toBe(String(answer['height']));
		expect(attribute('loading')).toBe('lazy');
	});
});
