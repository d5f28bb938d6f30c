import type { Position } from 'geojson';
import type { Finding } from '../model/finding';

/** Closed: its last position is its first. */
export type Ring = readonly Position[];

/** Degrees below which two positions are one, about 0.1 mm. */
export const NEAR = 1e-9;

/** Share of the square of its reach below which a ring has no area. */
const FLAT = 1e-12;

// By index: taking a position apart by its iterator is slow, and this is done for every number.
export const lngOf = (position: Position): number => position[0] ?? NaN;
export const latOf = (position: Position): number => position[1] ?? NaN;

/** True where both are at the same place, whatever their heights. */
export function isSame(a: Position | undefined, b: Position | undefined): boolean {
	return a?.[0] === b?.[0] && a?.[1] === b?.[1];
}

/** `[-150, 60.5]`, with as many digits as tell a decimetre. */
export function formatPosition(position: Position): string {
	return `[${[lngOf(position), latOf(position)].map((value) => Number(value.toFixed(6))).join(', ')}]`;
}

/** Why a list of positions is no ring. */
export function* openFindings(ring: Ring): Generator<Finding> {
	const [first, last] = [ring[0], ring.at(-1)];
	if (ring.length < 4) {
		yield [`a ring of ${ring.length} positions`, 'at least 4', 'add positions to the ring'];
	}
	if (!isSame(first, last)) {
		yield [
			`a ring that begins at [${String(first)}] and ends at [${String(last)}]`,
			'the same position first and last',
			'close the ring: repeat its first position at its end'
		];
	}
}

/**
 * Twice the area in square degrees; positive where the ring runs anticlockwise (the shoelace formula);
 * 0 where it is lost in the numbers' last digits.
 */
export function signedArea(ring: Ring): number {
	const x0 = lngOf(ring[0] ?? []);
	const y0 = latOf(ring[0] ?? []);
	let sum = 0;
	let reach = 0;
	let x = 0;
	let y = 0;
	for (const position of ring) {
		const nextX = lngOf(position) - x0;
		const nextY = latOf(position) - y0;
		sum += x * nextY - nextX * y;
		reach = Math.max(reach, Math.abs(nextX), Math.abs(nextY));
		x = nextX;
		y = nextY;
	}
	return Math.abs(sum) <= FLAT * reach * reach ? 0 : sum;
}

/** A ring without repeated positions and spikes, and the first of each that was taken out. */
export interface CleanRing {
	readonly ring: Ring;
	readonly repeated: Position | undefined;
	readonly spike: Position | undefined;
}

/** Takes out positions that stand twice in a row, and spikes: ways there and back along the same line. */
export function clean(ring: Ring): CleanRing {
	let repeated: Position | undefined;
	let spike: Position | undefined;
	// Without the last position, which is the first again.
	const kept: Position[] = [];
	for (const position of ring.slice(0, -1)) {
		if (kept.length > 0 && isSame(kept.at(-1), position)) {
			repeated ??= position;
			continue;
		}
		for (;;) {
			const a = kept[kept.length - 2];
			const b = kept[kept.length - 1];
			if (!a || !b || !turnsBack(a, b, position)) break;
			spike ??= b;
			kept.pop();
			if (isSame(a, position)) kept.pop();
		}
		kept.push(position);
	}
	let [from, to] = [0, kept.length - 1];
	while (to - from >= 2) {
		const [first, second, before, last] = [kept[from], kept[from + 1], kept[to - 1], kept[to]];
		if (!first || !second || !before || !last) break;
		if (isSame(last, first)) {
			if (spike === undefined) repeated ??= last;
			to -= 1;
		} else if (turnsBack(last, first, second)) {
			spike ??= first;
			from += 1;
		} else if (turnsBack(before, last, first)) {
			spike ??= last;
			to -= 1;
		} else break;
	}
	if (repeated === undefined && spike === undefined) return { ring, repeated, spike };
	const open = kept.slice(from, to + 1);
	return { ring: [...open, ...open.slice(0, 1)], repeated, spike };
}

/** True where the way from a by b to c turns round on the spot. */
function turnsBack(a: Position, b: Position, c: Position): boolean {
	const ux = lngOf(b) - lngOf(a);
	const uy = latOf(b) - latOf(a);
	const vx = lngOf(c) - lngOf(b);
	const vy = latOf(c) - latOf(b);
	// A whole turn along a parallel only looks like the way back.
	if (ux * vx + uy * vy >= 0 || Math.max(Math.abs(ux), Math.abs(vx)) >= 360) return false;
	const across = ux * vy - uy * vx;
	return across * across <= NEAR * NEAR * Math.max(ux * ux + uy * uy, vx * vx + vy * vy);
}
