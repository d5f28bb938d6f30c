import { createServer, type AddressInfo } from 'node:net';
import { defineConfig, devices } from '@playwright/test';
import { BROWSER_ARGUMENTS, findBrowser } from './scripts/browser.mjs';

// Every test process reads this file: what was found or chosen first is handed on in the environment.
process.env.MASAR_BROWSER ||= await findBrowser({ shell: true });
process.env.MASAR_PORT ||= String(await freePort());
process.env.MASAR_PUBLISHED_PORT ||= String(await freePort());

/** The site of the fixture stories, which the laws are tested on; and the site as it is published. */
const [fixtures, published] = [process.env.MASAR_PORT, process.env.MASAR_PUBLISHED_PORT];

const serverOf = (dir: string, port: string) => ({
	command: `node scripts/serve.mjs --dir ${dir} --host localhost --port ${port}`,
	url: `http://localhost:${port}/`,
	reuseExistingServer: false,
	timeout: 180_000
});

function freePort(): Promise<number> {
	return new Promise((resolve, reject) => {
		const server = createServer().once('error', reject);
		server.listen(0, () => {
			// A server that listens on a port has an address with one.
			const { port } = server.address() as AddressInfo;
			server.close(() => {
				resolve(port);
			});
		});
	});
}

/** A page of a test ends before what V8's last compiler makes is of use: to make it is a third of the start of a live map. */
const HASTE = ['--js-flags=--no-opt'];

export default defineConfig({
	testDir: 'tests/browser',
	outputDir: 'test-results',
	workers: 2,
	fullyParallel: true,
	retries: 0,
	forbidOnly: true,
	// Only a test that hangs is ended: how long one takes says nothing, for machines are slow and busy.
	timeout: 600_000,
	expect: { timeout: 120_000 },
	reporter: [['list'], ['json', { outputFile: '.cache/results/browser.json' }]],
	webServer: [serverOf('.cache/fixtures/build', fixtures), serverOf('build', published)],
	use: {
		baseURL: `http://localhost:${fixtures}`,
		trace: 'off',
		// What a service worker asks for, no test could answer in the server's place.
		serviceWorkers: 'block'
	},
	projects: [
		{
			name: 'chromium',
			use: {
				...devices['Desktop Chrome'],
				launchOptions: {
					executablePath: process.env.MASAR_BROWSER,
					args: [...BROWSER_ARGUMENTS, ...HASTE],
					timeout: 180_000
				}
			}
		}
	]
});
