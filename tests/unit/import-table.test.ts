import { ESLint } from 'eslint';
import { describe, expect, test } from 'vitest';

/** The rules that hold the architecture; the others need the whole program, and are not in question here. */
const ARCHITECTURE = new Set([
	'@typescript-eslint/no-restricted-imports',
	'no-restricted-globals',
	'no-restricted-properties',
	'no-restricted-syntax',
	'svelte/no-at-html-tags'
]);

const eslint = new ESLint({
	overrideConfig: { languageOptions: { parserOptions: { projectService: false } } },
	ruleFilter: ({ ruleId }) => ARCHITECTURE.has(ruleId)
});

/** @returns what the project's own lint says about a file with this content, one message each */
async function lint(filePath: string, code: string): Promise<string[]> {
	const [result] = await eslint.lintText(code, { filePath });
	return result?.messages.map(({ message }) => message) ?? [];
}

const named = (from: string) => `import { a } from '${from}'; export const b = a;`;
const typed = (from: string) => `import type { A } from '${from}'; export type B = A;`;
const inlineTyped = (from: string) => `import { type A } from '${from}'; export type B = A;`;
const bare = (from: string) => `import '${from}';`;
const reexported = (from: string) => `export * from '${from}';`;
const later = (from: string) => `export const a = () => import('${from}');`;
const inMarkup = (code: string) => `<script lang="ts">${code}</script>`;

interface Case {
	readonly file: string;
	readonly code: string;
}

const ALLOWED: readonly Case[] = [
	{ file: 'src/lib/story.ts', code: typed('geojson') },
	{ file: 'src/lib/parse.ts', code: named('./story') },
	{ file: 'src/lib/parse.ts', code: named('./story.ts') },
	{ file: 'src/lib/parse.ts', code: named('$lib/story') },
	{ file: 'src/lib/parse.ts', code: named('./parse/issue') },
	{ file: 'src/lib/parse.ts', code: named('@turf/turf') },
	{ file: 'src/lib/parse.ts', code: named('yaml') },
	{ file: 'src/lib/parse.ts', code: named('valibot') },
	{ file: 'src/lib/parse.ts', code: named('fastest-levenshtein') },
	{ file: 'src/lib/parse.ts', code: named('mdast-util-from-markdown') },
	{ file: 'src/lib/parse.ts', code: typed('mdast') },
	{ file: 'src/lib/parse/scenes.ts', code: named('../story') },
	{ file: 'src/lib/parse/scenes.ts', code: named('../story.js') },
	{ file: 'src/lib/parse/scenes.ts', code: named('$lib/story') },
	{ file: 'src/lib/parse/scenes.ts', code: named('./issue') },
	{ file: 'src/lib/parse/scenes.ts', code: named('../parse') },
	{ file: 'src/lib/parse/place.ts', code: named('../geodata') },
	{ file: 'src/lib/geodata/collection.ts', code: named('../finding') },
	{ file: 'src/lib/geodata/collection.ts', code: named('./text') },
	{ file: 'src/lib/geodata-reader.ts', code: later('./geodata-reader/reading') },
	{ file: 'src/lib/geodata-reader/reading.ts', code: named('topojson-client') },
	{ file: 'src/lib/live-map.ts', code: named('./geodata-reader') },
	{ file: 'src/lib/camera.ts', code: named('./story') },
	{ file: 'src/lib/camera.ts', code: named('d3-geo') },
	{ file: 'src/lib/timeline.ts', code: named('./camera') },
	{ file: 'src/lib/static-map.ts', code: named('$lib/camera.ts') },
	{ file: 'src/lib/static-map.ts', code: typed('./timeline') },
	{ file: 'src/lib/static-map.ts', code: inlineTyped('./timeline') },
	{ file: 'src/lib/map-style.ts', code: typed('maplibre-gl') },
	{ file: 'src/lib/painter.ts', code: typed('maplibre-gl') },
	{ file: 'src/lib/painter.ts', code: named('./map-features') },
	{ file: 'src/lib/live-map.ts', code: named('maplibre-gl') },
	{ file: 'src/lib/live-map.ts', code: named('./painter') },
	{ file: 'src/lib/live-map.ts', code: named('./map-style') },
	{ file: 'src/lib/live-map.ts', code: bare('maplibre-gl/dist/maplibre-gl.css') },
	{
		file: 'src/lib/live-map.ts',
		code: named('maplibre-gl/dist/maplibre-gl-worker.mjs?worker&url')
	},
	{ file: 'src/lib/live-map.ts', code: named('$data/basemap/world.json?url') },
	{ file: 'src/lib/live-map.ts', code: typed('./timeline') },
	{ file: 'src/lib/reader.svelte.ts', code: named('./timeline') },
	{ file: 'src/lib/reader.svelte.ts', code: named('svelte/reactivity') },
	{ file: 'src/lib/components/Map.svelte', code: inMarkup(named('$lib/reader.svelte')) },
	{ file: 'src/lib/components/Map.svelte', code: inMarkup(later('$lib/live-map')) },
	{ file: 'src/lib/components/Map.svelte', code: inMarkup(typed('$lib/live-map')) },
	{
		file: 'src/lib/components/Map.svelte',
		code: inMarkup(bare('maplibre-gl/dist/maplibre-gl.css'))
	},
	{ file: 'src/lib/server/stories.ts', code: named('../parse') },
	{ file: 'src/routes/[lang]/[story]/+page.server.ts', code: named('$lib/server/stories') },
	{ file: 'src/embed/host.ts', code: named('./protocol') },
	{ file: 'src/embed/guest.ts', code: typed('./protocol') },
	{ file: 'src/embed/element.ts', code: named('$lib/components/Article.svelte') },
	{ file: 'src/embed/element.ts', code: typed('$lib/page-story') },
	{ file: 'src/embed/element.ts', code: named('../styles/story.css?inline') },
	{ file: 'src/embed/fonts.ts', code: named('$fonts/fonts.css?inline') },
	{ file: 'src/lib/frame-venue.svelte.ts', code: named('../embed/guest') },
	{ file: 'src/lib/telling.svelte.ts', code: typed('./reader.svelte') },
	{ file: 'src/lib/camera.ts', code: 'export const day = new Date(0).getUTCDay();' },
	{ file: 'src/lib/parse.ts', code: 'export const of = (document: string[]) => document[0];' }
];

