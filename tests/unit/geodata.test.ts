import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { brotliCompressSync } from 'node:zlib';
import { area, booleanClockwise, booleanPointInPolygon } from '@turf/turf';
import { geoArea } from 'd3-geo';
import type { Feature, FeatureCollection, MultiPolygon, Point, Polygon, Position } from 'geojson';
import { feature } from 'topojson-client';
import type { Topology } from 'topojson-specification';
import { describe, expect, test } from 'vitest';
import { published, publishedIds } from '../fixtures/stories';

const data = join(dirname(fileURLToPath(import.meta.url)), '..', '..', 'data');

type Outline = Feature<Polygon | MultiPolygon>;

function read(folder: string, file: string): string {
	return readFileSync(join(data, folder, file), 'utf8');
}

function brotli(folder: string, files: readonly string[]): number {
	return files
		.map((file) => brotliCompressSync(read(folder, file)).length)
		.reduce((sum, bytes) => sum + bytes, 0);
}

const places = new Map(
	readdirSync(join(data, 'places')).map((file) => [
		file.replace('.geojson', ''),
		JSON.parse(read('places', file)) as FeatureCollection
	])
);
const ids = [...places.keys()].sort();

function outlineOf(id: string): Outline {
	const found = places.get(id)?.features.find((item) => item.properties?.['role'] === 'outline');
	if (!found) throw new Error(`${id} has no outline`);
	return found as Outline;
}

function pointOf(id: string): Feature<Point> {
	const found = places.get(id)?.features.find((item) => item.properties?.['role'] === 'point');
	if (!found) throw new Error(`${id} has no point`);
	return found as Feature<Point>;
}

const outlined = ids.filter((id) => (places.get(id)?.features.length ?? 0) > 1);

function polygonsOf({ geometry }: Outline): Position[][][] {
	return geometry.type === 'Polygon' ? [geometry.coordinates] : geometry.coordinates;
}

function ringsOf(outline: Outline): Position[][] {
	return polygonsOf(outline).flat();
}

const levelIds = ['world', 'ukraine', 'bering', 'korea', 'germany', 'washington'] as const;
type LevelId = (typeof levelIds)[number];
const levels = Object.fromEntries(
	levelIds.map((id) => [id, JSON.parse(read('basemap', `${id}.json`)) as Topology])
) as Record<LevelId, Topology>;

function objectOf(level: LevelId, name: string): Feature[] {
	const object = levels[level].objects[name];
	if (!object) throw new Error(`${level} has no ${name}`);
	const found = feature(levels[level], object);
	return found.type === 'FeatureCollection' ? found.features : [found];
}

function countryOf(level: LevelId, code: string): Outline {
	const found = objectOf(level, 'land').find((item) => item.properties?.['country'] === code);
	if (!found) throw new Error(`${level} has no ${code}`);
	return found as Outline;
}

/** Every line of a feature's geometry, whatever its type. */
function linesOf({ geometry }: Feature): Position[][] {
	switch (geometry.type) {
		case 'LineString':
			return [geometry.coordinates];
		case 'MultiLineString':
		case 'Polygon':
			return geometry.coordinates;
		case 'MultiPolygon':
			return geometry.coordinates.flat();
		default:
			return [];
	}
}

function edgesOf(line: readonly Position[]): [Position, Position][] {
	return line.slice(1).map((to, index) => [line[index] ?? to, to]);
}

/**
 * The first place where two edges of the rings cross in their insides, exactly: the coordinates are
 * whole numbers of steps of 0.00001°.
 */
function firstCrossing(rings: readonly (readonly Position[])[]): Position | undefined {
	const cell = 50_000;
	const buckets = new Map<string, [number, number, number, number][]>();
	const whole = (value: number | undefined): number => Math.round((value ?? 0) * 1e5);
	for (const [from, to] of rings.flatMap((ring) => edgesOf(ring))) {
		const edge: [number, number, number, number] = [
			whole(from[0]),
			whole(from[1]),
			whole(to[0]),
			whole(to[1])
		];
		const [ax, ay, bx, by] = edge;
		for (let x = Math.floor(Math.min(ax, bx) / cell); x <= Math.max(ax, bx) / cell; x++) {
			for (let y = Math.floor(Math.min(ay, by) / cell); y <= Math.max(ay, by) / cell; y++) {
				const key = `${String(x)} ${String(y)}`;
				const bucket = buckets.get(key) ?? [];
				if (bucket.some((other) => cross(edge, other))) return [ax / 1e5, ay / 1e5];
				bucket.push(edge);
				buckets.set(key, bucket);
			}
		}
	}
	return undefined;
}

