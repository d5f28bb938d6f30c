/** Debian's Firefox over WebDriver BiDi, through Puppeteer. */
import puppeteer, { type ConsoleMessage } from 'puppeteer-core';
import { expressionOf, PATIENCE, type Driver, type Settings } from './driver';
import { openScreen } from './screen';

/** What the checks need of Firefox whatever they look at. */
const PREFERENCES = {
	// Scroll bars over the page, as Chromium has them here: the page is as wide in both.
	'widget.gtk.overlay-scrollbars.enabled': true,
	'ui.useOverlayScrollbars': 1,
	'browser.shell.checkDefaultBrowser': false,
	'datareporting.policy.dataSubmissionEnabled': false,
	// What a service worker keeps would be there in the next check.
	'dom.serviceWorkers.enabled': false
};

function preferencesFor({ still, dark, webgl, javascript }: Settings) {
	return {
		...PREFERENCES,
		'ui.prefersReducedMotion': still ? 1 : 0,
		'ui.systemUsesDarkTheme': dark ? 1 : 0,
		'layout.css.prefers-color-scheme.content-override': dark ? 0 : 1,
		...(webgl === false && { 'webgl.disabled': true }),
		...(javascript === false && { 'javascript.enabled': false })
	};
}

/** What the console shows, an error's own words included. */
async function wordsOf(message: ConsoleMessage): Promise<string> {
	try {
		const words = await Promise.all(message.args().map((each) => each.evaluate(String)));
		return words.join(' ') || message.text();
	} catch {
		// The page is gone, and its objects with it.
		return message.text();
	}
}

/**
 * Starts Firefox on a screen of its own: without one it makes no WebGL.
 *
 * @param path - of its executable
 */
export async function launchFirefox(path: string, settings: Settings = {}): Promise<Driver> {
	const screen = await openScreen();
	const browser = await puppeteer
		.launch({
			browser: 'firefox',
			executablePath: path,
			headless: false,
			env: screen.env,
			extraPrefsFirefox: preferencesFor(settings),
			timeout: PATIENCE,
			protocolTimeout: 2 * PATIENCE
		})
		.catch(async (cause: unknown) => {
			await screen.close();
			throw cause;
		});
	const [page = await browser.newPage()] = await browser.pages();
	page.setDefaultTimeout(PATIENCE);
	let errors: Promise<string>[] = [];
	page.on('pageerror', (cause) =>
		errors.push(Promise.resolve(cause instanceof Error ? cause.message : String(cause)))
	);
	page.on('console', (message) => {
		if (message.type() === 'error') errors.push(wordsOf(message));
	});
	return {
		engine: 'Firefox',
		async open(address) {
			await page.goto(address, { waitUntil: 'load' });
		},
		async reload() {
			await page.reload({ waitUntil: 'load' });
		},
		evaluate: (call, ...given) => page.evaluate(expressionOf(call, given)) as Promise<never>,
		evaluateInFrame(call, ...given) {
			const frame = page.frames()[1];
			if (!frame) throw new Error('The page has no frame');
			return frame.evaluate(expressionOf(call, given)) as Promise<never>;
		},
		async resize(size) {
			await page.setViewport(size);
			return size;
		},
		picture: async () => Buffer.from(await page.screenshot()),
		print: () => page.pdf({ preferCSSPageSize: true, printBackground: true }),
		press: (key) => page.keyboard.press(key),
		click: (x, y) => page.mouse.click(x, y),
		errors() {
			const told = errors;
			errors = [];
			return Promise.all(told);
		},
		async close() {
			try {
				await browser.close();
			} finally {
				await screen.close();
			}
		}
	};
}
