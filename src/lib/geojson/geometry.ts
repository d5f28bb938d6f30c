import type { Geometry, Position } from 'geojson';
import { quote } from '../model/finding';
import type { Finding, Path } from '../model/finding';
import { crossingStep, cutLine, cutPosition, isBeyond, unwrap } from './antimeridian';
import type { Rings } from './antimeridian';
import { isGroup, withOwnMembers } from './members';
import { beyondFinding, crossingFinding, readPolygons } from './polygon';
import type { Drawn } from './polygon';
import { positionFindings } from './position';
import type { Report, Rules } from './report';
import { formatPosition, isSame } from './ring';
import type { Work } from './work';

const TYPES = [
	'Point',
	'MultiPoint',
	'LineString',
	'MultiLineString',
	'Polygon',
	'MultiPolygon'
] as const;

/** Every type of a geometry (RFC 7946, 1.4). */
export const GEOMETRY_TYPES = [...TYPES, 'GeometryCollection'] as const;

/** A geometry before its coordinates are known. */
interface Unread {
	readonly type: (typeof TYPES)[number];
	readonly coordinates: readonly unknown[];
	readonly path: Path;
}

/**
 * Reads a geometry.
 *
 * @returns the same where it was good, another where it was mended; null where there is an error
 */
export function* readGeometry(
	given: unknown,
	path: Path,
	report: Report,
	rules: Rules
): Work<Geometry | null> {
	if (!isGroup(given)) {
		report('error', path, [quote(given), 'a geometry', 'draw it, or take the feature out']);
		return null;
	}
	const value = withOwnMembers(given, 'geometry', path, report);
	const { type, coordinates } = value;
	if (type === 'GeometryCollection') return yield* readMany(value, path, report, rules);
	const known = TYPES.find((name) => name === type);
	if (known === undefined) {
		const near = GEOMETRY_TYPES.find((name) => name.toLowerCase() === String(type).toLowerCase());
		report(
			'error',
			[...path, 'type'],
			[
				type === undefined ? 'no “type”' : quote(type),
				`one of ${GEOMETRY_TYPES.join(', ')}`,
				near ? `did you mean “${near}”?` : 'write one of them'
			]
		);
		return null;
	}
	const inside = [...path, 'coordinates'];
	if (!Array.isArray(coordinates)) {
		const found = coordinates === undefined ? 'no “coordinates”' : quote(coordinates);
		report('error', inside, [found, 'a list of coordinates', 'write them']);
		return null;
	}
	if (coordinates.length === 0 && known !== 'Polygon' && known !== 'MultiPolygon') {
		report('error', inside, EMPTY);
		return null;
	}
	const read = yield* readCoordinates({ type: known, coordinates, path: inside }, report, rules);
	// Nothing was mended, so it is what its type says.
	return read === 'good' ? (value as unknown as Geometry) : read;
}

/** What its coordinates are: good as they are, mended, or null where there is an error. */
type Coordinates = 'good' | Geometry | null;

function* readCoordinates(unread: Unread, report: Report, rules: Rules): Work<Coordinates> {
	const { type, coordinates, path } = unread;
	switch (type) {
		case 'Point':
		case 'MultiPoint':
			return readPoints(unread, report, rules);
		case 'LineString':
		case 'MultiLineString':
			return readLines(unread, report, rules);
		case 'Polygon':
		case 'MultiPolygon': {
			const drawn: readonly Drawn[] =
				type === 'Polygon'
					? [{ rings: coordinates, path }]
					: coordinates.map((rings, index) => ({ rings, path: [...path, index] }));
			if (drawn.length === 0) {
				report('error', path, EMPTY);
				return null;
			}
			const polygons = yield* readPolygons(drawn, report, rules);
			if (polygons?.length === 0) report('error', path, EMPTY);
			if (!polygons || polygons.length === 0) return null;
			return isAsGiven(polygons, drawn) ? 'good' : polygonsOf(polygons);
		}
	}
}

function readPoints(
	{ type, coordinates, path }: Unread,
	report: Report,
	rules: Rules
): Coordinates {
	const given = type === 'Point' ? [coordinates] : coordinates;
	const findings = positionFindings(given, rules);
	for (const finding of findings) report('error', path, finding);
	if (findings.length > 0) return null;
	// No finding: every item is a position.
	const positions = given as Position[];
	if (positions.every(([lng, lat]) => lng === 0 && lat === 0)) {
		report('suspicion', path, NOWHERE);
	}
	if (!rules.antimeridian || !positions.some(isBeyond)) return 'good';
	const moved = positions.map(cutPosition);
	const at = positions.findIndex(isBeyond);
	report('mended', path, [
		`the position ${formatPosition(positions[at] ?? [])}, beyond the antimeridian`,
		'a longitude from -180 to 180',
		`it is taken as ${formatPosition(moved[at] ?? [])} for the map; write it so`
	]);
	const [point = [], ...more] = moved;
	return type === 'Point'
		? { type, coordinates: point }
		: { type: 'MultiPoint', coordinates: [point, ...more] };
}

