import type { GeoJsonProperties, Position } from 'geojson';
import { mergeArcs, meshArcs, quantize } from 'topojson-client';
import type {
	GeometryCollection,
	GeometryObject,
	MultiLineString,
	MultiPolygon,
	Objects,
	Polygon,
	Topology
} from 'topojson-specification';
import { borderStatus, zoneAt, type Zone } from './countries';
import type { AreaProperties } from './sources';

type Geometry = GeometryObject<GeoJsonProperties>;
type AreaGeometry = Polygon<AreaProperties> | MultiPolygon<AreaProperties>;

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
	/** Waters, as the objects `lakes` and `rivers`. */
	readonly waters: Topology;
	/** Lines between areas that the areas themselves don't have, as the object `admin1`. */
	readonly states?: Topology;
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

/** A topology whose arcs each have one label, and the areas on either side. */
interface Labelled {
	readonly topology: Topology;
	readonly labels: readonly Label[];
	readonly sides: readonly (readonly AreaProperties[])[];
}

/**
 * Puts a level together as one quantized topology whose objects share their arcs: `land` by
 * country, `coast`, `borders` by status, `admin1`, `lakes`, `shores`, `rivers` and a window's `sea`.
 * Polygons run clockwise, as d3-geo reads them.
 */
export function assemble(layers: Layers): Topology {
	const { admin1, states, window, isCut, grid } = layers;
	const labelOf = ([ax = 0, ay = 0]: Position, [bx = 0, by = 0]: Position): Label =>
		isCut([ax, ay], [bx, by]) ? 'cut' : (zoneAt((ax + bx) / 2, (ay + by) / 2) ?? 'plain');
	const ground = label(layers.areas, labelOf);
	const water = label(layers.waters, labelOf);
	const { topology, sides } = ground;
	const parts = [
		densified(ground, {
			land: land(topology),
			coast: lines(topology, (arc) => sides[arc]?.length === 1 && ground.labels[arc] !== 'cut'),
			borders: borders(ground),
			...(admin1.length > 0 && {
				admin1: lines(topology, (arc) => {
					const [a, b] = sides[arc] ?? [];
					return a !== undefined && a.country === b?.country && admin1.includes(a.country);
				})
			})
		}),
		densified(water, { ...water.topology.objects, shores: shores(water) })
	];
	if (states) parts.push(states);
	if (window) {
		const sea = { type: 'Polygon' as const, arcs: [[0]] };
		parts.push({ type: 'Topology', objects: { sea }, arcs: [rim(window)] });
	}
	return onGrid(prune(join(parts)), grid);
}

/** The given objects on the arcs of a topology, whose long edges are divided. */
function densified({ topology, labels }: Labelled, objects: Topology['objects']): Topology {
	const arcs = topology.arcs.map((arc, index) =>
		densify(arc, labels[index] === 'cut' ? longestCutEdge : longestEdge)
	);
	return { type: 'Topology', objects, arcs };
}

/** Puts topologies side by side into one. */
function join(parts: readonly Topology[]): Topology {
	const objects: Record<string, Geometry> = {};
	const arcs: Position[][] = [];
	for (const part of parts) {
		const offset = arcs.length;
		for (const [name, object] of Object.entries(part.objects)) {
			objects[name] = mapArcs(object, (arc) => [arc < 0 ? arc - offset : arc + offset]);
		}
		arcs.push(...part.arcs);
	}
	return { type: 'Topology', objects, arcs };
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
	const topology: Topology = { type: 'Topology', objects, arcs };
	const sides: AreaProperties[][] = arcs.map(() => []);
	for (const { properties, ...geometry } of areasOf(topology)) {
		eachArc(geometry, (arc) => {
			if (properties) sides[arc < 0 ? ~arc : arc]?.push(properties);
		});
	}
	return { topology, labels, sides };
}

function areasOf({ objects }: Topology): AreaGeometry[] {
	const areas = objects['areas'];
	if (areas?.type !== 'GeometryCollection') return [];
	return areas.geometries.filter(
		// The sources give these properties to every area.
		(area): area is AreaGeometry => area.type === 'Polygon' || area.type === 'MultiPolygon'
	);
}

function land(topology: Topology): GeometryCollection {
	const codes = [...new Set(areasOf(topology).map((area) => area.properties?.country ?? ''))];
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
	const own = areasOf(topology).filter(({ properties }) => properties && test(properties));
	return mergeArcs(topology, own);
}

function borders({ topology, labels, sides }: Labelled): GeometryCollection {
	const statusOf = (arc: number): string | undefined => {
		const [a, b] = sides[arc] ?? [];
		if (!a || !b || a.country === b.country) return undefined;
		const zone = labels[arc];
		return borderStatus(
			a.country,
			b.country,
			zone === 'cut' || zone === 'plain' ? undefined : zone
		);
	};
	return {
		type: 'GeometryCollection',
		geometries: ['agreed', 'disputed'].map((status) => ({
			...lines(topology, (arc) => statusOf(arc) === status),
			properties: { status }
		}))
	};
}

/** The lakes' edges, but where a window cuts them. */
function shores({ topology, labels }: Labelled): MultiLineString {
	const used = new Set<number>();
	const { lakes } = topology.objects;
	if (lakes) eachArc(lakes, (arc) => used.add(arc < 0 ? ~arc : arc));
	return lines(topology, (arc) => used.has(arc) && labels[arc] !== 'cut');
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
function mapArcs(object: Geometry, map: ArcMap): Geometry {
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

function eachArc(object: Geometry, visit: (arc: number) => void): void {
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
	const { objects, arcs, transform } = quantize(topology as Topology<Objects>, {
		scale: [step, step],
		translate: [Math.floor(least(0)), Math.floor(least(1))]
	});
	if (!transform) throw new Error('a quantized topology has no transform');
	return { type: 'Topology', transform, objects, arcs };
}
