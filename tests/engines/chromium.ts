/** Chromium through Playwright: what the other engines are measured by. */
import { chromium, type Page } from '@playwright/test';
import { BROWSER_ARGUMENTS, findBrowser } from '../../scripts/browser.mjs';
import { expressionOf, PATIENCE, type Driver, type Settings } from './driver';

/** Starts Chromium, without a window. */
export async function launchChromium(settings: Settings = {}): Promise<Driver> {
	const executablePath = process.env['MASAR_BROWSER'] ?? (await findBrowser());
	const args = [...BROWSER_ARGUMENTS, ...(settings.webgl === false ? ['--disable-3d-apis'] : [])];
	const browser = await chromium.launch({ executablePath, args });
	const page: Page = await browser.newPage({
		reducedMotion: settings.still ? 'reduce' : 'no-preference',
		colorScheme: settings.dark ? 'dark' : 'light',
		javaScriptEnabled: settings.javascript !== false,
		serviceWorkers: 'block'
	});
	page.setDefaultTimeout(PATIENCE);
	let errors: string[] = [];
	page.on('pageerror', ({ message }) => errors.push(message));
	page.on('console', (message) => {
		if (message.type() === 'error') errors.push(message.text());
	});
	return {
		engine: 'Chromium',
		async open(address) {
			await page.goto(address, { waitUntil: 'load' });
		},
		async reload() {
			await page.reload({ waitUntil: 'load' });
		},
		evaluate: (call, ...given) => page.evaluate(expressionOf(call, given)),
		evaluateInFrame(call, ...given) {
			const frame = page.frames()[1];
			if (!frame) throw new Error('The page has no frame');
			return frame.evaluate(expressionOf(call, given));
		},
		async resize(size) {
			await page.setViewportSize(size);
			return size;
		},
		picture: () => page.screenshot(),
		print: async () =>
			new Uint8Array(await page.pdf({ preferCSSPageSize: true, printBackground: true })),
		press: (key) => page.keyboard.press(key),
		click: (x, y) => page.mouse.click(x, y),
		errors() {
			const told = errors;
			errors = [];
			return Promise.resolve(told);
		},
		close: () => browser.close()
	};
}
