import { fileURLToPath } from 'node:url';
import js from '@eslint/js';
import prettier from 'eslint-config-prettier/flat';
import svelte from 'eslint-plugin-svelte';
import { defineConfig, globalIgnores, includeIgnoreFile } from 'eslint/config';
import globals from 'globals';
import ts from 'typescript-eslint';
import svelteConfig from './svelte.config.js';

/**
 * @typedef {object} Row
 * @property {string} folder
 * @property {string} module
 * @property {boolean} [pure] it may name neither the page nor the clock
 * @property {readonly string[]} [imports] modules of the same folder
 * @property {readonly string[]} [from] modules of other folders, with `types`: by their paths from src
 * @property {readonly string[]} [packages] npm packages, with everything below them
 * @property {readonly string[]} [types] modules or packages, as `import type` alone
 * @property {readonly string[]} [later] modules of the same folder, or files of their folders, by dynamic import
 */

/**
 * Which module may import what: the table of the design. Nothing else is allowed, and nothing by dynamic import but what is
 * said to come later.
 *
 * @type {readonly Row[]}
 */
const IMPORT_TABLE = [
	{ folder: 'src/lib', module: 'story', pure: true },
	{ folder: 'src/lib', module: 'finding', pure: true },
	{ folder: 'src/lib', module: 'geodata', pure: true, imports: ['finding'] },
	{
		folder: 'src/lib',
		module: 'parse',
		pure: true,
		imports: ['story', 'finding', 'geodata'],
		packages: [
			'@turf',
			'd3-geo',
			'fastest-levenshtein',
			'mdast-util-from-markdown',
			'mdast-util-to-string',
			'valibot',
			'yaml'
		],
		types: ['mdast']
	},
	{
		folder: 'src/lib',
		module: 'camera',
		pure: true,
		imports: ['story'],
		packages: ['@turf', 'd3-geo']
	},
	{ folder: 'src/lib', module: 'outline', pure: true, imports: ['story', 'camera'] },
	{ folder: 'src/lib', module: 'timeline', pure: true, imports: ['story', 'camera'] },
	{
		folder: 'src/lib',
		module: 'static-map',
		pure: true,
		imports: ['story', 'camera', 'outline'],
		packages: ['d3-geo'],
		types: ['timeline']
	},
	{ folder: 'src/lib', module: 'labels', pure: true, imports: ['story', 'camera', 'outline'] },
	{ folder: 'src/lib', module: 'glyphs', pure: true, imports: ['story'] },
	{
		folder: 'src/lib',
		module: 'exploration',
		pure: true,
		imports: ['story', 'outline', 'labels'],
		types: ['timeline']
	},
	{
		folder: 'src/lib',
		module: 'attention',
		pure: true,
		imports: ['story', 'camera'],
		types: ['timeline']
	},
	{ folder: 'src/lib', module: 'sheet', pure: true },
	{
		folder: 'src/lib',
		module: 'outlines',
		later: ['pick', 'geodata-reader'],
		types: ['pick']
	},
	{
		folder: 'src/lib',
		module: 'dossiers',
		packages: ['svelte'],
		types: ['outlines', 'page-story', 'reader', 'venue']
	},
	{
		folder: 'src/lib',
		module: 'pick',
		pure: true,
		imports: ['story'],
		packages: ['@turf'],
		types: ['camera']
	},
	{
		folder: 'src/lib',
		module: 'map-style',
		pure: true,
		imports: ['story', 'labels'],
		types: ['exploration', 'fonts', 'maplibre-gl']
	},
	{
		folder: 'src/lib',
		module: 'geodata-reader',
		imports: ['finding', 'geodata'],
		packages: ['topojson-client'],
		later: ['geodata-reader/reading']
	},
	{
		folder: 'src/lib',
		module: 'map-features',
		pure: true,
		imports: ['story', 'outline', 'labels', 'map-style']
	},
	{
		folder: 'src/lib',
		module: 'painter',
		pure: true,
		imports: ['story', 'camera', 'labels', 'map-features', 'map-style'],
		types: ['exploration', 'timeline', 'maplibre-gl']
	},
	{
		folder: 'src/lib',
		module: 'live-map',
		imports: [
			'story',
			'labels',
			'glyphs',
			'map-features',
			'map-style',
			'painter',
			'fonts',
			'geodata-reader'
		],
		packages: ['maplibre-gl'],
		types: ['exploration', 'timeline']
	},
	{
		folder: 'src/lib',
		module: 'reader',
		imports: ['story', 'timeline', 'locale'],
		types: ['venue', 'exploration'],
		packages: ['svelte']
	},
	{ folder: 'src/lib', module: 'date-line', pure: true },
	{ folder: 'src/lib', module: 'legend', pure: true, imports: ['story'], types: ['timeline'] },
	{ folder: 'src/lib', module: 'scale', pure: true, imports: ['story', 'camera'] },
	{ folder: 'src/lib', module: 'loading' },
	{ folder: 'src/lib', module: 'own-scripts' },
	{ folder: 'src/lib', module: 'left' },
	{ folder: 'src/lib', module: 'next-visit', imports: ['left', 'offline'], types: ['page-story'] },
	{ folder: 'src/lib', module: 'offline', imports: ['loading'] },
	{ folder: 'src/lib', module: 'observing', later: ['observing/stand-ins'] },
	{ folder: 'src/lib', module: 'page-index', imports: ['venue'], types: ['page-story', 'story'] },
	{
		folder: 'src/lib',
		module: 'pages-of-places',
		imports: ['page-index', 'venue'],
		types: ['page-story']
	},
	{ folder: 'src/lib', module: 'dossier-files', imports: ['page-index'], types: ['page-story'] },
	{ folder: 'src/lib', module: 'beats', types: ['page-story'] },
	{ folder: 'src/lib', module: 'share' },
	{ folder: 'src/lib', module: 'locale', imports: ['story'], types: ['venue'] },
	{ folder: 'src/lib', module: 'venue', packages: ['svelte'] },
	{ folder: 'src/lib', module: 'characters', pure: true },
	{ folder: 'src/lib', module: 'site', pure: true },
	{ folder: 'src/lib', module: 'sharing', pure: true, imports: ['story'] },
	{ folder: 'src/lib', module: 'fonts', imports: ['story', 'characters'] },
	{ folder: 'src/lib', module: 'page-story', pure: true, types: ['story', 'labels', 'timeline'] },
	{ folder: 'src/lib', module: 'page-props', types: ['page-story'] },
	{ folder: 'src/lib', module: 'page-venue', imports: ['venue'] },
	{
		folder: 'src/lib',
		module: 'frame-venue',
		imports: ['venue', 'page-venue'],
		from: ['embed/protocol', 'embed/guest'],
		packages: ['svelte']
	},
	{
		folder: 'src/lib',
		module: 'telling',
		types: ['page-story', 'reader', 'venue'],
		packages: ['svelte']
	},
	{ folder: 'src/lib', module: 'embed-code', pure: true, types: ['story'] },
	{ folder: 'src/embed', module: 'protocol' },
	{ folder: 'src/embed', module: 'host', imports: ['protocol'] },
	{ folder: 'src/embed', module: 'guest', imports: ['protocol'] },
	{ folder: 'src/embed', module: 'fonts' },
	{
		folder: 'src/embed',
		module: 'element',
		imports: ['fonts'],
		from: [
			'lib/components/Article.svelte',
			'lib/components/HostSteps.svelte',
			'lib/observing',
			'lib/venue'
		],
		types: ['lib/page-story'],
		packages: ['svelte']
	}
];

