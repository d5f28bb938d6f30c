import type { Feature, FeatureCollection, Geometry } from 'geojson';
import { quote } from '../model/finding';
import type { Finding, Path } from '../model/finding';
import { GEOMETRY_TYPES, readGeometry } from './geometry';
import { isGroup, without, withOwnMembers } from './members';
import type { Group } from './members';
import { watched } from './report';
import type { Report, Rules, Severity } from './report';
import { sizeOf } from './size';
import { swappedFeatures } from './swapped';
import { LIMITS } from './text';
import type { Json, Oddity } from './text';
import type { Work } from './work';

/** One thing found in GeoJSON. */
export interface GeoJsonFinding {
	readonly severity: Severity;
	/** The feature's index in the file; null for what concerns the file. */
	readonly feature: number | null;
	/** The feature's id, where it has one. */
	readonly id: string | number | null;
	/** Where in the file. */
	readonly path: Path;
	readonly found: string;
	readonly expected: string;
	/** What to do about it; for what was mended, also what was done. */
	readonly mend: string;
}

/** What was read. */
export interface Reading {
	/** All features without an error, the good ones as they came; null where the file is no GeoJSON. */
	readonly collection: FeatureCollection | null;
	readonly findings: readonly GeoJsonFinding[];
	/** How many features have an error and are left out. */
	readonly leftOut: number;
}

/** What is read of a file that cannot be read. */
export function unreadable(finding: Finding): Reading {
	return { collection: null, findings: [findingOf('error', null, null, [], finding)], leftOut: 0 };
}

/** Reads a FeatureCollection, or a Feature or geometry as a collection of one (RFC 7946, 3). */
export function* readCollection({ value, oddities }: Json, rules: Rules): Work<Reading> {
	const findings: GeoJsonFinding[] = [];
	const file = watched((severity, path, finding) => {
		findings.push(findingOf(severity, null, null, path, finding));
	});
	const items = itemsOf(value, file.report);
	const oddOf = new Map<number | null, Oddity[]>();
	for (const oddity of oddities) {
		const item = oddity.path.length === 0 ? null : items.findIndexOf(oddity.path);
		const known = oddOf.get(item);
		if (known) known.push(oddity);
		else oddOf.set(item, [oddity]);
	}
	for (const { severity, path, finding } of oddOf.get(null) ?? []) {
		file.report(severity, path, finding);
	}
	const root = isGroup(value) ? checkRoot(value, file.report) : {};

	const features: Feature[] = [];
	const indexes: number[] = [];
	const ids = new Map<unknown, number>();
	let isGood = root === value;
	for (const [index, item] of items.values.entries()) {
		const id = idOf(item);
		const { report, failed } = watched((severity, path, finding) => {
			findings.push(findingOf(severity, index, id, path, finding));
		});
		for (const odd of oddOf.get(index) ?? []) report(odd.severity, odd.path, odd.finding);
		const path = items.pathOf(index);
		const feature = yield* items.isGeometry
			? featureOf(item, path, report, rules)
			: readFeature(item, path, report, rules);
		const twin = id === null ? undefined : ids.get(id);
		if (twin !== undefined) report('error', [...path, 'id'], doubledId(id, twin));
		else if (id !== null) ids.set(id, index);
		const size = feature ? sizeOf(feature.geometry) : 0;
		if (size > LIMITS.positions) report('error', [...path, 'geometry'], tooMany(size));
		if (feature !== item) isGood = false;
		if (feature && !failed()) {
			features.push(feature);
			indexes.push(index);
		}
		yield;
	}
	for (const { order, finding } of swappedFeatures(features)) {
		const index = indexes[order] ?? 0;
		const path = [...items.pathOf(index), 'geometry'];
		findings.push(findingOf('suspicion', index, idOf(items.values[index]), path, finding));
	}
	const leftOut = items.values.length - features.length;
	if (file.failed()) return { collection: null, findings, leftOut };
	// All its features are good, and so is the rest of it.
	if (isGood && leftOut === 0 && items.isCollection) {
		return { collection: value as FeatureCollection, findings, leftOut };
	}
	const rest = items.isCollection ? without(root, ['bbox']) : {};
	return { collection: { ...rest, type: 'FeatureCollection', features }, findings, leftOut };
}

function findingOf(
	severity: Severity,
	feature: number | null,
	id: string | number | null,
	path: Path,
	[found, expected, mend]: Finding
): GeoJsonFinding {
	return { severity, feature, id, path, found, expected, mend };
}

/** The features of a file, wherever they stand in it. */
interface Items {
	readonly values: readonly unknown[];
	readonly isCollection: boolean;
	readonly isGeometry: boolean;
	readonly pathOf: (index: number) => Path;
	/** The feature that a path is in; null where it is in none. */
	readonly findIndexOf: (path: Path) => number | null;
}

function itemsOf(value: unknown, report: Report): Items {
	const none: Items = {
		values: [],
		isCollection: true,
		isGeometry: false,
		pathOf: () => [],
		findIndexOf: () => null
	};
	if (!isGroup(value)) {
		report('error', [], [quote(value), 'a FeatureCollection', WRITE_COLLECTION]);
		return none;
	}
	const { type, features } = value;
	if (type === 'FeatureCollection') {
		const path = (index: number) => ['features', index];
		if (!Array.isArray(features)) {
			const found = features === undefined ? 'no “features”' : quote(features);
			report('error', ['features'], [found, 'a list of features', 'write "features": […]']);
			return none;
		}
		return {
			values: features,
			isCollection: true,
			isGeometry: false,
			pathOf: path,
			findIndexOf: ([first, index]) =>
				first === 'features' && typeof index === 'number' ? index : null
		};
	}
	const isGeometry = GEOMETRY_TYPES.some((name) => name === type);
	const isFeature = type === 'Feature' && !Array.isArray(features);
	if (!isFeature && !isGeometry) {
		report('error', type === undefined ? [] : ['type'], otherFormat(value));
		return none;
	}
	return {
		values: [value],
		isCollection: false,
		isGeometry,
		pathOf: () => [],
		findIndexOf: () => 0
	};
}

