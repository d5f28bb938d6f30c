import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { area } from '@turf/turf';
import type { Feature, FeatureCollection, Position } from 'geojson';
import { feature } from 'topojson-client';
import type { Topology } from 'topojson-specification';
import { describe, expect, test } from 'vitest';
import { formatPath } from '../../src/lib/model/finding';
import {
	finish,
	finishInSlices,
	LIMITS,
	readCollection,
	readGeoJson,
	RFC_7946,
	UNWRAPPED
} from '../../src/lib/geojson';
import type { GeoJsonFinding, Reading } from '../../src/lib/geojson';
import { edgeTree } from '../../src/lib/geojson/crossing';

const FIXTURES = join('tests', 'fixtures', 'geojson');

function namesIn(folder: 'good' | 'bad'): string[] {
	const files = readdirSync(join(FIXTURES, folder)).filter((file) => file.endsWith('.geojson'));
	return files.map((file) => file.replace('.geojson', '')).toSorted();
}

/** Bytes that are no UTF-8 become U+FFFD, as they do in the page. */
function textOf(folder: 'good' | 'bad', name: string): string {
	return readFileSync(join(FIXTURES, folder, `${name}.geojson`), 'utf8');
}

function read(value: unknown): Reading {
	return finish(readGeoJson(JSON.stringify(value)));
}

function readGeometry(type: string, coordinates: unknown): Reading {
	return read({ type: 'Feature', properties: {}, geometry: { type, coordinates } });
}

/** What came of the first feature. */
function geometryOf({ collection }: Reading): unknown {
	return collection?.features[0]?.geometry;
}

function verdict({ collection, leftOut }: Reading): string {
	if (!collection) return 'nothing drawn';
	return `${collection.features.length} drawn, ${leftOut} left out`;
}

function format({ severity, path, found, expected, mend }: GeoJsonFinding): string {
	const where = path.length > 0 ? ` (at ${formatPath(path)})` : '';
	return `${severity}: found ${found}, expected ${expected}; ${mend}${where}`;
}

function messages(reading: Reading): string {
	return [verdict(reading), ...reading.findings.map(format)].join('\n');
}

describe('the corpora', () => {
	test('hold at least 90 bad and 40 good files, each bad one with what is said of it', () => {
		expect(namesIn('bad').length).toBeGreaterThanOrEqual(90);
		expect(namesIn('good').length).toBeGreaterThanOrEqual(40);
		const expected = readdirSync(join(FIXTURES, 'bad')).filter((file) => file.endsWith('.txt'));
		const names = expected.map((file) => file.replace('.expected.txt', ''));
		expect(names.toSorted()).toEqual(namesIn('bad'));
	});
});

describe('a bad file is never accepted without a word', () => {
	test.each(namesIn('bad'))('%s', (name) => {
		const reading = finish(readGeoJson(textOf('bad', name)));
		const expected = readFileSync(join(FIXTURES, 'bad', `${name}.expected.txt`), 'utf8');
		expect(messages(reading)).toBe(expected.trimEnd());
		expect(reading.findings.length).toBeGreaterThan(0);
		// What has an error is not drawn, and nothing else is missing.
		const failed = reading.findings.filter(({ severity }) => severity === 'error');
		const features = new Set(failed.map(({ feature }) => feature));
		expect(reading.collection === null).toBe(features.has(null));
		if (reading.collection) expect(reading.leftOut).toBe(features.size);
	});
});

describe('a good file is drawn as it is, and nothing is said', () => {
	test.each(namesIn('good'))('%s', (name) => {
		const text = textOf('good', name);
		const reading = finish(readGeoJson(text));
		const value = JSON.parse(text) as FeatureCollection | Feature | Feature['geometry'];
		expect(reading.findings).toEqual([]);
		expect(reading.leftOut).toBe(0);
		const features =
			value.type === 'FeatureCollection'
				? value.features
				: [
						value.type === 'Feature'
							? value
							: { type: 'Feature', properties: null, geometry: value }
					];
		expect(reading.collection?.features).toEqual(features);
	});
});

