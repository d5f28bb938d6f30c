import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { finish } from '../../src/lib/geojson';
import { readTopology } from '../../src/lib/geojson/worker/reading';

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
