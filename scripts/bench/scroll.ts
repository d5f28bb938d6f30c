/** Reading with the page at hand: a steady scroll, the camera behind it, the page at rest, memory. */
import type { Browser, CDPSession, Page, ViewportSize } from '@playwright/test';
import { SCREENS, waitForLiveMap, type Screen, type Subject } from './pages';

/** Px a second, about as fast as one skims. */
const SPEED = 1200;
/** Px after which the steady scroll ends, in a story that is longer than any report. */
const FARTHEST = 40_000;
/** Ms after which nothing more is expected to move: longer than any flight of the baseline. */
const SETTLED_MS = 2500;
/** Ms in which a page at rest is watched. */
const REST_MS = 2000;
/** Stops, in thirds of a screen, from which the camera's lag is taken. */
const STOPS = 6;
const READS = 10;
/** Places at which each read for the memory stops; and a screen on which a frame takes little time, as size is not asked. */
const STEPS = 24;
const SMALL = { width: 320, height: 480 };

export interface Scroll {
	/** Animation frames in the scroll. */
	readonly frames: number;
	/** Ms between animation frames. */
	readonly intervalMedian: number;
	readonly interval95: number;
	/** Ms of script in all; and of script, and of the main thread, for each frame. */
	readonly script: number;
	readonly scriptPerFrame: number;
	readonly taskPerFrame: number;
	readonly longTasks: number;
	readonly layoutShift: number;
}

export interface Lag {
	/** Animation frames, and ms, from the last scroll event to the last change of the camera. */
	readonly frames: number;
	readonly ms: number;
}

export interface Rest {
	/** Of the map, of the page, timers that fired, in two seconds without input. */
	readonly mapFrames: number;
	readonly animationFrames: number;
	readonly timers: number;
}

export interface Memory {
	/** Bytes of JavaScript heap in use, after collecting garbage. */
	readonly before: number;
	readonly after: number;
}

export interface Reading {
	readonly scroll: Scroll;
	readonly lags: readonly Lag[];
	readonly rest: Rest;
}

/** Ms of a processor that the main thread has had so far: what it waits for the GPU, which is drawn by the same cores, is not its work. */
async function mainThread(session: CDPSession) {
	const { metrics } = await session.send('Performance.getMetrics');
	const ms = (name: string) =>
		1000 * (metrics.find((metric) => metric.name === name)?.value ?? NaN);
	return { script: ms('ScriptDuration'), task: ms('TaskDuration') };
}

function quantile(values: readonly number[], fraction: number): number {
	const sorted = [...values].sort((a, b) => a - b);
	return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * fraction))] ?? NaN;
}

async function openAndWait(
	browser: Browser,
	subject: Subject,
	address: string,
	viewport: ViewportSize
) {
	const context = await browser.newContext({ viewport });
	const page = await context.newPage();
	await page.addInitScript(`
		globalThis.__name ??= (named) => named;
		globalThis.cameraNow = () => JSON.stringify(${subject.camera});
	`);
	await page.goto(address + subject.path);
	await waitForLiveMap(page, subject);
	await page.waitForTimeout(SETTLED_MS);
	return { context, page, session: await context.newCDPSession(page) };
}

/** Scrolls as a wheel or finger does, by the browser's compositor. */
async function scrollBy(session: CDPSession, screen: Screen, distance: number): Promise<void> {
	const { width, height } = SCREENS[screen];
	await session.send('Input.synthesizeScrollGesture', {
		x: width / 2,
		y: height / 2,
		yDistance: -distance,
		speed: SPEED,
		preventFling: true,
		gestureSourceType: 'mouse'
	});
}

interface Recording {
	readonly times: number[];
	readonly shifts: number[];
	readonly tasks: number[];
	running: boolean;
}

declare global {
	interface Window {
		recording?: Recording;
		cameraNow?: () => string;
		mapFrames?: number;
	}
}

async function steadyScroll(
	page: Page,
	session: CDPSession,
	subject: Subject,
	screen: Screen
): Promise<Scroll> {
	const length = await page.evaluate((story) => {
		const recording: Recording = { times: [], shifts: [], tasks: [], running: true };
		window.recording = recording;
		const frame = (time: number) => {
			recording.times.push(time);
			if (recording.running) requestAnimationFrame(frame);
		};
		requestAnimationFrame(frame);
		new PerformanceObserver((list) => {
			for (const entry of list.getEntries()) {
				if ('hadRecentInput' in entry && entry.hadRecentInput) continue;
				if ('value' in entry) recording.shifts.push(Number(entry.value));
			}
		}).observe({ type: 'layout-shift' });
		new PerformanceObserver((list) => {
			recording.tasks.push(...list.getEntries().map(({ duration }) => duration));
		}).observe({ type: 'longtask' });
		return (document.querySelector(story)?.scrollHeight ?? NaN) - innerHeight;
	}, subject.story);
	const before = await mainThread(session);
	await scrollBy(session, screen, Math.min(length, FARTHEST));
	const after = await mainThread(session);
	const recording = await page.evaluate(() => {
		if (window.recording) window.recording.running = false;
		return window.recording;
	});
	if (!recording) throw new Error(`${subject.name} has recorded nothing of its scroll.`);
	const frames = recording.times.length;
	const intervals = recording.times.slice(1).map((time, i) => time - (recording.times[i] ?? NaN));
	return {
		frames,
		intervalMedian: quantile(intervals, 0.5),
		interval95: quantile(intervals, 0.95),
		script: after.script - before.script,
		scriptPerFrame: (after.script - before.script) / frames,
		taskPerFrame: (after.task - before.task) / frames,
		longTasks: recording.tasks.length,
		layoutShift: recording.shifts.reduce((sum, shift) => sum + shift, 0)
	};
}