const REFUSED: readonly Case[] = [
	{ file: 'src/embed/element.ts', code: named('$lib/page-story') },
	{ file: 'src/embed/element.ts', code: named('$lib/live-map') },
	{ file: 'src/embed/fonts.ts', code: named('./protocol') },
	{ file: 'src/lib/frame-venue.svelte.ts', code: named('../embed/host') },
	{ file: 'src/lib/telling.svelte.ts', code: named('./reader.svelte') },
	{ file: 'src/lib/embed-code.ts', code: named('./locale') },
	{ file: 'src/lib/story.ts', code: named('./parse') },
	{ file: 'src/lib/story.ts', code: typed('./camera') },
	{ file: 'src/lib/story.ts', code: named('geojson') },
	{ file: 'src/lib/story.ts', code: bare('valibot') },
	{ file: 'src/lib/parse.ts', code: named('./camera') },
	{ file: 'src/lib/parse.ts', code: named('$lib/camera') },
	{ file: 'src/lib/parse.ts', code: named('./server/stories') },
	{ file: 'src/lib/parse.ts', code: named('node:fs') },
	{ file: 'src/lib/parse.ts', code: named('maplibre-gl') },
	{ file: 'src/lib/parse.ts', code: named('mdast') },
	{ file: 'src/lib/parse.ts', code: reexported('./timeline') },
	{ file: 'src/lib/parse/scenes.ts', code: named('../camera') },
	{ file: 'src/lib/parse/scenes.ts', code: named('$lib/camera.ts') },
	{ file: 'src/lib/parse/scenes.ts', code: named('node:path') },
	{ file: 'src/lib/parse/scenes.ts', code: named('./../camera') },
	{ file: 'src/lib/finding.ts', code: named('./geodata') },
	{ file: 'src/lib/geodata.ts', code: named('./parse') },
	{ file: 'src/lib/geodata/text.ts', code: named('valibot') },
	{ file: 'src/lib/geodata/text.ts', code: later('./collection') },
	{ file: 'src/lib/geodata-reader.ts', code: later('./geodata') },
	{ file: 'src/lib/geodata-reader.ts', code: named('./live-map') },
	{ file: 'src/lib/live-map.ts', code: later('./geodata-reader/reading') },
	{ file: 'src/lib/camera.ts', code: named('./parse') },
	{ file: 'src/lib/camera.ts', code: named('./parse/rings') },
	{ file: 'src/lib/camera.ts', code: named('./timeline') },
	{ file: 'src/lib/camera.ts', code: named('yaml') },
	{ file: 'src/lib/camera.ts', code: later('./story') },
	{ file: 'src/lib/camera.ts', code: named('$data/basemap/world.json?url') },
	{ file: 'src/lib/timeline.ts', code: named('./static-map') },
	{ file: 'src/lib/timeline.ts', code: named('d3-geo') },
	{ file: 'src/lib/static-map.ts', code: named('./timeline') },
	{ file: 'src/lib/static-map.ts', code: named('./map-style') },
	{ file: 'src/lib/map-style.ts', code: named('maplibre-gl') },
	{ file: 'src/lib/map-style.ts', code: typed('./camera') },
	{ file: 'src/lib/painter.ts', code: named('maplibre-gl') },
	{ file: 'src/lib/painter.ts', code: named('./timeline') },
	{ file: 'src/lib/map-features.ts', code: named('./painter') },
	{ file: 'src/lib/live-map.ts', code: named('./static-map') },
	{ file: 'src/lib/outline.ts', code: named('./timeline') },
	{ file: 'src/lib/live-map.ts', code: named('./timeline') },
	{ file: 'src/lib/live-map.ts', code: named('./reader.svelte') },
	{ file: 'src/lib/reader.svelte.ts', code: named('./live-map') },
	{ file: 'src/lib/reader.svelte.ts', code: named('./static-map') },
	{ file: 'src/lib/reader.svelte.ts', code: later('./live-map') },
	{ file: 'src/lib/locale.ts', code: named('./timeline') },
	{ file: 'src/lib/components/Map.svelte', code: inMarkup(named('$lib/live-map')) },
	{ file: 'src/lib/components/Map.svelte', code: inMarkup(named('../live-map.ts')) },
	{ file: 'src/lib/components/Map.svelte', code: inMarkup(named('$lib/parse')) },
	{ file: 'src/lib/components/Map.svelte', code: inMarkup(typed('../parse/issue')) },
	{ file: 'src/lib/components/Map.svelte', code: inMarkup(named('$lib/server/stories')) },
	{ file: 'src/lib/components/Map.svelte', code: inMarkup(later('$lib/parse')) },
	{ file: 'src/lib/components/Map.svelte', code: inMarkup(named('maplibre-gl')) },
	{ file: 'src/lib/components/Map.svelte', code: inMarkup(later('maplibre-gl')) },
	{ file: 'src/lib/components/scroll.ts', code: named('../parse') },
	{ file: 'src/routes/[lang]/[story]/+page.svelte', code: inMarkup(named('$lib/parse')) },
	{ file: 'src/routes/[lang]/[story]/+page.ts', code: named('$lib/live-map') },
	{ file: 'src/lib/server/stories.ts', code: named('maplibre-gl') },
	{ file: 'src/embed/protocol.ts', code: named('./host') },
	{ file: 'src/embed/protocol.ts', code: named('$lib/story') },
	{ file: 'src/embed/host.ts', code: named('./guest') },
	{ file: 'src/embed/host.ts', code: named('$lib/story') },
	{ file: 'src/embed/guest.ts', code: named('./host') },
	{ file: 'src/embed/guest.ts', code: named('valibot') }
];