type Edge = readonly [number, number, number, number];

function cross([ax, ay, bx, by]: Edge, [cx, cy, dx, dy]: Edge): boolean {
	const side = (px: number, py: number, qx: number, qy: number, rx: number, ry: number): number =>
		Math.sign((qx - px) * (ry - py) - (qy - py) * (rx - px));
	return (
		side(ax, ay, bx, by, cx, cy) * side(ax, ay, bx, by, dx, dy) < 0 &&
		side(cx, cy, dx, dy, ax, ay) * side(cx, cy, dx, dy, bx, by) < 0
	);
}

describe('places', () => {
	test.each(ids)('%s has one point, at most one outline, and every property', (id) => {
		const features = places.get(id)?.features ?? [];
		expect(features.map((item) => item.id)).toEqual(
			features.length > 1 ? [id, `${id}-point`] : [id]
		);
		expect(features.map((item) => item.properties?.['role'] as unknown)).toEqual(
			features.length > 1 ? ['outline', 'point'] : ['point']
		);
		for (const { properties } of features) {
			expect(properties).toMatchObject({ place: id });
			expect(properties?.['kind']).toMatch(/^(state|city|region|country|building|strait)$/);
			expect(properties?.['source']).toMatch(/\S/);
			const { country, timezone } = properties as Record<string, unknown>;
			if (country !== null) expect(country).toMatch(/^[A-Z]{2}$/);
			if (timezone !== null) expect(timezone).toMatch(/^[A-Z]\w+\/\w+$/);
		}
	});

	test('have ids that no other feature has', () => {
		const all = [...places.values()].flatMap(({ features }) => features.map(({ id }) => id));
		expect(new Set(all).size).toBe(all.length);
	});

	test.each([
		['alaska', 1_495_899],
		['kursk', 30_013],
		['donetsk', 26_521],
		['luhansk', 26_227],
		['zaporizhzhia', 27_006],
		['kherson', 26_109],
		['crimea', 26_285],
		['sevastopol', 748],
		['ukraine', 597_212],
		['pyongyang', 2_704],
		['north-korea', 122_304],
		['berlin', 886],
		['germany', 356_393],
		['washington', 174]
	])('%s covers %i km², within 2 %%', (id, squareKilometres) => {
		const ratio = area(outlineOf(id)) / 1e6 / squareKilometres;
		expect(Math.abs(ratio - 1)).toBeLessThan(0.02);
	});

	test.each(outlined)('the rings of %s are closed and have at least four positions', (id) => {
		for (const ring of ringsOf(outlineOf(id))) {
			expect(ring.length).toBeGreaterThanOrEqual(4);
			expect(ring[0]).toEqual(ring.at(-1));
		}
	});

	test.each(outlined)('the outer rings of %s run counter-clockwise, its holes clockwise', (id) => {
		for (const rings of polygonsOf(outlineOf(id))) {
			expect(rings.map((ring) => booleanClockwise(ring))).toEqual(
				rings.map((_, index) => index > 0)
			);
		}
	});

	test.each(outlined)('%s has no edge longer than half the world, and none of no length', (id) => {
		for (const [from, to] of ringsOf(outlineOf(id)).flatMap(edgesOf)) {
			expect(Math.abs((to[0] ?? 0) - (from[0] ?? 0))).toBeLessThan(180);
			expect(to).not.toEqual(from);
		}
	});

	test.each(outlined)('%s does not cross itself', (id) => {
		expect(firstCrossing(ringsOf(outlineOf(id)))).toBeUndefined();
	});

	test('keep to the ranges of longitude and latitude', () => {
		const outside = [...places.values()]
			.flatMap(({ features }) => features)
			.flatMap((item) =>
				item.geometry.type === 'Point' ? [item.geometry.coordinates] : linesOf(item).flat()
			)
			.filter(([lng = NaN, lat = NaN]) => !(Math.abs(lng) <= 180 && Math.abs(lat) <= 90));
		expect(outside).toEqual([]);
	});

	test('Alaska reaches over the antimeridian, in parts on either side', () => {
		const lngs = ringsOf(outlineOf('alaska')).map((ring) => ring[0]?.[0] ?? 0);
		expect(lngs.filter((lng) => lng > 170).length).toBeGreaterThanOrEqual(4);
		expect(lngs.filter((lng) => lng < -129).length).toBeGreaterThan(50);
	});

	test.each(outlined)('the point of %s lies inside its outline', (id) => {
		expect(booleanPointInPolygon(pointOf(id), outlineOf(id))).toBe(true);
	});

	test.each([
		['anchorage', 'alaska'],
		['kyiv', 'ukraine'],
		['kursk', 'russia'],
		['donetsk', 'ukraine'],
		['luhansk', 'ukraine'],
		['zaporizhzhia', 'ukraine'],
		['kherson', 'ukraine'],
		['crimea', 'ukraine'],
		['sevastopol', 'ukraine'],
		['moscow', 'russia'],
		['kremlin', 'moscow'],
		['kremlin', 'russia'],
		['pyongyang', 'north-korea'],
		['seoul', 'south-korea'],
		['berlin', 'germany']
	])('%s lies in %s', (inner, outer) => {
		expect(booleanPointInPolygon(pointOf(inner), outlineOf(outer))).toBe(true);
	});

	test.each([
		['kursk', 'ukraine'],
		['donetsk', 'ukraine'],
		['luhansk', 'ukraine'],
		['zaporizhzhia', 'ukraine'],
		['kherson', 'ukraine'],
		['crimea', 'ukraine'],
		['sevastopol', 'ukraine'],
		['moscow', 'ukraine'],
		['ukraine', 'ukraine'],
		['north-korea', 'korea'],
		['south-korea', 'korea'],
		['berlin', 'germany'],
		['germany', 'germany'],
		['alaska', 'bering'],
		['russia', 'world']
	] as const)('%s runs exactly along the lines of the level %s', (id, level) => {
		const key = ([lng = 0, lat = 0]: Position): string =>
			`${(((lng % 360) + 360) % 360).toFixed(4)} ${lat.toFixed(4)}`;
		const drawn = new Set(
			['land', 'admin1']
				.filter((name) => levels[level].objects[name])
				.flatMap((name) => objectOf(level, name).flatMap(linesOf).flat().map(key))
		);
		const astray = ringsOf(outlineOf(id)).flat();
		expect(astray.filter((position) => !drawn.has(key(position)))).toEqual([]);
	});
});

