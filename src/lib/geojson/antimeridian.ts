/** Longitudes brought back to ±180, and geometries cut where they cross (RFC 7946, 3.1.9). */
import type { Position } from 'geojson';
import { clean, isSame, latOf, lngOf, signedArea } from './ring';
import type { Ring } from './ring';

/** Outer ring first, then holes. */
export type Rings = readonly Ring[];

type Line = readonly Position[];

/** Turns round the Earth in a step: those of more than half the Earth go the short way. */
function turnsOf(from: Position, to: Position): number {
	const step = lngOf(to) - lngOf(from);
	return Math.abs(step) <= 180 ? 0 : Math.round(step / 360);
}

/** From one edge of the map to the other, along a parallel or along the pole. */
function isWholeTurn(from: Position, to: Position): boolean {
	return Math.abs(lngOf(to) - lngOf(from)) === 360 && Math.abs(lngOf(to)) === 180;
}

/** The first step of a line that crosses the antimeridian. A whole turn is no crossing. */
export function crossingStep(line: Line): readonly [Position, Position] | undefined {
	let from: Position | undefined;
	for (const to of line) {
		if (from && turnsOf(from, to) !== 0 && !isWholeTurn(from, to)) return [from, to];
		from = to;
	}
	return undefined;
}

/**
 * The same line with longitudes that run on beyond ±180, where a step of it crosses the antimeridian.
 * Beside such a step, one from 180 to -180 is none: it stays in its place.
 */
export function unwrap(line: Line): Line {
	if (!crossingStep(line)) return line;
	let turns = 0;
	return line.map((position, index) => {
		turns -= turnsOf(line[index - 1] ?? position, position);
		return shifted(position, turns);
	});
}

/** Turns eastward round the Earth that an unwrapped ring has made when it is back; 0 for all that does not hold a pole. */
export function turnsRound(ring: Ring): number {
	return Math.round((lngOf(ring.at(-1) ?? []) - lngOf(ring[0] ?? [])) / 360);
}

/**
 * A ring that goes round the Earth once, closed over the pole that it is nearer to.
 *
 * @param ring unwrapped: it ends 360° from where it begins
 */
export function closeOverPole(ring: Ring): Ring {
	const open = ring.slice(0, -1);
	const east = turnsRound(ring);
	const pole = open.reduce((sum, position) => sum + latOf(position), 0) >= 0 ? 90 : -90;
	const seam = 360 * Math.ceil((lngOf(open[0] ?? []) - 180) / 360) + 180;
	// Where it crosses the seam nearest to the pole, so that nothing of it lies between.
	let join: { readonly after: number; readonly lat: number; readonly turns: number } | undefined;
	for (const [index, from] of open.entries()) {
		const to = ring[index + 1] ?? from;
		for (const turns of [-2, -1, 0, 1]) {
			const at = seam + 360 * turns;
			if (lngOf(from) < at === lngOf(to) < at) continue;
			const lat = latAt(from, to, at);
			if (!join || Math.abs(pole - lat) < Math.abs(pole - join.lat)) {
				join = { after: index, lat, turns };
			}
		}
	}
	if (!join) return ring;
	const { after, lat, turns } = join;
	const before = open.slice(0, after + 1).map((position) => shifted(position, east - turns));
	const behind = open.slice(after + 1).map((position) => shifted(position, -turns));
	const end = seam + 360 * east;
	const start: Position = [seam, lat];
	const closed = [start, ...behind, ...before, [end, lat], [end, pole], [seam, pole], start];
	return closed.filter((position, index) => !isSame(position, closed[index - 1]));
}

/** A line in pieces, none of which leaves ±180. */
export function cutLine(line: Line): readonly Line[] {
	const pieces: Position[][] = [];
	let piece: Position[] = [];
	let sheet = sheetOf(line[0] ?? []);
	let before: Position | undefined;
	for (const position of line) {
		let from = before ?? position;
		while (Math.abs(lngOf(position) - 360 * sheet) > 180) {
			const way = Math.sign(lngOf(position) - 360 * sheet);
			const seam = 360 * sheet + 180 * way;
			const at: Position = [seam, latAt(from, position, seam)];
			if (!isSame(at, from)) piece.push(shifted(at, -sheet));
			pieces.push(piece);
			sheet += way;
			piece = [shifted(at, -sheet)];
			from = at;
		}
		piece.push(shifted(position, -sheet));
		before = position;
	}
	pieces.push(piece);
	const cut = pieces.map((each) => each.filter((at, index) => !isSame(at, each[index - 1])));
	return cut.filter((each) => each.length > 1);
}

/** Whole turns to take back from a position so that it lies in ±180. */
function sheetOf(position: Position): number {
	const lng = lngOf(position);
	return Math.abs(lng) <= 180 ? 0 : Math.ceil((Math.abs(lng) - 180) / 360) * Math.sign(lng);
}

/** A position in ±180. */
export function cutPosition(position: Position): Position {
	return shifted(position, -sheetOf(position));
}

/** True where a position lies beyond ±180. */
export function isBeyond(position: Position): boolean {
	return Math.abs(lngOf(position)) > 180;
}

/**
 * A polygon in pieces, none of which leaves ±180.
 *
 * @param rings unwrapped, the outer one anticlockwise, the holes clockwise and inside it; none crosses another
 */
