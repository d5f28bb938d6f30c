import type { Position } from 'geojson';
import { mergeArcs, meshArcs, quantize } from 'topojson-client';
import type {
	GeometryCollection,
	GeometryObject,
	MultiLineString,
	MultiPolygon,
	Polygon,
	Topology
} from 'topojson-specification';
import { borderStatus, zoneAt, type Zone } from './countries';
import type { AreaProperties } from './sources';

/** The longest edge, in degrees, that is left as it is, but along a cut. */
const longestEdge = 2;
/** The longest edge along a cut: a rim has to follow its parallel on the globe. */
const longestCutEdge = 1;

/** West, south, east, north in degrees. */
export type Rectangle = readonly [west: number, south: number, east: number, north: number];

/** What a level of the basemap is put together from. All arcs hold degrees. */
export interface Layers {
	/** The areas, as the object `areas`. */
	readonly areas: Topology;
	/** Further objects, taken over as they are. */
	readonly more: readonly Topology[];
	/** Countries whose inner lines between areas are drawn as `admin1`. */
	readonly admin1: readonly string[];
	/** A window's rectangle, to be drawn as `sea`. */
	readonly window?: Rectangle;
	/** Whether an edge lies on a cut through the land, which is not a coast. */
	readonly isCut: (from: Position, to: Position) => boolean;
	/** The step of the grid that the coordinates lie on, in degrees. */
	readonly grid: number;
}

/** Why an arc is apart: a cut through the land, a zone of disputed lines, or nothing. */
type Label = 'cut' | Zone | 'plain';

/** A topology of areas whose arcs each have one label, and the areas on either side. */
interface Labelled {
	readonly topology: Topology;
	readonly areas: GeometryCollection<AreaProperties>;
	readonly labels: readonly Label[];
	readonly sides: readonly (readonly AreaProperties[])[];
}

/**
 * Puts a level together as one quantized topology: `land` by country, `coast`, `borders` by status,
 * `admin1`, and what else is given, all sharing their arcs. Polygons run clockwise, as d3-geo reads
 * them.
 */
export function assemble({ areas, more, admin1, window, isCut, grid }: Layers): Topology {
	const labelled = label(areas, ([ax = 0, ay = 0], [bx = 0, by = 0]) =>
		isCut([ax, ay], [bx, by]) ? 'cut' : (zoneAt((ax + bx) / 2, (ay + by) / 2) ?? 'plain')
	);
	const { topology, labels, sides } = labelled;
	const objects: Record<string, GeometryObject> = {
		land: land(labelled),
		coast: lines(topology, (arc) => sides[arc]?.length === 1 && labels[arc] !== 'cut'),
		borders: borders(labelled)
	};
	if (admin1.length > 0) {
		objects['admin1'] = lines(topology, (arc) => {
			const [a, b] = sides[arc] ?? [];
			return a !== undefined && a.country === b?.country && admin1.includes(a.country);
		});
	}
	const arcs = topology.arcs.map((arc, index) =>
		densify(arc, labels[index] === 'cut' ? longestCutEdge : longestEdge)
	);
	for (const other of more) {
		for (const [name, object] of Object.entries(other.objects)) {
			objects[name] = mapArcs(object, (arc) => [arc < 0 ? arc - arcs.length : arc + arcs.length]);
		}
		arcs.push(...other.arcs.map((arc) => densify(arc, longestEdge)));
	}
	if (window) {
		objects['sea'] = { type: 'Polygon', arcs: [[arcs.length]] };
		arcs.push(rim(window));
	}
	return onGrid(prune({ type: 'Topology', objects, arcs }), grid);
}

/** Cuts arcs so that each has a single label, and notes which areas meet at it. */
function label(source: Topology, labelOf: (from: Position, to: Position) => Label): Labelled {
	const arcs: Position[][] = [];
	const labels: Label[] = [];
	const pieces = source.arcs.map((arc) => {
		const first = arcs.length;
		for (const [index, point] of arc.entries()) {
			const before = arc[index - 1];
			if (!before) continue;
			const name = labelOf(before, point);
			const current = arcs.at(-1);
			if (current && arcs.length > first && labels.at(-1) === name) current.push(point);
			else {
				arcs.push([before, point]);
				labels.push(name);
			}
		}
		return Array.from({ length: arcs.length - first }, (_, offset) => first + offset);
	});
	const objects = Object.fromEntries(
		Object.entries(source.objects).map(([name, object]) => [
			name,
			mapArcs(object, (arc) =>
				arc < 0 ? (pieces[~arc] ?? []).map((piece) => ~piece).reverse() : (pieces[arc] ?? [])
			)
		])
	);
	const areas = objects['areas'] as GeometryCollection<AreaProperties>;
	const sides: AreaProperties[][] = arcs.map(() => []);
	for (const { properties, ...geometry } of areas.geometries) {
		eachArc(geometry, (arc) => {
			if (properties) sides[arc < 0 ? ~arc : arc]?.push(properties);
		});
	}
	return { topology: { type: 'Topology', objects, arcs }, areas, labels, sides };
}

