import { existsSync, readFileSync } from 'node:fs';
import { GeoJSONSource, Map as MapLibreMap } from 'maplibre-gl';
import { expect, test } from 'vitest';
import { MAPLIBRE_VERSION } from '../../scripts/maplibre.mjs';
import { MAP_METHODS } from '../../src/lib/live/painter';

interface Package {
	readonly version: string;
	readonly devDependencies: Readonly<Record<string, string>>;
}

// npm writes both.
const read = (path: string) => JSON.parse(readFileSync(path, 'utf8')) as Package;
const FOLDER = 'node_modules/maplibre-gl';

test('MapLibre is built from the sources of the one version they were tried with', () => {
	const advice = 'follow “With another version” in docs/decisions/maplibre-from-source.md';
	expect(read(`${FOLDER}/package.json`).version, advice).toBe(MAPLIBRE_VERSION);
	expect(read('package.json').devDependencies['maplibre-gl'], advice).toBe(MAPLIBRE_VERSION);
	for (const source of ['index.ts', 'source/worker.ts', 'util/web_worker.ts'])
		expect(existsSync(`${FOLDER}/src/${source}`), `${source}: ${advice}`).toBe(true);
});

test('MapLibre’s own map has every method that the painter calls, and its sources take data', () => {
	for (const method of MAP_METHODS)
		expect(Reflect.get(MapLibreMap.prototype, method), method).toBeTypeOf('function');
	expect(Reflect.get(GeoJSONSource.prototype, 'setData')).toBeTypeOf('function');
});
