/**
 * `npm test`: everything that has to hold. Two lanes run side by side, one for the sources and one for the built sites; a
 * step that fails ends its lane, and its output is printed. The last line is `N passed, N failed` of all tests together.
 *
 * `--all` runs the whole matrices; `--only unit,browser` runs some of the steps. docs/testing.md says more.
 */
import { spawn } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
// Whole, not by name: a Node without parseArgs has to get as far as being told that it is too old.
import util from 'node:util';
import { findBrowser } from './browser.mjs';
import { CommandFailed, ROOT, build, install, npmCommand, requireNode } from './setup.mjs';

/** Where the runners write their counts. playwright.config.ts names the last. */
const UNIT_REPORT = join(ROOT, '.cache/results/unit.json');
const SITE_REPORT = join(ROOT, '.cache/results/site.json');
const BROWSER_REPORT = join(ROOT, '.cache/results/browser.json');

/** Ms of silence after which the steps that are running are named. */
const SILENCE = 15_000;

/**
 * @typedef {{ passed: number, failed: number, skipped: number }} Counts
 *
 * @typedef {object} Step
 * @property {string} name as `--only` knows it
 * @property {string} title
 * @property {(print: (text: string) => void) => Promise<unknown>} run is given what prints; rejects when the step fails
 * @property {() => Counts} [counts] reads what the step's run has counted
 * @property {boolean} [talks] true where its output is printed as it comes, not only when it fails
 *
 * @typedef {{ title: string, seconds: number, counts: Counts, error?: unknown }} Outcome
 */

/** @type {readonly Step[]} What has to be there before anything else runs. */
const FIRST = [
	{ name: 'install', title: 'Packages', talks: true, run: () => install() },
	{ name: 'chromium', title: 'Chromium', talks: true, run: chooseBrowser },
	// The steps that follow would each write its files, at the same time.
	{ name: 'sync', title: 'Generated types', run: (print) => script(print, 'sync') }
];

/** @type {readonly (readonly Step[])[]} Each lane in its order, all lanes at once. */
const LANES = [
	[
		{ name: 'build', title: 'Build', run: (print) => build((name) => script(print, name)) },
		{ name: 'fixtures', title: 'Fixture site', run: (print) => script(print, 'build:fixtures') },
		{
			name: 'site',
			title: 'Built site',
			run: (print) => runVitest(print, 'test:site', SITE_REPORT),
			counts: () => vitestCounts(SITE_REPORT)
		},
		{
			name: 'browser',
			title: 'Browser tests',
			talks: true,
			run: runBrowserTests,
			counts: browserCounts
		}
	],
	[
		{ name: 'lint', title: 'Format and lint', run: (print) => script(print, 'lint') },
		{ name: 'check', title: 'Types', run: (print) => script(print, 'check') },
		{
			name: 'unit',
			title: 'Unit tests',
			run: (print) => runVitest(print, 'test:unit', UNIT_REPORT),
			counts: () => vitestCounts(UNIT_REPORT)
		}
	]
];

const STEPS = [...FIRST, ...LANES.flat()];

let spoke = performance.now();
/** @type {Map<string, number>} Titles of the steps that are running, with when each began. */
const running = new Map();

requireNode();
process.exitCode = await main();

/** @returns {Promise<number>} the exit code */
async function main() {
	const { values } = util.parseArgs({
		options: { all: { type: 'boolean' }, only: { type: 'string' } }
	});
	if (values.all) process.env.MASAR_ALL = '1';

	const names = values.only?.split(',') ?? STEPS.map((step) => step.name);
	const unknown = names.filter((name) => !STEPS.some((step) => step.name === name));
	if (unknown.length > 0) {
		const known = STEPS.map((step) => step.name).join(', ');
		console.error(`There is no step ${unknown.join(', ')}. The steps are ${known}.`);
		return 2;
	}

	const start = performance.now();
	/** @param {readonly Step[]} lane */
	const wanted = (lane) => lane.filter((step) => names.includes(step.name));
	const heartbeat = setInterval(nameRunning, 1000);
	const outcomes = await runLane(wanted(FIRST));
	const after = performance.now();
	if (!outcomes.some(({ error }) => error)) {
		const lanes = await Promise.all(LANES.map((lane) => runLane(wanted(lane))));
		outcomes.push(...lanes.flat());
	}
	clearInterval(heartbeat);
	printSummary(outcomes, performance.now() - start, performance.now() - after);
	return exitCodeOf(outcomes.find(({ error }) => error)?.error);
}

/**
 * Runs steps one after another, up to the first that fails.
 *
 * @param {readonly Step[]} steps
 * @returns {Promise<Outcome[]>}
 */
async function runLane(steps) {
	/** @type {Outcome[]} */
	const outcomes = [];
	for (const step of steps) {
		const outcome = await runStep(step);
		outcomes.push(outcome);
		if (outcome.error) break;
	}
	return outcomes;
}

/**
 * @param {Step} step
 * @returns {Promise<Outcome>}
 */
