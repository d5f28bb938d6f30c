/**
 * The globe as a camera sees it: projecting, fitting a view, flying between two cameras.
 *
 * One projection serves every zoom: a vertical perspective, as MapLibre's globe is. Every view is fitted into a
 * square, the plate, and the focal length is a fixed multiple of the plate's side. So two screens show the same
 * camera as the same drawing, only larger or smaller: a picture drawn once lies under the live map exactly.
 */
import type { Camera, Position, View } from '../model/story';

/** Side, in px, of the plate on which a camera's zoom is counted where no other side is given. */
export const PLATE = 512;
/** Focal length, in plate sides: MapLibre's default field of view on a map as high as its plate. */
export const FOCAL_LENGTH = 1.5;

/** Part of the plate's side that a fitted view leaves free along each edge, for dots and labels. */
const MARGIN = 0.07;
/** MapLibre holds the centre of a map within Mercator's latitudes; flights keep clear of where north spins. */
const HIGHEST_CENTRE = 84;
const HIGHEST_FLIGHT = 76;
/** Curvature of flights, ρ (van Wijk & Nuij 2003 found 1.42 preferred); less zooms out less. */
const RHO = 1.25;

const RADIANS = Math.PI / 180;
type Vector = readonly [number, number, number];
type Point = readonly [x: number, y: number];

const dot = (a: Vector, b: Vector) => a[0] * b[0] + a[1] * b[1] + a[2] * b[2];
const combine = (a: Vector, j: number, b: Vector, k: number): Vector => [
	a[0] * j + b[0] * k,
	a[1] * j + b[1] * k,
	a[2] * j + b[2] * k
];

/** The unit vector to a position. */
export function toVector([lng, lat]: Position): Vector {
	const cos = Math.cos(lat * RADIANS);
	return [cos * Math.cos(lng * RADIANS), cos * Math.sin(lng * RADIANS), Math.sin(lat * RADIANS)];
}

/** The position to which a vector of any length points; longitude within ±180. */
export function toPosition([x, y, z]: Vector): Position {
	return [Math.atan2(y, x) / RADIANS, Math.atan2(z, Math.hypot(x, y)) / RADIANS];
}

/** East and north at a position, as unit vectors. */
function tangents([lng, lat]: Position): { east: Vector; north: Vector } {
	const [sinLng, cosLng] = [Math.sin(lng * RADIANS), Math.cos(lng * RADIANS)];
	const [sinLat, cosLat] = [Math.sin(lat * RADIANS), Math.cos(lat * RADIANS)];
	return { east: [-sinLng, cosLng, 0], north: [-sinLat * cosLng, -sinLat * sinLng, cosLat] };
}

/** Angle between two positions, in radians. */
export function angleBetween(a: Position, b: Position): number {
	const [u, v] = [toVector(a), toVector(b)];
	const cross = Math.hypot(
		u[1] * v[2] - u[2] * v[1],
		u[2] * v[0] - u[0] * v[2],
		u[0] * v[1] - u[1] * v[0]
	);
	return Math.atan2(cross, dot(u, v));
}

/** Position a fraction of the way from `a` to `b` along the great circle; longitude within ±180. */
export function alongGreatCircle(a: Position, b: Position): (fraction: number) => Position {
	const [u, v] = [toVector(a), toVector(b)];
	const angle = angleBetween(a, b);
	const sine = Math.sin(angle);
	if (sine < 1e-9) return (fraction) => (fraction < 0.5 ? a : b);
	return (fraction) =>
		toPosition(
			combine(u, Math.sin((1 - fraction) * angle) / sine, v, Math.sin(fraction * angle) / sine)
		);
}

/** Radius of the globe in px, for a camera whose zoom is counted as MapLibre does. */
export function globeRadius(camera: Pick<Camera, 'lat' | 'zoom'>): number {
	return (PLATE * 2 ** camera.zoom) / (2 * Math.PI * Math.cos(camera.lat * RADIANS));
}

function zoomOf(radius: number, lat: number): number {
	return Math.log2((radius * 2 * Math.PI * Math.cos(lat * RADIANS)) / PLATE);
}

