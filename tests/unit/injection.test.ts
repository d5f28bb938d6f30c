import { render } from 'svelte/server';
import { expect, it } from 'vitest';
import Article from '../../src/lib/components/Article.svelte';
import { pageStory, storyOf } from '../../src/lib/server/stories';
import { LANGUAGES } from '../../src/lib/story';
import type { Venue } from '../../src/lib/venue';

const ATTACKS = [
	'<script>window.attacked=1</script>',
	'<img src=x onerror="window.attacked=1">',
	`"><svg onload=alert(1)>`,
	`' autofocus onfocus='alert(1)`,
	'</p></section></article><iframe src="javascript:alert(1)">',
	'{@html "<b>x</b>"}'
];

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
	const CASES = ['kind', 'type', 'role', 'side', 'when', 'timeZone', 'country', 'published'];
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
	const story = pageStory(storyOf('alaska-summit'), language);
	const tags = new Set(tagsOf(render(Article, { props: { story, venue } }).body));

	it.each(ATTACKS)(`${language}: a place whose every property is %s shows it as text`, (attack) => {
		const places = story.places.map((place, index) => ({
			...attacked(place, attack),
			// Places are told apart by their ids.
			id: `${attack}${index}`
		}));
		const hostile = { ...story, places };
		const { body } = render(Article, { props: { story: hostile, venue } });
		expect(body).toContain(attack.replaceAll('&', '&amp;').replaceAll('<', '&lt;'));
		// No `<` or `"` of an attack is one of the page's own.
		expect(tagsOf(body).filter((tag) => !tags.has(tag))).toEqual([]);
		expect(body.split('<').length).toBe(body.split(/<(?:\/?[a-z][^<]*>|!--)/).length);
	});
}
