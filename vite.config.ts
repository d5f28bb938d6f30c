import { sveltekit } from '@sveltejs/kit/vite';
import { defineConfig } from 'vitest/config';
import { fonts } from './scripts/fonts/plugin.ts';
import { mapLibreParts } from './scripts/maplibre.mjs';
import { pageScript } from './scripts/page-script.mjs';

/** Ms after which a test is taken to hang: how long one takes says nothing, for machines are slow and busy. */
const PATIENCE = 600_000;

const project = (name: string) => ({
	extends: true as const,
	test: { name, include: [`tests/${name}/**/*.test.ts`] }
});

export default defineConfig({
	plugins: [fonts(), sveltekit(), pageScript(), mapLibreParts()],
	build: { target: 'es2022', chunkSizeWarningLimit: 1200 },
	test: {
		css: true,
		// Those of tests/site read the built site: they run after the build.
		projects: [
			project('unit'),
			project('site'),
			// Those of tests/engines start browsers, and wait for them: `npm run test:engines` runs them.
			{
				extends: true as const,
				test: {
					name: 'engines',
					include: ['tests/engines/**/*.test.ts'],
					fileParallelism: false,
					retry: 0
				}
			}
		],
		environment: 'node',
		// The modules under test are pure: to load them once for many files takes a third off the time.
		isolate: false,
		// The runner would leave one of two cores idle.
		maxWorkers: '100%',
		testTimeout: PATIENCE,
		hookTimeout: PATIENCE
	}
});
