import adapter from '@sveltejs/adapter-static';
import { vitePreprocess } from '@sveltejs/vite-plugin-svelte';

/** @type {import('@sveltejs/kit').Config} */
export default {
	preprocess: vitePreprocess(),
	kit: {
		adapter: adapter({ pages: 'build', assets: 'build', fallback: '404.html', precompress: true }),
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
