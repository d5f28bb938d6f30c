/** Where the rings of a polygon cross, and which of them lies inside which. */
import type { Position } from 'geojson';
import type { Rings } from './antimeridian';
import { latOf, lngOf, NEAR } from './ring';
import type { Work } from './work';

/**
 * `crossing`: two edges cross. `overlap`: two edges run over each other.
 * Edges and rings that touch in a point are neither.
 */
export interface Crossing {
	readonly kind: 'crossing' | 'overlap';
	readonly at: Position;
	/** The two rings, by their order in all polygons together, smaller first. */
	readonly rings: readonly [number, number];
}

export interface Crossings {
	readonly found: readonly Crossing[];
	/** False where the search was given up: because enough were found, or because it would take too long. */
	readonly isWhole: boolean;
}

/** Crossings after which the search ends. */
const ENOUGH = 100;
/** Comparisons after which the search ends; lines as tangled as hatching need them. */
const MOST_WORK = 30_000_000;
/** Comparisons between two pauses. */
const PAUSE = 20_000;
/** Edges in a leaf of the tree. */
const LEAF = 8;

/**
 * The edges of rings in a binary tree of boxes. Edges that follow each other are near each other, so the order of the
 * ring is the order of the tree, and nothing is sorted: two branches are compared only where their boxes meet.
 */
export interface EdgeTree {
	/** All crossings between edges. */
	readonly crossings: () => Work<Crossings>;
	/**
	 * The rings that a position lies in, or null where it lies on an edge of one of them.
	 *
	 * @param isAsked whether a ring is in question, by its order
	 */
	readonly ringsAround: (
		position: Position,
		isAsked: (ring: number) => boolean
	) => ReadonlySet<number> | null;
}