export function cutPolygon(rings: Rings): readonly Rings[] {
	const [least, most] = reachOf(rings[0] ?? []);
	if (least >= -180 && most <= 180) return [rings];
	const west = -Math.floor((least + 180) / 360);
	if (west !== 0) return cutPolygon(rings.map((ring) => moved(ring, west)));
	const beyond = half(rings, 180, 1).map((piece) => piece.map((ring) => moved(ring, -1)));
	return [...half(rings, 180, -1), ...beyond.flatMap(cutPolygon)];
}

/** The same rings with holes on the turn of the Earth on which their outer ring is. */
export function alignHoles(rings: Rings): Rings {
	const [outer = [], ...holes] = rings;
	const [least, most] = reachOf(outer);
	return [
		outer,
		...holes.map((hole) => {
			const [from, to] = reachOf(hole);
			const apart = (least + most - from - to) / 2;
			return Math.abs(apart) > 180 ? moved(hole, Math.round(apart / 360)) : hole;
		})
	];
}

function reachOf(ring: Ring): readonly [least: number, most: number] {
	let [least, most] = [Infinity, -Infinity];
	for (const position of ring) {
		least = Math.min(least, lngOf(position));
		most = Math.max(most, lngOf(position));
	}
	return [least, most];
}

/**
 * The part of a polygon on one side of a line of longitude.
 *
 * @param side -1 for the west of the line, 1 for the east
 */
function half(rings: Rings, lng: number, side: -1 | 1): Ring[][] {
	const whole: Ring[] = [];
	// Each from the line to the line, through one side.
	const runs: Position[][] = [];
	for (const ring of rings) {
		const open = withCrossings(ring, lng).slice(0, -1);
		const sides = open.map((position) => Math.sign(lngOf(position) - lng));
		if (sides.every((at) => at === side)) whole.push(ring);
		for (const [index, start] of open.entries()) {
			const next = (index + 1) % open.length;
			if (sides[index] !== 0 || sides[next] !== side) continue;
			const run = [start];
			for (let at = next; ; at = (at + 1) % open.length) {
				run.push(open[at] ?? start);
				if (sides[at] === 0) break;
			}
			runs.push(run);
		}
	}
	return withHoles([...joined(runs), ...whole]);
}

/** A ring with a position wherever it crosses a line of longitude. */
function withCrossings(ring: Ring, lng: number): Ring {
	return ring.flatMap((to, index) => {
		const from = ring[index - 1] ?? to;
		const isAcross = (lngOf(from) - lng) * (lngOf(to) - lng) < 0;
		return isAcross ? [[lng, latAt(from, to, lng)], to] : [to];
	});
}

/**
 * Rings made of runs, along the line that they begin and end on: the inside of a polygon lies there between the end of one
 * and the beginning of the next.
 */
function joined(runs: readonly (readonly Position[])[]): Ring[] {
	const byLat = (end: number) => (a: readonly Position[], b: readonly Position[]) =>
		latOf(a.at(end) ?? []) - latOf(b.at(end) ?? []);
	const starts = [...runs].sort(byLat(0));
	const next = new Map([...runs].sort(byLat(-1)).map((run, index) => [run, starts[index]]));
	const used = new Set<readonly Position[]>();
	return runs.flatMap((first) => {
		const ring: Position[][] = [];
		for (let run: readonly Position[] | undefined = first; run && !used.has(run);) {
			used.add(run);
			ring.push([...run]);
			run = next.get(run);
		}
		const positions = ring.flat();
		const cleaned = clean([...positions, ...positions.slice(0, 1)]).ring;
		return cleaned.length < 4 ? [] : [cleaned];
	});
}

/** Polygons made of rings: those that run clockwise are holes of the others. */
function withHoles(rings: readonly Ring[]): Ring[][] {
	const pieces = rings.filter((ring) => signedArea(ring) > 0).map((ring) => [ring]);
	for (const hole of rings.filter((ring) => signedArea(ring) < 0)) {
		pieces.find(([outer = []]) => hole.some((position) => holds(outer, position)))?.push(hole);
	}
	return pieces;
}

/** True where a position lies inside a ring (by the count of edges east of it). */
function holds(ring: Ring, position: Position): boolean {
	const [x, y] = [lngOf(position), latOf(position)];
	let inside = false;
	for (const [index, to] of ring.entries()) {
		const from = ring[index - 1];
		if (!from || latOf(from) > y === latOf(to) > y) continue;
		const t = (y - latOf(from)) / (latOf(to) - latOf(from));
		if (lngOf(from) + t * (lngOf(to) - lngOf(from)) > x) inside = !inside;
	}
	return inside;
}

/** Latitude at which the straight way between two positions is at a longitude. */
function latAt(from: Position, to: Position, lng: number): number {
	if (lngOf(from) === lng) return latOf(from);
	if (lngOf(to) === lng) return latOf(to);
	const t = (lng - lngOf(from)) / (lngOf(to) - lngOf(from));
	return latOf(from) + t * (latOf(to) - latOf(from));
}

function moved(ring: Ring, turns: number): Ring {
	return turns === 0 ? ring : ring.map((position) => shifted(position, turns));
}

/** A position some whole turns east of another. */
function shifted(position: Position, turns: number): Position {
	if (turns === 0) return position;
	const [, ...rest] = position;
	// 210.1 - 360 is -149.9 with a tail of digits.
	return [Math.round((lngOf(position) + 360 * turns) * 1e9) / 1e9, ...rest];
}
