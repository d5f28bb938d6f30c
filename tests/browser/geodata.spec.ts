import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test, type Browser, type Page } from '@playwright/test';
import { build } from 'vite';
import { serve } from '../../scripts/serve.mjs';
import type { reader as Reader } from './reader-page/main';
import { open, undrawn, whole } from './reading';

declare global {
	interface Window {
		readonly reader: typeof Reader;
	}
}

const SITE = join('.cache', 'reader-page');
const POINTS = 100_000;

/** 100,000 points in about 10 MB, and five features that cannot be drawn. */
function manyPoints(): string {
	const point = (index: number, coordinates: readonly unknown[]) => ({
		type: 'Feature',
		properties: { key: `extra ${index}`, role: 'extra' },
		geometry: { type: 'Point', coordinates }
	});
	const features = Array.from({ length: POINTS }, (_, index) =>
		point(index, [(index % 3600) / 10 - 180, Math.floor(index / 3600) - 40])
	);
	for (const index of [7, 20_000, 50_000, 70_000, 99_999])
		features.splice(index, 0, point(-index, [0, 91]));
	return JSON.stringify({ type: 'FeatureCollection', features });
}

/** What a page says of the file that the reader is given. */
async function readIn(page: Page, address: string, file: string) {
	await page.goto(address);
	await page.locator('html[data-ready]').waitFor();
	return page.evaluate(async (url) => {
		const told: { leftOut: number; count: number; first: unknown[] }[] = [];
		try {
			const arrival = await window.reader.readGeoJson(url, {
				onFindings: ({ leftOut, count, first }) => told.push({ leftOut, count, first: [...first] })
			});
			return { drawn: arrival.collection.features.length, leftOut: arrival.leftOut, told };
		} catch (cause) {
			return { failure: cause instanceof Error ? cause.message : String(cause) };
		}
	}, file);
}

/**
 * The longest time in ms that the page's main thread worked on one task. The long tasks that a page can observe last from
 * their beginning to their end, in which a machine that runs several tests has other things to do; the time that the
 * processor has spent is the same on a busy machine and an idle one.
 */
async function longestTask(browser: Browser, page: Page, action: () => Promise<void>) {
	await browser.startTracing(page, { categories: ['toplevel', 'devtools.timeline', '__metadata'] });
	await action();
	const trace = JSON.parse((await browser.stopTracing()).toString()) as {
		traceEvents: {
			name: string;
			ph: string;
			pid: number;
			tid: number;
			tdur?: number;
			args: { name?: string };
		}[];
	};
	const threads = trace.traceEvents.filter(
		({ name, args }) => name === 'thread_name' && args.name === 'CrRendererMain'
	);
	const mains = new Set(threads.map(({ pid, tid }) => `${pid} ${tid}`));
	const tasks = trace.traceEvents.filter(
		({ name, ph, pid, tid }) => ph === 'X' && name.endsWith('RunTask') && mains.has(`${pid} ${tid}`)
	);
	expect(tasks.length).toBeGreaterThan(10);
	return Math.max(...tasks.map(({ tdur = 0 }) => tdur / 1000));
}