describe('limits', () => {
	test('ten thousand brackets are too deep, and do not overflow', () => {
		for (const bracket of ['[', '{"a":']) {
			const reading = finish(readGeoJson(bracket.repeat(10_000)));
			expect(messages(reading)).toContain(`at most ${LIMITS.depth}`);
			expect(reading.collection).toBeNull();
		}
	});

	test('a file as large as the limit is read, and one letter more is too much', () => {
		const text = '{"type":"FeatureCollection","features":[]}';
		const largest = text.padEnd(LIMITS.size);
		expect(finish(readGeoJson(largest)).findings).toEqual([]);
		expect(messages(finish(readGeoJson(`${largest} `)))).toBe(
			'nothing drawn\nerror: found a file of 17 MB, expected at most 16 MB; simplify its lines, or divide it'
		);
	});

	test('a feature of 200,000 positions is drawn, and one position more is too much', () => {
		const line = Array.from({ length: LIMITS.positions + 1 }, (_, index) => [index / 2000, 0]);
		expect(readGeometry('LineString', line.slice(1)).findings).toEqual([]);
		expect(messages(readGeometry('LineString', line))).toBe(
			'0 drawn, 1 left out\nerror: found a geometry of 200001 positions, expected at most 200000; simplify its lines, or divide it (at geometry)'
		);
	});
});

describe('what is mended', () => {
	const square = [
		[0, 0],
		[10, 0],
		[10, 10],
		[0, 10],
		[0, 0]
	];

	test('a clockwise ring is turned round', () => {
		expect(geometryOf(readGeometry('Polygon', [square.toReversed()]))).toEqual({
			type: 'Polygon',
			coordinates: [square]
		});
	});

	test('a line over the antimeridian becomes two that meet there', () => {
		const line = [
			[170, 10],
			[-170, 20]
		];
		expect(geometryOf(readGeometry('LineString', line))).toEqual({
			type: 'MultiLineString',
			coordinates: [
				[
					[170, 10],
					[180, 15]
				],
				[
					[-180, 15],
					[-170, 20]
				]
			]
		});
	});

	test('a line that only touches the antimeridian stays one', () => {
		const line = [
			[170, 10],
			[-180, 15],
			[175, 20]
		];
		expect(geometryOf(readGeometry('LineString', line))).toEqual({
			type: 'LineString',
			coordinates: [
				[170, 10],
				[180, 15],
				[175, 20]
			]
		});
	});

	const area2 = ({ collection }: Reading) =>
		area(collection ?? { type: 'FeatureCollection', features: [] });
	const box = (west: number, south: number, east: number, north: number) => [
		[west, south],
		[east, south],
		[east, north],
		[west, north],
		[west, south]
	];

	test.each([
		['in ±180', box(170, 60, -170, 70)],
		['beyond 180', box(170, 60, 190, 70)],
		['beyond -180', box(-190, 60, -170, 70)],
		['clockwise', box(170, 60, -170, 70).toReversed()]
	])('a ring over the antimeridian, %s, becomes two of the same area', (_, ring) => {
		const reading = readGeometry('Polygon', [ring]);
		expect(geometryOf(reading)).toMatchObject({ type: 'MultiPolygon' });
		expect(new Set(reading.collection?.features.flatMap(lngsOf))).toEqual(
			new Set([170, 180, -180, -170])
		);
		expect(area2(reading)).toBeCloseTo(area2(readGeometry('Polygon', [box(0, 60, 20, 70)])), -3);
	});

	test('holes go with their piece, and one across the antimeridian is cut too', () => {
		const across = box(175, 63, -175, 65).toReversed();
		const beside = box(-174, 66, -173, 67).toReversed();
		const reading = readGeometry('Polygon', [box(170, 60, -170, 70), across, beside]);
		const whole = readGeometry('Polygon', [
			box(-10, 60, 10, 70),
			box(-5, 63, 5, 65).toReversed(),
			box(6, 66, 7, 67).toReversed()
		]);
		const pieces = geometryOf(reading) as { coordinates: Position[][][] };
		expect(pieces.coordinates.map((rings) => rings.length).toSorted()).toEqual([1, 2]);
		expect(area2(reading)).toBeCloseTo(area2(whole), -3);
	});

	test('teeth over the antimeridian become pieces that hold no more than the teeth', () => {
		const teeth = (lng: (value: number) => number) => [
			...[0, 2, 4, 6].flatMap((lat) => [
				[lng(175), lat],
				[lng(185), lat],
				[lng(185), lat + 1],
				[lng(175), lat + 1]
			]),
			[lng(170), 7],
			[lng(170), 0],
			[lng(175), 0]
		];
		const reading = readGeometry('Polygon', [teeth((lng) => (lng > 180 ? lng - 360 : lng))]);
		const whole = readGeometry('Polygon', [teeth((lng) => lng - 175)]);
		expect(whole.findings).toEqual([]);
		expect((geometryOf(reading) as { coordinates: unknown[] }).coordinates).toHaveLength(5);
		expect(area2(reading)).toBeCloseTo(area2(whole), -3);
	});

	test.each([
		['north', 80, 90],
		['south', -80, -90]
	])('a ring round the %s pole is closed over it', (_, lat, pole) => {
		const lngs = [-150, -90, -30, 30, 90, 150, -150];
		const reading = readGeometry('Polygon', [lngs.map((lng) => [lng, lat])]);
		const lats = reading.collection?.features.flatMap(positionsOf).map((position) => position[1]);
		expect(new Set(lats)).toEqual(new Set([lat, pole]));
		const cap = readGeometry('Polygon', [box(-180, Math.min(lat, pole), 180, Math.max(lat, pole))]);
		expect(area2(reading)).toBeCloseTo(area2(cap), -3);
	});

	test('the length of a whole turn along a parallel is no crossing', () => {
		const world = [box(-180, -90, 180, 90)];
		expect(geometryOf(readGeometry('Polygon', world))).toEqual({
			type: 'Polygon',
			coordinates: world
		});
	});
});

