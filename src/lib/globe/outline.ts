/** Lines made from the shapes of places and contacts: what both renderers stroke. */
import { alongGreatCircle, angleBetween, perspective, toPosition, toVector } from './camera';
import type { Camera, Contact, ContactKind, Place, Polygon, Position } from '../model/story';

/** Highest latitude of a contact's line: beyond Mercator's 85.05° MapLibre draws a false ring round the pole. */
const HIGHEST_LINE = 84.5;

const onSeam = (a: Position, b: Position) => Math.abs(a[0]) === 180 && a[0] === b[0];

/** The edges of an outline, without those that only close it along the antimeridian (RFC 7946, 3.1.9). */
export function edges(outline: readonly Polygon[]): Position[][] {
	const lines: Position[][] = [];
	for (const ring of outline.flat()) {
		let line: Position[] = [];
		ring.forEach((position, index) => {
			const previous = ring[index - 1];
			if (previous && onSeam(previous, position)) {
				if (line.length > 1) lines.push(line);
				line = [];
			}
			line.push(position);
		});
		if (line.length > 1) lines.push(line);
	}
	return lines;
}

/** A way like `at`, bent away from the pole just enough to stay below {@link HIGHEST_LINE}. */
function belowPole(at: (fraction: number) => Position): (fraction: number) => Position {
	const steps = Array.from({ length: 257 }, (_, step) => at(step / 256));
	const top = steps.reduce((highest, step) => (step[1] > highest[1] ? step : highest));
	if (top[1] <= HIGHEST_LINE) return at;
	const bent = (push: number) => (fraction: number) => {
		const [x, y, z] = toVector(at(fraction));
		const away = push * Math.sin(Math.PI * fraction);
		const lng = (top[0] * Math.PI) / 180;
		return toPosition([x + away * Math.cos(lng), y + away * Math.sin(lng), z]);
	};
	let [low, high] = [0, 0.5];
	for (let step = 0; step < 30; step++) {
		const push = (low + high) / 2;
		const clear = steps.every((_, index) => bent(push)(index / 256)[1] <= HIGHEST_LINE);
		if (clear) high = push;
		else low = push;
	}
	return bent(high);
}

/**
 * The great circle between two places, its longitudes unwrapped past ±180 so that a line along it has no gap.
 * Where it would cross the polar cap that no Mercator tile holds, it is bent to pass just below.
 */
export function greatCircle(from: Position, to: Position): (fraction: number) => Position {
	const at = belowPole(alongGreatCircle(from, to));
	const east = (lng: number, reference: number) =>
		reference + ((((lng - reference) % 360) + 540) % 360) - 180;
	const middle = east(at(0.5)[0], from[0]);
	return (fraction) => {
		const [lng, lat] = at(fraction);
		return [east(lng, fraction < 0.5 ? from[0] : middle), lat];
	};
}

/** A piece of a contact's line, or one dot of it; `along` says how far along the line it ends, 0 to 1. */
export interface Segment {
	readonly along: number;
	readonly line: readonly Position[];
}

/** Pieces a line is cut into per radian, and the fewest of them. */
const PIECES = { perRadian: 80, least: 24 } as const;
/** Which pieces are drawn, in turn: dots, dashes or all of it. */
const PATTERNS: Readonly<Record<ContactKind, { readonly every: number; readonly drawn: number }>> =
	{
		telephone: { every: 1.5, drawn: 0 },
		video: { every: 4, drawn: 2.4 },
		meeting: { every: 1, drawn: 1 },
		troops: { every: 1, drawn: 1 },
		visit: { every: 8, drawn: 5 }
	};

/** The pieces of a contact that are seen, between the points of the places it joins, from the first to the last. */
export function contactSegments(
	{ kind, legs }: Pick<Contact, 'kind' | 'legs'>,
	places: Readonly<Record<string, Pick<Place, 'point'>>>
): Segment[] {
	const { every, drawn } = PATTERNS[kind];
	return legs.flatMap(({ from, to }) => {
		const [a, b] = [places[from], places[to]];
		if (!a || !b) return [];
		const at = greatCircle(a.point, b.point);
		const pieces = Math.max(PIECES.least, angleBetween(a.point, b.point) * PIECES.perRadian);
		const segments: Segment[] = [];
		for (let piece = 0; piece < pieces; piece += every) {
			const end = Math.min(pieces, piece + drawn);
			const stops = drawn === 0 ? [piece] : [piece, (piece + end) / 2, end];
			segments.push({ along: end / pieces, line: stops.map((stop) => at(stop / pieces)) });
		}
		return segments;
	});
}

/** In plate sides: how far an arrowhead's tip stays from the place it points at, its length, and half its width. */
const ARROW = { gap: 0.014, length: 0.03, half: 0.0115 } as const;

/**
 * The heads of a meeting's lines, where they arrive: closed rings, sized for a camera, so that both renderers draw the
 * same. A line whose end that camera does not see has none.
 */
export function arrowheads(
	{ kind, legs }: Pick<Contact, 'kind' | 'legs'>,
	places: Readonly<Record<string, Pick<Place, 'point'>>>,
	camera: Camera
): Position[][] {
	if (kind !== 'meeting') return [];
	const { project } = perspective(camera, 1);
	return legs.flatMap(({ from, to }) => {
		const [a, b] = [places[from], places[to]];
		const end = b && project(b.point);
		if (!a || !b || !end) return [];
		const at = greatCircle(a.point, b.point);
		/** How far from the line's end a point on it is seen to be. */
		const away = (fraction: number) => {
			const point = project(at(fraction));
			return point ? Math.hypot(point[0] - end[0], point[1] - end[1]) : Infinity;
		};
		const fractionAway = (distance: number) => {
			let [low, high] = [0, 1];
			for (let step = 0; step < 40; step++) {
				const middle = (low + high) / 2;
				if (away(middle) > distance) low = middle;
				else high = middle;
			}
			return high;
		};
		const [tipAt, baseAt] = [fractionAway(ARROW.gap), fractionAway(ARROW.gap + ARROW.length)];
		if (tipAt - baseAt < 1e-9) return [];
		const [tip, base] = [at(tipAt), at(baseAt)];
		const corner = (side: 1 | -1) => sideways(base, tip, (side * ARROW.half) / ARROW.length);
		const left = corner(1);
		return [[tip, left, corner(-1), tip]];
	});
}

/** The position beside `base`, seen looking at `tip`, as far off as `part` of the way to it; positive is to the left. */
function sideways(base: Position, tip: Position, part: number): Position {
	const [u, v] = [toVector(base), toVector(tip)];
	const across = [
		u[1] * v[2] - u[2] * v[1],
		u[2] * v[0] - u[0] * v[2],
		u[0] * v[1] - u[1] * v[0]
	] as const;
	const [lng, lat] = toPosition([
		u[0] + across[0] * part,
		u[1] + across[1] * part,
		u[2] + across[2] * part
	]);
	return [lng + 360 * Math.round((base[0] - lng) / 360), lat];
}
