/** A cold load over the slow line: what is seen when, and what it costs. */
import type { Browser } from '@playwright/test';
import type { SlowServer, Transfer } from './link';
import { SCREENS, waitForLiveMap, type Screen, type Subject } from './pages';

/** Ms after the live map is ready in which its aftermath is still counted. */
const AFTERMATH_MS = 1500;
/** A task longer than this blocks for what is over it, in ms. */
const LONG_TASK_MS = 50;

export const KINDS = ['page', 'style', 'script', 'font', 'picture', 'data'] as const;
export type Kind = (typeof KINDS)[number];

export interface Load {
	/** Ms from the start of the navigation. */
	readonly firstPaint: number;
	readonly firstContentfulPaint: number;
	readonly largestContentfulPaint: number;
	/** A picture of the map has been painted: for a page without one, its live map has. */
	readonly mapSeen: number;
	readonly liveMap: number;
	/** Ms over 50 of each task on the main thread, until the map is seen and until the live map has settled. */
	readonly blockingUntilSeen: number;
	readonly blocking: number;
	readonly layoutShift: number;
	readonly bytesUntilSeen: number;
	readonly bytes: number;
	readonly bytesByKind: Readonly<Record<Kind, number>>;
	readonly requests: number;
}

/** What the page takes down of itself; times in ms from the start of the navigation. */
interface Seen {
	readonly paints: Record<string, number>;
	readonly largest: number[];
	readonly shifts: number[];
	readonly tasks: [start: number, duration: number][];
	readonly pictures: number[];
}

declare global {
	interface Window {
		seen?: Seen;
	}
}

/** Runs in the page, before anything of it does. */
function watch(picture: string | null): void {
	const seen: Seen = { paints: {}, largest: [], shifts: [], tasks: [], pictures: [] };
	window.seen = seen;
	const observe = (type: string, take: (entry: PerformanceEntry) => void) => {
		new PerformanceObserver((list) => {
			list.getEntries().forEach(take);
		}).observe({ type, buffered: true });
	};
	observe('paint', ({ name, startTime }) => {
		seen.paints[name] = startTime;
	});
	observe('largest-contentful-paint', ({ startTime }) => seen.largest.push(startTime));
	observe('layout-shift', (entry) => {
		if ('hadRecentInput' in entry && entry.hadRecentInput) return;
		if ('value' in entry) seen.shifts.push(Number(entry.value));
	});
	observe('longtask', ({ startTime, duration }) => seen.tasks.push([startTime, duration]));
	if (picture === null) return;
	observe('element', (entry) => {
		if ('renderTime' in entry) seen.pictures.push(Number(entry.renderTime));
	});
	const name = () => document.querySelector(picture)?.setAttribute('elementtiming', 'picture');
	new MutationObserver(name).observe(document, { childList: true, subtree: true });
}

function kindOf({ type, path }: Transfer): Kind {
	if (path.endsWith('/') || type === 'text/html') return 'page';
	if (type === 'text/css') return 'style';
	if (type === 'text/javascript') return 'script';
	if (type.startsWith('font/') || path.endsWith('.woff2')) return 'font';
	return type.startsWith('image/') ? 'picture' : 'data';
}

/** Bytes that had come by `time`. */
function bytesUntil(transfers: readonly Transfer[], time: number): number {
	const packets = transfers.flatMap((transfer) => transfer.packets);
	return packets.reduce((sum, [at, bytes]) => (at <= time ? sum + bytes : sum), 0);
}

function byKind(transfers: readonly Transfer[]): Record<Kind, number> {
	const sums: Record<Kind, number> = { page: 0, style: 0, script: 0, font: 0, picture: 0, data: 0 };
	for (const transfer of transfers) sums[kindOf(transfer)] += bytesUntil([transfer], Infinity);
	return sums;
}

function blockingUntil(tasks: Seen['tasks'], from: number, until: number): number {
	const blocking = tasks.map(([start, duration]) =>
		start >= from && start < until ? Math.max(0, duration - LONG_TASK_MS) : 0
	);
	return blocking.reduce((sum, ms) => sum + ms, 0);
}

/** Loads a page that the browser has never seen. */
export async function measureLoad(
	browser: Browser,
	subject: Subject,
	server: SlowServer,
	screen: Screen
): Promise<Load> {
	const context = await browser.newContext({
		viewport: SCREENS[screen],
		// The browser would go round it to an address of its own machine.
		proxy: { server: server.proxy, bypass: '<-loopback>' }
	});
	try {
		const page = await context.newPage();
		await page.addInitScript('globalThis.__name ??= (named) => named');
		await page.addInitScript(watch, subject.picture);
		server.take();
		await page.goto(server.address + subject.path, { waitUntil: 'commit' });
		await waitForLiveMap(page, subject);
		await page.waitForTimeout(AFTERMATH_MS);
		const { seen, origin, liveMap } = await page.evaluate(
			(mark) => ({
				seen: window.seen,
				origin: performance.timeOrigin,
				liveMap: performance.getEntriesByName(mark)[0]?.startTime ?? NaN
			}),
			subject.liveMark
		);
		if (!seen) throw new Error(`${subject.name} has taken down nothing of its load.`);
		const transfers = server.take();
		const mapSeen = subject.picture === null ? liveMap : (seen.pictures[0] ?? NaN);
		if (Number.isNaN(mapSeen)) throw new Error(`${subject.name} has painted no picture.`);
		const contentful = seen.paints['first-contentful-paint'] ?? NaN;
		return {
			firstPaint: seen.paints['first-paint'] ?? NaN,
			firstContentfulPaint: contentful,
			largestContentfulPaint: seen.largest.at(-1) ?? NaN,
			mapSeen,
			liveMap,
			blockingUntilSeen: blockingUntil(seen.tasks, 0, mapSeen),
			blocking: blockingUntil(seen.tasks, 0, Infinity),
			layoutShift: seen.shifts.reduce((sum, shift) => sum + shift, 0),
			bytesUntilSeen: bytesUntil(transfers, origin + mapSeen),
			bytes: bytesUntil(transfers, Infinity),
			bytesByKind: byKind(transfers),
			requests: transfers.length
		};
	} finally {
		await context.close();
	}
}