/** Every position of a feature. */
function positionsOf({ geometry }: Feature): Position[] {
	const found: Position[] = [];
	const collect = (value: unknown): void => {
		if (!Array.isArray(value)) return;
		if (typeof value[0] === 'number') found.push(value as Position);
		else value.forEach(collect);
	};
	if (geometry.type === 'GeometryCollection') {
		return geometry.geometries.flatMap((each) =>
			positionsOf({ type: 'Feature', properties: null, geometry: each })
		);
	}
	collect(geometry.coordinates);
	return found;
}

const lngsOf = (item: Feature): (number | undefined)[] => positionsOf(item).map(([lng]) => lng);

describe('crossings', () => {
	/** Every pair of edges compared: slow, and plainly right. */
	function crosses(ring: readonly Position[]): boolean {
		const side = (p: Position, q: Position, r: Position) =>
			Math.sign(
				((q[0] ?? 0) - (p[0] ?? 0)) * ((r[1] ?? 0) - (p[1] ?? 0)) -
					((q[1] ?? 0) - (p[1] ?? 0)) * ((r[0] ?? 0) - (p[0] ?? 0))
			);
		return ring.slice(1).some((b, i) =>
			ring.slice(1).some((d, j) => {
				const [a, c] = [ring[i] ?? b, ring[j] ?? d];
				return side(a, b, c) * side(a, b, d) < 0 && side(c, d, a) * side(c, d, b) < 0;
			})
		);
	}

	test('are found where comparing all edges finds them, and nowhere else', () => {
		let state = 7;
		const random = () => (state = (state * 48_271) % 2_147_483_647) / 2_147_483_647;
		let crossing = 0;
		for (let round = 0; round < 400; round++) {
			const count = 4 + Math.floor(random() * 60);
			const rough = round % 2 === 0 ? 0.4 : 1.5;
			const open = Array.from({ length: count }, (_, index) => {
				const angle = (2 * Math.PI * (index + rough * random() * 2)) / count;
				const radius = 10 + 20 * random();
				return [radius * Math.cos(angle), radius * Math.sin(angle)];
			});
			const ring = [...open, open[0] ?? []];
			const said = readGeometry('Polygon', [ring]).findings.some(({ found }) =>
				found.includes('crosses itself')
			);
			expect(said, JSON.stringify(ring)).toBe(crosses(ring));
			if (said) crossing += 1;
		}
		expect(crossing).toBeGreaterThan(40);
		expect(crossing).toBeLessThan(360);
	});

	test('in a hundred thousand edges each is compared with few others, in one ring or in many', () => {
		const circle = Array.from({ length: 100_000 }, (_, index) => {
			const angle = (2 * Math.PI * index) / 100_000;
			return [50 * Math.cos(angle), 50 * Math.sin(angle)];
		});
		const squares = Array.from({ length: 20_000 }, (_, index) => {
			const [x, y] = [(index % 200) * 0.5 - 60, Math.floor(index / 200) * 0.5 - 30];
			return [
				[
					[x, y],
					[x + 0.2, y],
					[x + 0.2, y + 0.2],
					[x, y + 0.2],
					[x, y]
				]
			];
		});
		const ring = [...circle, ...circle.slice(0, 1)];
		expect(readGeometry('Polygon', [ring]).findings).toEqual([]);
		expect(readGeometry('MultiPolygon', squares).findings).toEqual([]);
		for (const rings of [[ring], squares.flat()]) {
			const work = edgeTree(rings).crossings();
			let pauses = 0;
			while (!work.next().done) pauses += 1;
			// Twenty thousand comparisons come between two pauses.
			expect((pauses * 20_000) / 100_000).toBeLessThan(50);
		}
	});
});

