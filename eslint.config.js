import { fileURLToPath } from 'node:url';
import js from '@eslint/js';
import boundaries from 'eslint-plugin-boundaries';
import prettier from 'eslint-config-prettier/flat';
import svelte from 'eslint-plugin-svelte';
import { defineConfig, globalIgnores, includeIgnoreFile } from 'eslint/config';
import globals from 'globals';
import ts from 'typescript-eslint';
import svelteConfig from './svelte.config.js';

/**
 * Which room may import from which others, and which npm packages: the rooms stand in the order in which they build on each
 * other. `pure` rooms may name neither the page nor the clock.
 *
 * @typedef {{ folder: string, pure?: boolean, rooms?: readonly string[], packages?: readonly string[] }} Room
 * @type {Readonly<Record<string, Room>>}
 */
const ROOMS = {
	element: {
		folder: 'src/embed/element',
		rooms: ['model', 'reading', 'page', 'embedded'],
		packages: ['svelte']
	},
	model: { folder: 'src/lib/model', pure: true },
	worker: {
		folder: 'src/lib/geojson/worker',
		rooms: ['model', 'geojson'],
		packages: ['topojson-client']
	},
	geojson: { folder: 'src/lib/geojson', pure: true, rooms: ['model'] },
	globe: {
		folder: 'src/lib/globe',
		pure: true,
		rooms: ['model'],
		packages: ['@turf/turf', 'd3-geo']
	},
	locale: { folder: 'src/lib/locale', rooms: ['model'] },
	parse: {
		folder: 'src/lib/parse',
		pure: true,
		rooms: ['model', 'geojson'],
		packages: [
			'@turf/turf',
			'd3-geo',
			'fastest-levenshtein',
			'mdast',
			'mdast-util-*',
			'valibot',
			'yaml'
		]
	},
	cartography: { folder: 'src/lib/cartography', rooms: ['model', 'globe'] },
	timeline: { folder: 'src/lib/timeline', pure: true, rooms: ['model', 'globe', 'cartography'] },
	picture: {
		folder: 'src/lib/picture',
		pure: true,
		rooms: ['model', 'globe', 'timeline'],
		packages: ['d3-geo']
	},
	live: {
		folder: 'src/lib/live',
		rooms: ['model', 'worker', 'globe', 'cartography', 'timeline'],
		packages: ['maplibre-gl']
	},
	reading: {
		folder: 'src/lib/reading',
		rooms: ['model', 'cartography', 'timeline', 'embed'],
		packages: ['svelte']
	},
	parts: {
		folder: 'src/lib/parts',
		rooms: ['model', 'locale', 'cartography', 'timeline', 'reading'],
		packages: ['svelte']
	},
	sharing: {
		folder: 'src/lib/sharing',
		rooms: ['model', 'locale', 'reading'],
		packages: ['svelte']
	},
	dossier: {
		folder: 'src/lib/dossier',
		rooms: ['model', 'worker', 'globe', 'locale', 'timeline', 'reading', 'parts', 'sharing'],
		packages: ['svelte']
	},
	explore: {
		folder: 'src/lib/explore',
		rooms: ['model', 'locale', 'timeline', 'reading', 'parts', 'dossier'],
		packages: ['svelte']
	},
	page: {
		folder: 'src/lib/page',
		rooms: [
			'model',
			'globe',
			'locale',
			'cartography',
			'timeline',
			'live',
			'reading',
			'parts',
			'sharing',
			'dossier',
			'explore'
		],
		packages: ['svelte']
	},
	embedded: {
		folder: 'src/lib/embedded',
		rooms: ['locale', 'reading', 'parts', 'dossier', 'page'],
		packages: ['svelte']
	},
	embed: { folder: 'src/embed' },
	server: {
		folder: 'src/lib/server',
		rooms: [
			'model',
			'worker',
			'geojson',
			'globe',
			'locale',
			'parse',
			'cartography',
			'timeline',
			'picture',
			'live',
			'reading',
			'sharing'
		],
		packages: ['@resvg/resvg-js', '@turf/turf', 'd3-geo', 'feed', 'schema-dts', 'topojson-client']
	},
	routes: {
		folder: 'src/routes',
		rooms: ['model', 'locale', 'reading', 'sharing', 'dossier', 'page', 'embedded', 'server'],
		packages: ['@resvg/resvg-js', '@sveltejs/kit', 'svelte', 'virtual:*']
	}
};

