import type { Feature as GeoJsonFeature } from 'geojson';
import * as v from 'valibot';
import { finish, readCollection, RFC_7946 } from '../geojson';
import type { GeoJsonFinding, Reading, Rules } from '../geojson';
import { PLACE_KINDS } from '../model/story';
import type { Place, Polygon, Position } from '../model/story';
import { check, oncePerFile, plainText } from './document';
import type { Source } from './document';
import { error, formatPath, hasError, inOrder, quote, warning } from './issue';
import type { Issue, TextFile } from './issue';
import { readJson } from './json';
import * as is from './vocabulary';

/** A place, or everything that is wrong in its file. */
export type ParsedPlace =
	| { readonly ok: true; readonly place: Place; readonly warnings: readonly Issue[] }
	| { readonly ok: false; readonly issues: readonly Issue[] };

const role = is.oneOf(['outline', 'point']);

const PROPERTIES = {
	place: is.id,
	role,
	kind: is.oneOf(PLACE_KINDS),
	'name:en': is.words,
	'name:ar': is.words,
	country: v.nullable(is.countryCode),
	timezone: v.nullable(
		v.pipe(
			v.string('a time zone; write it as America/Anchorage, or null'),
			v.check(isTimeZone, 'a known time zone; write it as America/Anchorage, or null')
		)
	),
	source: is.words
};

/** What a place asks of its GeoJSON beyond what it has to be in any case. */
const feature = v.looseObject(
	{
		properties: is.strict(PROPERTIES),
		geometry: v.looseObject(
			{ type: is.oneOf(['Point', 'Polygon', 'MultiPolygon']) },
			'a geometry; draw it, or take the feature out'
		)
	},
	'a feature; write { "type": "Feature", … }'
);
type Feature = v.InferOutput<typeof feature>;

const collection = v.looseObject(
	{
		type: v.literal('FeatureCollection', '“FeatureCollection”; put the feature in a collection'),
		features: is.list(feature)
	},
	'a FeatureCollection; write { "type": "FeatureCollection", "features": […] }'
);

/** The roles and types as far as they can be read, so that a mistake elsewhere does not hide theirs. */
const drawingSchema = v.fallback(
	v.object({
		features: v.array(
			v.fallback(
				v.object({ properties: v.object({ role }), geometry: v.object({ type: v.string() }) }),
				{ properties: { role: 'point' }, geometry: { type: 'Point' } }
			)
		)
	}),
	{ features: [] }
);

/** A map of places has no use for heights. */
const RULES: Rules = { ...RFC_7946, heights: false };

/** The id of a place is the name of its file. */
export function placeIdOf(file: TextFile): string {
	return (file.path.split('/').at(-1) ?? '').replace(/\.(geo)?json$/, '');
}

/** Reads one GeoJSON file (RFC 7946) of a place: its point and, where it has one, its outline. */
export const parsePlace = oncePerFile((file: TextFile): ParsedPlace => {
	const { value: text, issues: marks } = plainText(file);
	const read = readJson(text, file.path);
	if (!read.ok) return { ok: false, issues: inOrder([...marks, read.issue]) };
	const { source, json } = read;
	const checked = check(collection, source);
	const reading = finish(readCollection(json, RULES));
	const own = [...checked.issues, ...roleOfGeometryIssues(source)];
	const issues = [...marks, ...nameIssues(file), ...withOwnWords(own, reading.findings, source)];
	const features = checked.value ? drawn(checked.value.features, reading) : [];
	if (checked.value) issues.push(...featureIssues(checked.value.features, placeIdOf(file), source));
	if (!hasError(issues)) issues.push(...reachIssues(features, source));
	const { point } = pairOf(features);
	if (hasError(issues) || point === undefined) return { ok: false, issues: inOrder(issues) };
	return { ok: true, place: placeOf(point, features), warnings: inOrder(issues) };
});

/** What a place says of a value is more to the point than what is said of any GeoJSON. */
function withOwnWords(
	own: readonly Issue[],
	findings: readonly GeoJsonFinding[],
	source: Source
): readonly Issue[] {
	const said = new Set(own.map(({ path }) => path));
	const others = findings.filter(({ path }) => {
		// Nor do coordinates say much under a type that is to be another.
		const [features = '', index = '', geometry = ''] = path;
		const type = formatPath([features, index, geometry, 'type']);
		return !said.has(formatPath(path)) && !said.has(type);
	});
	return [
		...own,
		...others.map(({ severity, path, found, expected, mend }) =>
			(severity === 'error' ? error : warning)(source.spot(path), [found, expected, mend])
		)
	];
}

/** Features with the geometries that the map is to draw, some of them mended. */
interface DrawnFeature {
	readonly properties: Feature['properties'];
	readonly geometry: GeoJsonFeature['geometry'];
}

/** Called on what is good or can be mended; elsewhere the geometries are not used. */
function drawn(features: readonly Feature[], { collection }: Reading): readonly DrawnFeature[] {
	return features.flatMap(({ properties }, index) => {
		const geometry = collection?.features[index]?.geometry;
		return geometry ? [{ properties, geometry }] : [];
	});
}