describe('work in slices', () => {
	test('comes to the same as work at once, and never goes on for long', async () => {
		const text = textOf('bad', 'several-mistakes-at-once');
		let pauses = 0;
		const pause = () => {
			pauses += 1;
			return Promise.resolve();
		};
		const sliced = await finishInSlices(readGeoJson(text), 0, () => 0, pause);
		expect(sliced).toEqual(finish(readGeoJson(text)));
		expect(pauses).toBeGreaterThan(3);
	});
});

describe('our own geodata', () => {
	const levels = readdirSync('data/basemap').filter((file) => file !== 'labels.json');

	test.each(readdirSync('data/places'))('%s is good GeoJSON', (file) => {
		const reading = finish(readGeoJson(readFileSync(join('data/places', file), 'utf8')));
		expect(messages(reading)).toBe(verdict(reading));
	});

	test('the labels of the basemap are good GeoJSON', () => {
		const reading = finish(readGeoJson(readFileSync('data/basemap/labels.json', 'utf8')));
		expect(reading.findings).toEqual([]);
	});

	test.each(levels)(
		'%s holds features without a mistake, over the antimeridian in one piece',
		(file) => {
			const topology = JSON.parse(readFileSync(join('data/basemap', file), 'utf8')) as Topology;
			const features = Object.values(topology.objects).flatMap((object) => {
				const found = feature(topology, object);
				return found.type === 'FeatureCollection' ? found.features : [found];
			});
			const drawn = features.filter((item) => positionsOf(item).length > 0);
			const value = { type: 'FeatureCollection', features: drawn };
			expect(finish(readCollection({ value, oddities: [] }, UNWRAPPED)).findings).toEqual([]);
			expect(RFC_7946.antimeridian).toBe(true);
		}
	);
});