async function runStep({ title, run, counts, talks = false }) {
	say(`▶ ${title}`);
	const start = performance.now();
	running.set(title, start);
	/** @type {string[]} */
	const kept = [];
	/** @type {unknown} */
	let error;
	try {
		await run((text) => {
			if (!talks) kept.push(text);
			else {
				spoke = performance.now();
				process.stdout.write(text);
			}
		});
	} catch (failure) {
		error = failure;
	}
	running.delete(title);
	const seconds = (performance.now() - start) / 1000;
	const counted = counts?.() ?? { passed: 0, failed: 0, skipped: 0 };
	// A step can fail without a failing test, in a file that does not load for one; the sum must not hide it.
	const failed = error ? Math.max(counted.failed, 1) : counted.failed;
	if (error) {
		process.stdout.write(kept.join(''));
		console.error(error instanceof Error ? error.message : error);
	}
	const told = counted.passed > 0 ? `, ${counted.passed} passed` : '';
	say(`${error ? '✗' : '✓'} ${title}: ${seconds.toFixed(1)} s${told}`);
	return { title, seconds, error, counts: { ...counted, failed } };
}

/** @param {string} line */
function say(line) {
	spoke = performance.now();
	console.log(line);
}

/** Shows that long steps are still at work. */
function nameRunning() {
	const now = performance.now();
	if (now - spoke < SILENCE || running.size === 0) return;
	const steps = [...running].map(
		([title, since]) => `${title} ${Math.round((now - since) / 1000)} s`
	);
	say(`… ${steps.join(', ')}`);
}

/**
 * @param {readonly Outcome[]} outcomes
 * @param {number} all ms
 * @param {number} tested ms, without the packages and the browser
 */
function printSummary(outcomes, all, tested) {
	console.log('\nSummary');
	for (const { title, seconds, error, counts } of outcomes) {
		const { passed, failed } = counts;
		const told = passed + failed > 0 ? `${passed} passed, ${failed} failed` : '';
		console.log(
			`${error ? '✗' : '✓'} ${title.padEnd(16)} ${seconds.toFixed(1).padStart(6)} s  ${told}`.trimEnd()
		);
	}
	const minutes = (/** @type {number} */ ms) => `${(ms / 60_000).toFixed(1)} min`;
	console.log(`${minutes(all)} in all, ${minutes(tested)} after the packages were there`);
	/** @param {keyof Counts} key */
	const sum = (key) => outcomes.reduce((total, { counts }) => total + counts[key], 0);
	const skipped = sum('skipped');
	console.log(
		`${sum('passed')} passed, ${sum('failed')} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`
	);
}

/**
 * @param {unknown} error
 * @returns {number}
 */
function exitCodeOf(error) {
	if (!error) return 0;
	return error instanceof CommandFailed ? error.exitCode : 1;
}

/**
 * Runs a script of package.json.
 *
 * @param {(text: string) => void} print
 * @param {string} name
 * @param {string[]} args
 * @returns {Promise<void>}
 * @throws {CommandFailed}
 */
function script(print, name, ...args) {
	const { command, args: given, shell } = npmCommand(['run', '--silent', name, '--', ...args]);
	return new Promise((resolve, reject) => {
		const child = spawn(command, given, {
			cwd: ROOT,
			shell,
			stdio: ['ignore', 'pipe', 'pipe'],
			env: { ...process.env, ...(process.stdout.isTTY ? { FORCE_COLOR: '1' } : {}) }
		});
		for (const stream of [child.stdout, child.stderr]) {
			stream.setEncoding('utf8');
			stream.on('data', print);
		}
		child.on('error', reject);
		child.on('close', (code) => {
			if (code === 0) resolve();
			else reject(new CommandFailed(`npm run ${name}`, code ?? 130));
		});
	});
}

/** @param {(text: string) => void} print */
async function chooseBrowser(print) {
	process.env.MASAR_BROWSER = process.env.MASAR_BROWSER || (await findBrowser({ shell: true }));
	print(`${process.env.MASAR_BROWSER}\n`);
}

/**
 * @param {(text: string) => void} print
 * @param {string} name of the script in package.json
 * @param {string} report
 */
function runVitest(print, name, report) {
	discard(report);
	return script(
		print,
		name,
		'--reporter=default',
		'--reporter=json',
		`--outputFile.json=${report}`
	);
}

/** @param {(text: string) => void} print */
function runBrowserTests(print) {
	discard(BROWSER_REPORT);
	return script(print, 'test:browser');
}

/**
 * Removes the report of an earlier run, which must never be counted again.
 *
 * @param {string} report
 */
function discard(report) {
	mkdirSync(join(report, '..'), { recursive: true });
	rmSync(report, { force: true });
}

/**
 * @param {string} report
 * @returns {Counts}
 */
function vitestCounts(report) {
	const counted =
		/** @type {{ numPassedTests: number, numFailedTests: number, numPendingTests: number } | undefined} */ (
			read(report)
		);
	return {
		passed: counted?.numPassedTests ?? 0,
		failed: counted?.numFailedTests ?? 0,
		skipped: counted?.numPendingTests ?? 0
	};
}

/** @returns {Counts} */
function browserCounts() {
	/** @typedef {{ expected: number, unexpected: number, flaky: number, skipped: number }} Stats */
	const report = /** @type {{ stats: Stats } | undefined} */ (read(BROWSER_REPORT));
	if (!report) return { passed: 0, failed: 0, skipped: 0 };
	const { expected, unexpected, flaky, skipped } = report.stats;
	return { passed: expected, failed: unexpected + flaky, skipped };
}

/**
 * @param {string} report
 * @returns {unknown} undefined when the runner died before it wrote one
 */
function read(report) {
	try {
		return JSON.parse(readFileSync(report, 'utf8'));
	} catch {
		return undefined;
	}
}