function placeOf(point: DrawnFeature, features: readonly DrawnFeature[]): Place {
	const { properties } = point;
	const { outline } = pairOf(features);
	return {
		id: properties.place,
		kind: properties.kind,
		name: { ar: properties['name:ar'], en: properties['name:en'] },
		country: properties.country,
		timeZone: properties.timezone,
		point: positionOf(point),
		outline: outline ? polygonsOf(outline) : null,
		origins: features.map(({ properties: { role, source } }) => ({ role, source }))
	};
}

function positionOf({ geometry }: DrawnFeature): Position {
	const [lng = NaN, lat = NaN] = geometry.type === 'Point' ? geometry.coordinates : [];
	return [lng, lat];
}

function polygonsOf({ geometry }: DrawnFeature): readonly Polygon[] {
	// Every position of a place has been found to be a longitude and a latitude.
	if (geometry.type === 'Polygon') return [geometry.coordinates as unknown as Polygon];
	return geometry.type === 'MultiPolygon'
		? (geometry.coordinates as unknown as readonly Polygon[])
		: [];
}

function* nameIssues(file: TextFile): Generator<Issue> {
	const id = placeIdOf(file);
	if (is.ID_PATTERN.test(id)) return;
	yield error({ file: file.path, line: 1 }, [
		`a file named ${quote(id)}`,
		'an id of small Latin letters, digits and hyphens',
		'rename the file'
	]);
}

function* roleOfGeometryIssues(source: Source): Generator<Issue> {
	const { features } = v.parse(drawingSchema, source.value);
	for (const [index, { properties, geometry }] of features.entries()) {
		if ((geometry.type === 'Point') === (properties.role === 'point')) continue;
		if (!['Point', 'Polygon', 'MultiPolygon'].includes(geometry.type)) continue;
		yield error(source.spot(['features', index, 'geometry', 'type']), [
			`a ${geometry.type} as ${properties.role}`,
			properties.role === 'point' ? 'a Point' : 'a Polygon or MultiPolygon',
			'change the geometry, or the role'
		]);
	}
}

function* featureIssues(
	features: readonly Feature[],
	id: string,
	source: Source
): Generator<Issue> {
	yield* roleIssues(features, source);
	for (const [index, { properties }] of features.entries()) {
		if (properties.place === id) continue;
		yield error(source.spot(['features', index, 'properties', 'place']), [
			`the place ${quote(properties.place)}`,
			`${quote(id)}, as the file is named`,
			'change it, or rename the file'
		]);
	}
	yield* disagreements(features, source);
}

function* roleIssues(features: readonly Feature[], source: Source): Generator<Issue> {
	const points = features.filter(({ properties }) => properties.role === 'point');
	const outlines = features.filter(({ properties }) => properties.role === 'outline');
	if (points.length !== 1) {
		yield error(source.spot(['features']), [
			`${points.length} features with the role point`,
			'exactly one',
			points.length === 0 ? 'add a Point where the label stands' : 'keep one of them'
		]);
	}
	if (outlines.length > 1) {
		yield error(source.spot(['features']), [
			`${outlines.length} features with the role outline`,
			'one at most',
			'join them into one MultiPolygon'
		]);
	}
}

/** The point and the outline of a place tell the same of it. */
function* disagreements(features: readonly Feature[], source: Source): Generator<Issue> {
	const { point, outline, index } = pairOf(features);
	if (point === undefined || outline === undefined) return;
	for (const key of ['kind', 'name:en', 'name:ar', 'country', 'timezone'] as const) {
		if (point.properties[key] === outline.properties[key]) continue;
		yield error(source.spot(['features', index, 'properties', key]), [
			`${quote(point.properties[key])} as ${key} of the point`,
			`${quote(outline.properties[key])}, as in the outline`,
			'make the two the same'
		]);
	}
}

/** The point lies in the box around the outline; called on sound geometries alone. */
function* reachIssues(features: readonly DrawnFeature[], source: Source): Generator<Issue> {
	const { point, outline, index } = pairOf(features);
	if (point === undefined || outline === undefined) return;
	const positions = polygonsOf(outline).flat(2);
	const [west, south] = [least(positions, 0), least(positions, 1)];
	const [east, north] = [-least(positions, 0, -1), -least(positions, 1, -1)];
	const within = ([lng, lat]: Position) =>
		lng >= west && lng <= east && lat >= south && lat <= north;
	const [lng, lat] = positionOf(point);
	if (within([lng, lat])) return;
	yield error(source.spot(['features', index, 'geometry', 'coordinates']), [
		`a point at [${lng}, ${lat}], outside the outline`,
		'a point within the reach of the outline',
		within([lat, lng])
			? 'its axes seem swapped: write the longitude first'
			: 'move the point, or the outline'
	]);
}

function pairOf<F extends { readonly properties: Feature['properties'] }>(features: readonly F[]) {
	const index = features.findIndex(({ properties }) => properties.role === 'point');
	const outline = features.find(({ properties }) => properties.role === 'outline');
	return { point: features[index], outline, index };
}

function least(positions: readonly Position[], axis: 0 | 1, sign = 1): number {
	return positions.reduce((best, position) => Math.min(best, sign * position[axis]), Infinity);
}

const knownTimeZones = new Set<string>();

function isTimeZone(name: string): boolean {
	if (knownTimeZones.has(name)) return true;
	try {
		// To ask is slow, and many places have the same one.
		const isKnown =
			new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions().timeZone !== '';
		if (isKnown) knownTimeZones.add(name);
		return isKnown;
	} catch {
		return false;
	}
}