describe('Crimea', () => {
	const simferopol: Position = [34.1, 44.95];
	const sevastopol: Position = [33.52, 44.6];

	test.each([
		['Simferopol', simferopol],
		['Sevastopol', sevastopol]
	])('%s lies in Ukraine and not in Russia, among the places', (_, position) => {
		expect(booleanPointInPolygon(position, outlineOf('ukraine'))).toBe(true);
		expect(booleanPointInPolygon(position, outlineOf('russia'))).toBe(false);
	});

	test.each(['world', 'ukraine'] as const)('lies in Ukraine on the level %s', (level) => {
		for (const position of [simferopol, sevastopol]) {
			expect(booleanPointInPolygon(position, countryOf(level, 'UKR'))).toBe(true);
			expect(booleanPointInPolygon(position, countryOf(level, 'RUS'))).toBe(false);
		}
	});

	test.each(['world', 'ukraine'] as const)('no country border runs through it on %s', (level) => {
		const near = objectOf(level, 'borders')
			.flatMap(linesOf)
			.flat()
			.filter(([lng = 0, lat = 0]) => lng > 32.3 && lng < 36.8 && lat > 44.2 && lat < 46.3);
		expect(near).toEqual([]);
	});

	test('its cities are labelled as Ukrainian', () => {
		const { features } = JSON.parse(read('basemap', 'labels.json')) as FeatureCollection;
		for (const name of ['Simferopol', 'Sevastopol']) {
			const found = features.find(({ properties }) => properties?.['name:en'] === name);
			expect(found?.properties?.['country']).toBe('UA');
		}
	});
});

