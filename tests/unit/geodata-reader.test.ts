import { readFileSync } from 'node:fs';
import type { Feature, FeatureCollection } from 'geojson';
import { describe, expect, test } from 'vitest';
import { finish } from '../../src/lib/geodata';
import { feed } from '../../src/lib/geodata-reader';
import type { Feedable } from '../../src/lib/geodata-reader';
import { readTopology } from '../../src/lib/geodata-reader/reading';

const read = (text: string) => finish(readTopology(text));

describe('a level of the basemap', () => {
	const world = readFileSync('data/basemap/world.json', 'utf8');

	test('is unpacked, each feature with the name of its object as role', () => {
		const { collection, findings } = read(world);
		expect(findings).toEqual([]);
		const roles = collection?.features.map(({ properties }) => properties?.['role'] as unknown);
		expect(new Set(roles)).toEqual(
			new Set(['land', 'coast', 'borders', 'lakes', 'rivers', 'shores'])
		);
	});

	test.each([
		['cut short', world.slice(0, 100_000), 'JSON that cannot be read'],
		['a web page', '<!doctype html><p>Sign in', 'a web page (HTML)'],
		['GeoJSON', '{"type":"FeatureCollection","features":[]}', 'its type is “FeatureCollection”'],
		['nothing', 'null', 'TopoJSON that cannot be unpacked'],
		[
			'without its arcs',
			JSON.stringify({ ...(JSON.parse(world) as object), arcs: [] }),
			'TopoJSON that cannot be unpacked'
		],
		[
			'with an arc that is none',
			'{"type":"Topology","objects":{"a":{"type":"LineString","arcs":[7]}},"arcs":[]}',
			'TopoJSON that cannot be unpacked'
		]
	])('that is %s is refused, with the reason', (_, text, reason) => {
		const { collection, findings } = read(text);
		expect(collection).toBeNull();
		expect(findings.map(({ found }) => found).join()).toContain(reason);
	});
});

describe('a large collection', () => {
	const point = (key: string): Feature => ({
		type: 'Feature',
		properties: { key },
		geometry: { type: 'Point', coordinates: [1, 2] }
	});

	/** How the map's source was given a collection: how many features each time. */
	async function given(
		features: Feature[]
	): Promise<{ set: number[]; added: number[]; all: Feature[] }> {
		const [set, added, all]: [number[], number[], Feature[]] = [[], [], []];
		const source: Feedable = {
			setData(data) {
				set.push(data.features.length);
				all.push(...data.features);
				return Promise.resolve();
			},
			updateData({ add }) {
				added.push(add.length);
				all.push(...add);
				return Promise.resolve();
			}
		};
		const collection: FeatureCollection = { type: 'FeatureCollection', features };
		await feed(source, collection, ({ properties }) => properties?.['key']);
		return { set, added, all };
	}

	test('is given to the map in parts, in order and whole', async () => {
		const features = Array.from({ length: 25_000 }, (_, index) => point(String(index)));
		const { set, added, all } = await given(features);
		expect([set, added]).toEqual([[10_000], [10_000, 5000]]);
		expect(all).toEqual(features);
	});

	test('is given at once where two features have the same key, or one has none', async () => {
		const features = Array.from({ length: 25_000 }, (_, index) => point(String(index % 24_999)));
		expect(await given(features)).toMatchObject({ set: [25_000], added: [] });
	});

	test('is given at once where it is small, and also where it is empty', async () => {
		expect(await given([point('a'), point('b')])).toMatchObject({ set: [2], added: [] });
		expect(await given([])).toMatchObject({ set: [0], added: [] });
	});
});
