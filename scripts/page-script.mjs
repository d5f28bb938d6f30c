/**
 * The one script of a page: Svelte takes over what was written at build time. Kit's own client (a router, which a site of
 * single pages never uses) is left out; the pages say so with `csr = false`. A page and a frame have each a script of
 * their own, built apart: they share nothing that would be a further file to wait for.
 */
import { cpSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { svelte } from '@sveltejs/vite-plugin-svelte';
import { build, minifySync } from 'vite';
import { listChunks } from './chunks.mjs';
import { mapLibre } from './maplibre.mjs';
import { ROOT } from './setup.mjs';

const PAGE = 'src/start.ts';
/**
 * What each script is made from, by the module that names it to its route.
 *
 * @type {ReadonlyMap<string, string>}
 */
const ENTRIES = new Map([
	['virtual:page-script', PAGE],
	['virtual:frame-script', 'src/start-frame.ts']
]);
/** The module that Vite has dynamic imports call; what is not there is Vite's own, which weighs a kilobyte more. */
const PRELOAD_HELPER = '\0vite/preload-helper.js';
/** Where each is built, in a folder of its own. */
const OUTPUT = join(ROOT, '.svelte-kit/page-script');
/** Where Kit keeps what the browser gets, until it is written to build/. */
const SITE = join(ROOT, '.svelte-kit/output/client');
/** The script that the first paint waits for, as it is written in static/: without its comments it is a third less. */
const FIRST_PAINT = 'first-paint.js';
/** Where the site has its files that never change. */
const FILES = '_app/immutable';
/** Folders with the scripts of Kit's client, which no page loads. */
const KITS_CLIENT = ['entry', 'nodes', 'chunks', 'workers'];

/**
 * What stands in one file together. What a page starts with is one script, though later ones use parts of it; MapLibre is
 * a file of its own, the same one for pages and frames.
 *
 * @type {import('vite').Rolldown.CodeSplittingGroup[]}
 */
const GROUPS = [
	// Its main part, its worker and what these share are three.
	{ name: 'maplibre', test: /\/maplibre-gl\//, entriesAware: true, priority: 3 },
	{ name: 'page', tags: ['$initial'], priority: 2 },
	{
		name: 'live-map',
		test: /\/src\/lib\/(?:live\/[\w-]+|globe\/outline|timeline\/exploration)\.ts$/,
		priority: 1
	},
	{
		name: 'dossier',
		test: /\/src\/lib\/(?:dossier\/(?:Dossier|DossierBody|OpenDossier|PlaceChoice|PlaceMap)\.svelte|dossier\/files\.ts|reading\/beats\.ts)$/,
		priority: 1
	}
];

/**
 * Gives the modules of ENTRIES, each its script's path from the site's root; in a build, the script is built for that.
 *
 * @returns {import('vite').Plugin}
 */
export function pageScript() {
	let building = false;
	/** @type {Map<string, Promise<string>>} */
	const scripts = new Map();
	const chunks = listChunks();
	return {
		name: 'masar-page-script',
		enforce: 'pre',
		configResolved({ command }) {
			building = command === 'build';
		},
		resolveId(id) {
			return ENTRIES.has(id) ? `\0${id}` : undefined;
		},
		async load(id) {
			const entry = id.startsWith('\0') && ENTRIES.get(id.slice(1));
			if (!entry) return undefined;
			if (!building) return `export default ${JSON.stringify(entry)}`;
			const script = scripts.get(entry) ?? buildScript(entry, chunks);
			scripts.set(entry, script);
			return `export default ${JSON.stringify(await script)}`;
		},
		writeBundle: {
			sequential: true,
			order: 'post',
			handler() {
				if (this.environment.name !== 'ssr') return;
				for (const folder of KITS_CLIENT) {
					rmSync(join(SITE, FILES, folder), { recursive: true, force: true });
				}
				const firstPaint = join(SITE, FIRST_PAINT);
				const { code, errors } = minifySync(FIRST_PAINT, readFileSync(firstPaint, 'utf8'));
				if (errors.length > 0) throw new Error(`${FIRST_PAINT} cannot be read as a script`);
				writeFileSync(firstPaint, code);
				for (const entry of scripts.keys()) cpSync(outputOf(entry), SITE, { recursive: true });
				for (const [script, files] of later) {
					writeFileSync(join(SITE, script.replace(/js$/, 'json')), JSON.stringify(files));
				}
			}
		}
	};
}

/** @returns {import('vite').Plugin} */
function lightPreload() {
	return {
		name: 'masar-preload',
		enforce: 'pre',
		load(id) {
			if (id !== PRELOAD_HELPER) return undefined;
			const source = JSON.stringify(join(ROOT, 'src/preload.ts'));
			return `export { preload as __vitePreload } from ${source};`;
		}
	};
}

/**
 * The scripts that a whole read fetches beyond those that the page names, by the page’s script. The worker for visits
 * without a network asks for them.
 *
 * @type {Map<string, string[]>}
 */
const later = new Map();
/** What few readers ask for; the worker of frames without an origin; typefaces and maps, of which the page knows its own. */
const SELDOM =
	/\/(?:EmbedDialog|Explore|After|reading)\.[^/]*$|\.(?:mjs|woff2|json)$|\/start[^/]*$/;

const outputOf = (/** @type {string} */ entry) => join(OUTPUT, basename(entry, '.ts'));

/**
 * @param {string} entry
 * @param {import('vite').Plugin} chunks takes down what is in the scripts
 * @returns {Promise<string>} the script's path from the site's root
 */
async function buildScript(entry, chunks) {
	const built = await build({
		configFile: false,
		root: ROOT,
		base: './',
		publicDir: false,
		logLevel: 'warn',
		// What Svelte it is, the page has no use for.
		plugins: [
			svelte({ compilerOptions: { discloseVersion: false } }),
			mapLibre(),
			lightPreload(),
			chunks
		],
		resolve: {
			alias: {
				$lib: join(ROOT, 'src/lib'),
				$data: join(ROOT, 'data'),
				$fonts: join(ROOT, '.cache/fonts')
			}
		},
		worker: {
			rolldownOptions: { output: { entryFileNames: `${FILES}/workers/[name]-[hash].js` } }
		},
		build: {
			outDir: outputOf(entry),
			emptyOutDir: true,
			target: 'es2022',
			assetsInlineLimit: 0,
			chunkSizeWarningLimit: 1200,
			modulePreload: { polyfill: false },
			rolldownOptions: {
				input: entry,
				output: {
					codeSplitting: { groups: GROUPS },
					entryFileNames: `${FILES}/[name].[hash].js`,
					chunkFileNames: `${FILES}/chunks/[name].[hash].js`,
					assetFileNames: `${FILES}/assets/[name].[hash][extname]`
				}
			}
		}
	});
	const outputs = [built].flat().flatMap((bundle) => ('output' in bundle ? bundle.output : []));
	const script = outputs.find(
		(output) => output.type === 'chunk' && output.facadeModuleId === join(ROOT, entry)
	);
	if (!script) throw new Error(`${entry} was built without an entry`);
	const files = outputs.map(({ fileName }) => fileName).filter((name) => !SELDOM.test(name));
	// A frame keeps nothing.
	if (entry === PAGE) later.set(script.fileName, files.sort());
	return script.fileName;
}
