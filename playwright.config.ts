import { defineConfig, devices } from '@playwright/test';
import { BROWSER_ARGUMENTS, findBrowser } from './scripts/browser.mjs';

const port = Number(process.env.MASAR_PORT ?? 4179);

// Every test process reads this file: the browser is looked for once, and its path handed on in the environment.
process.env.MASAR_BROWSER ||= await findBrowser();

export default defineConfig({
	testDir: 'tests/browser',
	outputDir: 'test-results',
	workers: 2,
	fullyParallel: true,
	retries: 0,
	forbidOnly: true,
	timeout: 120_000,
	// What a law waits for is there within a second; a busy machine may take ten.
	expect: { timeout: 15_000 },
	reporter: [['list'], ['json', { outputFile: '.cache/results/browser.json' }]],
	webServer: {
		command: `node scripts/serve.mjs --host localhost --port ${port}`,
		url: `http://localhost:${port}/`,
		reuseExistingServer: false
	},
	// What a service worker asks for, no test could answer in the server's place.
	use: { baseURL: `http://localhost:${port}`, trace: 'off', serviceWorkers: 'block' },
	projects: [
		{
			name: 'chromium',
			use: {
				...devices['Desktop Chrome'],
				launchOptions: {
					executablePath: process.env.MASAR_BROWSER,
					args: BROWSER_ARGUMENTS
				}
			}
		}
	]
});
