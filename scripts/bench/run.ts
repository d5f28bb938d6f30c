/**
 * `npm run bench`: Masar against a page that tells the same story in the common way, in turns, in one run.
 * docs/performance.md explains what is measured.
 *
 * `--only load,reading,memory` measures a part; `--rounds 5` times each; `--screens desktop,phone`; `--language ar`;
 * `--write` puts the table into docs/performance.md.
 */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { chromium, type Browser } from '@playwright/test';
import { BROWSER_ARGUMENTS, findBrowser } from '../browser.mjs';
import { serve } from '../serve.mjs';
import { ROOT, build } from '../setup.mjs';
import { buildBaseline } from './baseline/build';
import { openLine, type Line } from './link';
import { measureLoad, type Load } from './load';
import { SCREENS, subjects, type Screen, type Subject } from './pages';
import { measureMemory, measureReading, type Memory, type Reading } from './scroll';
import { withStories } from './site';
import { markdown, missed, printed, type Both, type Results } from './table';

const STORY = 'alaska-summit';
const LINE: Line = { bitsPerSecond: 1.6e6, latencyMs: 150 };
const RESULTS = join(ROOT, '.cache/results/bench.json');
const DOCUMENT = join(ROOT, 'docs/performance.md');
const MARKS = ['<!-- bench -->', '<!-- /bench -->'] as const;

const { values: asked } = parseArgs({
	options: {
		only: { type: 'string', default: 'load,reading,memory' },
		rounds: { type: 'string', default: '5' },
		screens: { type: 'string', default: 'desktop,phone' },
		language: { type: 'string', default: 'ar' },
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
	const site = await serve({ dir: join(ROOT, subject.folder), host: '127.0.0.1' });
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
async function inNewBrowser<T>(
	executablePath: string,
	measure: (browser: Browser) => Promise<T>
): Promise<T> {
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
	measure: (each: Served) => Promise<T>,
	tell: (measured: T) => string
): Promise<Both<T[]>> {
	const measured: Both<T[]> = { masar: [], baseline: [] };
	for (let round = 1; round <= times; round++) {
		for (const each of served) {
			const { name } = each.subject;
			const one = await measure(each);
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

async function measureAll(executablePath: string, served: readonly Served[]): Promise<Results> {
	const loads: Results['loads'] = {};
	const readings: Results['readings'] = {};
	for (const screen of parts.includes('load') ? screens : []) {
		loads[screen] = await inTurns(
			`load ${screen}`,
			rounds,
			served,
			({ subject, line }) =>
				inNewBrowser(executablePath, (browser) => measureLoad(browser, subject, line, screen)),
			tellLoad
		);
	}
	for (const screen of parts.includes('reading') ? screens : []) {
		readings[screen] = await inTurns(
			`reading ${screen}`,
			Math.ceil(rounds / 2),
			served,
			({ subject, address }) =>
				inNewBrowser(executablePath, (browser) =>
					measureReading(browser, subject, address, screen)
				),
			tellReading
		);
	}
	const memory = parts.includes('memory')
		? await inTurns(
				'memory',
				1,
				served,
				({ subject, address }) =>
					inNewBrowser(executablePath, (browser) => measureMemory(browser, subject, address)),
				tellMemory
			)
		: null;
	const [masar, baseline] = [memory?.masar[0], memory?.baseline[0]];
	const [cpu] = cpus();
	const version = await inNewBrowser(executablePath, (browser) =>
		Promise.resolve(browser.version())
	);
	return {
		date: new Date().toISOString().slice(0, 10),
		machine: `Chromium ${version} with WebGL in software, ${cpus().length} cores (${cpu?.model.trim() ?? 'unknown'})`,
		line: `${LINE.bitsPerSecond / 1e6} Mbit/s, ${LINE.latencyMs} ms, brotli`,
		language,
		loads,
		readings,
		memory: masar && baseline ? { masar, baseline } : null
	};
}

function write(results: Results): void {
	const text = readFileSync(DOCUMENT, 'utf8');
	const [start, end] = [text.indexOf(MARKS[0]), text.indexOf(MARKS[1])];
	if (start < 0 || end < 0) throw new Error(`${DOCUMENT} has no ${MARKS.join(' … ')}`);
	const before = text.slice(0, start + MARKS[0].length);
	writeFileSync(DOCUMENT, `${before}\n\n${markdown(results)}\n\n${text.slice(end)}`);
}

await build();
const baseline = join('.cache/baseline', language);
await withStories(async ({ storyOf, pageStory }) => {
	const story = storyOf(STORY);
	await buildBaseline(story, pageStory(story, language), join(ROOT, baseline));
});
const served = await Promise.all(subjects(language, STORY, baseline).map(open));
try {
	const results = await measureAll(await findBrowser(), served);
	mkdirSync(join(RESULTS, '..'), { recursive: true });
	writeFileSync(RESULTS, JSON.stringify(results, null, '\t'));
	console.log(`\n${printed(results)}\n`);
	const short = missed(results);
	console.log(short.length === 0 ? 'All aims are reached.' : `Missed:\n${short.join('\n')}`);
	if (asked.write) write(results);
} finally {
	await Promise.all(served.map(({ close }) => close()));
}
