/** The basemap in data/basemap, checked: the areas and lines that pictures draw, and the names that maps may show. */
import type { FeatureCollection, Point } from 'geojson';
import { feature, merge } from 'topojson-client';
import type { MultiPolygon, Polygon, Topology } from 'topojson-specification';
import { finish, readGeoJson } from '$lib/geojson';
import { readTopology } from '$lib/geojson/worker/reading';
import { formatFinding, formatPath } from '$lib/model/finding';
import type { Localized, Position } from '$lib/model/story';
import type { Basemap, BasemapLevel } from '$lib/picture/drawing';
import { once } from './once';

const files = import.meta.glob<string>('/data/basemap/*.json', {
	query: '?raw',
	import: 'default',
	eager: true
});

/** @throws Error that lists all that is wrong in a file of the basemap */
function check(path: string, text: string): void {
	const { findings } = finish(
		path.endsWith('/labels.json') ? readGeoJson(text) : readTopology(text)
	);
	if (findings.length === 0) return;
	const lines = findings.map(
		({ path: at, found, expected, mend }) =>
			`${path.slice(1)}: ${formatFinding([found, expected, mend])} (at ${formatPath(at)})`
	);
	throw new Error(`The basemap has issues:\n${lines.join('\n')}`);
}

/** The polygons of an object; dissolved, they spare a picture every inner border. */
function areasOf(object: Topology['objects'][string] | undefined): (Polygon | MultiPolygon)[] {
	if (object?.type === 'GeometryCollection') return object.geometries.flatMap(areasOf);
	// topojson-client's types ask for objects with properties; merge() reads none.
	return object?.type === 'Polygon' || object?.type === 'MultiPolygon' ? [object as Polygon] : [];
}

function levelOf(name: string): BasemapLevel {
	const topology = JSON.parse(files[`/data/basemap/${name}.json`] ?? '{}') as Topology;
	const object = (key: string) => {
		const found = topology.objects[key];
		return found ? feature(topology, found) : null;
	};
	const empty: FeatureCollection = { type: 'FeatureCollection', features: [] };
	const borders = object('borders');
	return {
		sea: object('sea'),
		land: merge(topology, areasOf(topology.objects['land'])),
		coast: object('coast') ?? empty,
		borders: borders?.type === 'FeatureCollection' ? borders : empty,
		admin1: object('admin1'),
		lakes: object('lakes'),
		shores: object('shores'),
		rivers: object('rivers')
	};
}

/**
 * The basemap as pictures draw it.
 *
 * @throws Error that lists all that is wrong in a file of the basemap
 */
export const basemap = once((): Basemap => {
	for (const [path, text] of Object.entries(files)) check(path, text);
	const windows = Object.keys(files).flatMap((path) => {
		const name = /([^/]+)\.json$/.exec(path)?.[1];
		return name && name !== 'world' && name !== 'labels' ? [name] : [];
	});
	return { world: levelOf('world'), near: windows.map(levelOf) };
});

/** A name of the basemap. */
export interface BasemapName {
	/** Such as `city-524901`, by the number of GeoNames, or `sea-black-sea`. */
	readonly id: string;
	readonly kind: 'country' | 'sea' | 'city' | 'state';
	/** From 1, the most important, to 5. */
	readonly rank: number;
	readonly name: Localized;
	/** ISO 3166-1 alpha-2 code of the country it is or lies in; null at sea. */
	readonly country: string | null;
	readonly point: Position;
}

interface LabelProperties extends Pick<BasemapName, 'kind' | 'rank' | 'country'> {
	readonly 'name:ar': string;
	readonly 'name:en': string;
}

/** The names of the basemap, most important first. */
export const basemapNames = once((): readonly BasemapName[] => {
	// The build of the geodata wrote and checked this file.
	const { features } = JSON.parse(
		files['/data/basemap/labels.json'] ?? '{"features":[]}'
	) as FeatureCollection<Point, LabelProperties>;
	const names = features.map(({ id, properties, geometry }): BasemapName => {
		const { kind, rank, country, 'name:ar': ar, 'name:en': en } = properties;
		const [lng = NaN, lat = NaN] = geometry.coordinates;
		return { id: String(id), kind, rank, country, name: { ar, en }, point: [lng, lat] };
	});
	return names.sort((a, b) => a.rank - b.rank);
});
