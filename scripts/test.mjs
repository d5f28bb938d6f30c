/**
 * `npm test`: everything that has to hold, in the order that fails soonest. Stops at the first step that fails, with its
 * exit code. The last line is `N passed, N failed`: the unit, site and browser tests together.
 *
 * `--all` runs the whole matrices; `--only unit,browser` runs some of the steps.
 */
import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
// Whole, not by name: a Node without parseArgs has to get as far as being told that it is too old.
import util from 'node:util';
import { findBrowser } from './browser.mjs';
import { CommandFailed, ROOT, build, install, npm, requireNode } from './setup.mjs';

/** Where the runners write their counts. playwright.config.ts names the last. */
const UNIT_REPORT = join(ROOT, '.cache/results/unit.json');
const SITE_REPORT = join(ROOT, '.cache/results/site.json');
const BROWSER_REPORT = join(ROOT, '.cache/results/browser.json');

/**
 * @typedef {{ passed: number, failed: number }} Counts
 *
 * @typedef {object} Step
 * @property {string} name as `--only` knows it
 * @property {string} title
 * @property {() => Promise<unknown>} run rejects when the step fails
 * @property {() => Counts} [counts] reads what the step's run has counted
 *
 * @typedef {{ title: string, seconds: number, counts: Counts, error?: unknown }} Outcome
 */

/** @type {readonly Step[]} */
const STEPS = [
	{ name: 'install', title: 'Packages', run: () => install() },
	{ name: 'chromium', title: 'Chromium', run: chooseBrowser },
	{ name: 'lint', title: 'Format and lint', run: () => script('lint') },
	{ name: 'check', title: 'Types', run: () => script('check') },
	{
		name: 'unit',
		title: 'Unit tests',
		run: () => runVitest('test:unit', UNIT_REPORT),
		counts: () => vitestCounts(UNIT_REPORT)
	},
	{ name: 'build', title: 'Build', run: () => build() },
	{
		name: 'site',
		title: 'Built site',
		run: () => runVitest('test:site', SITE_REPORT),
		counts: () => vitestCounts(SITE_REPORT)
	},
	{ name: 'browser', title: 'Browser tests', run: runBrowserTests, counts: browserCounts }
];

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

	/** @type {Outcome[]} */
	const outcomes = [];
	for (const step of STEPS.filter((step) => names.includes(step.name))) {
		const outcome = await runStep(step);
		outcomes.push(outcome);
		if (outcome.error) break;
	}
	printSummary(outcomes);
	return exitCodeOf(outcomes.at(-1)?.error);
}

/**
 * @param {Step} step
 * @returns {Promise<Outcome>}
 */
async function runStep({ title, run, counts }) {
	console.log(`\n── ${title}`);
	const start = performance.now();
	/** @type {unknown} */
	let error;
	try {
		await run();
	} catch (failure) {
		error = failure;
		console.error(failure instanceof Error ? failure.message : failure);
	}
	const seconds = (performance.now() - start) / 1000;
	console.log(`── ${title}: ${error ? 'failed' : 'done'} in ${seconds.toFixed(1)} s`);

	const counted = counts?.() ?? { passed: 0, failed: 0 };
	// A step can fail without a failing test, in a file that does not load for one; the sum must not hide it.
	const failed = error ? Math.max(counted.failed, 1) : counted.failed;
	return { title, seconds, error, counts: { passed: counted.passed, failed } };
}

/** @param {readonly Outcome[]} outcomes */
function printSummary(outcomes) {
	console.log('\n── Summary');
	for (const { title, seconds, error } of outcomes) {
		console.log(`${error ? '✗' : '✓'} ${title.padEnd(16)} ${seconds.toFixed(1).padStart(6)} s`);
	}
	const passed = outcomes.reduce((sum, { counts }) => sum + counts.passed, 0);
	const failed = outcomes.reduce((sum, { counts }) => sum + counts.failed, 0);
	console.log(`${passed} passed, ${failed} failed`);
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
 * @param {string} name
 * @param {string[]} args
 */
function script(name, ...args) {
	return npm(['run', '--silent', name, '--', ...args]);
}

async function chooseBrowser() {
	process.env.MASAR_BROWSER = process.env.MASAR_BROWSER || (await findBrowser());
	console.log(process.env.MASAR_BROWSER);
}

/**
 * @param {string} name of the script in package.json
 * @param {string} report
 */
function runVitest(name, report) {
	discard(report);
	return script(name, '--reporter=default', '--reporter=json', `--outputFile.json=${report}`);
}

function runBrowserTests() {
	discard(BROWSER_REPORT);
	return script('test:browser');
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
	const counted = /** @type {{ numPassedTests: number, numFailedTests: number } | undefined} */ (
		read(report)
	);
	return { passed: counted?.numPassedTests ?? 0, failed: counted?.numFailedTests ?? 0 };
}

/** @returns {Counts} */
function browserCounts() {
	const report =
		/** @type {{ stats: { expected: number, unexpected: number, flaky: number } } | undefined} */ (
			read(BROWSER_REPORT)
		);
	if (!report) return { passed: 0, failed: 0 };
	const { expected, unexpected, flaky } = report.stats;
	return { passed: expected, failed: unexpected + flaky };
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