const LIVE_MAP_IS_LOADED_LATER = {
	regex: String.raw`^(?:\$lib/|(?:\.\.?/)+(?:lib/)?)(?:live/)?live-map(?:\.ts)?$`,
	caseSensitive: true,
	allowTypeImports: true,
	message: 'live-map is loaded by dynamic import alone, after the page is readable.'
};

const THE_CLOCK = [
	'MemberExpression[object.name="Date"][property.name="now"]',
	'NewExpression[callee.name="Date"][arguments.length=0]',
	'CallExpression[callee.name="Date"]'
].map((selector) => ({
	selector,
	message: 'A pure module knows no present: take the time as an argument.'
}));

const PAGE_GLOBALS = ['window', 'document', 'navigator', 'performance'].map((name) => ({
	name,
	message: 'A pure module knows no page and no clock: take what it needs as an argument.'
}));

const UNSAFE_MARKUP = [
	'innerHTML',
	'outerHTML',
	'insertAdjacentHTML',
	'setHTML',
	'setHTMLUnsafe',
	'srcdoc'
].map((property) => ({
	property,
	message: 'Markup is never made from strings: a story could run code on its reader.'
}));

/** Type packages without a line of code: any room may speak of GeoJSON and TopoJSON. */
const TYPES_FOR_ALL = ['geojson', 'topojson-specification'];

const rooms = Object.entries(ROOMS);

/** What a room may import, by the folder of the file that it resolves to. */
const policies = [
	{
		from: { element: { type: 'server' } },
		allow: { to: { module: { origin: 'core' } } }
	},
	...rooms.flatMap(([room, { rooms: others = [], packages = [] }]) => [
		{
			from: { element: { type: room } },
			allow: { to: { element: { types: { anyOf: [room, ...others] } } } }
		},
		{
			from: { element: { type: room } },
			allow: { to: { module: { origin: 'external', source: [...packages, ...TYPES_FOR_ALL] } } }
		}
	])
];

export default defineConfig(
	includeIgnoreFile(fileURLToPath(new URL('.gitignore', import.meta.url))),
	globalIgnores(['data', 'tests/fixtures']),
	js.configs.recommended,
	ts.configs.strict,
	svelte.configs.recommended,
	prettier,
	svelte.configs.prettier,
	{
		linterOptions: { reportUnusedDisableDirectives: 'error' },
		languageOptions: { globals: { ...globals.browser, ...globals.node } },
		rules: {
			// A declaration file that has an import is no longer a script, and then it declares nothing global.
			'@typescript-eslint/consistent-type-imports': ['error', { disallowTypeAnnotations: false }],
			'@typescript-eslint/no-explicit-any': 'error',
			'@typescript-eslint/no-non-null-assertion': 'error',
			eqeqeq: 'error',
			// TypeScript knows every name, and knows types, which this rule does not.
			'no-undef': 'off',
			// Prerendering follows every link and fails the build on one that leads nowhere.
			'svelte/no-navigation-without-resolve': 'off'
		}
	},
	{
		files: ['**/*.ts'],
		extends: [ts.configs.strictTypeCheckedOnly],
		languageOptions: { parserOptions: { projectService: true } },
		rules: {
			'@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }]
		}
	},
	{
		files: ['**/*.svelte', '**/*.svelte.ts'],
		languageOptions: {
			parserOptions: {
				parser: ts.parser,
				projectService: true,
				extraFileExtensions: ['.svelte'],
				svelteConfig
			}
		},
		rules: { 'svelte/no-at-html-tags': 'error' }
	},
	{
		files: ['src/**'],
		rules: {
			'no-restricted-properties': ['error', ...UNSAFE_MARKUP],
			'@typescript-eslint/no-restricted-imports': [
				'error',
				{ patterns: [LIVE_MAP_IS_LOADED_LATER] }
			]
		}
	},
	{
		files: rooms.map(([, { folder }]) => `${folder}/**`),
		plugins: { boundaries },
		settings: {
			'import/resolver': { typescript: { project: 'tsconfig.json' } },
			'boundaries/elements': rooms.map(([type, { folder }]) => ({ type, pattern: folder }))
		},
		rules: {
			'boundaries/dependencies': ['error', { default: 'disallow', checkAllOrigins: true, policies }]
		}
	},
	{
		files: rooms.flatMap(([, { folder, pure }]) => (pure ? [`${folder}/**`] : [])),
		ignores: ['src/lib/geojson/worker/**'],
		rules: {
			'no-restricted-syntax': ['error', ...THE_CLOCK],
			'no-restricted-globals': ['error', { globals: PAGE_GLOBALS, checkGlobalObject: true }]
		}
	}
);
