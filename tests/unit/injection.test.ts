import { render } from 'svelte/server';
import { expect, it } from 'vitest';
import StoryPage from '../../src/lib/page/StoryPage.svelte';
import { pageStory } from '../../src/lib/server/page';
import { LANGUAGES } from '../../src/lib/model/story';
import type { Venue } from '../../src/lib/reading/venue';
import { scriptJson } from '../../src/lib/server/markup';
import { newsArticle } from '../../src/lib/server/news-article';
import { feedOf } from '../../src/lib/server/feed';
import { oembedOf } from '../../src/lib/server/sharing';
import { siteOf } from '../../src/lib/sharing/site';
import { relay } from '../fixtures/stories';
import { PAYLOADS } from '../payloads';
import { sample } from '../sampling';

const ATTACKS = [
	'<script>window.attacked=1</script>',
	'<img src=x onerror="window.attacked=1">',
	`"><svg onload=alert(1)>`,
	`' autofocus onfocus='alert(1)`,
	'</p></section></article><iframe src="javascript:alert(1)">',
	'{@html "<b>x</b>"}'
];

const SITE = siteOf('https://news.example');

const venue: Venue = {
	kind: 'page',
	live: true,
	base: '',
	root: () => document.documentElement,
	wishes: () => ({ theme: 'auto', motion: 'auto', map: 'static' }),
	keep: () => undefined,
	address: null,
	scrollTo: () => undefined,
	storyAddress: (language, story, hash = '') => `/${language}/${story}/#${hash}`
};

/** Every string of a value replaced by an attack, but those that choose between cases of the program. */
function attacked<T>(value: T, attack: string, key = ''): T {
	const CASES = [
		'kind',
		'type',
		'role',
		'side',
		'when',
		'timeZone',
		'country',
		'published',
		'date',
		// The parser lets in no address but those with https: or mailto:, as its own tests show.
		'href',
		'url'
	];
	if (typeof value === 'string') return (CASES.includes(key) ? value : attack) as T;
	if (Array.isArray(value)) return value.map((item) => attacked<unknown>(item, attack, key)) as T;
	if (typeof value !== 'object' || value === null) return value;
	// The shape stays, so it is of the same type.
	return Object.fromEntries(
		Object.entries(value).map(([name, item]) => [name, attacked<unknown>(item, attack, name)])
	) as T;
}

/** The tags that a page is made of, each with the names of its attributes. */
function tagsOf(html: string): string[] {
	return [...html.matchAll(/<([a-z][\w-]*)((?:\s+[\w:-]+(?:="[^"]*")?)*)\s*\/?>/g)].map(
		([, tag = '', attributes = '']) => {
			// One after the other, so that a value is passed over whole.
			const names = [...attributes.matchAll(/\s+([\w:-]+)(?:="[^"]*")?/g)];
			return [tag, ...names.map(([, name]) => name)].join(' ');
		}
	);
}

for (const language of LANGUAGES) {
	const story = pageStory(relay, language);
	const tags = new Set(tagsOf(render(StoryPage, { props: { story, venue } }).body));

	it.each(ATTACKS)(`${language}: a place whose every property is %s shows it as text`, (attack) => {
		const places = story.places.map((place, index) => ({
			...attacked(place, attack),
			// Places are told apart by their ids.
			id: `${attack}${index}`
		}));
		const dossiers = Object.fromEntries(
			Object.values(attacked(story.dossiers ?? {}, attack)).map((dossier, index) => [
				`${attack}${index}`,
				dossier
			])
		);
		const hostile = { ...story, places, dossiers };
		const { body } = render(StoryPage, { props: { story: hostile, venue } });
		expect(body).toContain(attack.replaceAll('&', '&amp;').replaceAll('<', '&lt;'));
		// No `<` or `"` of an attack is one of the page's own.
		expect(tagsOf(body).filter((tag) => !tags.has(tag))).toEqual([]);
		expect(body.split('<').length).toBe(body.split(/<(?:\/?[a-z][^<]*>|!--)/).length);
	});

	it(`${language}: no payload in any word of the story becomes markup of the page`, () => {
		expect(new Set(PAYLOADS).size).toBeGreaterThanOrEqual(500);
		for (const attack of sample(PAYLOADS, 20, 7)) {
			const hostile = {
				...attacked(story, attack),
				places: story.places.map((place) => ({ ...attacked(place, attack), id: place.id })),
				scenes: story.scenes.map((scene) => ({ ...attacked(scene, attack), id: scene.id })),
				contacts: [],
				id: story.id,
				language
			};
			const { body, head } = render(StoryPage, { props: { story: hostile, venue } });
			// Which of its tags a page has may differ, since some words choose between them.
			const own = new Set([...tags].flatMap((tag) => tag.split(' ')).concat('transform'));
			const strange = tagsOf(body + head).flatMap((tag) => tag.split(' '));
			expect(strange.filter((name) => !own.has(name))).toEqual([]);
			expect(body, attack).not.toMatch(/(?:href|src)="\s*(?:javascript|data):/i);
		}
	});

	it(`${language}: no payload in a title or a name leaves what feeds, oEmbed and JSON-LD are made of`, () => {
		// Nothing here tells of outlines, which have no words but thousands of numbers.
		const pointsOnly = Object.fromEntries(
			Object.entries(relay.places).map(([id, place]) => [id, { ...place, outline: null }])
		);
		const plain = oembedOf(relay, language, SITE)['html'];
		for (const attack of PAYLOADS) {
			const text = attacked(relay.text[language], attack);
			const places = attacked(pointsOnly, attack);
			const hostile = { ...relay, places, text: { ...relay.text, [language]: text } };
			const data = scriptJson(newsArticle(hostile, language, SITE));
			expect(data).not.toMatch(/[<>&\u2028\u2029]/);
			const { html } = oembedOf(hostile, language, SITE);
			expect(tagsOf(String(html))).toEqual(tagsOf(String(plain)));
		}
		for (const attack of sample(PAYLOADS, 20, 11)) {
			const text = attacked(relay.text[language], attack);
			const feed = feedOf(
				[{ ...relay, text: { ...relay.text, [language]: text } }],
				language,
				SITE,
				() => 1
			);
			const outside = feed.replace(/<!\[CDATA\[[\s\S]*?\]\]>/g, '');
			expect(outside, attack).not.toMatch(/<(?:script|img|svg|iframe|object|details|base|meta)/i);
		}
	});
}
