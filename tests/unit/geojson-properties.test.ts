import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import type { Feature, Position } from 'geojson';
import { describe, expect, test } from 'vitest';
import { finish, readGeoJson } from '../../src/lib/geojson';
import type { Reading } from '../../src/lib/geojson';
import { damaged, damages, runs } from './cases';

const corpus = (['good', 'bad'] as const).flatMap((folder) => {
	const path = join('tests', 'fixtures', 'geojson', folder);
	const files = readdirSync(path).filter((file) => file.endsWith('.geojson'));
	return files.toSorted().map((file) => readFileSync(join(path, file), 'utf8'));
});

/** A number as it may stand for a longitude or latitude: mostly good, often at an edge, sometimes nonsense. */
function coordinate(most: number): fc.Arbitrary<unknown> {
	return fc.oneof(
		{ weight: 60, arbitrary: fc.integer({ min: -most, max: most }) },
		{ weight: 40, arbitrary: fc.double({ min: -most, max: most, noNaN: true }) },
		{ weight: 4, arbitrary: fc.constantFrom(-most, most, most - 1, 1 - most, most - 1e-9, 0, -0) },
		{ weight: 4, arbitrary: fc.double({ min: -2 * most, max: 2 * most, noNaN: true }) },
		{ weight: 1, arbitrary: fc.oneof(fc.double(), fc.constantFrom(null, '12', true, [], {})) }
	);
}

const position = fc.oneof(
	{ weight: 30, arbitrary: fc.tuple(coordinate(180), coordinate(90)) },
	{ weight: 1, arbitrary: fc.array(coordinate(180), { maxLength: 5 }) }
);

/** Corners of a grid near each other: positions that repeat, touch, turn back and lie on one line. */
const closePosition = fc.tuple(
	fc.constantFrom(170, 175, 179, 180, -180, -179, -175, 181, 185),
	fc.constantFrom(80, 85, 88, 90, 60)
);

const ring = fc
	.tuple(
		fc.oneof(
			fc.array(position, { maxLength: 8 }),
			fc.array(closePosition, { minLength: 3, maxLength: 9 })
		),
		fc.boolean()
	)
	.map(([open, isClosed]) => (isClosed ? [...open, ...open.slice(0, 1)] : open));

/** Around a centre, as likely as not over the antimeridian or round a pole; longitudes in ±180. */
const roundRing = fc
	.record({
		lng: fc.constantFrom(0, 175, 180, -178),
		lat: fc.constantFrom(0, 60, -80, 89),
		reach: fc.constantFrom(1, 8, 30, 120),
		bends: fc.array(fc.double({ min: 0.3, max: 1, noNaN: true }), { minLength: 3, maxLength: 12 }),
		isClockwise: fc.boolean()
	})
	.map(({ lng, lat, reach, bends, isClockwise }) => {
		const open = bends.map((bend, index) => {
			const angle = (2 * Math.PI * index) / bends.length;
			const x = lng + reach * bend * Math.cos(angle);
			const y = Math.max(-90, Math.min(90, lat + (reach / 4) * bend * Math.sin(angle)));
			return [((((x + 180) % 360) + 360) % 360) - 180, y];
		});
		const closed = [...open, ...open.slice(0, 1)];
		return isClockwise ? closed.toReversed() : closed;
	});

const rings = fc.oneof(
	fc.array(ring, { maxLength: 3 }),
	roundRing.map((round) => [round]),
	fc.tuple(roundRing, ring).map((both) => [...both])
);

const TYPES = ['Point', 'MultiPoint', 'LineString', 'MultiLineString', 'Polygon', 'MultiPolygon'];

