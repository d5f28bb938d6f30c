import type { Position } from 'geojson';
import type { Topology } from 'topojson-specification';

/** An edge of an arc, on the grid: from its start-th position to the next. */
interface Edge {
	readonly arc: number;
	readonly start: number;
	readonly ax: number;
	readonly ay: number;
	readonly bx: number;
	readonly by: number;
}

/**
 * Rounds a topology to a grid, and keeps its lines from crossing: where rounding lets two edges
 * cross, the position that causes it is dropped from its arc, and so from both areas beside it.
 *
 * @param topology arcs in degrees; they share no position but their ends
 * @param step the grid's step in degrees
 * @throws Error if lines still cross that have no position to drop
 */
export function roundToGrid(topology: Topology, step: number): Topology {
	let arcs = topology.arcs.map((arc) => onGrid(arc, step));
	for (let crossings = findCrossings(arcs); crossings.length > 0;) {
		const dropped = new Set<string>();
		for (const [one, other] of crossings) {
			const culprit = nearestInner(one, other, arcs);
			if (!culprit) throw new Error(`lines cross at ${place(one, step)}, between arcs' ends`);
			dropped.add(culprit);
		}
		arcs = arcs.map((arc, index) =>
			arc.filter((_, at) => !dropped.has(`${String(index)} ${String(at)}`))
		);
		crossings = findCrossings(arcs);
	}
	return {
		...topology,
		arcs: arcs.map((arc) => arc.map(([x = 0, y = 0]) => [x * step, y * step]))
	};
}

function onGrid(arc: readonly Position[], step: number): Position[] {
	const rounded = arc.map((position) => position.map((value) => Math.round(value / step)));
	const kept = rounded.filter(
		([x, y], index) => index === 0 || x !== rounded[index - 1]?.[0] || y !== rounded[index - 1]?.[1]
	);
	// An arc keeps both ends, even where they fall together.
	const [only] = kept;
	return only && kept.length === 1 ? [only, only] : kept;
}

function findCrossings(arcs: readonly (readonly Position[])[]): [Edge, Edge][] {
	const edges = arcs.flatMap((arc, index) =>
		arc.slice(1).map(([bx = 0, by = 0], start): Edge => {
			const [ax = 0, ay = 0] = arc[start] ?? [];
			return { arc: index, start, ax, ay, bx, by };
		})
	);
	edges.sort((a, b) => Math.min(a.ax, a.bx) - Math.min(b.ax, b.bx));
	const crossings: [Edge, Edge][] = [];
	for (const [index, edge] of edges.entries()) {
		const east = Math.max(edge.ax, edge.bx);
		for (let next = index + 1; next < edges.length; next++) {
			const other = edges[next];
			if (!other || Math.min(other.ax, other.bx) > east) break;
			if (cross(edge, other)) crossings.push([edge, other]);
		}
	}
	return crossings;
}

/** Whether two edges cross in their insides; exact, since the grid's coordinates are whole. */
function cross(a: Edge, b: Edge): boolean {
	if (Math.max(a.ay, a.by) < Math.min(b.ay, b.by)) return false;
	if (Math.min(a.ay, a.by) > Math.max(b.ay, b.by)) return false;
	return (
		side(a, b.ax, b.ay) * side(a, b.bx, b.by) < 0 && side(b, a.ax, a.ay) * side(b, a.bx, a.by) < 0
	);
}

function side({ ax, ay, bx, by }: Edge, x: number, y: number): number {
	return Math.sign((bx - ax) * (y - ay) - (by - ay) * (x - ax));
}

/** Of two crossing edges' positions inside their arcs, the one nearest to the other edge. */
function nearestInner(
	one: Edge,
	other: Edge,
	arcs: readonly (readonly Position[])[]
): string | undefined {
	const candidates = [[one, other] as const, [other, one] as const].flatMap(([edge, against]) => {
		const last = (arcs[edge.arc]?.length ?? 0) - 1;
		return [
			{ at: edge.start, x: edge.ax, y: edge.ay },
			{ at: edge.start + 1, x: edge.bx, y: edge.by }
		]
			.filter(({ at }) => at > 0 && at < last)
			.map(({ at, x, y }) => ({
				key: `${String(edge.arc)} ${String(at)}`,
				distance: distance(against, x, y)
			}));
	});
	return candidates.sort((a, b) => a.distance - b.distance)[0]?.key;
}

/** From a point to the line through an edge. */
function distance({ ax, ay, bx, by }: Edge, x: number, y: number): number {
	return Math.abs((bx - ax) * (y - ay) - (by - ay) * (x - ax)) / Math.hypot(bx - ax, by - ay);
}

function place({ ax, ay }: Edge, step: number): string {
	return `${(ax * step).toFixed(4)}, ${(ay * step).toFixed(4)}`;
}