/** Type packages without a line of code: any module may speak of GeoJSON and TopoJSON. */
const TYPES_FOR_ALL = ['geojson', 'topojson-specification'];

/** A style sheet's text, or the address of a font, a worker or a data file, which bring no code: any module but a pure one. */
const ASSET = String.raw`[^?]+\?(?:worker&)?url|[^?]+\.css\?inline`;

/** The end of an import from a module, or from a file in its folder: `story`, `reader.svelte.ts`, `parse/issue.js`. */
const MODULE_TAIL = String.raw`(?:/[\w-]+)*(?:\.svelte)?(?:\.[jt]s)?`;

/** Any way to write an import of one of these modules of src/lib, from anywhere. */
const fromLib = (/** @type {string} */ modules) =>
	String.raw`(?:\$lib/|(?:\.\.?/)+(?:lib/)?)(?:${modules})${MODULE_TAIL}`;

/** Any way to write an import of a module of another folder, by its path from src. */
const fromElsewhere = (/** @type {string} */ path) =>
	String.raw`(?:(?:\.\./)+${path}|\$${path})${MODULE_TAIL}`;

/** MapLibre's code; its style sheet is not. */
const MAPLIBRE = String.raw`maplibre-gl(?:/.*)?(?<!\.css)`;

const MAPLIBRE_IS_LIVE_MAPS = {
	regex: `^(?:${MAPLIBRE})$`,
	caseSensitive: true,
	allowTypeImports: true,
	message: 'live-map is the only module that imports MapLibre at run time.'
};

const LIVE_MAP_IS_LOADED_LATER = {
	regex: `^(?:${fromLib('live-map')})$`,
	caseSensitive: true,
	allowTypeImports: true,
	message: 'live-map is loaded by dynamic import alone, after the page is readable.'
};

const PARSING_IS_FOR_THE_BUILD = {
	regex: `^(?:${fromLib('parse|server')})$`,
	caseSensitive: true,
	message: 'Stories are parsed when the site is built: pages and components get a Story.'
};