describe('the basemap', () => {
	test.each(levelIds)('%s has land by country, coast, and borders by status', (level) => {
		const codes = objectOf(level, 'land').map((item) => item.properties?.['country'] as unknown);
		expect(new Set(codes).size).toBe(codes.length);
		for (const code of codes) expect(code).toMatch(/^[A-Z]{3}$/);
		expect(objectOf(level, 'coast').flatMap(linesOf).length).toBeGreaterThan(0);
		expect(objectOf(level, 'borders').map((item) => item.properties)).toEqual([
			{ status: 'agreed' },
			{ status: 'disputed' }
		]);
	});

	test.each(levelIds)('%s winds its polygons as d3-geo reads them: clockwise', (level) => {
		const names = ['land', 'lakes', ...(level === 'world' ? [] : ['sea'])];
		for (const item of names.flatMap((name) => objectOf(level, name))) {
			expect(geoArea(item), JSON.stringify(item.properties)).toBeLessThan(2);
		}
	});

	test.each(levelIds)('%s has no country that crosses itself', (level) => {
		for (const item of objectOf(level, 'land')) {
			const crossing = firstCrossing(linesOf(item));
			expect(crossing, JSON.stringify(item.properties)).toBeUndefined();
		}
	});

	test.each(levelIds)('%s has no line across the antimeridian as a band, or along it', (level) => {
		const edges = ['coast', 'borders', 'rivers', 'shores']
			.flatMap((name) => objectOf(level, name).flatMap(linesOf))
			.flatMap(edgesOf);
		const seam = level === 'world' ? 179.99 : 180;
		const wrong = edges.filter(
			([[ax = 0, ay = 0], [bx = 0, by = 0]]) =>
				Math.abs(bx - ax) > 2.01 ||
				(ax === bx && (level === 'world' ? Math.abs(ax) > seam : ax === seam)) ||
				(ay < -89 && by < -89)
		);
		expect(wrong).toEqual([]);
	});

	test('Chukotka is one piece across the antimeridian in the window of Bering', () => {
		const mainland = polygonsOf(countryOf('bering', 'RUS')).filter(([outer = []]) => {
			const lngs = outer.map(([lng = 0]) => lng);
			return Math.min(...lngs) < 179 && Math.max(...lngs) > 188;
		});
		expect(mainland).toHaveLength(1);
	});

	test.each(levelIds)('%s keeps to its ranges', (level) => {
		const limits: Record<LevelId, readonly [number, number, number, number]> = {
			world: [-180, -90, 180, 90],
			ukraine: [20.95, 42.95, 49.05, 58.55],
			bering: [159.95, 49.95, 232.05, 73.05],
			korea: [120.95, 32.95, 133.05, 44.05],
			germany: [2.35, 46.45, 17.05, 56.05],
			washington: [-81.05, 36.45, -69.45, 43.55]
		};
		const [west, south, east, north] = limits[level];
		const outside = Object.keys(levels[level].objects)
			.flatMap((name) => objectOf(level, name).flatMap(linesOf).flat())
			.filter(
				([lng = NaN, lat = NaN]) =>
					!(lng > west - 1e-6 && lng < east + 1e-6 && lat > south - 1e-6 && lat < north + 1e-6)
			);
		expect(outside).toEqual([]);
	});

	test.each([
		['between Serbia and Kosovo', 'disputed', 21, 43.1],
		['of control in Kashmir', 'disputed', 75, 34.6],
		['on the Golan', 'disputed', 35.85, 33.1],
		['between Israel and the West Bank', 'disputed', 35, 32.3],
		['between Morocco and Western Sahara', 'disputed', -9.5, 27.66],
		['between the Koreas', 'agreed', 127.5, 38.3],
		['between Russia and Ukraine', 'agreed', 37, 50.3]
	])('the line %s is drawn as %s', (_, status, lng, lat) => {
		const distance = (item: Feature): number =>
			Math.min(
				...linesOf(item)
					.flat()
					.map(([x = 0, y = 0]) => Math.hypot(x - lng, y - lat))
			);
		const byDistance = objectOf('world', 'borders').sort((a, b) => distance(a) - distance(b));
		expect(byDistance[0]?.properties).toEqual({ status });
	});

	test('has observers and small states of their own, and no state that the United Nations lacks', () => {
		const codes = new Set(
			objectOf('world', 'land').map((item) => item.properties?.['country'] as unknown)
		);
		for (const code of ['PSE', 'ESH', 'UKR', 'RUS', 'PRK', 'KOR', 'TUV', 'MCO', 'ATA']) {
			expect(codes, code).toContain(code);
		}
		for (const code of ['CYN', 'SOL', 'KAB']) expect(codes, code).not.toContain(code);
	});

	test.each([
		['Caspian Sea', 50.5, 42.3],
		['Kerch Strait', 36.55, 45.25],
		['Sea of Azov', 36.5, 46],
		['Baltic Sea', 19, 57.6]
	])('the %s is no land on the world level', (_, lng, lat) => {
		const wet = objectOf('world', 'land').filter((item) =>
			booleanPointInPolygon([lng, lat], item as Outline)
		);
		expect(wet.map((item) => item.properties)).toEqual([]);
	});

	test.each([
		['Superior', -87.5, 47.7],
		['Michigan', -87, 43.5],
		['Huron', -82.4, 44.8],
		['Baikal', 108.2, 53.6],
		['Ladoga', 31.5, 60.8],
		['Victoria', 33, -1]
	])('Lake %s is a lake on the world level', (_, lng, lat) => {
		const [lakes] = objectOf('world', 'lakes') as Outline[];
		expect(lakes && booleanPointInPolygon([lng, lat], lakes)).toBe(true);
	});

	test('is at most 220 kB in all, and the world 70 kB, with brotli', () => {
		expect(brotli('basemap', readdirSync(join(data, 'basemap')))).toBeLessThanOrEqual(220_000);
		expect(brotli('basemap', ['world.json'])).toBeLessThanOrEqual(70_000);
	});

	test.for(publishedIds)('the places of %s are at most 110 kB with brotli', (story) => {
		const files = Object.keys(published(story).places).map((id) => `${id}.geojson`);
		expect(brotli('places', files)).toBeLessThanOrEqual(110_000);
	});
});

