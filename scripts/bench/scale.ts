/**
 * What grows with a story: the steps of its build, timed apart; and sites built from generated stories, opened over the
 * slow line.
 */
import { statSync } from 'node:fs';
import { join } from 'node:path';
import { brotliCompressSync } from 'node:zlib';
import type { Browser } from '@playwright/test';
import { parseStory } from '../../src/lib/parse';
import type { Story } from '../../src/lib/model/story';
import { createScroll, createTimeline } from '../../src/lib/timeline/timeline';
import { serve } from '../serve.mjs';
import { ROOT } from '../setup.mjs';
import { buildCopy, filesOf } from '../site-copy';
import { generateStory, type Size } from './generate';
import { openLine, type Line } from './link';
import { measureLoad } from './load';
import { median } from './median';
import { subjectOf } from './pages';
import { measureScroll } from './scroll';
import type { Stories } from './site';

const STORY = 'generated';
const SMALL = { scenes: 10, places: 20, contacts: 10 };
/** One dimension grows at a time. */
export const SIZES: readonly Size[] = [
	SMALL,
	...[50, 200, 1000].map((scenes) => ({ ...SMALL, scenes })),
	...[1000, 10_000].map((places) => ({ ...SMALL, places })),
	...[1000, 10_000].map((contacts) => ({ ...SMALL, contacts }))
];

export interface Steps {
	readonly size: Size;
	/** Ms. */
	readonly parse: number;
	/** Ms for one language. */
	readonly page: number;
	/** Ms for a scene's picture. */
	readonly picture: number;
	/** µs at any progress, and at any scroll position. */
	readonly frameAt: number;
	readonly progressAt: number;
	/** Bytes that the page is told, brotli. */
	readonly bytes: number;
}

function timed<T>(work: () => T): { ms: number; value: T } {
	const start = performance.now();
	const value = work();
	return { ms: performance.now() - start, value };
}

const SAMPLES = 20_000;

/** µs for one call of `work`, at steps from 0 to 1. */
function microseconds(work: (fraction: number) => unknown): number {
	const { ms } = timed(() => {
		for (let step = 0; step < SAMPLES; step++) work(step / SAMPLES);
	});
	return (ms * 1000) / SAMPLES;
}

function read(size: Size): { story: Story; parse: number } {
	const files = generateStory(size, STORY);
	const { ms, value } = timed(() => parseStory(files));
	if (!value.ok) throw new Error(`The generated story has ${value.issues.length} issues.`);
	return { story: value.story, parse: ms };
}

/** Times the steps of a build on a story of this size. */
export function measureSteps(stories: Stories, size: Size): Steps {
	const { story, parse } = read(size);
	const page = timed(() => stories.pageStory(story, 'ar'));
	const pictures = story.scenes
		.slice(0, 3)
		.map(({ id }) => timed(() => stories.pictureOf(story, id)).ms);
	const timeline = createTimeline(page.value.scenes, { stepped: false });
	const height = 1000;
	const scroll = createScroll({
		pane: 800,
		readingLine: 520,
		landing: 320,
		scenes: story.scenes.map((_, index) => ({
			top: index * height,
			bottom: (index + 1) * height,
			paragraphs: [index * height + 500]
		}))
	});
	const length = story.scenes.length * height;
	return {
		size,
		parse,
		page: page.ms,
		picture: median(pictures),
		frameAt: microseconds((fraction) => timeline.frameAt(fraction * timeline.length)),
		progressAt: microseconds((fraction) => scroll.progressAt(fraction * length)),
		bytes: brotliCompressSync(JSON.stringify(page.value)).length
	};
}

export interface Site {
	readonly size: Size;
	/** Seconds. */
	readonly build: number;
	/** Bytes of the page, brotli. */
	readonly page: number;
	/** Ms. */
	readonly mapSeen: number;
	readonly scriptPerFrame: number;
}

/** Builds a site that has this story alone, in a copy of the project; gives its folder, and how long that took. */
function buildSite(size: Size): { folder: string; seconds: number } {
	const { scenes, places, contacts } = size;
	const copy = join(ROOT, '.cache/scale', `${scenes}-${places}-${contacts}`);
	const files = filesOf(generateStory(size, STORY));
	const { ms, value: folder } = timed(() => buildCopy(copy, files, true));
	return { folder, seconds: ms / 1000 };
}

/** Builds a site with a story of this size and opens it. */
export async function measureSite(
	size: Size,
	rounds: number,
	line: Line,
	inNewBrowser: <T>(measure: (browser: Browser) => Promise<T>) => Promise<T>
): Promise<Site> {
	const { folder, seconds } = buildSite(size);
	const subject = subjectOf('ar', STORY, folder);
	const site = await serve({ dir: folder, host: '127.0.0.1' });
	const slow = await openLine(site.address, line);
	try {
		const seen: number[] = [];
		for (let round = 0; round < rounds; round++) {
			const { mapSeen } = await inNewBrowser((browser) =>
				measureLoad(browser, subject, slow, 'phone')
			);
			seen.push(mapSeen);
		}
		const { scriptPerFrame } = await inNewBrowser((browser) =>
			measureScroll(browser, subject, site.address, 'phone')
		);
		return {
			size,
			build: seconds,
			page: statSync(join(folder, subject.path, 'index.html.br')).size,
			mapSeen: median(seen),
			scriptPerFrame
		};
	} finally {
		await slow.close();
		await site.close();
	}
}
