/** Finds a Chromium to test with, and gets one where there is none. */
import { execFile } from 'node:child_process';
import { accessSync, constants, statSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { promisify } from 'node:util';
import { ROOT, run } from './setup.mjs';

const VERSION_TIMEOUT_MS = 60_000;

/** How every Chromium here is started. */
export const BROWSER_ARGUMENTS = [
	...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
	// Nothing but the pages under test uses the network.
	'--disable-background-networking',
	'--disable-component-update',
	'--disable-sync',
	'--no-first-run',
	'--disable-quic',
	// WebGL2 is drawn in software on every machine, so that the same pixels are seen on each.
	'--use-gl=angle',
	'--use-angle=swiftshader-webgl',
	'--enable-unsafe-swiftshader',
	'--ignore-gpu-blocklist',
	// A headless shell would draw letters for a screen of its own.
	'--font-render-hinting=none'
];

/** @typedef {{ names: readonly string[], paths: readonly string[] }} Places */

/** Chromium without its windows: the same engine, and half the work for a page. */
const SHELL_NAMES = ['chromium-headless-shell', 'chrome-headless-shell'];

const CHROMIUM_NAMES = [
	'chromium',
	'chromium-browser',
	'google-chrome',
	'google-chrome-stable',
	'chrome',
	'microsoft-edge',
	'microsoft-edge-stable'
];

/**
 * Where browsers usually are: names to look for on PATH, and whole paths.
 *
 * @param {NodeJS.ProcessEnv} env
 * @returns {Places}
 */
function usualPlaces(env) {
	if (process.platform === 'win32') {
		const folders = [env.PROGRAMFILES, env['PROGRAMFILES(X86)'], env.LOCALAPPDATA];
		const programs = [
			'Chromium\\Application\\chrome.exe',
			'Google\\Chrome\\Application\\chrome.exe',
			'Microsoft\\Edge\\Application\\msedge.exe'
		];
		return {
			names: ['chromium.exe', 'chrome.exe', 'msedge.exe'],
			paths: programs.flatMap((program) =>
				folders.flatMap((folder) => (folder ? join(folder, program) : []))
			)
		};
	}
	if (process.platform === 'darwin') {
		const programs = [
			'Chromium.app/Contents/MacOS/Chromium',
			'Google Chrome.app/Contents/MacOS/Google Chrome',
			'Microsoft Edge.app/Contents/MacOS/Microsoft Edge'
		];
		const folders = ['/Applications', join(env.HOME ?? '/', 'Applications')];
		return {
			names: CHROMIUM_NAMES,
			paths: programs.flatMap((program) => folders.map((folder) => join(folder, program)))
		};
	}
	return {
		names: CHROMIUM_NAMES,
		paths: [
			'/usr/bin/chromium',
			'/usr/bin/chromium-browser',
			'/usr/lib/chromium/chromium',
			'/opt/google/chrome/chrome',
			'/opt/microsoft/msedge/msedge',
			'/snap/bin/chromium'
		]
	};
}

/**
 * Finds a Chromium, Chrome or Edge that runs; first what `CHROME_PATH` or `CHROMIUM_PATH` name, then what the machine has,
 * then Playwright's own; and where there is none, installs one.
 *
 * @param {object} [options]
 * @param {NodeJS.ProcessEnv} [options.env]
 * @param {Places} [options.places]
 * @param {(() => Promise<string | undefined>)} [options.playwright] the path of Playwright's own Chromium
 * @param {boolean} [options.shell] true to look for a headless shell before any whole browser, and to get it where apt can
 * @param {boolean} [options.mayInstall]
 * @returns {Promise<string>} the path of an executable
 * @throws {Error} a sentence that says what to do, when no browser can be had
 */
export async function findBrowser({
	env = process.env,
	places = usualPlaces(env),
	playwright = playwrightBrowser,
	shell = false,
	mayInstall = true
} = {}) {
	const named = [env.CHROME_PATH, env.CHROMIUM_PATH].filter((path) => path !== undefined);
	for (const path of named) {
		if (path === '') continue;
		if (await runs(path)) return path;
		console.warn(`${path}, named in the environment, is not a browser that runs here`);
	}

	if (shell) {
		const found = onPath(SHELL_NAMES, env);
		const present = await firstThatRuns(found);
		if (present) return present;
		if (mayInstall && (await installedByApt('chromium-headless-shell', env))) {
			const installed = await firstThatRuns(found);
			if (installed) return installed;
		}
	}

	const present = await firstThatRuns([...onPath(places.names, env), ...places.paths]);
	if (present) return present;

	const own = await firstThatRuns([await playwright()]);
	if (own) return own;

	if (mayInstall) {
		const installed = await installBrowser(env, places, playwright);
		if (installed) return installed;
	}
	throw new Error('No browser was found: install Chromium or Chrome, or name one in CHROME_PATH.');
}

/**
 * @param {NodeJS.ProcessEnv} env
 * @param {Places} places
 * @param {() => Promise<string | undefined>} playwright
 * @returns {Promise<string | undefined>}
 */
async function installBrowser(env, places, playwright) {
	if (await installedByApt('chromium', env)) {
		const installed = await firstThatRuns([...onPath(places.names, env), ...places.paths]);
		if (installed) return installed;
	}

	console.log('Installing Chromium (Playwright)');
	const cli = join(ROOT, 'node_modules/@playwright/test/cli.js');
	try {
		const libraries = isLinuxRoot() ? ['--with-deps'] : [];
		await run(process.execPath, [cli, 'install', ...libraries, 'chromium']);
	} catch (error) {
		console.warn(String(error));
	}
	return firstThatRuns([await playwright()]);
}

const isLinuxRoot = () => process.platform === 'linux' && process.getuid?.() === 0;

/**
 * Installs a package of Debian's or Ubuntu's, where that may be done and the package is to be had.
 *
 * @param {string} name
 * @param {NodeJS.ProcessEnv} env
 * @returns {Promise<boolean>} whether it was installed
 */
async function installedByApt(name, env) {
	if (!isLinuxRoot() || !onPath(['apt-get'], env).some(isExecutable)) return false;
	console.log(`Installing ${name} (apt-get)`);
	const quiet = { env: { DEBIAN_FRONTEND: 'noninteractive' } };
	try {
		await run('apt-get', ['update'], quiet);
		await run('apt-get', ['install', '-y', '--no-install-recommends', name], quiet);
		return true;
	} catch (error) {
		console.warn(String(error));
		return false;
	}
}

/**
 * @param {readonly string[]} names
 * @param {NodeJS.ProcessEnv} env
 * @returns {string[]} where each name would be, in the order of the names
 */
export function onPath(names, env) {
	const folders = (env.PATH ?? env.Path ?? '').split(delimiter).filter(Boolean);
	return names.flatMap((name) => folders.map((folder) => join(folder, name)));
}

/**
 * @param {readonly (string | undefined)[]} candidates
 * @returns {Promise<string | undefined>}
 */
async function firstThatRuns(candidates) {
	for (const candidate of candidates) {
		if (candidate && (await runs(candidate))) return candidate;
	}
	return undefined;
}

/**
 * @param {string} path
 * @returns {Promise<boolean>}
 */
async function runs(path) {
	if (!isExecutable(path)) return false;
	// On Windows a browser that is asked for its version opens a window instead.
	if (process.platform === 'win32') return true;
	try {
		await promisify(execFile)(path, ['--version'], { timeout: VERSION_TIMEOUT_MS });
		return true;
	} catch {
		return false;
	}
}

/**
 * @param {string} path
 * @returns {boolean}
 */
export function isExecutable(path) {
	try {
		accessSync(path, constants.X_OK);
		return statSync(path).isFile();
	} catch {
		return false;
	}
}

/** @returns {Promise<string | undefined>} */
async function playwrightBrowser() {
	try {
		const { chromium } = await import('@playwright/test');
		return chromium.executablePath();
	} catch {
		return undefined;
	}
}
