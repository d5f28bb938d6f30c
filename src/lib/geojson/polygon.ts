import type { Position } from 'geojson';
import type { Finding, Path } from '../model/finding';
import { formatPath, quote } from '../model/finding';
import {
	alignHoles,
	closeOverPole,
	crossingStep,
	cutPolygon,
	isBeyond,
	turnsRound,
	unwrap
} from './antimeridian';
import type { Rings } from './antimeridian';
import { edgeTree } from './crossing';
import type { Crossing, EdgeTree } from './crossing';
import { positionFindings } from './position';
import { watched } from './report';
import type { Report, Rules } from './report';
import { clean, formatPosition, lngOf, openFindings, signedArea } from './ring';
import type { Ring } from './ring';
import type { Work } from './work';

/** A polygon as it came, and where it stands. */
export interface Drawn {
	readonly rings: unknown;
	readonly path: Path;
}

/** A polygon that has been read. */
interface Polygon {
	readonly rings: Rings;
	readonly path: Path;
}

/** Turns round the Earth beyond which a ring is not meant so. */
const MOST_TURNS = 3;

/**
 * Reads the polygons of one feature (RFC 7946, 3.1.6).
 *
 * @returns polygons to draw, of which those that were good are the same as they came; null where there is an error
 */
export function* readPolygons(
	drawn: readonly Drawn[],
	report: Report,
	rules: Rules
): Work<readonly Rings[] | null> {
	const watch = watched(report);
	const polygons: Polygon[] = [];
	for (const { rings, path } of drawn) {
		const read = readRings(rings, path, watch.report, rules);
		if (read) polygons.push({ rings: read, path });
		yield;
	}
	yield* findCrossings(polygons, watch.report);
	if (!watch.failed()) findEmptyRings(polygons, watch.report);
	if (watch.failed()) return null;
	if (!rules.antimeridian) return polygons.map(({ rings }) => rings);
	return polygons.flatMap(({ rings }) => cutPolygon(rings));
}

function readRings(rings: unknown, path: Path, report: Report, rules: Rules): Rings | null {
	if (!Array.isArray(rings) || rings.length === 0) {
		report('error', path, NO_POLYGON);
		return null;
	}
	if (rings.some((ring) => Array.isArray(ring) && typeof ring[0] === 'number')) {
		report('error', path, RING_WITHOUT_BRACKETS);
		return null;
	}
	// A polygon of few rings that are lists of lists of lists is a MultiPolygon.
	if (rings.every((ring) => Array.isArray(ring) && isList(ring[0]) && isList(ring[0][0]))) {
		report('error', path, RINGS_WITH_BRACKETS);
		return null;
	}
	const read = rings.map((ring, index) =>
		readRing(ring, index > 0, [...path, index], report, rules)
	);
	const sound = read.filter((ring) => ring !== null);
	if (sound.length < read.length) return null;
	const aligned = alignHoles(sound);
	return aligned.every((ring, index) => ring === rings[index]) ? sound : aligned;
}

function readRing(
	value: unknown,
	isHole: boolean,
	path: Path,
	report: Report,
	rules: Rules
): Ring | null {
	const fail = (findings: Iterable<Finding>): boolean => {
		let failed = false;
		for (const finding of findings) {
			report('error', path, finding);
			failed = true;
		}
		return failed;
	};
	if (!Array.isArray(value)) {
		fail([[quote(value), 'a ring: a list of positions', 'check the number of brackets']]);
		return null;
	}
	if (fail(positionFindings(value, rules))) return null;
	// No finding: every item is a position.
	const given = value as Position[];
	if (fail(openFindings(given))) return null;
	const closed = rules.antimeridian ? overAntimeridian(given, path, report) : given;
	if (!closed) return null;
	const { ring, repeated, spike } = clean(closed);
	if (ring.length < 4) {
		fail([WITHOUT_AREA]);
		return null;
	}
	if (repeated) report('mended', path, repeatedFinding(repeated));
	if (spike) report('mended', path, spikeFinding(spike));
	const area = signedArea(ring);
	if (!rules.winding || area === 0 || area > 0 !== isHole) return ring;
	report('mended', path, [
		`${isHole ? 'a hole' : 'an outer ring'} that runs ${area > 0 ? 'anticlockwise' : 'clockwise'}`,
		'outer rings anticlockwise and holes clockwise (the right-hand rule)',
		'it is turned round for the map; turn the order of its positions round'
	]);
	return [...ring].reverse();
}