const THE_CLOCK = [
	'MemberExpression[object.name="Date"][property.name="now"]',
	'NewExpression[callee.name="Date"][arguments.length=0]',
	'CallExpression[callee.name="Date"]'
].map((selector) => ({
	selector,
	message: 'A pure module knows no present: take the time as an argument.'
}));

const LATER_IS_IN_THE_TABLE =
	'This module may not load that later: import it at the top, or name it in the table of imports.';

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

/**
 * The two blocks of a row: the module's own file, and the files of the folder that bears its name. They differ in how a
 * neighbour is written, `./story` or `../story`.
 *
 * @param {Row} row
 * @returns {import('eslint').Linter.Config[]}
 */
function blocksOf(row) {
	const { folder, module } = row;
	const alias = folder === 'src/lib' ? String.raw`\$lib/|` : '';
	const fileOf = `${folder}/${module}`;
	const ownFiles = String.raw`\./[\w-]+${MODULE_TAIL}`;
	return [
		block(row, [`${fileOf}.ts`, `${fileOf}.svelte.ts`], String.raw`(?:${alias}\./)`, []),
		block(row, [`${fileOf}/**/*.ts`], String.raw`(?:${alias}\.\./)`, [ownFiles])
	];
}

/**
 * @param {Row} row
 * @param {string[]} files
 * @param {string} prefix a pattern for what stands before a neighbour's name
 * @param {readonly string[]} own patterns for further imports from the module itself
 * @returns {import('eslint').Linter.Config}
 */
function block(
	{ module, pure = false, imports = [], from = [], packages = [], types = [], later = [] },
	files,
	prefix,
	own
) {
	const neighbour = (/** @type {string} */ name) => `${prefix}${name}${MODULE_TAIL}`;
	const npm = (/** @type {string} */ name) => `${name}(?:/.*)?`;
	const isModule = (/** @type {string} */ name) => IMPORT_TABLE.some((row) => row.module === name);

	const allowed = [
		...own,
		...[module, ...imports].map(neighbour),
		...packages.map(npm),
		...from.map(fromElsewhere),
		...(pure ? [] : [ASSET])
	];
	const allowedTypes = [...types, ...TYPES_FOR_ALL].map((name) => {
		if (name.startsWith('lib/')) return fromElsewhere(name);
		return isModule(name) ? neighbour(name) : npm(name);
	});
	const named = [...imports, ...from, ...packages, ...types.map((name) => `types of ${name}`)];
	// A slash would end the pattern in the language of selectors.
	const mayBeLater = later
		.map(neighbour)
		.join('|')
		.replaceAll('/', String.raw`\u002F`);
	const message = `${module} may import ${named.join(', ') || 'nothing'}: see the table in eslint.config.js.`;
	return {
		files,
		rules: {
			'@typescript-eslint/no-restricted-imports': [
				'error',
				{
					patterns: [
						{
							regex: `^(?!(?:${[...allowed, ...allowedTypes].join('|')})$)`,
							caseSensitive: true,
							message
						},
						{
							regex: `^(?:${allowedTypes.join('|')})$`,
							caseSensitive: true,
							allowTypeImports: true,
							message
						}
					]
				}
			],
			'no-restricted-syntax': [
				'error',
				{
					selector: `ImportExpression:not([source.value=/^(?:${mayBeLater})$/])`,
					message: LATER_IS_IN_THE_TABLE
				},
				...(pure ? THE_CLOCK : [])
			],
			...(pure && {
				'no-restricted-globals': ['error', { globals: PAGE_GLOBALS, checkGlobalObject: true }]
			})
		}
	};
}

/**
 * Refuses dynamic imports that match, where static ones are refused by a pattern.
 *
 * @param {{ regex: string, message: string }[]} patterns
 */
function refuseLater(patterns) {
	return patterns.map(({ regex, message }) => ({
		// A slash would end the pattern in the language of selectors.
		selector: `ImportExpression[source.value=/${regex.replaceAll('/', String.raw`\u002F`)}/]`,
		message
	}));
}

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
				{ patterns: [MAPLIBRE_IS_LIVE_MAPS, LIVE_MAP_IS_LOADED_LATER] }
			],
			'no-restricted-syntax': ['error', ...refuseLater([MAPLIBRE_IS_LIVE_MAPS])]
		}
	},
	{
		files: ['src/lib/components/**', 'src/routes/**/*.svelte', 'src/routes/**/+{page,layout}.ts'],
		rules: {
			'@typescript-eslint/no-restricted-imports': [
				'error',
				{ patterns: [MAPLIBRE_IS_LIVE_MAPS, LIVE_MAP_IS_LOADED_LATER, PARSING_IS_FOR_THE_BUILD] }
			],
			'no-restricted-syntax': [
				'error',
				...refuseLater([MAPLIBRE_IS_LIVE_MAPS, PARSING_IS_FOR_THE_BUILD])
			]
		}
	},
	IMPORT_TABLE.flatMap((row) => blocksOf(row))
);
