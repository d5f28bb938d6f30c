import { sveltekit } from '@sveltejs/kit/vite';
import { defineConfig } from 'vitest/config';
import { fonts } from './scripts/fonts/plugin.ts';

export default defineConfig({
	plugins: [fonts(), sveltekit()],
	build: { target: 'es2022', chunkSizeWarningLimit: 1200 },
	test: {
		include: ['tests/unit/**/*.test.ts'],
		environment: 'node',
		testTimeout: 60_000,
		// Pictures take their colours from it.
		css: { include: /app\.css/ }
	}
});