/** Scrolls a part of a scene and waits until the camera has stood still for long. */
async function measureLag(
	page: Page,
	session: CDPSession,
	subject: Subject,
	screen: Screen,
	distance: number
): Promise<Lag> {
	const done = page.evaluate(async (still) => {
		let frame = 0;
		let scrolled = { frame: 0, time: 0 };
		let moved = { frame: 0, time: 0 };
		// Scroll events come before the animation frame that they belong to.
		addEventListener('scroll', () => {
			scrolled = { frame: frame + 1, time: performance.now() };
		});
		const { port1, port2 } = new MessageChannel();
		const afterFrame = () =>
			new Promise((resolve) => {
				port1.onmessage = resolve;
				requestAnimationFrame(() => {
					frame += 1;
					port2.postMessage(null);
				});
			});
		let shown = window.cameraNow?.();
		const quiet = () => performance.now() - Math.max(scrolled.time, moved.time);
		while (scrolled.time === 0 || quiet() < still) {
			await afterFrame();
			const now = window.cameraNow?.();
			if (now !== shown) moved = { frame, time: performance.now() };
			shown = now;
		}
		return {
			frames: Math.max(0, moved.frame - scrolled.frame),
			ms: Math.max(0, moved.time - scrolled.time)
		};
	}, SETTLED_MS);
	await scrollBy(session, screen, distance);
	return done;
}

/** What a page does in two seconds in which nobody touches it. */
async function measureRest(browser: Browser, page: Page): Promise<Rest> {
	await page.waitForTimeout(SETTLED_MS);
	await page.evaluate(() => {
		window.mapFrames = 0;
		let counted = false;
		for (const name of ['drawElements', 'drawArrays', 'clear']) {
			const draw: unknown = Reflect.get(WebGL2RenderingContext.prototype, name);
			if (typeof draw !== 'function') continue;
			Reflect.set(
				WebGL2RenderingContext.prototype,
				name,
				function (this: WebGL2RenderingContext, ...args: unknown[]): unknown {
					// What is drawn in one task is one frame.
					if (!counted) {
						counted = true;
						window.mapFrames = (window.mapFrames ?? 0) + 1;
						setTimeout(() => (counted = false));
					}
					const result: unknown = Reflect.apply(draw, this, args);
					return result;
				}
			);
		}
	});
	await browser.startTracing(page, { categories: ['devtools.timeline'] });
	await page.waitForTimeout(REST_MS);
	const trace = await browser.stopTracing();
	const mapFrames = await page.evaluate(() => window.mapFrames ?? NaN);
	// Chromium's trace format: a list of events with names.
	const { traceEvents } = JSON.parse(trace.toString()) as { traceEvents: { name: string }[] };
	const named = (name: string) => traceEvents.filter((event) => event.name === name).length;
	return { mapFrames, animationFrames: named('FireAnimationFrame'), timers: named('TimerFire') };
}

/** A steady scroll alone. */
export async function measureScroll(
	browser: Browser,
	subject: Subject,
	address: string,
	screen: Screen
): Promise<Scroll> {
	const viewport = SCREENS[screen];
	const { context, page, session } = await openAndWait(browser, subject, address, viewport);
	try {
		await session.send('Performance.enable', { timeDomain: 'threadTicks' });
		return await steadyScroll(page, session, subject, screen);
	} finally {
		await context.close();
	}
}

/** A steady scroll through the whole story, then short ones for the lag, then rest. */
export async function measureReading(
	browser: Browser,
	subject: Subject,
	address: string,
	screen: Screen
): Promise<Reading> {
	const { context, page, session } = await openAndWait(browser, subject, address, SCREENS[screen]);
	try {
		await session.send('Performance.enable', { timeDomain: 'threadTicks' });
		const scroll = await steadyScroll(page, session, subject, screen);
		const lags: Lag[] = [];
		for (let stop = 1; stop <= STOPS; stop++) {
			const distance = -(SCREENS[screen].height * (1 + stop)) / 3;
			lags.push(await measureLag(page, session, subject, screen, distance));
		}
		return { scroll, lags, rest: await measureRest(browser, page) };
	} finally {
		await context.close();
	}
}

/** Ten full reads, there and back, at the pace of the map. */
export async function measureMemory(
	browser: Browser,
	subject: Subject,
	address: string
): Promise<Memory> {
	const { context, page, session } = await openAndWait(browser, subject, address, SMALL);
	const heap = async () => {
		await session.send('HeapProfiler.collectGarbage');
		return (await session.send('Runtime.getHeapUsage')).usedSize;
	};
	try {
		const before = await heap();
		await page.evaluate(
			async ({ story, reads, steps }) => {
				const length = (document.querySelector(story)?.scrollHeight ?? NaN) - innerHeight;
				for (let read = 0; read < reads; read++) {
					for (let step = 0; step <= steps; step++) {
						scrollTo({ top: (length * step) / steps, behavior: 'instant' });
						await new Promise(requestAnimationFrame);
						await new Promise(requestAnimationFrame);
					}
				}
				scrollTo({ top: 0, behavior: 'instant' });
			},
			{ story: subject.story, reads: READS, steps: STEPS }
		);
		await page.waitForTimeout(SETTLED_MS);
		return { before, after: await heap() };
	} finally {
		await context.close();
	}
}