/** A ring with longitudes that run on over the antimeridian; null where there is no telling where it runs. */
function overAntimeridian(given: Ring, path: Path, report: Report): Ring | null {
	const ring = unwrap(given);
	const step = crossingStep(given);
	const turns = turnsRound(ring);
	const reach = ring.reduce((most, at) => Math.max(most, Math.abs(lngOf(at))), 0);
	if (Math.abs(turns) > 1 || reach > 360 * MOST_TURNS) {
		report('error', path, [
			`a ring that goes round the Earth more than once`,
			'a ring around an area',
			'check its longitudes; cut it at the antimeridian'
		]);
		return null;
	}
	if (turns !== 0) {
		report('mended', path, [
			'a ring that goes round a pole',
			'a ring that follows the antimeridian to the pole and back',
			'it is closed over the pole for the map; do so in the file'
		]);
		return closeOverPole(ring);
	}
	if (step) report('mended', path, crossingFinding(step, 'ring'));
	else if (ring.some(isBeyond)) report('mended', path, beyondFinding(ring));
	return ring;
}

/** What is said of a line or ring that crosses the antimeridian uncut. */
export function crossingFinding(
	[from, to]: readonly [Position, Position],
	what: 'line' | 'ring'
): Finding {
	return [
		`a ${what} that goes from ${formatPosition(from)} to ${formatPosition(to)}, over the antimeridian`,
		'it cut there',
		'it is taken the short way and cut for the map; cut it in the file'
	];
}

/** What is said of a line or ring that goes on beyond ±180. */
export function beyondFinding(positions: readonly Position[]): Finding {
	const [first = [], ...more] = positions.filter(isBeyond);
	const count = more.length > 0 ? ` (and ${more.length} more like it)` : '';
	return [
		`the position ${formatPosition(first)}${count}, beyond the antimeridian`,
		'a longitude from -180 to 180',
		'it is brought back and cut there for the map; do so in the file'
	];
}

function* findCrossings(polygons: readonly Polygon[], report: Report): Work<undefined> {
	const watch = watched(report);
	const places = polygons.flatMap(({ rings, path }, polygon) =>
		rings.map((ring, index) => ({ ring, polygon, isHole: index > 0, path: [...path, index] }))
	);
	const tree = edgeTree(places.map(({ ring }) => ring));
	const { found, isWhole } = yield* tree.crossings();
	const groups = new Map<string, Crossing[]>();
	for (const crossing of found) {
		const key = [crossing.kind, ...crossing.rings].join(' ');
		const known = groups.get(key);
		if (known) known.push(crossing);
		else groups.set(key, [crossing]);
	}
	for (const group of groups.values()) {
		const [first] = group;
		const [one, other] = (first?.rings ?? []).map((index) => places[index]);
		if (!first || !one || !other) continue;
		// Polygons that share an edge are neighbours.
		if (one.polygon !== other.polygon && first.kind === 'overlap') continue;
		const count = group.length > 1 ? ` (and ${group.length - 1} more like it)` : '';
		const at = `at ${formatPosition(first.at)}${count}`;
		const relation = one === other ? 'self' : one.polygon === other.polygon ? 'rings' : 'polygons';
		const severity = relation === 'polygons' ? 'suspicion' : 'error';
		watch.report(
			severity,
			other.path,
			crossingWords(first.kind, relation, at, formatPath(one.path))
		);
	}
	if (!isWhole && found.length === 0) {
		report('suspicion', polygons[0]?.path ?? [], TANGLED);
	}
	// Only where none crosses another of its polygon does one position tell where a ring lies.
	if (watch.failed()) return undefined;
	let start = 0;
	for (const { rings } of polygons) {
		const end = start + rings.length - 1;
		for (let index = start + 1; index <= end; index++) {
			const hole = places[index];
			if (!hole) continue;
			const [first, own, last] = [start, index, end];
			const around = ringsAround(hole.ring, tree, (ring) => {
				return ring >= first && ring <= last && ring !== own;
			});
			if (!around.has(first)) report('error', hole.path, HOLE_OUTSIDE);
			else if (around.size > 1) report('error', hole.path, HOLE_IN_HOLE);
			yield;
		}
		start = end + 1;
	}
	return undefined;
}

