/** From what was measured to what is printed: medians, ratios, and whether the aims are reached. */
import type { Size } from './generate';
import type { Load } from './load';
import { median } from './median';
import { SCREENS, type PageName, type Screen } from './pages';
import type { Site, Steps } from './scale';
import type { Memory, Reading } from './scroll';

export type Both<T> = Record<PageName, T>;

export interface Results {
	readonly date: string;
	readonly machine: string;
	readonly line: string;
	readonly language: string;
	readonly loads: Partial<Record<Screen, Both<Load[]>>>;
	readonly readings: Partial<Record<Screen, Both<Reading[]>>>;
	readonly memory: Both<Memory> | null;
	readonly steps: readonly Steps[];
	readonly sites: readonly Site[];
}

/** What has to hold: the ratio to the baseline, or the value itself, is at most so much. */
type Aim = { readonly ratio: number } | { readonly value: number };

interface Metric<T> {
	readonly name: string;
	readonly of: (measured: T) => number;
	readonly unit: 'ms' | 'kB' | 'frames' | 'shift' | 'count';
	readonly aim?: Aim;
}

const LOAD: readonly Metric<Load>[] = [
	{
		name: 'first paint of words',
		of: (load) => load.firstContentfulPaint,
		unit: 'ms',
		aim: { ratio: 0.4 }
	},
	{ name: 'largest paint', of: (load) => load.largestContentfulPaint, unit: 'ms' },
	{ name: 'picture of the map seen', of: (load) => load.mapSeen, unit: 'ms', aim: { ratio: 0.2 } },
	{ name: 'live map ready', of: (load) => load.liveMap, unit: 'ms' },
	{ name: 'bytes until then', of: (load) => load.bytesUntilSeen, unit: 'kB', aim: { ratio: 0.15 } },
	{ name: 'bytes in all', of: (load) => load.bytes, unit: 'kB' },
	{ name: '— page', of: (load) => load.bytesByKind.page, unit: 'kB' },
	{ name: '— style', of: (load) => load.bytesByKind.style, unit: 'kB' },
	{ name: '— script', of: (load) => load.bytesByKind.script, unit: 'kB' },
	{ name: '— fonts', of: (load) => load.bytesByKind.font, unit: 'kB' },
	{ name: '— pictures', of: (load) => load.bytesByKind.picture, unit: 'kB' },
	{ name: '— data', of: (load) => load.bytesByKind.data, unit: 'kB' },
	{ name: 'requests', of: (load) => load.requests, unit: 'count' },
	{ name: 'blocking until the map is seen', of: (load) => load.blockingUntilSeen, unit: 'ms' },
	{ name: 'blocking in all', of: (load) => load.blocking, unit: 'ms', aim: { ratio: 0.2 } },
	{ name: 'layout shift', of: (load) => load.layoutShift, unit: 'shift', aim: { value: 0 } }
];

const READING: readonly Metric<Reading>[] = [
	{
		name: 'script per scroll frame',
		of: ({ scroll }) => scroll.scriptPerFrame,
		unit: 'ms',
		aim: { ratio: 1 }
	},
	{ name: 'script of the whole scroll', of: ({ scroll }) => scroll.script, unit: 'ms' },
	{ name: 'main thread per scroll frame', of: ({ scroll }) => scroll.taskPerFrame, unit: 'ms' },
	{ name: 'frames in the scroll', of: ({ scroll }) => scroll.frames, unit: 'count' },
	{ name: 'between frames, median', of: ({ scroll }) => scroll.intervalMedian, unit: 'ms' },
	{ name: 'between frames, 95 %', of: ({ scroll }) => scroll.interval95, unit: 'ms' },
	{ name: 'tasks over 50 ms', of: ({ scroll }) => scroll.longTasks, unit: 'count' },
	{
		name: 'layout shift in the scroll',
		of: ({ scroll }) => scroll.layoutShift,
		unit: 'shift',
		aim: { value: 0 }
	},
	{
		name: 'camera moves on after the scroll, at most',
		of: ({ lags }) => Math.max(...lags.map(({ frames }) => frames)),
		unit: 'frames',
		aim: { value: 2 }
	},
	{
		name: 'camera moves on after the scroll, at most',
		of: ({ lags }) => Math.max(...lags.map(({ ms }) => ms)),
		unit: 'ms'
	},
	{
		name: 'map frames drawn in 2 s of rest',
		of: ({ rest }) => rest.mapFrames,
		unit: 'count',
		aim: { value: 0 }
	},
	{
		name: 'animation frames in 2 s of rest',
		of: ({ rest }) => rest.animationFrames,
		unit: 'count',
		aim: { value: 0 }
	},
	{
		name: 'timers in 2 s of rest',
		of: ({ rest }) => rest.timers,
		unit: 'count',
		aim: { value: 0 }
	}
];

const MEMORY: readonly Metric<Memory>[] = [
	{ name: 'JavaScript heap after loading', of: ({ before }) => before, unit: 'kB' },
	{ name: 'JavaScript heap after ten reads', of: ({ after }) => after, unit: 'kB' }
];

function show(value: number, unit: Metric<never>['unit']): string {
	if (Number.isNaN(value)) return '–';
	if (unit === 'kB') return `${(value / 1000).toFixed(value < 100_000 ? 1 : 0)} kB`;
	if (unit === 'shift') return value.toFixed(3);
	if (unit === 'ms') return `${value.toFixed(value < 20 ? 1 : 0)} ms`;
	return unit === 'frames' ? `${value} frames` : String(value);
}

interface Row {
	readonly cells: readonly string[];
	/** Null where there is no aim. */
	readonly reached: boolean | null;
}

