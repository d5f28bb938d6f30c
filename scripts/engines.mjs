/**
 * `npm run test:engines`: the checks of tests/engines in Chromium, in Debian's Firefox and in WebKitGTK. An engine that
 * cannot be had here is skipped, and said to be. The last line is `N passed, N failed`.
 */
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { findBrowser, isExecutable, onPath } from './browser.mjs';
import { CommandFailed, ROOT, build, install, npm, requireNode, run } from './setup.mjs';

const REPORT = join(ROOT, '.cache/results/engines.json');

/** What Debian has the engines in. */
const PACKAGES = ['firefox-esr', 'webkit2gtk-driver', 'xvfb'];

/** @returns {string | undefined} */
const program = (/** @type {string[]} */ ...names) =>
	onPath(names, process.env).find((path) => isExecutable(path));

/** @returns {string | undefined} the small browser that its driver starts, which is on no path */
function miniBrowser() {
	const folders = existsSync('/usr/lib')
		? readdirSync('/usr/lib').flatMap((folder) =>
				['4.1', '4.0'].map((version) => `/usr/lib/${folder}/webkit2gtk-${version}/MiniBrowser`)
			)
		: [];
	return folders.find((path) => isExecutable(path));
}

/** What is here of the engines, each with what it takes to start it. */
function look() {
	const screen = program('Xvfb');
	return {
		firefox: screen && program('firefox-esr', 'firefox'),
		driver: screen && program('WebKitWebDriver'),
		webkit: screen && miniBrowser()
	};
}

/** Gets the engines where they are missing and a system has them. */
async function find() {
	const here = look();
	const isComplete = here.firefox && here.driver && here.webkit;
	if (isComplete || process.getuid?.() !== 0 || !program('apt-get')) return here;
	console.log('Installing Firefox, WebKitGTK and a screen (apt-get)');
	const quiet = { env: { DEBIAN_FRONTEND: 'noninteractive' } };
	try {
		await run('apt-get', ['update', '-qq'], quiet);
		await run('apt-get', ['install', '-y', '-qq', '--no-install-recommends', ...PACKAGES], quiet);
	} catch (error) {
		console.warn(String(error));
	}
	return look();
}

/**
 * @typedef {{ ancestorTitles: string[], title: string, status: string }} Result
 *
 * @param {readonly Result[]} results
 */
function printTable(results) {
	/** @type {(result: Result) => string} */
	const engineOf = ({ ancestorTitles: [title = ''] }) => title.replace(/,.*/, '');
	const engines = [...new Set(results.map(engineOf))];
	const checks = [...new Set(results.map(({ title }) => title))];
	console.log(`\n${engines.map((engine) => engine.padEnd(10)).join('')}  held of tried`);
	for (const check of checks) {
		const cells = engines.map((engine) => {
			const tried = results.filter(
				(result) =>
					result.title === check &&
					engineOf(result) === engine &&
					/passed|failed/.test(result.status)
			);
			const held = tried.filter(({ status }) => status === 'passed').length;
			return (tried.length === 0 ? '–' : `${held} of ${tried.length}`).padEnd(10);
		});
		console.log(`${cells.join('')}  ${check}`);
	}
}

/** @returns {Promise<number>} the exit code */
async function main() {
	await install();
	const browser = process.env.MASAR_BROWSER || (await findBrowser());
	const { firefox, driver, webkit } = await find();
	const instead = `is not checked here: it takes the packages ${PACKAGES.join(', ')} of Debian or Ubuntu.`;
	if (!firefox) console.log(`Firefox ${instead}`);
	if (!driver || !webkit) console.log(`WebKit ${instead}`);
	await build();
	await run(process.execPath, [
		join(ROOT, 'node_modules/tsx/dist/cli.mjs'),
		join(ROOT, 'scripts/build-fixtures.ts')
	]);
	mkdirSync(join(REPORT, '..'), { recursive: true });
	rmSync(REPORT, { force: true });
	let exitCode = 0;
	// Only now: what is in the environment is a part of a build's fingerprint.
	process.env.MASAR_BROWSER = browser;
	process.env.MASAR_FIREFOX = firefox ?? '';
	process.env.MASAR_WEBKIT_DRIVER = driver ?? '';
	process.env.MASAR_WEBKIT = webkit ?? '';
	const asked = process.argv.slice(2);
	const reports = ['--reporter=default', '--reporter=json', `--outputFile.json=${REPORT}`];
	try {
		await npm(['exec', '--', 'vitest', 'run', '--project', 'engines', ...reports, ...asked]);
	} catch (error) {
		exitCode = error instanceof CommandFailed ? error.exitCode : 1;
	}
	/** @type {{ numPassedTests: number, numFailedTests: number, testResults: { assertionResults: Result[] }[] } | undefined} */
	let report;
	try {
		report = JSON.parse(readFileSync(REPORT, 'utf8'));
	} catch {
		// The runner died before it wrote one.
	}
	if (report) printTable(report.testResults.flatMap(({ assertionResults }) => assertionResults));
	const failed = report?.numFailedTests ?? 0;
	// A file that does not load has no failing test; the sum must not hide it.
	console.log(
		`${report?.numPassedTests ?? 0} passed, ${exitCode === 0 ? failed : Math.max(failed, 1)} failed`
	);
	return exitCode;
}

requireNode();
process.exitCode = await main();