function land({ topology, areas }: Labelled): GeometryCollection {
	const codes = [...new Set(areas.geometries.map((area) => area.properties?.country ?? ''))];
	return {
		type: 'GeometryCollection',
		geometries: codes.sort().map((country) => ({
			...mergeAreas(topology, (area) => area.country === country),
			properties: { country }
		}))
	};
}

/**
 * Merges the areas of a topology that pass a test into one geometry.
 *
 * @returns arcs of the same topology
 */
export function mergeAreas(
	topology: Topology,
	test: (area: AreaProperties) => boolean
): MultiPolygon {
	const { geometries } = topology.objects['areas'] as GeometryCollection<AreaProperties>;
	const own = geometries.filter(
		(area): area is Polygon<AreaProperties> | MultiPolygon<AreaProperties> =>
			(area.type === 'Polygon' || area.type === 'MultiPolygon') &&
			area.properties !== undefined &&
			test(area.properties)
	);
	// The declared parameter type leaves out polygons, which the function takes.
	return mergeArcs(topology, own as Parameters<typeof mergeArcs>[1]);
}

function borders({ topology, labels, sides }: Labelled): GeometryCollection {
	const statusOf = (arc: number): string | undefined => {
		const [a, b] = sides[arc] ?? [];
		if (!a || !b || a.country === b.country) return undefined;
		const zone = labels[arc];
		return borderStatus(a.country, b.country, zone === 'cut' || zone === 'plain' ? undefined : zone);
	};
	return {
		type: 'GeometryCollection',
		geometries: ['agreed', 'disputed'].map((status) => ({
			...lines(topology, (arc) => statusOf(arc) === status),
			properties: { status }
		}))
	};
}

/** The arcs that pass a test, joined end to end where they meet. */
function lines(topology: Topology, test: (arc: number) => boolean): MultiLineString {
	const arcs = topology.arcs.map((_, index) => index).filter(test);
	return meshArcs(topology, { type: 'MultiLineString', arcs: arcs.map((arc) => [arc]) });
}

/** A rectangle as a closed line, clockwise. */
function rim([west, south, east, north]: Rectangle): Position[] {
	const corners = [
		[west, south],
		[west, north],
		[east, north],
		[east, south],
		[west, south]
	];
	return densify(corners, longestCutEdge);
}

/**
 * Divides long edges evenly in longitude and latitude, so that a renderer that draws great circles
 * agrees with one that draws straight lines on the plane.
 */
function densify(arc: readonly Position[], longest: number): Position[] {
	return arc.flatMap((to, index) => {
		const from = arc[index - 1];
		if (!from) return [to];
		const [ax = 0, ay = 0] = from;
		const [bx = 0, by = 0] = to;
		const count = Math.ceil(Math.max(Math.abs(bx - ax), Math.abs(by - ay)) / longest - 1e-9) || 1;
		return Array.from({ length: count }, (_, step) => {
			const t = (step + 1) / count;
			return step + 1 === count ? to : [ax + (bx - ax) * t, ay + (by - ay) * t];
		});
	});
}

type ArcMap = (arc: number) => readonly number[];

/** A copy of a geometry whose arcs are replaced, each by any number of others. */
function mapArcs(object: GeometryObject, map: ArcMap): GeometryObject {
	const ring = (arcs: readonly number[]): number[] => arcs.flatMap(map);
	switch (object.type) {
		case 'GeometryCollection':
			return { ...object, geometries: object.geometries.map((item) => mapArcs(item, map)) };
		case 'MultiPolygon':
			return { ...object, arcs: object.arcs.map((rings) => rings.map(ring)) };
		case 'Polygon':
		case 'MultiLineString':
			return { ...object, arcs: object.arcs.map(ring) };
		case 'LineString':
			return { ...object, arcs: ring(object.arcs) };
		default:
			return object;
	}
}

function eachArc(object: GeometryObject, visit: (arc: number) => void): void {
	mapArcs(object, (arc) => {
		visit(arc);
		return [arc];
	});
}

/** Drops the arcs that no object uses, and orders the rest by their first use. */
function prune({ objects, arcs }: Topology): Topology {
	const order = new Map<number, number>();
	const place = (arc: number): number => {
		const known = order.get(arc);
		if (known !== undefined) return known;
		order.set(arc, order.size);
		return order.size - 1;
	};
	const renumbered = Object.fromEntries(
		Object.entries(objects).map(([name, object]) => [
			name,
			mapArcs(object, (arc) => [arc < 0 ? ~place(~arc) : place(arc)])
		])
	);
	return {
		type: 'Topology',
		objects: renumbered,
		arcs: [...order.keys()].map((arc) => arcs[arc] ?? [])
	};
}

function onGrid(topology: Topology, step: number): Topology {
	const points = topology.arcs.flat();
	const least = (axis: 0 | 1): number =>
		points.reduce((low, point) => Math.min(low, point[axis] ?? low), Infinity);
	const { objects, arcs, transform } = quantize(topology, {
		scale: [step, step],
		translate: [Math.floor(least(0)), Math.floor(least(1))]
	});
	return { type: 'Topology', transform, objects, arcs } as Topology;
}
