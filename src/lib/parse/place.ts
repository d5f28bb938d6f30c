import * as v from 'valibot';
import { PLACE_KINDS } from '../story';
import type { Place, Polygon, Position } from '../story';
import { check, plainText } from './document';
import type { Source } from './document';
import { error, hasError, inOrder, quote } from './issue';
import type { Issue, Path, TextFile } from './issue';
import { readJson } from './json';
import { outlineIssues, positionFindings } from './rings';
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

const geometry = v.looseObject(
	{
		type: is.oneOf(['Point', 'Polygon', 'MultiPolygon']),
		coordinates: v.array(v.unknown(), 'a list of coordinates; write them')
	},
	'a geometry; draw it, or take the feature out'
);

const feature = v.looseObject(
	{
		type: v.literal('Feature', '“Feature”; write "type": "Feature"'),
		properties: is.strict(PROPERTIES),
		geometry
	},
	'a feature; write { "type": "Feature", … }'
);
type Feature = v.InferOutput<typeof feature>;

const collection = v.looseObject(
	{
		type: v.literal('FeatureCollection', '“FeatureCollection”; put the feature in a collection'),
		crs: v.optional(v.never('longitude and latitude (WGS 84) alone; take it out')),
		features: is.list(feature)
	},
	'a FeatureCollection; write { "type": "FeatureCollection", "features": […] }'
);

/** The geometries as far as they can be read, so that a mistake elsewhere does not hide theirs. */
const drawingSchema = v.fallback(
	v.object({
		features: v.array(
			v.fallback(
				v.object({
					properties: v.fallback(v.object({ role: v.fallback(v.nullable(role), null) }), {
						role: null
					}),
					geometry: v.fallback(v.nullable(geometry), null)
				}),
				{ properties: { role: null }, geometry: null }
			)
		)
	}),
	{ features: [] }
);

/** The id of a place is the name of its file. */
export function placeIdOf(file: TextFile): string {
	return (file.path.split('/').at(-1) ?? '').replace(/\.(geo)?json$/, '');
}

/** Reads one GeoJSON file (RFC 7946) of a place: its point and, where it has one, its outline. */
export function parsePlace(file: TextFile): ParsedPlace {
	const { value: text, issues: marks } = plainText(file);
	const read = readJson(text, file.path);
	if (!read.ok) return { ok: false, issues: inOrder([...marks, read.issue]) };
	const { source } = read;
	const checked = check(collection, source);
	const features = checked.value?.features ?? [];
	const drawing = [...drawingIssues(source)];
	const issues = [...marks, ...checked.issues, ...nameIssues(file), ...drawing];
	if (checked.value) issues.push(...featureIssues(features, placeIdOf(file), source));
	if (!hasError(issues)) issues.push(...reachIssues(features, source));
	const { point } = pairOf(features);
	if (hasError(issues) || point === undefined) return { ok: false, issues: inOrder(issues) };
	return { ok: true, place: placeOf(point, features), warnings: inOrder(issues) };
}

function placeOf(point: Feature, features: readonly Feature[]): Place {
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
		source: [...new Set(features.map(({ properties }) => properties.source))].join('; ')
	};
}

function positionOf({ geometry }: Feature): Position {
	// drawingIssues has found it to be a longitude and a latitude.
	return geometry.coordinates as unknown as Position;
}

function polygonsOf({ geometry }: Feature): readonly Polygon[] {
	// drawingIssues has found them to be rings of positions, in as many brackets as the type says.
	const coordinates = geometry.coordinates as unknown;
	return geometry.type === 'Polygon' ? [coordinates as Polygon] : (coordinates as Polygon[]);
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

function* drawingIssues(source: Source): Generator<Issue> {
	const { features } = v.parse(drawingSchema, source.value);
	for (const [index, { properties, geometry }] of features.entries()) {
		if (geometry === null) continue;
		const drawn = geometry.type === 'Point' ? 'point' : 'outline';
		const path = ['features', index, 'geometry'];
		yield* geometryIssues(properties.role ?? drawn, geometry, path, source);
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

function* geometryIssues(
	role: 'point' | 'outline',
	geometry: Feature['geometry'],
	path: Path,
	source: Source
): Generator<Issue> {
	const isPoint = geometry.type === 'Point';
	if (isPoint !== (role === 'point')) {
		yield error(source.spot([...path, 'type']), [
			`a ${geometry.type} as ${role}`,
			role === 'point' ? 'a Point' : 'a Polygon or MultiPolygon',
			'change the geometry, or the role'
		]);
		return;
	}
	const inside = [...path, 'coordinates'];
	if (isPoint) {
		for (const finding of positionFindings([geometry.coordinates])) {
			yield error(source.spot(inside), finding);
		}
		return;
	}
	yield* outlineIssues(
		geometry.type === 'Polygon' ? [geometry.coordinates] : geometry.coordinates,
		(step) => {
			const [polygon, ...rest] = step;
			return source.spot([
				...inside,
				...(geometry.type === 'Polygon' ? rest : [polygon ?? 0, ...rest])
			]);
		}
	);
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
function* reachIssues(features: readonly Feature[], source: Source): Generator<Issue> {
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

function pairOf(features: readonly Feature[]) {
	const index = features.findIndex(({ properties }) => properties.role === 'point');
	const outline = features.find(({ properties }) => properties.role === 'outline');
	return { point: features[index], outline, index };
}

function least(positions: readonly Position[], axis: 0 | 1, sign = 1): number {
	return positions.reduce((best, position) => Math.min(best, sign * position[axis]), Infinity);
}

function isTimeZone(name: string): boolean {
	try {
		return new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions().timeZone !== '';
	} catch {
		return false;
	}
}
