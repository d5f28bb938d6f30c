/** Lines made from the shapes of places and contacts: what both renderers stroke. */
import { alongGreatCircle, angleBetween } from './camera';
import type { Contact, ContactKind, Place, Polygon, Position } from './story';

/** Highest latitude a contact's line reaches: beyond Mercator's 85.05° MapLibre draws a false ring round the pole. */
const HIGHEST_LINE = 84.9;

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

/**
 * The great circle between two places, its longitudes unwrapped past ±180 so that a line along it has no gap.
 * Near a pole, where Mercator ends, its latitude is held.
 */
export function greatCircle(from: Position, to: Position): (fraction: number) => Position {
	const at = alongGreatCircle(from, to);
	const east = (lng: number, reference: number) =>
		reference + ((((lng - reference) % 360) + 540) % 360) - 180;
	const middle = east(at(0.5)[0], from[0]);
	return (fraction) => {
		const [lng, lat] = at(fraction);
		const reference = fraction < 0.5 ? from[0] : middle;
		return [east(lng, reference), Math.min(HIGHEST_LINE, lat)];
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
