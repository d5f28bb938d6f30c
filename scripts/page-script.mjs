/**
 * The one script of a page: Svelte takes over the article that was written at build time. Kit's own client (a router,
 * which a site of single pages never uses) is left out; the pages say so with `csr = false`.
 */
import { cpSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { svelte } from '@sveltejs/vite-plugin-svelte';
import { build } from 'vite';
import { listChunks } from './chunks.mjs';
import { ROOT } from './setup.mjs';

const NAME = 'virtual:page-script';
const ENTRY = 'src/start.ts';
const OUTPUT = join(ROOT, '.svelte-kit/page-script');
/** Where Kit keeps what the browser gets, until it is written to build/. */
const SITE = join(ROOT, '.svelte-kit/output/client');
/** Where the site has its files that never change. */
const FILES = '_app/immutable';
/** Folders with the scripts of Kit's client, which no page loads. */
const KITS_CLIENT = ['entry', 'nodes', 'chunks', 'workers'];

/**
 * Gives `virtual:page-script`, the script's path from the site's root; in a build, the script is built for that.
 *
 * @returns {import('vite').Plugin}
 */
export function pageScript() {
	let building = false;
	/** @type {Promise<string> | undefined} */
	let script;
	return {
		name: 'masar-page-script',
		enforce: 'pre',
		configResolved({ command }) {
			building = command === 'build';
		},
		resolveId(id) {
			if (id === NAME) return `\0${NAME}`;
			return undefined;
		},
		async load(id) {
			if (id !== `\0${NAME}`) return undefined;
			script = building ? (script ?? buildScript()) : Promise.resolve(ENTRY);
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
				cpSync(OUTPUT, SITE, { recursive: true });
			}
		}
	};
}

/** @returns {Promise<string>} the script's path from the site's root */
async function buildScript() {
	const built = await build({
		configFile: false,
		root: ROOT,
		base: './',
		publicDir: false,
		logLevel: 'warn',
		plugins: [svelte(), listChunks()],
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
			outDir: OUTPUT,
			emptyOutDir: true,
			target: 'es2022',
			assetsInlineLimit: 0,
			chunkSizeWarningLimit: 1200,
			modulePreload: { polyfill: false },
			rolldownOptions: {
				input: ENTRY,
				output: {
					entryFileNames: `${FILES}/[name].[hash].js`,
					chunkFileNames: `${FILES}/chunks/[name].[hash].js`,
					assetFileNames: `${FILES}/assets/[name].[hash][extname]`
				}
			}
		}
	});
	const outputs = [built].flat().flatMap((bundle) => ('output' in bundle ? bundle.output : []));
	const entry = outputs.find((output) => output.type === 'chunk' && output.isEntry);
	if (!entry) throw new Error(`${ENTRY} was built without an entry`);
	return entry.fileName;
}
