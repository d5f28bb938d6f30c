import { readdirSync, readFileSync } from 'node:fs';
import { brotliCompressSync } from 'node:zlib';
import { render } from 'svelte/server';
import { describe, expect, test } from 'vitest';
import { generateStory, type Size } from '../../scripts/bench/generate';
import StoryPage from '../../src/lib/page/StoryPage.svelte';
import Article from '../../src/lib/page/Article.svelte';
import type { PageStory } from '../../src/lib/reading/page-story';
import { parseStory } from '../../src/lib/parse';
import { scriptJson } from '../../src/lib/server/markup';
import { newsArticle } from '../../src/lib/server/news-article';
import { pictureOf } from '../../src/lib/server/maps';
import { dossierFile, pageStory } from '../../src/lib/server/page';
import { siteOf } from '../../src/lib/sharing/site';
import type { Story } from '../../src/lib/model/story';
import { createTimeline } from '../../src/lib/timeline/timeline';
import type { Venue } from '../../src/lib/reading/venue';

/** The same object, through which every property that is read of it is counted, at any depth. */
function counting<T extends object>(
	root: T
): { readonly counted: T; readonly reads: () => number } {
	let reads = 0;
	const proxies = new WeakMap<object, object>();
	const handler: ProxyHandler<object> = {
		get(target, key, receiver) {
			reads += 1;
			const value: unknown = Reflect.get(target, key, receiver);
			return typeof value === 'object' && value !== null ? proxyOf(value) : value;
		}
	};
	function proxyOf(target: object): object {
		const proxy = proxies.get(target) ?? new Proxy(target, handler);
		proxies.set(target, proxy);
		return proxy;
	}
	// A proxy stands for an object of the same type.
	return { counted: proxyOf(root) as T, reads: () => reads };
}

function generate(size: Partial<Size>): Story {
	const parsed = parseStory(generateStory({ scenes: 10, places: 30, contacts: 10, ...size }));
	if (!parsed.ok) throw new Error(JSON.stringify(parsed.issues.slice(0, 3)));
	return parsed.story;
}

/** What it costs to make a story's page: properties read of the story, and characters of what the page is told. */
function costOf(size: Partial<Size>): { reads: number; characters: number; page: PageStory } {
	const { counted, reads } = counting(generate(size));
	const page = pageStory(counted, 'ar');
	return { reads: reads(), characters: JSON.stringify(page).length, page };
}

/** With the dossiers in the page, and beyond what it holds. */
const SWEEPS = [
	['scenes', [10, 60, 160]],
	['places', [40, 100, 200]],
	['places', [210, 310, 510]],
	['contacts', [20, 100, 200]],
	['contacts', [210, 410, 810]]
] as const;

describe.each(SWEEPS)('%s %j', (dimension, [small, middle, large]) => {
	test('the hundredth costs the build and the page as much as the tenth, within 5 %', () => {
		const [a, b, c] = [small, middle, large].map((count) => costOf({ [dimension]: count }));
		if (!a || !b || !c) throw new RangeError('A sweep has three sizes.');
		for (const cost of ['reads', 'characters'] as const) {
			const early = (b[cost] - a[cost]) / (middle - small);
			const late = (c[cost] - b[cost]) / (large - middle);
			expect(early, cost).toBeGreaterThan(0);
			expect(late / early, cost).toBeLessThan(1.05);
		}
	});
});

test.each(['places', 'contacts'] as const)(
	'with 200 %s the page holds the dossiers; with one more files do, and it is shorter',
	(dimension) => {
		const [most, many] = [200, 201].map((count) => {
			const story = generate({ [dimension]: count });
			const page = pageStory(story, 'ar');
			const { body } = render(StoryPage, { props: { story: page, venue: VENUE } });
			const file = dossierFile(story, 'ar', 1);
			return { inPage: page.dossiers, inFile: file, length: body.length };
		});
		if (!most || !many) throw new RangeError('There are two sizes.');
		expect(most.inPage).not.toBeNull();
		expect(most.inFile).toBeNull();
		expect(many.inPage).toBeNull();
		expect(many.inFile).not.toBeNull();
		expect(many.length).toBeLessThan(most.length / 2);
	}
);

/** Scenes like those of a small story, but so many. */
function scenesLike(scenes: PageStory['scenes'], count: number): PageStory['scenes'] {
	return Array.from({ length: count }, (_, index) => {
		const scene = scenes[index % scenes.length];
		if (!scene) throw new RangeError('There is no scene to take after.');
		const beats = scene.beats.map((beat) => ({ ...beat, paragraph: index + 1 }));
		return { ...scene, id: `scene-${index + 1}`, beats };
	});
}