/** The camera that shows on a plate of `side` px what this one shows on a plate of 512 px. */
export function onPlate(camera: Camera, side: number): Camera {
	return { ...camera, zoom: camera.zoom + Math.log2(side / PLATE) };
}

/** Vertical field of view, in degrees, of a canvas `height` px high around a plate of `side` px. */
export function fieldOfView(height: number, side: number): number {
	return (2 * Math.atan(height / (2 * FOCAL_LENGTH * side))) / RADIANS;
}

export interface Perspective {
	/** Px right and down of the plate's centre; null for what lies beyond the horizon. */
	readonly project: (position: Position) => Point | null;
	/** The position seen at a point, in px right and down of the plate's centre; null beside the globe. */
	readonly unproject: (point: readonly [number, number]) => Position | null;
	/** As `project`, for a unit vector. */
	readonly projectSeen: (vector: Vector) => Point | null;
	/** The same, whether seen or not. */
	readonly projectVector: (vector: Vector) => Point;
	/** The part of the globe that is seen: all within `angle` radians of `centre`. */
	readonly cap: { readonly centre: Position; readonly angle: number };
}

/** What a camera sees, on a plate of `side` px: the projection of MapLibre's globe, agreeing with it to under a tenth of a px. */
export function perspective(camera: Camera, side: number): Perspective {
	const radius = globeRadius(camera) * (side / PLATE);
	const distance = FOCAL_LENGTH * side;
	const centre: Position = [camera.lng, camera.lat];
	const up = toVector(centre);
	const { east, north } = tangents(centre);
	const [sinBearing, cosBearing] = [
		Math.sin(camera.bearing * RADIANS),
		Math.cos(camera.bearing * RADIANS)
	];
	const [sinPitch, cosPitch] = [Math.sin(camera.pitch * RADIANS), Math.cos(camera.pitch * RADIANS)];
	const right = combine(east, cosBearing, north, -sinBearing);
	const ahead = combine(east, sinBearing, north, cosBearing);
	const eye = combine(
		up,
		1 + (distance / radius) * cosPitch,
		ahead,
		-(distance / radius) * sinPitch
	);

	const projectVector = (vector: Vector): Point => {
		const [x, y, z] = [dot(vector, right), dot(vector, ahead), dot(vector, up) - 1];
		const depth = distance / radius - (z * cosPitch - y * sinPitch);
		const scale = distance / depth;
		return [x * scale, -(y * cosPitch + z * sinPitch) * scale];
	};
	const upward = combine(ahead, cosPitch, up, sinPitch);
	const forward = combine(ahead, sinPitch, up, -cosPitch);
	const projectSeen = (vector: Vector) => (dot(vector, eye) > 1 ? projectVector(vector) : null);
	return {
		projectVector,
		projectSeen,
		project: (position) => projectSeen(toVector(position)),
		unproject: ([x, y]) => {
			// Where a ray from the eye first meets the unit sphere.
			const ray = combine(combine(right, x / distance, upward, -y / distance), 1, forward, 1);
			const [along, squared] = [dot(ray, eye), dot(ray, ray)];
			const root = along * along - squared * (dot(eye, eye) - 1);
			// Above the horizon a ray leads away from the sphere, which it meets behind the eye.
			if (root < 0 || along > 0) return null;
			return toPosition(combine(eye, 1, ray, (-along - Math.sqrt(root)) / squared));
		},
		cap: {
			centre: toPosition(eye),
			angle: Math.acos(1 / Math.hypot(...eye))
		}
	};
}

function greatestReach(
	camera: Camera,
	vectors: readonly Vector[]
): { reach: number; middle: Point } {
	const { projectSeen } = perspective(camera, 1);
	let [left, top, right, bottom] = [Infinity, Infinity, -Infinity, -Infinity];
	for (const vector of vectors) {
		const point = projectSeen(vector);
		if (!point) return { reach: Infinity, middle: [0, 0] };
		left = Math.min(left, point[0]);
		right = Math.max(right, point[0]);
		top = Math.min(top, point[1]);
		bottom = Math.max(bottom, point[1]);
	}
	return {
		reach: Math.max(-left, right, -top, bottom),
		middle: [(left + right) / 2, (top + bottom) / 2]
	};
}

