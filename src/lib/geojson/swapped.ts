import type { Feature, Geometry, Position } from 'geojson';
import type { Finding } from '../model/finding';
import { latOf, lngOf } from './ring';

/** West, south, east, north, in degrees. */
type Box = readonly [west: number, south: number, east: number, north: number];

const NOWHERE: Box = [Infinity, Infinity, -Infinity, -Infinity];

/** Fewest features that can tell of one more that it is not with them. */
const FEWEST_OTHERS = 2;

/** Degrees that the others may reach from west to east and from south to north, so that there is an apart. */
const WIDEST = [90, 45] as const;

/**
 * The features whose axes seem swapped although their numbers are in range: they lie apart from the box around all the
 * others, and within it with their axes swapped.
 */
export function* swappedFeatures(
	features: readonly Feature[]
): Generator<{ readonly order: number; readonly finding: Finding }> {
	if (features.length <= FEWEST_OTHERS) return;
	const boxes = features.map(({ geometry }) => boxOf(geometry, NOWHERE));
	const after: Box[] = [];
	boxes.reduceRight((rest, box, index) => ((after[index] = rest), union(rest, box)), NOWHERE);
	let before = NOWHERE;
	for (const [order, box] of boxes.entries()) {
		const others = union(before, after[order] ?? NOWHERE);
		before = union(before, box);
		const [west, south, east, north] = box;
		const swapped: Box = [south, west, north, east];
		const isNarrow = others[2] - others[0] <= WIDEST[0] && others[3] - others[1] <= WIDEST[1];
		if (!isNarrow || meet(box, others) || !isWithin(swapped, others)) continue;
		yield {
			order,
			finding: [
				`a feature around [${west}, ${south}], apart from all others`,
				`it around [${south}, ${west}], where the others are`,
				'look whether its axes are swapped: the longitude comes first'
			]
		};
	}
}

function union(a: Box, b: Box): Box {
	return [Math.min(a[0], b[0]), Math.min(a[1], b[1]), Math.max(a[2], b[2]), Math.max(a[3], b[3])];
}

function meet(a: Box, b: Box): boolean {
	return a[0] <= b[2] && b[0] <= a[2] && a[1] <= b[3] && b[1] <= a[3];
}

function isWithin(inner: Box, outer: Box): boolean {
	return (
		inner[0] >= outer[0] && inner[1] >= outer[1] && inner[2] <= outer[2] && inner[3] <= outer[3]
	);
}

function boxOf(geometry: Geometry, known: Box): Box {
	switch (geometry.type) {
		case 'Point':
			return around([geometry.coordinates], known);
		case 'MultiPoint':
		case 'LineString':
			return around(geometry.coordinates, known);
		case 'MultiLineString':
		case 'Polygon':
			return geometry.coordinates.reduce((box, line) => around(line, box), known);
		case 'MultiPolygon':
			return geometry.coordinates.reduce((box, [outer = []]) => around(outer, box), known);
		case 'GeometryCollection':
			return geometry.geometries.reduce((box, each) => boxOf(each, box), known);
	}
}

function around(positions: readonly Position[], known: Box): Box {
	let [west, south, east, north] = known;
	for (const position of positions) {
		west = Math.min(west, lngOf(position));
		south = Math.min(south, latOf(position));
		east = Math.max(east, lngOf(position));
		north = Math.max(north, latOf(position));
	}
	return [west, south, east, north];
}
