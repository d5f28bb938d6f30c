/**
 * Builds what other people's pages load, into the site that is already built: `--mode loader` writes embed/v1.js, one
 * script that old browsers read; `--mode element` writes embed/story-map.js, a module with its parts.
 */
import { createHash } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { svelte, vitePreprocess } from '@sveltejs/vite-plugin-svelte';
import { defineConfig, type Plugin } from 'vite';
import { compress } from './scripts/compress.mjs';
import { FONT_FOLDER, fonts } from './scripts/fonts/plugin.ts';
import { mapLibre } from './scripts/maplibre.mjs';

const FOLDER = 'build/embed';

/** Writes compressed copies of what was built, and the hash that a host can pin a script by. */
function finish(entry: string): Plugin {
	return {
		name: 'masar-embed-finish',
		async closeBundle() {
			await compress(FOLDER);
			const hash = createHash('sha384')
				.update(readFileSync(join(FOLDER, entry)))
				.digest('base64');
			writeFileSync(
				join(FOLDER, `${entry.replace(/\.js$/, '')}.integrity.json`),
				`${JSON.stringify({ file: entry, integrity: `sha384-${hash}` }, null, '\t')}\n`
			);
		}
	};
}

export default defineConfig(({ mode }) => {
	const loader = mode === 'loader';
	const entry = loader ? 'v1.js' : 'story-map.js';
	return {
		base: './',
		publicDir: false,
		plugins: [
			...(loader
				? []
				: [fonts(), svelte({ configFile: false, preprocess: vitePreprocess() }), mapLibre()]),
			finish(entry)
		],
		resolve: { alias: { $lib: '/src/lib', $data: '/data', $fonts: FONT_FOLDER } },
		worker: { format: 'es' },
		build: {
			outDir: FOLDER,
			emptyOutDir: false,
			target: loader ? 'es2018' : 'es2022',
			modulePreload: false,
			chunkSizeWarningLimit: 1200,
			rolldownOptions: {
				input: loader ? 'src/embed/host.ts' : 'src/embed/element/element.ts',
				output: {
					format: loader ? 'iife' : 'es',
					entryFileNames: entry,
					chunkFileNames: 'parts/[name].[hash].js',
					assetFileNames: 'parts/[name].[hash][extname]'
				}
			}
		}
	};
});
