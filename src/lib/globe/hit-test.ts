/** Which places a pointer on the map means, in the exact geometry of the story's places. */
import { booleanPointInPolygon } from '@turf/turf';
import type { FeatureCollection, Polygon } from 'geojson';
import type { Perspective } from './camera';
import type { Position } from '../model/story';

/** Half a finger's width, in px: how far from a dot a touch still means it. */
export const FINGER = 22;

/** Px around a dot that are the dot's, though the label of another may reach there. */
const OWN = 8;

/** A place as a pointer can hit it. */
export interface Target {
	readonly id: string;
	readonly point: Position;
	/** The polygons of its outline, each with its bounding box; none for what is only a point. */
	readonly parts: readonly Polygon[];
	/** Km² of its outline; 0 for what is only a point. */
	readonly size: number;
	/** True where it has a dot on the map when it is lit; a country is named without one. */
	readonly dotted: boolean;
}

function partOf(coordinates: Polygon['coordinates']): Polygon {
	let [west, south, east, north] = [Infinity, Infinity, -Infinity, -Infinity];
	for (const [lng = NaN, lat = NaN] of coordinates[0] ?? []) {
		west = Math.min(west, lng);
		south = Math.min(south, lat);
		east = Math.max(east, lng);
		north = Math.max(north, lat);
	}
	return { type: 'Polygon', coordinates, bbox: [west, south, east, north] };
}

/** The targets in a story's places.json: a point each, and where there is one, an area of so many km² (`size`). */
export function targetsOf({ features }: FeatureCollection): Target[] {
	const areas = new Map<string, (typeof features)[number]>();
	for (const feature of features) {
		const place = String(feature.properties?.['place']);
		if (feature.properties?.['role'] === 'area' && !areas.has(place)) areas.set(place, feature);
	}
	return features.flatMap(({ properties, geometry }): Target[] => {
		if (properties?.['role'] !== 'point' || geometry.type !== 'Point') return [];
		const [lng = NaN, lat = NaN] = geometry.coordinates;
		const id = String(properties['place']);
		const area = areas.get(id);
		const parts =
			area?.geometry.type === 'MultiPolygon' ? area.geometry.coordinates.map(partOf) : [];
		const size = Number(area?.properties?.['size'] ?? 0);
		return [{ id, point: [lng, lat], parts, size, dotted: properties['kind'] !== 'country' }];
	});
}

/** True where a part is at least a finger wide and high on the map, so that one can aim at it. */
function isWide({ coordinates }: Polygon, { project }: Perspective): boolean {
	let [left, top, right, bottom] = [Infinity, Infinity, -Infinity, -Infinity];
	for (const [lng = NaN, lat = NaN] of coordinates[0] ?? []) {
		const at = project([lng, lat]);
		// What reaches beyond the horizon is larger than any finger.
		if (!at) return true;
		left = Math.min(left, at[0]);
		right = Math.max(right, at[0]);
		top = Math.min(top, at[1]);
		bottom = Math.max(bottom, at[1]);
	}
	return Math.min(right - left, bottom - top) >= 2 * FINGER;
}

/** What is under a pointer. */
export interface Pointed {
	/** Px right and down of the plate's centre. */
	readonly at: readonly [x: number, y: number];
	/** How the map is seen. */
	readonly look: Perspective;
	/** Ids of the places that are lit now. */
	readonly lit: ReadonlySet<string>;
	/** Id of the place whose label is under the pointer. */
	readonly labelled: string | null;
}

/** The points of a finger's edge around a point, in px. */
function fingerAround([x, y]: Pointed['at'], finger = FINGER): (readonly [number, number])[] {
	return Array.from({ length: 16 }, (_, index) => {
		const angle = (index * Math.PI) / 8;
		return [x + finger * Math.cos(angle), y + finger * Math.sin(angle)] as const;
	});
}

/** Degrees around a position within which a dot may be that a finger there means. */
interface Reach {
	readonly position: Position;
	readonly lng: number;
	readonly lat: number;
}

/** What a finger can reach; null where it lies over the globe's edge, or so near to a pole that longitudes say little. */
function reachOf(at: Pointed['at'], { unproject }: Perspective): Reach | null {
	const position = unproject(at);
	if (!position || Math.abs(position[1]) > 80) return null;
	let [lng, lat] = [0, 0];
	// Twice as wide as the finger, so that no dot is lost between the points of its edge.
	for (const edge of fingerAround(at, 2 * FINGER)) {
		const seen = unproject(edge);
		if (!seen || Math.abs(seen[1]) > 85) return null;
		lng = Math.max(lng, apart(seen[0], position[0]));
		lat = Math.max(lat, Math.abs(seen[1] - position[1]));
	}
	return { position, lng, lat };
}

/** Degrees between two longitudes. */
const apart = (a: number, b: number) => Math.abs(((((a - b) % 360) + 540) % 360) - 180);

function partAt(position: Position | null, { parts }: Target): Polygon | undefined {
	if (!position) return undefined;
	return parts.find((part) => booleanPointInPolygon([...position], part));
}

/**
 * The places that a pointer means, smallest first: none, the one it clearly means, or all between which it cannot tell.
 *
 * Under the pointer lie the lit places whose dot is within a finger's width of it, and those whose outline holds the
 * position that is seen there, lit or not. A label means its place alone, but on another's dot. Of several places the smallest is meant where
 * its outline is under the pointer and at least a finger wide: the larger ones can be pointed at beside it. Where the
 * smallest is but a dot, or narrower than a finger, no pointer can tell it from what it lies in, nor from the lit
 * outlines that the finger touches.
 */
export function placesAt(
	{ at, look, lit, labelled }: Pointed,
	targets: readonly Target[]
): readonly string[] {
	// A pointer is asked about at each move, and there can be thousands of dots: few are near enough to be projected.
	const reach = reachOf(at, look);
	const distances = new Map<Target, number>();
	for (const target of targets) {
		const { id, dotted, point } = target;
		if (reach && Math.abs(point[1] - reach.position[1]) > reach.lat) continue;
		if (reach && apart(point[0], reach.position[0]) > reach.lng) continue;
		const dot = dotted && lit.has(id) ? look.project(point) : null;
		if (dot) distances.set(target, Math.hypot(dot[0] - at[0], dot[1] - at[1]));
	}
	const distanceTo = (target: Target) => distances.get(target) ?? Infinity;
	const onOther = [...distances].some(([{ id }, distance]) => id !== labelled && distance <= OWN);
	if (labelled !== null && !onOther) return [labelled];
	const position = look.unproject(at);
	const hits = targets.flatMap((target) => {
		const distance = distanceTo(target);
		const part = partAt(position, target);
		return part || distance <= FINGER ? [{ target, part, distance }] : [];
	});
	hits.sort((a, b) => a.target.size - b.target.size || a.distance - b.distance);
	const [smallest, ...others] = hits;
	if (!smallest) return [];
	if (smallest.part && isWide(smallest.part, look)) return [smallest.target.id];
	const { target: meant } = smallest;
	const edge = fingerAround(at).map((point) => look.unproject(point));
	const found = new Set(others.map(({ target }) => target));
	const around = targets.filter(
		(target) =>
			target !== meant &&
			(found.has(target) ||
				partAt(meant.point, target) ||
				(lit.has(target.id) && edge.some((each) => partAt(each, target))))
	);
	around.sort((a, b) => a.size - b.size);
	return [meant, ...around].map(({ id }) => id);
}
