/**
 * `npm run bench`: Masar against a page that tells the same story in the common way, in turns, in one run.
 * docs/performance.md explains what is measured.
 *
 * `--only load,reading,memory,steps` measures a part; `--rounds 5` times each; `--screens desktop,phone`;
 * `--language ar`; `--only sites` builds sites from generated stories, which takes long, or some of them:
 * `--sites 10-20-10,1000-20-10`, by scenes, places and contacts; `--write` puts the table into docs/performance.md. What is
 * not measured now keeps the result it had.
 */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { chromium, type Browser } from '@playwright/test';
import { format, resolveConfig } from 'prettier';
import { BROWSER_ARGUMENTS, findBrowser } from '../browser.mjs';
import { serve } from '../serve.mjs';
import { ROOT, build } from '../setup.mjs';
import { buildBaseline } from './baseline/build';
import type { Size } from './generate';
import { openLine, type Line } from './link';
import { measureLoad, type Load } from './load';
import { baselineOf, SCREENS, subjectOf, type Screen, type Subject } from './pages';
import { measureSite, measureSteps, SIZES, type Steps } from './scale';
import { measureMemory, measureReading, type Memory, type Reading } from './scroll';
import { withStories } from './site';
import { markdown, missed, printed, type Both, type Results } from './table';

const STORY = 'alaska-summit';
const LINE: Line = { bitsPerSecond: 1.6e6, latencyMs: 150 };
const RESULTS = join(ROOT, '.cache/results/bench.json');
const DOCUMENT = join(ROOT, 'docs/performance.md');
const MARKS = ['<!-- bench -->', '<!-- /bench -->'] as const;

function nameOf({ scenes, places, contacts }: Size): string {
	return [scenes, places, contacts].join('-');
}

const { values: asked } = parseArgs({
	options: {
		only: { type: 'string', default: 'load,reading,memory,steps' },
		rounds: { type: 'string', default: '5' },
		screens: { type: 'string', default: 'desktop,phone' },
		language: { type: 'string', default: 'ar' },
		sites: { type: 'string', default: SIZES.map(nameOf).join() },
		write: { type: 'boolean', default: false }
	}
});
const parts = asked.only.split(',');
const rounds = Number(asked.rounds);
const language = asked.language === 'en' ? 'en' : 'ar';
const screens = asked.screens.split(',').filter((name): name is Screen => name in SCREENS);

/** A subject with its site, as it is and behind the slow line. */
interface Served {
	readonly subject: Subject;
	readonly address: string;
	readonly line: Awaited<ReturnType<typeof openLine>>;
	readonly close: () => Promise<void>;
}

async function open(subject: Subject): Promise<Served> {
	const site = await serve({
		dir: join(ROOT, subject.folder),
		host: '127.0.0.1',
		// Pages made in the common way do not run under the site's policy.
		policy: subject.name === 'masar'
	});
	const line = await openLine(site.address, LINE);
	return {
		subject,
		address: site.address,
		line,
		close: async () => {
			await line.close();
			await site.close();
		}
	};
}

/** Measures in a browser that has never seen anything. */
async function inNewBrowser<T>(measure: (browser: Browser) => Promise<T>): Promise<T> {
	const browser = await chromium.launch({ executablePath, args: BROWSER_ARGUMENTS });
	try {
		return await measure(browser);
	} finally {
		await browser.close();
	}
}

/** Measures each subject `times` over, in turns, so that what else the machine does weighs on both. */
async function inTurns<T>(
	title: string,
	times: number,
	served: readonly Served[],
	measure: (browser: Browser, each: Served) => Promise<T>,
	tell: (measured: T) => string
): Promise<Both<T[]>> {
	const measured: Both<T[]> = { masar: [], baseline: [] };
	for (let round = 1; round <= times; round++) {
		for (const each of served) {
			const { name } = each.subject;
			const one = await inNewBrowser((browser) => measure(browser, each));
			measured[name].push(one);
			console.log(`${title} ${round}/${times}  ${name.padEnd(8)}  ${tell(one)}`);
		}
	}
	return measured;
}

const ms = (value: number) => `${value.toFixed(0)} ms`;
const tellLoad = (load: Load) =>
	`first paint ${ms(load.firstContentfulPaint)}, map seen ${ms(load.mapSeen)}, live ${ms(load.liveMap)}, blocking ${ms(load.blocking)}`;
const tellReading = ({ scroll, lags }: Reading) =>
	`${scroll.frames} frames, script ${scroll.scriptPerFrame.toFixed(1)} ms a frame, camera moves on ${Math.max(...lags.map(({ frames }) => frames))} frames`;
const tellMemory = ({ before, after }: Memory) =>
	`${(before / 1e6).toFixed(1)} MB, after ten reads ${(after / 1e6).toFixed(1)} MB`;