test('a frame looks at its own scene and the next alone, in a story of 10 scenes and of 1,000', () => {
	const { page } = costOf({ scenes: 10 });
	const readsOf = (scenes: number) => {
		const { counted, reads } = counting(scenesLike(page.scenes, scenes));
		const { frameAt, progressOf } = createTimeline(counted, { stepped: false });
		const made = reads();
		for (const progress of [3, 3.3, 3.6, 3.9, 4.1]) frameAt(progress);
		progressOf('scene-4');
		return { made: made / scenes, frames: reads() - made };
	};
	const [few, many] = [readsOf(10), readsOf(1000)];
	expect(few.frames).toBeGreaterThan(0);
	expect(many.frames).toBe(few.frames);
	expect(many.made / few.made).toBeLessThan(1.05);
});

const VENUE: Venue = {
	kind: 'page',
	live: true,
	base: '',
	root: () => document.documentElement,
	wishes: () => ({ theme: 'auto', motion: 'auto', map: 'live' }),
	keep: () => undefined,
	address: null,
	scrollTo: () => undefined,
	storyAddress: (language, story, hash = '') => `/${language}/${story}/#${hash}`
};

const STYLES = readdirSync('src/styles').map((name) => readFileSync(`src/styles/${name}`, 'utf8'));

/** Bytes without which the first picture is not seen: styles, what stands before it in the page, and the picture. */
function bytesUntilPicture(size: Size): number {
	const story = generate(size);
	const { body } = render(Article, {
		props: { story: pageStory(story, 'ar'), venue: VENUE }
	});
	const image = body.indexOf('<img');
	expect(image).toBeGreaterThan(0);
	const before = scriptJson(newsArticle(story, 'ar', siteOf(''))) + body.slice(0, image);
	const opening = story.scenes[0]?.id ?? '';
	const parts = [STYLES.join(''), before, JSON.stringify(pictureOf(story, opening))];
	return parts.reduce((sum, text) => sum + brotliCompressSync(text).length, 0);
}

test('in a story thirty times as large the first picture waits for at most 1.2 times the bytes', () => {
	const small = bytesUntilPicture({ scenes: 10, places: 30, contacts: 10 });
	const large = bytesUntilPicture({ scenes: 330, places: 1000, contacts: 100 });
	expect(small).toBeGreaterThan(5000);
	expect(large / small).toBeLessThanOrEqual(1.2);
});

describe('up to 10,000 places', () => {
	const COUNTS = [500, 1000, 10_000] as const;
	const made = COUNTS.map((places) => {
		const story = generate({ places });
		const page = pageStory(story, 'en');
		const { body } = render(StoryPage, { props: { story: page, venue: VENUE } });
		return { story, page, sizes: { page: JSON.stringify(page).length, html: body.length } };
	});

	test('each costs the data of the page no more than the ones before, within 5 %, and its HTML a hundredth of a link', () => {
		const [a, b, c] = made;
		if (!a || !b || !c) throw new RangeError('There are three sizes.');
		const growth = (cost: 'page' | 'html') => ({
			early: (b.sizes[cost] - a.sizes[cost]) / (COUNTS[1] - COUNTS[0]),
			late: (c.sizes[cost] - b.sizes[cost]) / (COUNTS[2] - COUNTS[1])
		});
		const data = growth('page');
		expect(data.early).toBeGreaterThan(0);
		expect(data.late / data.early).toBeLessThan(1.05);
		const html = growth('html');
		expect(html.early).toBeLessThan(2);
		expect(html.late).toBeGreaterThan(0);
		expect(html.late).toBeLessThan(2);
	});

	test('a frame reads as much as in a story of 20', () => {
		const few = generate({ places: 20 });
		const scenes = [pageStory(few, 'en'), ...made.map(({ page }) => page)];
		const reads = scenes.map(({ scenes }) => {
			const { counted, reads } = counting(scenes);
			const { frameAt } = createTimeline(counted, { stepped: false });
			const before = reads();
			for (const progress of [3, 3.3, 3.6, 3.9, 4.1]) frameAt(progress);
			return reads() - before;
		});
		expect(reads[0]).toBeGreaterThan(0);
		expect(new Set(reads)).toEqual(new Set([reads[0]]));
	});

	test('every dossier is in one file, at most 100 in each, in the order of the places', () => {
		const [{ story, page } = { story: null, page: null }] = made;
		if (!story) throw new RangeError('There is no story.');
		expect(page.dossiers).toBeNull();
		const files = [1, 2, 3, 4, 5].map((file) => Object.keys(dossierFile(story, 'en', file) ?? {}));
		for (const file of files) expect(file.length).toBeLessThanOrEqual(100);
		expect(files.flat()).toEqual(page.places.map(({ id }) => id));
		for (const none of [0, 6, 1.5, NaN])
			expect(dossierFile(story, 'en', none), String(none)).toBeNull();
	});
});
