import { brotliCompressSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { readChunks, withImports } from '../../scripts/chunks.mjs';
import { exists, LANGUAGES, readPage, siteFiles, size, sizeOf, STORIES } from './files';

const chunks = readChunks();
const LOADER = 'embed/v1.js';

const holdsMapLibre = (script: string) =>
	Object.keys(chunks[script]?.modules ?? {}).some((module) => module.includes('maplibre-gl/'));

/** The text of a page, without its markup and scripts. */
function wordsOf(html: string): string {
	return html
		.replace(/<(script|style)\b[^]*?<\/\1>/g, ' ')
		.replace(/<[^>]*>/g, ' ')
		.replace(/\s+/g, ' ');
}

const pages = STORIES.flatMap((story) => LANGUAGES.map((language) => `${language}/${story}`));

const packed = (text: string) => brotliCompressSync(text).length;

/** The page as it would be with no scene: neither their sections, nor what its script is told of them. */
function withoutScenes(html: string): string {
	const [told] = [...html.matchAll(/<script[^>]* type="application\/json"[^>]*>([^]*?)<\/script>/g)]
		.map(([, json = '']) => json)
		.filter((json) => json.includes('"scenes":['));
	if (told === undefined) throw new Error('The page tells its script of no scenes.');
	const { story, ...rest } = JSON.parse(told) as { story: object };
	return html
		.replace(/<section class="scene[^]*?<\/section>/g, '')
		.replace(told, () => JSON.stringify({ ...rest, story: { ...story, scenes: [] } }));
}

describe.each(pages)('%s', (path) => {
	const page = readPage(`${path}/index.html`);
	const scripts = withImports(chunks, page.modules);

	test('the page and all it needs for its text and the first picture is at most 60 kB without fonts', () => {
		expect(page.styles).not.toEqual([]);
		const files = [page.path, ...page.styles, ...page.blocking];
		if (page.picture) files.push(page.picture);
		expect(sizeOf(files)).toBeLessThanOrEqual(60_000);
	});

	test('the script before the live map is at most 35 kB', () => {
		expect(page.modules).not.toEqual([]);
		for (const script of scripts) expect(chunks).toHaveProperty([script]);
		expect(sizeOf([...page.blocking, ...scripts])).toBeLessThanOrEqual(35_000);
	});

	test('no script that runs before the live map is asked for holds any of MapLibre', () => {
		expect([...scripts].filter(holdsMapLibre)).toEqual([]);
		const later = [...scripts].flatMap((script) => chunks[script]?.dynamicImports ?? []);
		expect([...withImports(chunks, later)].filter(holdsMapLibre)).not.toEqual([]);
	});

	test('a scene adds at most 1.5 kB to the page beyond its text', () => {
		const scenes = page.html.match(/data-scene=/g)?.length ?? 0;
		expect(scenes).toBeGreaterThan(10);
		const bare = withoutScenes(page.html);
		const markup = (html: string) => packed(html) - packed(wordsOf(html));
		expect((markup(page.html) - markup(bare)) / scenes).toBeLessThanOrEqual(1500);
	});
});

test('the loader of embedded stories is at most 2.5 kB gzip', () => {
	expect(exists(LOADER)).toBe(true);
	expect(size(LOADER, 'gz')).toBeLessThanOrEqual(2500);
});

test.for(STORIES)('each locator globe of %s is at most 3 kB', (story) => {
	const globes = siteFiles().filter((path) =>
		new RegExp(`^pictures/${story}/[^/]+/locator\\.svg$`).test(path)
	);
	const scenes = readPage(`en/${story}/index.html`).html.match(/data-scene=/g)?.length;
	expect(globes.length).toBe(scenes);
	for (const globe of globes) expect(size(globe), globe).toBeLessThan(3000);
});