/** The largest radius, in plate sides, at which the whole disc of the globe lies within `reach` of the centre. */
function discRadius(reach: number): number {
	// The disc's edge stands at r·√((P−1)/(P+1)) with P = 1 + f/r (Snyder 1987, 23: vertical perspective).
	return (reach * reach + reach * Math.hypot(reach, FOCAL_LENGTH)) / FOCAL_LENGTH;
}

/** The radius, in plate sides, of the disc as which a camera without pitch sees the globe. */
export function discOf(camera: Pick<Camera, 'lat' | 'zoom'>): number {
	const radius = globeRadius(camera) / PLATE;
	const distance = 1 + FOCAL_LENGTH / radius;
	return radius * Math.sqrt((distance - 1) / (distance + 1));
}

/** Whether all vectors are seen within `reach` of the plate's centre: asked of many cameras in turn. */
function reachTest(vectors: readonly Vector[]): (camera: Camera, reach: number) => boolean {
	// What one camera did not have within reach the next mostly has not either.
	let farthest = vectors[0];
	return (camera, reach) => {
		const { projectSeen } = perspective(camera, 1);
		const isOutside = (vector: Vector) => {
			const point = projectSeen(vector);
			return !point || Math.abs(point[0]) > reach || Math.abs(point[1]) > reach;
		};
		if (farthest && isOutside(farthest)) return false;
		const outside = vectors.find(isOutside);
		farthest = outside ?? farthest;
		return outside === undefined;
	};
}

/** How a view is to be seen. */
type Aim = Pick<View, 'maxZoom' | 'projection' | 'bearing' | 'pitch'>;

function closestZoom(centre: Position, isWithin: ReturnType<typeof reachTest>, aim: Aim): number {
	const reach = 0.5 - MARGIN;
	const at = (zoom: number): Camera => ({
		lng: centre[0],
		lat: centre[1],
		zoom,
		bearing: aim.bearing,
		pitch: aim.pitch
	});
	let low = -6;
	let high = aim.maxZoom;
	if (aim.projection === 'globe') {
		high = Math.min(high, zoomOf(discRadius(reach) * PLATE, centre[1]));
	}
	if (isWithin(at(high), reach)) return high;
	for (let step = 0; step < 50; step++) {
		const zoom = (low + high) / 2;
		if (isWithin(at(zoom), reach)) low = zoom;
		else high = zoom;
	}
	return low;
}

function move(centre: Position, { bearing }: Aim, [x, y]: Point, radius: number): Position {
	const distance = Math.hypot(x, y) / radius;
	if (distance === 0) return centre;
	const direction = Math.atan2(x, -y) + bearing * RADIANS;
	const { east, north } = tangents(centre);
	const heading = combine(east, Math.sin(direction), north, Math.cos(direction));
	const [lng, lat] = toPosition(
		combine(toVector(centre), Math.cos(distance), heading, Math.sin(distance))
	);
	return [lng, Math.max(-HIGHEST_CENTRE, Math.min(HIGHEST_CENTRE, lat))];
}

/**
 * The camera, on a plate of 512 px, that comes as close as a view allows with all `positions` inside the plate.
 *
 * @param positions - all that must be in sight, at least one: points and the corners of outlines
 * @throws RangeError when there is nothing to fit, or no camera sees all of it at once
 */