function readLines({ type, coordinates, path }: Unread, report: Report, rules: Rules): Coordinates {
	const given = type === 'LineString' ? [coordinates] : coordinates;
	const lines = given.map((line, index) =>
		readLine(line, type === 'LineString' ? path : [...path, index], report, rules)
	);
	const sound = lines.filter((line) => line !== null);
	if (sound.length < lines.length) return null;
	if (sound.every((line, index) => line[0] === given[index])) return 'good';
	// cutLine gives lines of new positions, which nothing else holds.
	const cut = sound.flat() as Position[][];
	const [only = [], ...more] = cut;
	return more.length === 0
		? { type: 'LineString', coordinates: only }
		: { type: 'MultiLineString', coordinates: cut };
}

/** @returns the line itself where it was good; its pieces where it crosses the antimeridian; null where there is an error */
function readLine(
	value: unknown,
	path: Path,
	report: Report,
	rules: Rules
): readonly (readonly Position[])[] | null {
	if (!Array.isArray(value)) {
		report('error', path, [
			quote(value),
			'a line: a list of positions',
			'check the number of brackets'
		]);
		return null;
	}
	const findings = positionFindings(value, rules);
	for (const finding of findings) report('error', path, finding);
	if (findings.length > 0) return null;
	// No finding: every item is a position.
	const line = value as Position[];
	if (line.length < 2) {
		report('error', path, [
			`a line of ${line.length} position${line.length === 1 ? '' : 's'}`,
			'at least 2',
			'add positions to the line, or make it a Point'
		]);
		return null;
	}
	const unwrapped = rules.antimeridian ? unwrap(line) : line;
	if (unwrapped.every((position) => isSame(position, unwrapped[0]))) {
		report('error', path, [
			'a line that stays where it begins',
			'a line from one place to another',
			'draw it again, or make it a Point'
		]);
		return null;
	}
	const step = rules.antimeridian ? crossingStep(line) : undefined;
	if (step) report('mended', path, crossingFinding(step, 'line'));
	else if (rules.antimeridian && line.some(isBeyond)) {
		report('mended', path, beyondFinding(line));
	} else return [line];
	return cutLine(unwrapped);
}

function* readMany(
	value: Readonly<Record<string, unknown>>,
	path: Path,
	report: Report,
	rules: Rules
): Work<Geometry | null> {
	const inside = [...path, 'geometries'];
	const { geometries } = value;
	if (!Array.isArray(geometries) || geometries.length === 0) {
		const found = geometries === undefined ? 'no “geometries”' : quote(geometries);
		report('error', inside, [found, 'a list of geometries', 'write them']);
		return null;
	}
	const read: (Geometry | null)[] = [];
	for (const [index, geometry] of geometries.entries()) {
		read.push(yield* readGeometry(geometry, [...inside, index], report, rules));
	}
	const sound = read.filter((geometry) => geometry !== null);
	if (sound.length < read.length) return null;
	const nested = sound.some(({ type }) => type === 'GeometryCollection');
	if (nested) report('mended', inside, NESTED);
	// Nothing was mended, so it is a collection of geometries.
	if (!nested && sound.every((geometry, index) => geometry === geometries[index])) {
		return value as unknown as Geometry;
	}
	return {
		type: 'GeometryCollection',
		geometries: sound.flatMap((geometry) =>
			geometry.type === 'GeometryCollection' ? geometry.geometries : [geometry]
		)
	};
}

function isAsGiven(polygons: readonly Rings[], drawn: readonly Drawn[]): boolean {
	return (
		polygons.length === drawn.length &&
		polygons.every((rings, index) => {
			// Where they were read without an error, the rings given are a list.
			const given = drawn[index]?.rings as Rings;
			return rings.length === given.length && rings.every((ring, at) => ring === given[at]);
		})
	);
}

function polygonsOf(polygons: readonly Rings[]): Geometry {
	const copies = polygons.map((rings) => rings.map((ring) => [...ring]));
	const [only = [], ...more] = copies;
	return more.length === 0
		? { type: 'Polygon', coordinates: only }
		: { type: 'MultiPolygon', coordinates: copies };
}

const EMPTY: Finding = [
	'a geometry without coordinates',
	'something to draw',
	'write its coordinates, or take the feature out'
];

const NOWHERE: Finding = [
	'the position [0, 0], in the sea off Africa',
	'where it is',
	'look whether its coordinates are missing'
];

const NESTED: Finding = [
	'a collection of geometries inside another',
	'geometries side by side',
	'they are put side by side for the map; do so in the file'
];
