import adapter from '@sveltejs/adapter-static';
import { vitePreprocess } from '@sveltejs/vite-plugin-svelte';

/** @type {import('@sveltejs/kit').Config} */
export default {
	preprocess: vitePreprocess(),
	kit: {
		// Not strict: the site map is a route that is there only where the site has an origin.
		adapter: adapter({ pages: 'build', assets: 'build', precompress: true, strict: false }),
		alias: { $data: 'data', $fonts: '.cache/fonts' },
		inlineStyleThreshold: 0,
		paths: { relative: true },
		typescript: {
			config: (config) => ({
				...config,
				include: [...config.include, '../scripts/**/*', '../*.config.js', '../*.config.ts']
			})
		},
		prerender: { handleHttpError: 'fail', handleMissingId: 'fail' }
	}
};