describe('names', () => {
	const labels = JSON.parse(read('basemap', 'labels.json')) as FeatureCollection;
	const named = [
		...labels.features,
		...[...places.values()].flatMap(({ features }) => features)
	].map(({ id, properties }) => ({
		id,
		en: properties?.['name:en'] as string,
		ar: properties?.['name:ar'] as string
	}));

	test('are given in both languages, each in its own letters', () => {
		for (const { id, en, ar } of named) {
			expect(en, String(id)).toMatch(/^[\p{Script=Latin}’ ./-]+$/u);
			expect(ar, String(id)).toMatch(/^[\p{Script=Arabic} /]+$/u);
			// Vowel marks are drawn apart from their letters on the map.
			expect(ar, String(id)).not.toMatch(/[\u064B-\u0652\u0670]/);
			expect(ar.trim()).toBe(ar);
		}
	});

	test('are spelled alike wherever they stand', () => {
		const spelled = new Map<string, string>();
		for (const { en, ar } of named) {
			expect(ar, en).toBe(spelled.get(en) ?? ar);
			spelled.set(en, ar);
		}
	});

	test('have ids of their own, a kind, a rank, a country, and a point on the Earth', () => {
		const own = labels.features.map(({ id }) => id);
		expect(new Set(own).size).toBe(own.length);
		for (const { geometry, properties } of labels.features) {
			expect(properties?.['kind']).toMatch(/^(country|sea|city|state)$/);
			expect([1, 2, 3, 4, 5]).toContain(properties?.['rank']);
			expect(properties).toHaveProperty('country');
			expect(
				properties?.['country'] === null || /^[A-Z]{2}$/.test(String(properties?.['country']))
			).toBe(true);
			const [lng = NaN, lat = NaN] = (geometry as Point).coordinates;
			expect(Math.abs(lng)).toBeLessThanOrEqual(180);
			expect(Math.abs(lat)).toBeLessThanOrEqual(90);
		}
	});

	test('cover the 193 member and 2 observer states of the United Nations', () => {
		const countries = labels.features.filter(
			({ properties }) => properties?.['kind'] === 'country'
		);
		expect(countries).toHaveLength(195);
	});
});