/** Masar and the baseline page, each built and served. */
async function openBoth(): Promise<Served[]> {
	await build();
	const folder = join('.cache/baseline', language);
	await withStories(async ({ storyOf, pageStory }) => {
		const story = storyOf(STORY);
		await buildBaseline(story, pageStory(story, language), join(ROOT, folder));
	});
	return Promise.all([subjectOf(language, STORY, 'build'), baselineOf(folder)].map(open));
}

async function compare(): Promise<Pick<Results, 'loads' | 'readings' | 'memory'>> {
	const served = await openBoth();
	const loads: Results['loads'] = {};
	const readings: Results['readings'] = {};
	let memory: Results['memory'] = null;
	try {
		for (const screen of parts.includes('load') ? screens : []) {
			loads[screen] = await inTurns(
				`load ${screen}`,
				rounds,
				served,
				(browser, { subject, line }) => measureLoad(browser, subject, line, screen),
				tellLoad
			);
		}
		for (const screen of parts.includes('reading') ? screens : []) {
			readings[screen] = await inTurns(
				`reading ${screen}`,
				Math.ceil(rounds / 2),
				served,
				(browser, { subject, address }) => measureReading(browser, subject, address, screen),
				tellReading
			);
		}
		if (parts.includes('memory')) {
			const { masar, baseline } = await inTurns(
				'memory',
				1,
				served,
				(browser, { subject, address }) => measureMemory(browser, subject, address),
				tellMemory
			);
			if (masar[0] && baseline[0]) memory = { masar: masar[0], baseline: baseline[0] };
		}
	} finally {
		await Promise.all(served.map(({ close }) => close()));
	}
	return { loads, readings, memory };
}

function measureAllSteps(): Promise<Steps[]> {
	return withStories((stories) => {
		const measured = SIZES.map((size) => {
			const steps = measureSteps(stories, size);
			console.log(`steps ${JSON.stringify(size)}  page ${ms(steps.page)}`);
			return steps;
		});
		return Promise.resolve(measured);
	});
}

async function measureSites(names: readonly string[]): Promise<void> {
	const sites = new Map((earlier().sites ?? []).map((site) => [nameOf(site.size), site]));
	for (const size of SIZES.filter((size) => names.includes(nameOf(size)))) {
		const site = await measureSite(size, rounds, LINE, inNewBrowser);
		console.log(
			`site ${JSON.stringify(size)}  built in ${site.build.toFixed(0)} s, map seen ${ms(site.mapSeen)}, script ${site.scriptPerFrame.toFixed(1)} ms a frame`
		);
		sites.set(nameOf(size), site);
		keep({ sites: [...sites.values()] });
	}
}

/** What was measured before, of which the parts that are not measured now are kept. */
function earlier(): Partial<Results> {
	try {
		// This program wrote it.
		return JSON.parse(readFileSync(RESULTS, 'utf8')) as Results;
	} catch {
		return {};
	}
}

async function write(results: Results): Promise<void> {
	const text = readFileSync(DOCUMENT, 'utf8');
	const [start, end] = [text.indexOf(MARKS[0]), text.indexOf(MARKS[1])];
	if (start < 0 || end < 0) throw new Error(`${DOCUMENT} has no ${MARKS.join(' … ')}`);
	const before = text.slice(0, start + MARKS[0].length);
	const document = `${before}\n\n${markdown(results)}\n\n${text.slice(end)}`;
	const style = await resolveConfig(DOCUMENT);
	writeFileSync(DOCUMENT, await format(document, { ...style, parser: 'markdown' }));
}

const executablePath = await findBrowser();
const [cpu] = cpus();
const before = earlier();
const compared = ['load', 'reading', 'memory'].some((part) => parts.includes(part))
	? await compare()
	: null;
let results: Results = {
	date: new Date().toISOString().slice(0, 10),
	machine: `Chromium ${await inNewBrowser((browser) => Promise.resolve(browser.version()))} with WebGL in software, ${cpus().length} cores (${cpu?.model.trim() ?? 'unknown'})`,
	line: `${LINE.bitsPerSecond / 1e6} Mbit/s, ${LINE.latencyMs} ms, brotli`,
	language,
	loads: { ...before.loads, ...compared?.loads },
	readings: { ...before.readings, ...compared?.readings },
	memory: compared?.memory ?? before.memory ?? null,
	steps: before.steps ?? [],
	sites: before.sites ?? []
};

/** Keeps what is measured so far: a later part that fails takes nothing with it. */
function keep(measured: Partial<Results>): void {
	results = { ...results, ...measured };
	mkdirSync(join(RESULTS, '..'), { recursive: true });
	writeFileSync(RESULTS, JSON.stringify(results, null, '\t'));
}

keep({});
if (parts.includes('steps')) keep({ steps: await measureAllSteps() });
if (parts.includes('sites')) await measureSites(asked.sites.split(','));
console.log(`\n${printed(results)}\n`);
const short = missed(results);
console.log(short.length === 0 ? 'All aims are reached.' : `Missed:\n${short.join('\n')}`);
if (asked.write) await write(results);