export function fit(positions: readonly Position[], view: View): Camera {
	const { maxZoom, projection, bearing, pitch } = view;
	const aim: Aim = { maxZoom, projection, bearing, pitch };
	const vectors = positions.map(toVector);
	const isWithin = reachTest(vectors);
	const sum = vectors.reduce<Vector>((total, vector) => combine(total, 1, vector, 1), [0, 0, 0]);
	if (Math.hypot(...sum) < 1e-9) {
		throw new RangeError(`A view of ${positions.length} positions has no middle: nothing to fit.`);
	}
	const first = toPosition(sum);
	let centre: Position = [first[0], Math.max(-HIGHEST_CENTRE, Math.min(HIGHEST_CENTRE, first[1]))];
	for (let step = 0; step < 40 && aim.projection === 'near'; step++) {
		const zoom = closestZoom(centre, isWithin, aim);
		const camera = {
			lng: centre[0],
			lat: centre[1],
			zoom,
			bearing: aim.bearing,
			pitch: aim.pitch
		};
		const { middle } = greatestReach(camera, vectors);
		const moved = move(centre, aim, middle, globeRadius(camera) / PLATE);
		// Nothing changes any more.
		if (moved[0] === centre[0] && moved[1] === centre[1]) break;
		centre = moved;
	}
	const zoom = closestZoom(centre, isWithin, aim);
	const camera = { lng: centre[0], lat: centre[1], zoom, bearing: aim.bearing, pitch: aim.pitch };
	if (greatestReach(camera, vectors).reach > 0.5) {
		throw new RangeError(
			'No camera sees all of the view at once: its places lie on opposite sides of the Earth.'
		);
	}
	return camera;
}

const turn = (from: number, to: number) => ((((to - from) % 360) + 540) % 360) - 180;

/** The way a flight's centre takes: the great circle, or, where that would spin round a pole, a way below it. */
function way(a: Position, b: Position): (fraction: number) => Position {
	const circle = alongGreatCircle(a, b);
	const ends = Math.max(Math.abs(a[1]), Math.abs(b[1]));
	let top = 0;
	for (let step = 1; step < 32; step++) top = Math.max(top, Math.abs(circle(step / 32)[1]));
	if (top <= Math.max(HIGHEST_FLIGHT, ends)) return circle;
	const rise = (Math.max(HIGHEST_FLIGHT, ends) - ends) * Math.sign(a[1] + b[1]);
	const east = turn(a[0], b[0]);
	return (fraction) => [
		turn(0, a[0] + east * fraction),
		a[1] + (b[1] - a[1]) * fraction + rise * 4 * fraction * (1 - fraction)
	];
}

/**
 * The optimal path from one view to another over flat ground (van Wijk & Nuij 2003, equation 9).
 *
 * @param distance - between the middles of the views
 * @param from - width of the first view, in the unit of the distance
 * @param to - width of the last
 * @returns how far the view's middle has come, 0 to 1, and its width, at a fraction of the path's length
 */
export function zoomPath(
	distance: number,
	from: number,
	to: number
): (fraction: number) => { readonly along: number; readonly width: number } {
	if (distance < 1e-6) {
		return (fraction) => ({ along: fraction, width: from * (to / from) ** fraction });
	}
	const rise = RHO ** 4 * distance ** 2;
	const start = -Math.asinh((to ** 2 - from ** 2 + rise) / (2 * from * RHO ** 2 * distance));
	const end = -Math.asinh((to ** 2 - from ** 2 - rise) / (2 * to * RHO ** 2 * distance));
	const scale = from / (RHO ** 2 * distance);
	return (fraction) => {
		const at = start + (end - start) * fraction;
		return {
			along: scale * (Math.cosh(start) * Math.tanh(at) - Math.sinh(start)),
			width: (from * Math.cosh(start)) / Math.cosh(at)
		};
	};
}

/**
 * The flight from one camera to another: optimal zooming and panning (van Wijk & Nuij 2003) along the great circle.
 * The cost is in the call; the answer is cheap. At 0 and 1 it is exactly the given cameras.
 */
export function flight(start: Camera, end: Camera): (fraction: number) => Camera {
	const [a, b]: [Position, Position] = [
		[start.lng, start.lat],
		[end.lng, end.lat]
	];
	const angle = angleBetween(a, b);
	const position = way(a, b);
	const widthOf = (camera: Camera) => PLATE / globeRadius(camera);
	const path = zoomPath(angle, widthOf(start), widthOf(end));
	return (fraction) => {
		if (fraction <= 0) return start;
		if (fraction >= 1) return end;
		const { along, width } = path(fraction);
		const [lng, lat] = position(along);
		return {
			lng,
			lat,
			zoom: zoomOf(PLATE / width, lat),
			bearing: start.bearing + turn(start.bearing, end.bearing) * fraction,
			pitch: start.pitch + (end.pitch - start.pitch) * fraction
		};
	};
}