/** A ring that crosses itself can be without area too; its crossing says more. */
function findEmptyRings(polygons: readonly Polygon[], report: Report): void {
	for (const { rings, path } of polygons) {
		for (const [index, ring] of rings.entries()) {
			if (signedArea(ring) === 0) report('error', [...path, index], WITHOUT_AREA);
		}
	}
}

/** The rings around a ring that crosses none: around the middle of one of its edges. */
function ringsAround(
	ring: Ring,
	tree: EdgeTree,
	isAsked: (ring: number) => boolean
): ReadonlySet<number> {
	for (const [index, to] of ring.entries()) {
		const from = ring[index - 1];
		if (!from) continue;
		const middle = [0, 1].map((axis) => ((from[axis] ?? NaN) + (to[axis] ?? NaN)) / 2);
		const around = tree.ringsAround(middle, isAsked);
		if (around) return around;
	}
	return new Set();
}

function crossingWords(
	kind: Crossing['kind'],
	relation: 'self' | 'rings' | 'polygons',
	at: string,
	other: string
): Finding {
	if (kind === 'overlap') {
		return [
			`edges that run over each other ${at}`,
			'each edge on a line of its own',
			'move one of them; what they join to a hole is to be a hole'
		];
	}
	switch (relation) {
		case 'self':
			return [
				`a ring that crosses itself ${at}`,
				'a ring that does not cross itself',
				'move its positions there, or make two rings of it'
			];
		case 'rings':
			return [
				`a ring that crosses another (${other}) ${at}`,
				'rings of a polygon that do not cross',
				'move the positions of one of them'
			];
		case 'polygons':
			return [
				`a polygon that overlaps another (${other}) ${at}`,
				'polygons of a feature beside each other',
				'look whether they are to be joined into one'
			];
	}
}

function repeatedFinding(position: Position): Finding {
	return [
		`the position ${formatPosition(position)} twice in a row`,
		'each position once',
		'it is taken out for the map; take one of the two out'
	];
}

function spikeFinding(position: Position): Finding {
	return [
		`a spike to ${formatPosition(position)}: a way there and back along the same line`,
		'a ring around an area',
		'it is taken out for the map; take it out of the file'
	];
}

const isList = (value: unknown): value is readonly unknown[] => Array.isArray(value);

const WITHOUT_AREA: Finding = [
	'a ring without area',
	'a ring around an area',
	'draw it again, or take it out'
];

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

const RINGS_WITH_BRACKETS: Finding = [
	'a list of rings in place of a ring',
	'a list of rings, each a list of positions',
	'take one pair of brackets away, or make it a MultiPolygon'
];

const TANGLED: Finding = [
	'a drawing too tangled to be searched for crossings',
	'simple outlines',
	'look whether the area is drawn as it should be'
];

const HOLE_OUTSIDE: Finding = [
	'a hole that is not inside its outer ring',
	'holes inside the outer ring, which is the first of a polygon',
	'move it, or make it a polygon of its own'
];

const HOLE_IN_HOLE: Finding = [
	'a hole inside another hole',
	'holes beside each other',
	'take it out, or make it a polygon of its own'
];
