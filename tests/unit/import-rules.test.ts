import { ESLint } from 'eslint';
import { describe, expect, test } from 'vitest';

/** The rules that hold the architecture; the others need the whole program, and are not in question here. */
const ARCHITECTURE = new Set([
	'@typescript-eslint/no-restricted-imports',
	'boundaries/dependencies',
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
const bare = (from: string) => `import '${from}';`;
const reexported = (from: string) => `export * from '${from}';`;
const later = (from: string) => `export const a = () => import('${from}');`;
const inMarkup = (code: string) => `<script lang="ts">${code}</script>`;

interface Case {
	readonly file: string;
	readonly code: string;
}

const ALLOWED: readonly Case[] = [
	{ file: 'src/lib/model/story.ts', code: typed('geojson') },
	{ file: 'src/lib/geojson/index.ts', code: named('../model/finding') },
	{ file: 'src/lib/geojson/worker/reading.ts', code: named('topojson-client') },
	{ file: 'src/lib/geojson/worker/reader.ts', code: later('./reading') },
	{ file: 'src/lib/globe/camera.ts', code: named('d3-geo') },
	{ file: 'src/lib/globe/camera.ts', code: named('@turf/turf') },
	{ file: 'src/lib/locale/index.ts', code: typed('$lib/model/story') },
	{ file: 'src/lib/parse/scenes.ts', code: named('../model/story.js') },
	{ file: 'src/lib/parse/index.ts', code: named('mdast-util-from-markdown') },
	{ file: 'src/lib/cartography/labels.ts', code: named('$lib/globe/camera') },
	{ file: 'src/lib/timeline/timeline.ts', code: named('../globe/camera') },
	{ file: 'src/lib/picture/drawing.ts', code: typed('../timeline/timeline') },
	{ file: 'src/lib/live/live-map.ts', code: named('maplibre-gl') },
	{ file: 'src/lib/live/live-map.ts', code: bare('maplibre-gl/dist/maplibre-gl.css') },
	{ file: 'src/lib/live/live-map.ts', code: named('$data/basemap/world.json?url') },
	{ file: 'src/lib/reading/frame-venue.svelte.ts', code: named('../../embed/guest') },
	{ file: 'src/lib/parts/Inlines.svelte', code: inMarkup(named('$lib/reading/venue')) },
	{ file: 'src/lib/sharing/Shared.svelte', code: inMarkup(named('svelte')) },
	{ file: 'src/lib/dossier/Dossier.svelte', code: inMarkup(named('$lib/sharing/share')) },
	{ file: 'src/lib/explore/Explore.svelte', code: inMarkup(named('$lib/timeline/exploration')) },
	{ file: 'src/lib/page/Stage.svelte', code: inMarkup(later('$lib/live/live-map')) },
	{ file: 'src/lib/page/Stage.svelte', code: inMarkup(typed('$lib/live/live-map')) },
	{
		file: 'src/lib/embedded/Frame.svelte',
		code: inMarkup(named('$lib/reading/frame-venue.svelte'))
	},
	{ file: 'src/lib/server/library.ts', code: named('$lib/parse') },
	{ file: 'src/lib/server/lettering.ts', code: named('node:path') },
	{ file: 'src/routes/[lang=language]/feed.xml/+server.ts', code: named('$lib/server/library') },
	{ file: 'src/embed/host.ts', code: named('./protocol') },
	{ file: 'src/embed/element/element.ts', code: named('../../styles/story.css?inline') },
	{ file: 'src/lib/globe/camera.ts', code: 'export const day = new Date(0).getUTCDay();' },
	{ file: 'src/lib/parse/index.ts', code: 'export const of = (document: string[]) => document[0];' }
];

/** Each room's rule, broken. */
const REFUSED: readonly Case[] = [
	{ file: 'src/lib/model/story.ts', code: named('../parse') },
	{ file: 'src/lib/model/story.ts', code: typed('$lib/globe/camera') },
	{ file: 'src/lib/model/story.ts', code: bare('valibot') },
	{ file: 'src/lib/geojson/text.ts', code: named('valibot') },
	{ file: 'src/lib/geojson/index.ts', code: named('./worker/reader') },
	{ file: 'src/lib/geojson/worker/reader.ts', code: named('$lib/parse') },
	{ file: 'src/lib/globe/camera.ts', code: named('../timeline/timeline') },
	{ file: 'src/lib/globe/camera.ts', code: named('yaml') },
	{ file: 'src/lib/locale/index.ts', code: named('../timeline/timeline') },
	{ file: 'src/lib/parse/scenes.ts', code: named('$lib/globe/camera.ts') },
	{ file: 'src/lib/parse/scenes.ts', code: named('node:path') },
	{ file: 'src/lib/parse/index.ts', code: reexported('../timeline/timeline') },
	{ file: 'src/lib/cartography/labels.ts', code: named('../picture/drawing') },
	{ file: 'src/lib/timeline/timeline.ts', code: named('../picture/drawing') },
	{ file: 'src/lib/picture/drawing.ts', code: typed('../live/style') },
	{ file: 'src/lib/live/painter.ts', code: named('../picture/drawing') },
	{ file: 'src/lib/live/painter.ts', code: named('$lib/reading/reader.svelte') },
	{ file: 'src/lib/reading/reader.svelte.ts', code: later('maplibre-gl') },
	{ file: 'src/lib/reading/page-venue.ts', code: named('../page/Article.svelte') },
	{ file: 'src/lib/parts/Inlines.svelte', code: inMarkup(named('$lib/dossier/sheet')) },
	{ file: 'src/lib/sharing/share.ts', code: named('../dossier/sheet') },
	{ file: 'src/lib/dossier/Dossier.svelte', code: inMarkup(named('../page/Article.svelte')) },
	{ file: 'src/lib/explore/Explore.svelte', code: inMarkup(named('../page/Article.svelte')) },
	{ file: 'src/lib/page/Article.svelte', code: inMarkup(later('$lib/parse')) },
	{ file: 'src/lib/page/Article.svelte', code: inMarkup(typed('../parse/issue')) },
	{ file: 'src/lib/page/Article.svelte', code: inMarkup(named('$lib/server/library')) },
	{ file: 'src/lib/page/Article.svelte', code: inMarkup(named('maplibre-gl')) },
	{ file: 'src/lib/page/Article.svelte', code: inMarkup(named('$lib/live/live-map')) },
	{ file: 'src/lib/embedded/Boxed.svelte', code: inMarkup(typed('$lib/live/live-map')) },
	{ file: 'src/lib/server/library.ts', code: named('maplibre-gl') },
	{ file: 'src/lib/server/library.ts', code: named('../page/Article.svelte') },
	{ file: 'src/routes/[lang=language]/[story]/+page.svelte', code: inMarkup(named('$lib/parse')) },
	{ file: 'src/embed/protocol.ts', code: named('$lib/model/story') },
	{ file: 'src/embed/host.ts', code: named('svelte') },
	{ file: 'src/embed/element/element.ts', code: typed('$lib/live/live-map') }
];

const PURE = [
	'model/story',
	'geojson/index',
	'geojson/text',
	'globe/camera',
	'parse/plan',
	'timeline/timeline',
	'picture/drawing'
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

describe('the rooms', () => {
	test.for(ALLOWED)('$file may say $code', async ({ file, code }) => {
		expect(await lint(file, code)).toEqual([]);
	});

	test.for(REFUSED)('$file may not say $code', async ({ file, code }) => {
		expect(await lint(file, code)).toHaveLength(1);
	});
});

describe('pure rooms', () => {
	test.for(PURE)('%s names neither the page nor the clock', async (module) => {
		for (const code of IMPURE_CODE) {
			expect(await lint(`src/lib/${module}.ts`, code), code).toHaveLength(1);
		}
	});

	test('others may', async () => {
		for (const code of IMPURE_CODE) {
			expect(await lint('src/lib/reading/reader.svelte.ts', code), code).toEqual([]);
		}
	});
});

describe('markup from strings', () => {
	test.for(['innerHTML', 'outerHTML'])('%s is not set', async (property) => {
		const code = `export const set = (node: Element) => { node.${property} = 'a'; };`;
		expect(await lint('src/lib/live/live-map.ts', code)).toHaveLength(1);
	});

	test.for(['insertAdjacentHTML', 'setHTML', 'setHTMLUnsafe'])(
		'%s is not called',
		async (method) => {
			const code = `export const set = (node: Element) => { node.${method}('a'); };`;
			expect(await lint('src/embed/element/element.ts', code)).toHaveLength(1);
		}
	);

	test('a component has no {@html}', async () => {
		expect(await lint('src/lib/page/Scene.svelte', '{@html "<b>a</b>"}')).toHaveLength(1);
	});
});