function otherFormat(value: Group): Finding {
	const { type } = value;
	if (type === 'Topology') {
		return ['a Topology (TopoJSON)', 'GeoJSON', 'convert it: TopoJSON is another format'];
	}
	if (value['spatialReference'] !== undefined || value['geometryType'] !== undefined) {
		return ['Esri JSON', 'GeoJSON', 'export it as GeoJSON'];
	}
	const isNear = type === 'Feature' || String(type).toLowerCase() === 'featurecollection';
	return [
		type === undefined ? 'no “type”' : quote(type),
		'“FeatureCollection”',
		isNear ? 'write "type": "FeatureCollection"' : WRITE_COLLECTION
	];
}

/** The file but for its features; a copy where something had to be taken out. */
function checkRoot(value: Group, report: Report): Group {
	const isCollection = value['type'] === 'FeatureCollection';
	const root = isCollection ? withOwnMembers(value, 'collection', [], report) : value;
	const { crs } = root;
	if (crs === undefined) return root;
	const name = JSON.stringify(crs);
	const found = 'the key “crs”';
	if (crs === null || /CRS84"/.test(name)) {
		report('mended', ['crs'], [found, WGS_84, 'it is left aside for the map; take it out']);
	} else if (/EPSG:+4326"/.test(name)) {
		report(
			'suspicion',
			['crs'],
			[
				`${found} of EPSG:4326`,
				`${WGS_84}, in this order`,
				'look whether the longitude stands first, and take it out'
			]
		);
	} else report('error', ['crs'], [found, WGS_84, 'take it out']);
	return without(root, ['crs']);
}

function* readFeature(
	given: unknown,
	path: Path,
	report: Report,
	rules: Rules
): Work<Feature | null> {
	if (!isGroup(given)) {
		report('error', path, [quote(given), 'a feature', 'write { "type": "Feature", … }']);
		return null;
	}
	const { type, id, properties } = given;
	if (type !== 'Feature') {
		report(
			'error',
			[...path, 'type'],
			[type === undefined ? 'no “type”' : quote(type), '“Feature”', mendOfType(type)]
		);
	}
	let value = withOwnMembers(given, 'feature', path, report);
	if (id !== undefined && idOf(given) === null) {
		report(
			'mended',
			[...path, 'id'],
			[
				`${quote(id)} as id`,
				'a string or a number',
				'it is left aside for the map; correct it, or take it out'
			]
		);
		value = without(value, ['id']);
	}
	if (properties === undefined) {
		report('mended', path, [
			'a feature without “properties”',
			'“properties”, or null',
			'it is taken as null; write "properties": null'
		]);
		value = { ...value, properties: null };
	} else if (properties !== null && !isGroup(properties)) {
		report(
			'error',
			[...path, 'properties'],
			[quote(properties), 'a group of keys, or null', 'write { "key": "value", … }']
		);
	}
	if (value['geometry'] === undefined) {
		report('error', path, [
			'a feature without “geometry”',
			'a geometry',
			'draw it, or take the feature out'
		]);
		return null;
	}
	const inside = [...path, 'geometry'];
	const geometry = yield* readGeometry(value['geometry'], inside, report, rules);
	return geometry && withGeometry(value, geometry);
}

/** A lone geometry as a feature. */
function* featureOf(
	value: unknown,
	path: Path,
	report: Report,
	rules: Rules
): Work<Feature | null> {
	const geometry = yield* readGeometry(value, path, report, rules);
	return geometry && { type: 'Feature', properties: null, geometry };
}

/** A bounding box does not hold for a geometry that was mended. */
function withGeometry(value: Group, geometry: Geometry): Feature {
	// Its type, id and properties have been looked at; what has an error is not used.
	if (geometry === value['geometry']) return value as unknown as Feature;
	return { ...without(value, ['bbox']), geometry } as Feature;
}

function idOf(value: unknown): string | number | null {
	const id = isGroup(value) ? value['id'] : null;
	return typeof id === 'string' || typeof id === 'number' ? id : null;
}

function isGeoJsonType(type: unknown): boolean {
	return type === 'FeatureCollection' || GEOMETRY_TYPES.some((name) => name === type);
}

function mendOfType(type: unknown): string {
	if (type === 'FeatureCollection') return 'put its features in its place';
	if (isGeoJsonType(type)) {
		return 'write { "type": "Feature", "properties": null, "geometry": … } around it';
	}
	return 'write "type": "Feature"';
}

function tooMany(size: number): Finding {
	return [
		`a geometry of ${size} positions`,
		`at most ${LIMITS.positions}`,
		'simplify its lines, or divide it'
	];
}

function doubledId(id: string | number | null, twin: number): Finding {
	return [
		`the id ${quote(id)} again`,
		`each id once (it is already that of features[${twin}])`,
		'change one of the two'
	];
}

const WRITE_COLLECTION = 'write { "type": "FeatureCollection", "features": […] }';
const WGS_84 = 'longitude and latitude (WGS 84) alone';
