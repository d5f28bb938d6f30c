/** Longitudes brought back to ±180, and geometries cut where they cross (RFC 7946, 3.1.9). */
import type { Position } from 'geojson';
import { clean, isSame, latOf, lngOf, signedArea } from './ring';
import type { Ring } from './ring';

/** Outer ring first, then holes. */
export type Rings = readonly Ring[];

type Line = readonly Position[];

/** A step of more than half the Earth goes the short way, unless it follows a parallel from one edge of the map to the other. */
function turnsOf(from: Position, to: Position): number {
	const step = lngOf(to) - lngOf(from);
	if (Math.abs(step) <= 180 || (Math.abs(step) === 360 && Math.abs(lngOf(to)) === 180)) return 0;
	return Math.round(step / 360);
}

/** The same line with longitudes that run on beyond ±180, where a step of it crosses the antimeridian. */
export function unwrap(line: Line): Line {
	if (!crossingStep(line)) return line;
	let turns = 0;
	return line.map((position, index) => {
		turns -= turnsOf(line[index - 1] ?? position, position);
		return shifted(position, turns);
	});
}

/** The first step of a line that crosses the antimeridian. */
export function crossingStep(line: Line): readonly [Position, Position] | undefined {
	let from: Position | undefined;
	for (const to of line) {
		if (from && turnsOf(from, to) !== 0) return [from, to];
		from = to;
	}
	return undefined;
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
	const { here, beyond } = split(rings, 180);
	return [...here, ...beyond.flatMap((piece) => cutPolygon(piece.map((ring) => moved(ring, -1))))];
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

/** Where a ring crosses the line of a cut. */
interface Crossing {
	readonly lat: number;
	/** The run of the ring from here to its next crossing, both included. */
	positions: readonly Position[];
	next: Crossing | undefined;
}

/** The pieces of a polygon on either side of a line of longitude. */
interface Halves {
	readonly here: Ring[][];
	readonly beyond: Ring[][];
}

/** Cuts a polygon in two along a line of longitude. */
function split(rings: Rings, lng: number): Halves {
	// Where rings leave the near side, and where they come back.
	const leaving: Crossing[] = [];
	const coming: Crossing[] = [];
	const whole: Record<keyof Halves, Ring[]> = { here: [], beyond: [] };
	for (const ring of rings) {
		const open = ring.slice(0, -1);
		const isBeyond = open.map((position) => lngOf(position) >= lng);
		const cuts = [...open.keys()].filter((index) => isBeyond[index] !== isBeyond.at(index - 1));
		if (cuts.length === 0) whole[isBeyond[0] ? 'beyond' : 'here'].push(ring);
		const crossings = cuts.map((index) => {
			const lat = latAt(open.at(index - 1) ?? [], open[index] ?? [], lng);
			const crossing: Crossing = { lat, positions: [], next: undefined };
			(isBeyond[index] ? leaving : coming).push(crossing);
			return crossing;
		});
		for (const [order, crossing] of crossings.entries()) {
			const [from = 0, to = 0] = [cuts[order], cuts[(order + 1) % cuts.length]];
			const run = from < to ? open.slice(from, to) : [...open.slice(from), ...open.slice(0, to)];
			const next = crossings[(order + 1) % crossings.length] ?? crossing;
			crossing.next = next;
			crossing.positions = [[lng, crossing.lat], ...run, [lng, next.lat]];
		}
	}
	const partners = pair(leaving, coming);
	const here = joined(coming, partners);
	const beyond = joined(leaving, partners);
	for (const hole of whole.here) pieceAround(here, hole)?.push(hole);
	for (const hole of whole.beyond) pieceAround(beyond, hole)?.push(hole);
	return { here, beyond };
}

/** Along the line of the cut, the inside of a polygon lies between one that leaves and one that comes back. */
function pair(
	leaving: readonly Crossing[],
	coming: readonly Crossing[]
): ReadonlyMap<Crossing, Crossing> {
	const byLat = (a: Crossing, b: Crossing) => a.lat - b.lat;
	const others = [...coming].sort(byLat);
	const pairs = [...leaving].sort(byLat).flatMap((one, index) => {
		const other = others[index] ?? one;
		return [[one, other] as const, [other, one] as const];
	});
	return new Map(pairs);
}

/** Rings made of the runs that begin at these crossings. */
function joined(starts: readonly Crossing[], partners: ReadonlyMap<Crossing, Crossing>): Ring[][] {
	const used = new Set<Crossing>();
	return starts.flatMap((first) => {
		const runs: (readonly Position[])[] = [];
		for (let start: Crossing | undefined = first; start && !used.has(start);) {
			used.add(start);
			runs.push(start.positions);
			start = start.next && partners.get(start.next);
		}
		const positions = runs.flat();
		const { ring } = clean([...positions, ...positions.slice(0, 1)]);
		return ring.length < 4 || signedArea(ring) === 0 ? [] : [[ring]];
	});
}

function pieceAround(pieces: readonly Ring[][], hole: Ring): Ring[] | undefined {
	return pieces.find(([outer = []]) => hole.some((position) => holds(outer, position)));
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
