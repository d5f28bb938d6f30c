/** Lines made from the shapes of places and contacts: what both renderers stroke. */
import { alongGreatCircle, angleBetween } from './camera';
import type { Contact, Place, Polygon, Position } from './story';

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
 * The great circle between two places as one line, its longitudes unwrapped past ±180 so that it has no gap.
 * Near a pole, where Mercator ends, its latitude is held.
 */
export function greatCircle(from: Position, to: Position): Position[] {
	const steps = Math.max(8, Math.ceil((angleBetween(from, to) * 180) / Math.PI / 1.5));
	const at = alongGreatCircle(from, to);
	const line: Position[] = [];
	let last = from[0];
	for (let step = 0; step <= steps; step++) {
		const [lng, lat] = at(step / steps);
		last += ((((lng - last) % 360) + 540) % 360) - 180;
		line.push([last, Math.min(HIGHEST_LINE, lat)]);
	}
	return line;
}

/** The lines of a contact, between the points of the places it joins. */
export function contactLines(contact: Contact, places: Readonly<Record<string, Place>>): Position[][] {
	return contact.legs.flatMap(({ from, to }) => {
		const [a, b] = [places[from], places[to]];
		return a && b ? [greatCircle(a.point, b.point)] : [];
	});
}
