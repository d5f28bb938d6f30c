import { area, polygon, lineString, length } from '@turf/turf';
import type { Feature, FeatureCollection, Position } from 'geojson';
import { feature } from 'topojson-client';
import type { GeometryCollection, Topology } from 'topojson-specification';
import { toTopology } from './mapshaper';
import { roundToGrid } from './rounding';
import {
	moveLongitudes,
	polygonsOf,
	readAreas,
	readUnitedStates,
	type Area,
	type AreaProperties
} from './sources';
import { assemble } from './topology';
import { readWaters } from './waters';

/** The step of the world's grid in degrees: 1.1 km or less. */
export const worldGrid = 0.01;

/**
 * Moves the world so that Bering Strait is its edge: Chukotka, Wrangel and Fiji lie in one piece,
 * and no land but Antarctica reaches over the edge.
 */
const shift = 11;
/** Bering Strait between the two Diomede islands, in degrees. */
const strait = -168.97;

/** Countries at the heart of a story, by their simplification in metres; others have 9 km. */
const detail: Readonly<Record<string, number>> = { UKR: 4000, PRK: 5000, KOR: 5000, DEU: 5000 };

/** Least area of an island in km², unless it's the greatest of its country. */
const leastIsland = 220;
const leastLake = 4000;
const leastRiver = 1200;

/**
 * The whole world's countries, simplified and cut at the antimeridian, as the object `areas`.
 * Places as large as Russia are taken from it too.
 */
export async function buildWorldAreas(): Promise<Topology> {
	const all = [...readAreas(), ...readUnitedStates()];
	const antarctica = all.filter(({ properties }) => properties.country === 'ATA');
	const others = all
		.filter(({ properties }) => properties.country !== 'ATA')
		.map((item) =>
			moveLongitudes(item, (outer) => (middle(outer) < strait ? 360 - shift : -shift))
		);
	const moved = keepIslands(await simplify(others, 'gap-fill-area=20km2'));
	const south = keepIslands(await simplify(antarctica, ''));
	const edge = 180 - shift;
	const [west, east] = await Promise.all(
		[
			[-181, edge],
			[edge, 181]
		].map(([from = 0, to = 0]) =>
			toTopology({ 'areas.json': collection(moved) }, [
				'-i areas.json',
				`-clip bbox=${String(from)},-90,${String(to)},90`
			])
		)
	);
	if (!west || !east) throw new Error('the world has two halves');
	const whole = [
		...areasOf(west).map((item) => moveLongitudes(item, () => shift)),
		...areasOf(east).map((item) => moveLongitudes(item, () => shift - 360)),
		...south
	];
	const rounded = await toTopology({ 'areas.json': collection(whole) }, [
		'-i areas.json',
		`-snap precision=${String(worldGrid)} fix-geometry`
	]);
	return roundToGrid(rounded, worldGrid);
}

function simplify(areas: readonly Area[], gaps: string): Promise<Topology> {
	return toTopology({ 'areas.json': collection(areas) }, [
		'-i areas.json',
		`-clean ${gaps}`,
		'-dissolve country',
		`-simplify variable keep-shapes interval='(${JSON.stringify(detail)})[country]||9000'`
	]);
}

/** Drops small islands, but never the whole of a country. */
function keepIslands(topology: Topology): Area[] {
	return areasOf(topology).map((item) => {
		const rings = polygonsOf(item.geometry);
		const sizes = rings.map((coordinates) => area(polygon(coordinates)) / 1e6);
		const least = Math.min(leastIsland, Math.max(...sizes));
		const coordinates = rings.filter((_, index) => (sizes[index] ?? 0) >= least);
		return { ...item, geometry: { type: 'MultiPolygon', coordinates } };
	});
}

function areasOf(topology: Topology): Area[] {
	// The object is a collection of polygons with the properties that `simplify` keeps.
	const { features } = feature(
		topology,
		topology.objects['areas'] as GeometryCollection<AreaProperties>
	);
	return features as Area[];
}

/**
 * Builds the world's level.
 *
 * @returns TopoJSON with `land`, `coast`, `borders`, `lakes` and `rivers`, within −180 to 180
 */
export async function buildWorld(areas: Topology): Promise<Topology> {
	const waters = await readWaters();
	const lakes = waters.lakes
		.map(({ coordinates }) => polygon(coordinates))
		.filter((lake) => area(lake) >= leastLake * 1e6);
	const rivers = waters.rivers
		.map((river) => lineString(river))
		.filter((river) => length(river) >= leastRiver);
	const water = await toTopology(
		{ 'lakes.json': collection(lakes), 'rivers.json': collection(rivers) },
		[
			'-i lakes.json rivers.json combine-files',
			'-dissolve target=lakes',
			'-simplify interval=8km target=*',
			`-snap precision=${String(worldGrid)} target=*`
		]
	);
	return assemble({ areas, waters: water, admin1: [], isCut: isSeam, grid: worldGrid });
}

/** Whether an edge lies on the antimeridian, or on the line to the South Pole. */
function isSeam([ax = 0, ay = 0]: Position, [bx = 0, by = 0]: Position): boolean {
	const onSeam = (lng: number, lat: number): boolean => Math.abs(lng) > 179.995 || lat < -89.9;
	return onSeam(ax, ay) && onSeam(bx, by);
}

function middle(ring: readonly Position[]): number {
	const lngs = ring.map(([lng = 0]) => lng);
	return (Math.min(...lngs) + Math.max(...lngs)) / 2;
}

function collection(features: readonly Feature[]): FeatureCollection {
	return { type: 'FeatureCollection', features: [...features] };
}
