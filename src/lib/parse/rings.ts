import type { Position } from '../story';
import { error, quote } from './issue';
import type { Finding, Issue, Path, Spot } from './issue';

/** What a position can be wrong in, worst first; a ring reports each once. */
type Fault = 'shape' | 'number' | 'swapped' | 'longitude' | 'latitude';

/** What is wrong in a list of positions, each kind once with how often it occurs. */
export function positionFindings(positions: readonly unknown[]): readonly Finding[] {
	const faults = new Map<Fault, { readonly first: unknown; count: number }>();
	for (const position of positions) {
		const fault = faultOf(position);
		if (fault === undefined) continue;
		const known = faults.get(fault);
		if (known) known.count += 1;
		else faults.set(fault, { first: position, count: 1 });
	}
	return [...faults].map(([fault, { first, count }]) => findingOf(fault, first, count));
}

/**
 * What is wrong in the polygons of an outline (RFC 7946, 3.1.6).
 * @param spotOf where the value at `[polygon, ring]` stands
 */
export function* outlineIssues(
	polygons: readonly unknown[],
	spotOf: (path: Path) => Spot
): Generator<Issue> {
	if (polygons.length === 0) yield error(spotOf([]), NO_POLYGON);
	for (const [index, polygon] of polygons.entries()) {
		if (!Array.isArray(polygon) || polygon.length === 0) {
			yield error(spotOf([index]), NO_POLYGON);
			continue;
		}
		if (polygon.some((ring) => Array.isArray(ring) && typeof ring[0] === 'number')) {
			yield error(spotOf([index]), RING_WITHOUT_BRACKETS);
			continue;
		}
		for (const [number, ring] of polygon.entries()) {
			for (const finding of ringFindings(ring, number > 0)) {
				yield error(spotOf([index, number]), finding);
			}
		}
	}
}

const NO_POLYGON: Finding = [
	'a polygon without rings',
	'at least one ring of positions',
	'draw it, or take it out'
];

const RING_WITHOUT_BRACKETS: Finding = [
	'a position in place of a ring',
	'a list of rings, each a list of positions',
	'put the ring into one more pair of brackets'
];

function* ringFindings(ring: unknown, isHole: boolean): Generator<Finding> {
	if (!Array.isArray(ring)) {
		yield [quote(ring), 'a ring: a list of positions', 'check the number of brackets'];
		return;
	}
	const findings = positionFindings(ring);
	yield* findings;
	if (findings.length > 0) return;
	// No finding: every item is a longitude and a latitude.
	const positions = ring as readonly Position[];
	const [first, last] = [positions[0], positions.at(-1)];
	if (positions.length < 4) {
		yield [`a ring of ${positions.length} positions`, 'at least 4', 'add positions to the ring'];
	}
	if (first?.[0] !== last?.[0] || first?.[1] !== last?.[1]) {
		yield [
			`a ring that begins at [${String(first)}] and ends at [${String(last)}]`,
			'the same position first and last',
			'close the ring: repeat its first position at its end'
		];
		return;
	}
	if (positions.length < 4) return;
	const area = signedArea(positions);
	if (area === 0) {
		yield ['a ring without area', 'a ring around an area', 'draw it again, or take it out'];
	} else if (area > 0 === isHole) {
		yield [
			`${isHole ? 'a hole' : 'an outer ring'} that runs ${area > 0 ? 'anticlockwise' : 'clockwise'}`,
			'outer rings anticlockwise and holes clockwise (the right-hand rule)',
			'turn the order of its positions round'
		];
	}
}

/** Twice the area in square degrees; positive where the ring runs anticlockwise (the shoelace formula). */
function signedArea(ring: readonly Position[]): number {
	let sum = 0;
	let [x, y] = ring[0] ?? [0, 0];
	for (const [nextX, nextY] of ring) {
		sum += x * nextY - nextX * y;
		[x, y] = [nextX, nextY];
	}
	return sum;
}

function faultOf(position: unknown): Fault | undefined {
	if (!Array.isArray(position) || position.length !== 2) return 'shape';
	const [lng, lat] = position as unknown[];
	if (!Number.isFinite(lng) || !Number.isFinite(lat)) return 'number';
	const [x, y] = [Math.abs(Number(lng)), Math.abs(Number(lat))];
	if (y > 90 && y <= 180 && x <= 90) return 'swapped';
	if (x > 180) return 'longitude';
	return y > 90 ? 'latitude' : undefined;
}

function findingOf(fault: Fault, position: unknown, count: number): Finding {
	const shown = JSON.stringify(position, (_, value: unknown) =>
		typeof value === 'number' && !Number.isFinite(value) ? String(value) : value
	);
	const short = shown.length > 60 ? `${shown.slice(0, 60)}…` : shown;
	const found = `the position ${short}${count > 1 ? ` (and ${count - 1} more like it)` : ''}`;
	if (fault === 'shape') {
		return [found, '[longitude, latitude]', 'write two numbers; leave the height out'];
	}
	if (fault === 'number') return [found, 'two finite numbers', 'write numbers'];
	if (fault === 'swapped') {
		return [found, 'a latitude from -90 to 90', 'its axes seem swapped: write the longitude first'];
	}
	if (fault === 'longitude') {
		return [found, 'a longitude from -180 to 180', 'cut the geometry at the antimeridian'];
	}
	return [found, 'a latitude from -90 to 90', 'check the number'];
}