const { geometry } = fc.letrec((tie) => ({
	geometry: fc.oneof(
		{ maxDepth: 3, withCrossShrink: true },
		fc.record({ type: fc.constant('Point'), coordinates: position }),
		fc.record({
			type: fc.constant('MultiPoint'),
			coordinates: fc.array(position, { maxLength: 4 })
		}),
		fc.record({
			type: fc.constant('LineString'),
			coordinates: fc.array(fc.oneof(position, closePosition), { maxLength: 6 })
		}),
		fc.record({ type: fc.constant('Polygon'), coordinates: rings }),
		fc.record({
			type: fc.constant('MultiPolygon'),
			coordinates: fc.array(rings, { maxLength: 3 })
		}),
		fc.record({
			type: fc.constantFrom(...TYPES),
			coordinates: fc.oneof(position, ring, rings, fc.jsonValue())
		}),
		fc.record({
			type: fc.constant('GeometryCollection'),
			geometries: fc.array(tie('geometry'), { maxLength: 3 })
		}),
		fc.constant(null)
	)
}));

const feature = fc.record(
	{
		type: fc.oneof(
			{ weight: 30, arbitrary: fc.constant('Feature') },
			{ weight: 1, arbitrary: fc.string() }
		),
		id: fc.oneof(fc.nat(5), fc.constantFrom('a', 'b', null)),
		properties: fc.oneof(
			fc.dictionary(fc.string({ maxLength: 5 }), fc.jsonValue({ maxDepth: 2 }), { maxKeys: 3 }),
			fc.constant(null)
		),
		geometry,
		bbox: fc.array(coordinate(180), { maxLength: 4 })
	},
	{ requiredKeys: ['type', 'properties', 'geometry'] }
);

const file = fc.oneof(
	{
		weight: 6,
		arbitrary: fc
			.array(feature, { maxLength: 4 })
			.map((features) => JSON.stringify({ type: 'FeatureCollection', features }))
	},
	{
		weight: 1,
		arbitrary: fc.oneof(feature, geometry, fc.jsonValue()).map((value) => JSON.stringify(value))
	},
	{
		weight: 3,
		arbitrary: fc
			.tuple(fc.constantFrom(...corpus), damages)
			.map(([text, all]) => damaged(text, all))
	},
	{ weight: 1, arbitrary: fc.constantFrom(...corpus) }
);

function read(text: string): Reading {
	return finish(readGeoJson(text));
}

/** Every position in the coordinates of a geometry or collection. */
function* positions(value: unknown): Generator<Position> {
	if (Array.isArray(value)) {
		if (value.some((item) => Array.isArray(item))) for (const item of value) yield* positions(item);
		else if (value.length > 0) yield value as Position;
	} else if (typeof value === 'object' && value !== null) {
		const { coordinates, geometries } = value as { coordinates?: unknown; geometries?: unknown[] };
		yield* positions(coordinates);
		for (const each of geometries ?? []) yield* positions(each);
	}
}