const PURE = [
	'story',
	'date-line',
	'legend',
	'scale',
	'finding',
	'geodata',
	'geodata/text',
	'parse',
	'parse/scenes',
	'camera',
	'outline',
	'timeline',
	'static-map',
	'map-style',
	'map-features',
	'painter'
];
const IMPURE_CODE = [
	'export const a = window.innerWidth;',
	'export const a = document.title;',
	'export const a = navigator.language;',
	'export const a = performance.now();',
	'export const a = globalThis.document.title;',
	'export const a = Date.now();',
	'export const a = new Date();',
	'export const a = Date();'
];

describe('the table of imports', () => {
	test.for(ALLOWED)('$file may say $code', async ({ file, code }) => {
		expect(await lint(file, code)).toEqual([]);
	});

	test.for(REFUSED)('$file may not say $code', async ({ file, code }) => {
		expect(await lint(file, code)).toHaveLength(1);
	});
});

describe('pure modules', () => {
	test.for(PURE)('%s names neither the page nor the clock', async (module) => {
		for (const code of IMPURE_CODE) {
			expect(await lint(`src/lib/${module}.ts`, code), code).toHaveLength(1);
		}
	});

	test('other modules may', async () => {
		for (const code of IMPURE_CODE) {
			expect(await lint('src/lib/reader.svelte.ts', code), code).toEqual([]);
		}
	});
});

describe('markup from strings', () => {
	test.for(['innerHTML', 'outerHTML'])('%s is not set', async (property) => {
		const code = `export const set = (node: Element) => { node.${property} = 'a'; };`;
		expect(await lint('src/lib/live-map.ts', code)).toHaveLength(1);
	});

	test.for(['insertAdjacentHTML', 'setHTML', 'setHTMLUnsafe'])(
		'%s is not called',
		async (method) => {
			const code = `export const set = (node: Element) => { node.${method}('a'); };`;
			expect(await lint('src/embed/element.ts', code)).toHaveLength(1);
		}
	);

	test('a component has no {@html}', async () => {
		expect(await lint('src/lib/components/Scene.svelte', '{@html "<b>a</b>"}')).toHaveLength(1);
	});
});