test.describe('the reader of geodata', () => {
	test.describe.configure({ mode: 'serial' });
	let site: Awaited<ReturnType<typeof serve>>;

	test.beforeAll(async () => {
		const root = join('tests', 'browser', 'reader-page');
		const outDir = join(process.cwd(), SITE);
		await build({
			root,
			base: './',
			configFile: false,
			logLevel: 'error',
			build: { outDir, emptyOutDir: true, target: 'es2022' }
		});
		mkdirSync(SITE, { recursive: true });
		writeFileSync(join(SITE, 'points.geojson'), manyPoints());
		writeFileSync(
			join(SITE, 'large.geojson'),
			'{"type":"FeatureCollection","features":[]}'.padEnd(16_000_001)
		);
		writeFileSync(join(SITE, 'page.geojson'), '<!doctype html><title>Sign in</title>');
		writeFileSync(join(SITE, 'good.geojson'), '{"type":"FeatureCollection","features":[]}');
		site = await serve({ dir: SITE });
	});

	test.afterAll(() => site.close());

	for (const [name, prepare] of [
		['in a worker', undefined],
		['in slices, where there is no worker', () => Reflect.deleteProperty(window, 'Worker')]
	] as const) {
		test(`takes 100,000 points${whole ? ' without a task of 200 ms' : ''}, and counts what is left out: ${name}`, async ({
			browser,
			page
		}) => {
			if (prepare) await page.addInitScript(prepare);
			const readPoints = async () => {
				const read = await readIn(page, site.address, 'points.geojson');
				expect(read).toMatchObject({ drawn: POINTS, leftOut: 5, told: [{ leftOut: 5, count: 5 }] });
				expect(JSON.stringify(read.told)).toContain('the position [0,91]');
			};
			if (whole) {
				// A slow machine can only add to what a task takes: the best of three counts.
				let longest = Infinity;
				for (let attempt = 0; attempt < 3 && longest >= 200; attempt++)
					longest = Math.min(longest, await longestTask(browser, page, readPoints));
				test.info().annotations.push({ type: 'longest task, ms', description: longest.toFixed(0) });
				expect(longest).toBeLessThan(200);
			} else await readPoints();
			await expect.poll(() => page.workers().length).toBe(0);
		});
	}

	test('reads all the same where the worker does not load', async ({ page }) => {
		await page.route(/worker.*\.js/, (route) => route.fulfill({ status: 404, body: 'Not found' }));
		expect(await readIn(page, site.address, 'good.geojson')).toEqual({
			drawn: 0,
			leftOut: 0,
			told: []
		});
	});

	test('says why a file is none', async ({ page }) => {
		const failure = async (file: string) => (await readIn(page, site.address, file)).failure;
		expect(await failure('nowhere.geojson')).toContain(
			'nowhere.geojson: it answered 404, expected 200'
		);
		expect(await failure('page.geojson')).toContain('found a web page (HTML), expected GeoJSON');
		expect(await failure('large.geojson')).toContain(
			'found a file of 17 MB, expected at most 16 MB'
		);
		await expect.poll(() => page.workers().length).toBe(0);
	});
});

const PLACES = /\/data\/relay\/places\.json$/;
const placesFile = () => readFileSync('.cache/fixtures/build/data/relay/places.json', 'utf8');

test('a bad feature of the story is left out and counted, and the map shows the rest', async ({
	page
}) => {
	const warnings: string[] = [];
	page.on('console', (message) => {
		if (message.type() === 'warning' && message.text().includes('left out'))
			warnings.push(message.text());
	});
	const bad = [
		'{"type":"Feature","properties":{"key":"bow tie"},"geometry":{"type":"Polygon","coordinates":[[[0,0],[9,9],[9,0],[0,9],[0,0]]]}}',
		'{"type":"Feature","properties":{"key":"nowhere"},"geometry":null}'
	];
	const body = placesFile().replace('"features":[', `"features":[${bad.join()},`);
	await page.route(PLACES, (route) => route.fulfill({ body, contentType: 'application/json' }));
	await undrawn(page);
	await open(page, 'en', '#p1');
	expect(warnings.map((text) => text.replace(/http\S+\//, ''))).toEqual([
		expect.stringMatching(/^2 features of places\.json are left out\./)
	]);
});

// The map draws 100,000 points in software for as long as a minute: test:all alone waits for it.
if (whole)
	test('100,000 points of a story do not block its page', async ({ browser, page }) => {
		test.setTimeout(300_000);
		const extra = manyPoints().replace('{"type":"FeatureCollection","features":[', '').slice(0, -2);
		const body = placesFile().replace('"features":[', `"features":[${extra},`);
		await page.route(PLACES, (route) => route.fulfill({ body, contentType: 'application/json' }));
		const longest = await longestTask(browser, page, () => open(page, 'en', '#p1'));
		test.info().annotations.push({ type: 'longest task, ms', description: longest.toFixed(0) });
		expect(longest).toBeLessThan(200);
	});