describe('whatever a file holds', () => {
	test('it is read without throwing, and what is drawn has finite numbers in range', () => {
		fc.assert(
			fc.property(file, (text) => {
				const { collection, findings, leftOut } = read(text);
				if (collection === null)
					expect(findings.some(({ severity }) => severity === 'error')).toBe(true);
				expect(leftOut).toBeGreaterThanOrEqual(0);
				for (const item of collection?.features ?? []) {
					expect(item.type).toBe('Feature');
					for (const at of positions(item.geometry)) {
						const [lng = NaN, lat = NaN] = at;
						if (!at.every(Number.isFinite) || Math.abs(lng) > 180 || Math.abs(lat) > 90) {
							expect.fail(`${JSON.stringify(at)} is drawn`);
						}
					}
				}
			}),
			runs(2_000)
		);
	});

	test('what is drawn is good: read again, it is drawn as it is, and nothing is mended', () => {
		fc.assert(
			fc.property(file, (text) => {
				const { collection } = read(text);
				if (collection === null) return;
				const again = read(JSON.stringify(collection));
				expect(again.findings.filter(({ severity }) => severity !== 'suspicion')).toEqual([]);
				expect(JSON.stringify(again.collection)).toBe(JSON.stringify(collection));
			}),
			runs(2_000)
		);
	});

	test('nothing reaches the prototype of all objects', () => {
		const before = Object.getOwnPropertyNames(Object.prototype).toSorted();
		const hostile = fc.constantFrom('__proto__', 'constructor', 'prototype', '\\u005f_proto__');
		const members = fc.array(
			fc.tuple(hostile, fc.constantFrom('{"polluted":true}', 'null', '[]')),
			{ minLength: 1, maxLength: 3 }
		);
		const groups = members.map((all) => all.map(([key, value]) => `"${key}":${value}`).join());
		fc.assert(
			fc.property(groups, groups, fc.nat(4), (one, other, at) => {
				const put = (here: number) => (here === at ? `${one},"x":{${other}},` : '');
				const text =
					`{${put(0)}"type":"FeatureCollection","features":[{${put(1)}"type":"Feature","properties":{${put(2)}"a":1},` +
					`"geometry":{${put(3)}"type":"Point","coordinates":[1,2]}}]}`;
				const { collection, findings } = read(text);
				const isUnsafe = at < 4 && /"(?:__proto__|\\u005f_proto__)"/.test(text);
				if (isUnsafe) expect(findings.some(({ severity }) => severity === 'error')).toBe(true);
				for (const item of collection?.features ?? []) {
					expect(Object.getPrototypeOf(item)).toBe(Object.prototype);
					expect(Object.getPrototypeOf(item.properties)).toBe(Object.prototype);
				}
				expect('polluted' in {}).toBe(false);
			}),
			runs(2_000)
		);
		expect(Object.getOwnPropertyNames(Object.prototype).toSorted()).toEqual(before);
	});
});

describe('a good feature', () => {
	const degrees = (most: number) => fc.double({ min: -most, max: most, noNaN: true });
	const place = fc.tuple(degrees(80), degrees(70));
	/** Eight or more corners round a centre, none nearer to it than half the farthest reach allows a hole. */
	const star = fc.record({
		centre: fc.tuple(degrees(160), degrees(75)),
		reaches: fc.array(fc.double({ min: 1, max: 10, noNaN: true }), { minLength: 8, maxLength: 16 }),
		hole: fc.option(fc.double({ min: 0.1, max: 0.5, noNaN: true }))
	});
	const polygon = star.map(({ centre: [x, y], reaches, hole }) => {
		const around = (reach: (of: number) => number) => {
			const open = reaches.map((of, index) => {
				const angle = (2 * Math.PI * index) / reaches.length;
				return [x + reach(of) * Math.cos(angle), y + reach(of) * Math.sin(angle)];
			});
			return [...open, ...open.slice(0, 1)];
		};
		const outer = around((of) => of);
		return hole === null ? [outer] : [outer, around(() => hole).toReversed()];
	});
	const drawn = fc.oneof(
		place.map((coordinates) => ({ type: 'Point', coordinates })),
		fc
			.uniqueArray(place, { minLength: 2, maxLength: 8 })
			.map((coordinates) => ({ type: 'LineString', coordinates })),
		polygon.map((coordinates) => ({ type: 'Polygon', coordinates }))
	);
	const good = fc.record({
		type: fc.constant('Feature'),
		properties: fc
			.dictionary(fc.string({ maxLength: 5 }), fc.jsonValue({ maxDepth: 1 }), { maxKeys: 2 })
			.filter((properties) => !JSON.stringify(properties).includes('__proto__')),
		geometry: drawn
	});

	test('is kept to the letter, whatever is beside it', () => {
		fc.assert(
			fc.property(fc.array(good, { minLength: 1, maxLength: 3 }), feature, (features, other) => {
				const value = {
					type: 'FeatureCollection',
					features: [...features, { ...other, id: 'other' }]
				};
				const { collection, findings } = read(JSON.stringify(value));
				const said = findings.filter(
					({ feature: index, severity }) => index !== features.length && severity !== 'suspicion'
				);
				expect(said).toEqual([]);
				// As JSON has them: -0 is 0 there.
				const kept = collection?.features.slice(0, features.length);
				expect(kept).toEqual(JSON.parse(JSON.stringify(features)) as Feature[]);
			}),
			runs(2_000)
		);
	});
});