/** @param rings of one polygon or several, closed and without repeated positions and spikes */
export function edgeTree(rings: Rings): EdgeTree {
	const size = rings.reduce((sum, ring) => sum + ring.length - 1, 0);
	// Edge e runs from (xs[e], ys[e]) to where edge after[e] begins.
	const [xs, ys] = [new Float64Array(size), new Float64Array(size)];
	const [before, after, ringOf] = [
		new Uint32Array(size),
		new Uint32Array(size),
		new Uint32Array(size)
	];
	let edge = 0;
	for (const [index, ring] of rings.entries()) {
		const [first, last] = [edge, edge + ring.length - 2];
		for (let step = 0; step < ring.length - 1; step++, edge++) {
			const position = ring[step] ?? [];
			xs[edge] = lngOf(position);
			ys[edge] = latOf(position);
			before[edge] = edge === first ? last : edge - 1;
			after[edge] = edge === last ? first : edge + 1;
			ringOf[edge] = index;
		}
	}
	// Every index below is one of an edge or a node.
	const x = (of: number): number => xs[of] ?? NaN;
	const y = (of: number): number => ys[of] ?? NaN;
	const next = (of: number): number => after[of] ?? NaN;
	const previous = (of: number): number => before[of] ?? NaN;
	const ringOfEdge = (of: number): number => ringOf[of] ?? NaN;

	let leaves = 1;
	while (leaves * LEAF < size) leaves *= 2;
	/** West, south, east, north of each node; the children of node n are 2n and 2n + 1, the root is 1. */
	const boxes = new Float64Array(8 * leaves);
	for (let node = 2 * leaves - 1; node >= 1; node--) {
		let [west, south, east, north] = [Infinity, Infinity, -Infinity, -Infinity];
		const from = (node - leaves) * LEAF;
		for (let each = from; node >= leaves && each < Math.min(from + LEAF, size); each++) {
			const end = next(each);
			west = Math.min(west, x(each), x(end));
			south = Math.min(south, y(each), y(end));
			east = Math.max(east, x(each), x(end));
			north = Math.max(north, y(each), y(end));
		}
		for (const child of node < leaves ? [8 * node, 8 * node + 4] : []) {
			west = Math.min(west, boxes[child] ?? NaN);
			south = Math.min(south, boxes[child + 1] ?? NaN);
			east = Math.max(east, boxes[child + 2] ?? NaN);
			north = Math.max(north, boxes[child + 3] ?? NaN);
		}
		boxes.set([west, south, east, north], 4 * node);
	}
	const box = (node: number, side: number): number => boxes[4 * node + side] ?? NaN;
	const meet = (a: number, b: number): boolean =>
		box(a, 0) <= box(b, 2) + NEAR &&
		box(b, 0) <= box(a, 2) + NEAR &&
		box(a, 1) <= box(b, 3) + NEAR &&
		box(b, 1) <= box(a, 3) + NEAR;

	/** On which side of edge e the start of edge p lies: 1 left, -1 right, 0 on its line. */
	function side(e: number, p: number): number {
		const ux = x(next(e)) - x(e);
		const uy = y(next(e)) - y(e);
		const across = ux * (y(p) - y(e)) - uy * (x(p) - x(e));
		if (across * across <= NEAR * NEAR * (ux * ux + uy * uy)) return 0;
		return across > 0 ? 1 : -1;
	}

	/** True where the boxes of two edges are apart: what nearly all comparisons find. */
	function isApart(e: number, f: number): boolean {
		const endE = next(e);
		const endF = next(f);
		return (
			Math.max(x(e), x(endE)) + NEAR < Math.min(x(f), x(endF)) ||
			Math.max(x(f), x(endF)) + NEAR < Math.min(x(e), x(endE)) ||
			Math.max(y(e), y(endE)) + NEAR < Math.min(y(f), y(endF)) ||
			Math.max(y(f), y(endF)) + NEAR < Math.min(y(e), y(endE))
		);
	}

	/** Share of the way along edge e at which the start of edge p lies, which is on its line. */
	function along(e: number, p: number): number {
		const ux = x(next(e)) - x(e);
		const uy = y(next(e)) - y(e);
		return ((x(p) - x(e)) * ux + (y(p) - y(e)) * uy) / (ux * ux + uy * uy);
	}

	const isBetween = (share: number): boolean => share > 0 && share < 1;
	const isAt = (p: number, q: number): boolean =>
		Math.abs(x(p) - x(q)) <= NEAR && Math.abs(y(p) - y(q)) <= NEAR;

	/** True where a ring goes through edge e at its vertex p. */
	function passes(e: number, p: number): boolean {
		return isBetween(along(e, p)) && side(e, previous(p)) * side(e, next(p)) < 0;
	}

	/** True where two ways through the same point, at their vertices p and q, cross there. */
	function interlace(p: number, q: number): boolean {
		const bearing = (to: number) => Math.atan2(y(to) - y(p), x(to) - x(p));
		const start = bearing(previous(p));
		const turn = (to: number) => (bearing(to) - start + 4 * Math.PI) % (2 * Math.PI);
		const end = turn(next(p));
		const others = [turn(previous(q)), turn(next(q))];
		// Ways that share an edge overlap, and are found there.
		if (others.some((way) => [0, end, 2 * Math.PI].some((edge) => Math.abs(way - edge) < NEAR))) {
			return false;
		}
		return new Set(others.map((way) => way < end)).size === 2;
	}

	/** How two edges that are no neighbours meet. */
	function meeting(e: number, f: number): Pick<Crossing, 'kind' | 'at'> | undefined {
		const endE = next(e);
		const endF = next(f);
		const c = side(e, f);
		const d = side(e, endF);
		if (c * d > 0) return undefined;
		const a = side(f, e);
		const b = side(f, endE);
		if (a * b > 0) return undefined;
		if (c === 0 && d === 0) {
			const ends = [along(e, f), along(e, endF)];
			const length = Math.hypot(x(endE) - x(e), y(endE) - y(e));
			const shared = Math.min(1, Math.max(...ends)) - Math.max(0, Math.min(...ends));
			const at = isBetween(along(e, f)) ? f : e;
			return shared * length > NEAR ? { kind: 'overlap', at: [x(at), y(at)] } : undefined;
		}
		if (c * d < 0 && a * b < 0) return { kind: 'crossing', at: intersection(e, f) };
		const through = isAt(e, f)
			? interlace(e, f)
			: (c === 0 && passes(e, f)) || (a === 0 && passes(f, e));
		const at = a === 0 ? e : f;
		return through ? { kind: 'crossing', at: [x(at), y(at)] } : undefined;
	}

	function intersection(e: number, f: number): Position {
		const [endE, endF] = [next(e), next(f)];
		const [ux, uy] = [x(endE) - x(e), y(endE) - y(e)];
		const [vx, vy] = [x(endF) - x(f), y(endF) - y(f)];
		const share = ((x(f) - x(e)) * vy - (y(f) - y(e)) * vx) / (ux * vy - uy * vx);
		return [x(e) + share * ux, y(e) + share * uy];
	}

	function* crossings(): Work<Crossings> {
		const found: Crossing[] = [];
		// Nodes to be compared, in pairs: the last two of the list are next.
		const pairs = [1, 1];
		let work = 0;
		let pauseAt = PAUSE;
		while (pairs.length > 0) {
			const b = pairs.pop() ?? NaN;
			const a = pairs.pop() ?? NaN;
			work += 1;
			if (work > pauseAt) {
				if (work > MOST_WORK) return { found, isWhole: false };
				pauseAt = work + PAUSE;
				yield;
			}
			if (a !== b && !meet(a, b)) continue;
			if (a < leaves) {
				pairs.push(2 * a, 2 * b, 2 * a + 1, 2 * b + 1, 2 * a, 2 * b + 1);
				if (a !== b) pairs.push(2 * a + 1, 2 * b);
				continue;
			}
			const endA = Math.min((a - leaves + 1) * LEAF, size);
			const endB = Math.min((b - leaves + 1) * LEAF, size);
			for (let e = (a - leaves) * LEAF; e < endA; e++) {
				for (let f = a === b ? e + 1 : (b - leaves) * LEAF; f < endB; f++) {
					work += 1;
					if (isApart(e, f) || next(e) === f || next(f) === e) continue;
					const met = meeting(e, f);
					if (!met) continue;
					found.push({ ...met, rings: [ringOfEdge(e), ringOfEdge(f)] });
					if (found.length === ENOUGH) return { found, isWhole: false };
				}
			}
		}
		return { found, isWhole: true };
	}

	function ringsAround(
		position: Position,
		isAsked: (ring: number) => boolean
	): ReadonlySet<number> | null {
		const [px, py] = [lngOf(position), latOf(position)];
		const around = new Set<number>();
		const nodes = [1];
		for (let node = nodes.pop(); node !== undefined; node = nodes.pop()) {
			if (py < box(node, 1) - NEAR || py > box(node, 3) + NEAR || px > box(node, 2) + NEAR) {
				continue;
			}
			if (node < leaves) {
				nodes.push(2 * node, 2 * node + 1);
				continue;
			}
			const from = (node - leaves) * LEAF;
			for (let e = from; e < Math.min(from + LEAF, size); e++) {
				const [end, ring] = [next(e), ringOfEdge(e)];
				if (!isAsked(ring)) continue;
				const [ux, uy] = [x(end) - x(e), y(end) - y(e)];
				const [vx, vy] = [px - x(e), py - y(e)];
				const share = Math.max(0, Math.min(1, (vx * ux + vy * uy) / (ux * ux + uy * uy)));
				if (Math.hypot(vx - share * ux, vy - share * uy) <= NEAR) return null;
				if (y(e) > py === y(end) > py || x(e) + (vy / uy) * ux <= px) continue;
				if (!around.delete(ring)) around.add(ring);
			}
		}
		return around;
	}

	return { crossings, ringsAround };
}
