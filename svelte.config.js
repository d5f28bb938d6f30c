import { readdirSync, rmSync } from 'node:fs';
import { basename, join } from 'node:path';
import adapter from '@sveltejs/adapter-static';
import { vitePreprocess } from '@sveltejs/vite-plugin-svelte';
import { compress } from './scripts/compress.mjs';
import { fingerprintOfInputs } from './scripts/setup.mjs';

const FOLDER = 'build';
// Not strict: the site map is a route that is there only where the site has an origin.
const files = adapter({ pages: FOLDER, assets: FOLDER, strict: false });

/** @type {import('@sveltejs/kit').Config} */
export default {
	preprocess: vitePreprocess(),
	kit: {
		adapter: {
			name: files.name,
			async adapt(builder) {
				await files.adapt(builder);
				// For Kit's client, which no page loads: of a story of many places they would grow with the square of these.
				for (const path of readdirSync(FOLDER, { recursive: true, encoding: 'utf8' })) {
					if (basename(path) === '__data.json') rmSync(join(FOLDER, path));
				}
				// The adapter's own way has all files open at once.
				if (process.env.MASAR_COMPRESS !== '0') await compress(FOLDER);
			}
		},
		alias: { $data: 'data', $fonts: '.cache/fonts' },
		inlineStyleThreshold: 0,
		paths: { relative: true },
		// Not the time of the build, which is the default: the same sources give the same site to the byte.
		version: { name: fingerprintOfInputs().slice(0, 16) },
		typescript: {
			config: (config) => ({
				...config,
				include: [...config.include, '../scripts/**/*', '../*.config.js', '../*.config.ts']
			})
		},
		prerender: {
			handleHttpError: 'fail',
			handleUnseenRoutes({ routes, message }) {
				// Only a story of many places has files and pages of their own for them.
				if (routes.some((route) => !route.endsWith('/[file]') && !route.endsWith('/[file].json'))) {
					throw new Error(message);
				}
			},
			handleMissingId({ path, message }) {
				// A frame shows one screen of the story, whose links its script answers. The page has all that they lead to.
				if (!path.includes('/embed/')) throw new Error(message);
			}
		}
	}
};