interface Section {
	readonly heading: string;
	readonly head: readonly string[];
	readonly rows: readonly Row[];
}

function rowOf<T>(metric: Metric<T>, { masar, baseline }: Both<readonly T[]>): Row {
	const { name, of, unit, aim } = metric;
	const [ours, theirs] = [median(masar.map(of)), median(baseline.map(of))];
	const ratio = ours / theirs;
	// A shift is shown, and judged, to three decimals.
	const judged = unit === 'shift' ? Number(ours.toFixed(3)) : ours;
	const reached = !aim ? null : 'ratio' in aim ? ratio <= aim.ratio : judged <= aim.value;
	const told = !aim
		? ''
		: 'ratio' in aim
			? `≤ ${aim.ratio}×`
			: aim.value === 0
				? '0'
				: `≤ ${aim.value}`;
	return {
		cells: [
			name,
			show(ours, unit),
			show(theirs, unit),
			Number.isFinite(ratio) ? `${ratio.toFixed(2)}×` : '',
			reached === null ? '' : `${told} ${reached ? '✓' : '✗'}`
		],
		reached
	};
}

const SIZE = 'scenes / places / contacts';
const sizeOf = ({ scenes, places, contacts }: Size) => `${scenes} / ${places} / ${contacts}`;
const verdict = (value: string, reached: boolean) => `${value} ${reached ? '✓' : '✗'}`;

/** How long `frameAt` may take, in µs. */
const FRAME_AT = 20;
/** How much more a large story may cost a reader than the smallest, as a ratio. */
const MORE = 1.2;

function stepsSection(steps: readonly Steps[]): Section {
	return {
		heading: 'Steps of a build, and of a frame',
		head: [SIZE, 'parse', 'page', 'a picture', 'page’s data', 'frameAt', 'progressAt'],
		rows: steps.map(({ size, parse, page, picture, bytes, frameAt, progressAt }) => {
			const reached = frameAt <= FRAME_AT;
			return {
				cells: [
					sizeOf(size),
					show(parse, 'ms'),
					show(page, 'ms'),
					show(picture, 'ms'),
					show(bytes, 'kB'),
					verdict(`${frameAt.toFixed(1)} µs`, reached),
					`${progressAt.toFixed(2)} µs`
				],
				reached
			};
		})
	};
}

function sitesSection(sites: readonly Site[]): Section {
	const [smallest] = sites;
	return {
		heading: 'Built sites, on a phone',
		head: [SIZE, 'build', 'page', 'picture of the map seen', 'script per scroll frame'],
		rows: sites.map(({ size, build, page, mapSeen, scriptPerFrame }) => {
			const soon = mapSeen <= MORE * (smallest?.mapSeen ?? NaN);
			const light = scriptPerFrame <= MORE * (smallest?.scriptPerFrame ?? NaN);
			return {
				cells: [
					sizeOf(size),
					`${build.toFixed(1)} s`,
					show(page, 'kB'),
					verdict(show(mapSeen, 'ms'), soon),
					verdict(show(scriptPerFrame, 'ms'), light)
				],
				reached: soon && light
			};
		})
	};
}

const HEAD = ['', 'Masar', 'baseline', 'ratio', 'aim'] as const;

function sectionsOf({ loads, readings, memory, steps, sites }: Results): Section[] {
	const sections: Section[] = [];
	const compare = <T>(heading: string, metrics: readonly Metric<T>[], both: Both<readonly T[]>) => {
		sections.push({ heading, head: HEAD, rows: metrics.map((metric) => rowOf(metric, both)) });
	};
	for (const [screen, { width, height }] of Object.entries(SCREENS)) {
		// The keys of SCREENS are screens, which entries() forgets.
		const both = loads[screen as Screen];
		if (both) compare(`Cold load, ${width}×${height}`, LOAD, both);
	}
	for (const [screen, { width, height }] of Object.entries(SCREENS)) {
		const both = readings[screen as Screen];
		if (both) compare(`Reading, ${width}×${height}`, READING, both);
	}
	if (memory) {
		compare('Memory', MEMORY, { masar: [memory.masar], baseline: [memory.baseline] });
	}
	if (steps.length > 0) sections.push(stepsSection(steps));
	if (sites.length > 0) sections.push(sitesSection(sites));
	return sections;
}

/** The table for a terminal. */
export function printed(results: Results): string {
	return sectionsOf(results)
		.map(({ heading, head, rows }) => {
			const lines = [head, ...rows.map(({ cells }) => cells)].map(([name = '', ...cells]) =>
				[name.padEnd(44), ...cells.map((cell) => cell.padStart(14))].join(' ').trimEnd()
			);
			return [heading, ...lines].join('\n');
		})
		.join('\n\n');
}

/** The table for docs/performance.md. */
export function markdown(results: Results): string {
	const sections = sectionsOf(results).map(({ heading, head, rows }) => {
		const lines = [head, head.map(() => '---'), ...rows.map(({ cells }) => cells)];
		return [`**${heading}**`, '', ...lines.map((cells) => `| ${cells.join(' | ')} |`)].join('\n');
	});
	const { date, machine, line, language } = results;
	return [`${date}, ${machine}; ${line}; page in ${language}.`, ...sections].join('\n\n');
}

/** The aims that are not reached, each with its section. */
export function missed(results: Results): string[] {
	return sectionsOf(results).flatMap(({ heading, rows }) =>
		rows.flatMap(({ cells, reached }) =>
			reached === false ? [`${heading}: ${cells.join(' · ')}`] : []
		)
	);
}
