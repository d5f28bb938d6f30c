import * as v from 'valibot';
import { PLACE_KINDS } from '../story';
import type { Place, Polygon, Position } from '../story';
import { check, plainText, readYaml } from './document';
import type { Source } from './document';
import { error, hasError, inOrder, quote } from './issue';
import type { Issue, Path, TextFile } from './issue';
import * as is from './vocabulary';
import { outlineIssues, positionFindings } from './rings';

/** A place, or everything that is wrong in its file. */
export type ParsedPlace =
	| { readonly ok: true; readonly place: Place; readonly warnings: readonly Issue[] }
	| { readonly ok: false; readonly issues: readonly Issue[] };

const PROPERTIES = {
	place: is.id,
	role: is.oneOf(['outline', 'point']),
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
	const issues = [...marks, ...checked.issues];
	if (checked.value) issues.push(...featureIssues(features, placeIdOf(file), source));
	const point = features.find(({ properties }) => properties.role === 'point');
	if (hasError(issues) || point === undefined) return { ok: false, issues: inOrder(issues) };
	return { ok: true, place: placeOf(point, features), warnings: inOrder(issues) };
}

function placeOf(point: Feature, features: readonly Feature[]): Place {
	const { properties } = point;
	const outline = features.find(({ properties }) => properties.role === 'outline');
	return {
		id: properties.place,
		kind: properties.kind,
		name: { ar: properties['name:ar'], en: properties['name:en'] },
		country: properties.country,
		timeZone: properties.timezone,
		// featureIssues has found it to be a longitude and a latitude.
		point: point.geometry.coordinates as unknown as Position,
		outline: outline ? polygonsOf(outline) : null,
		source: [...new Set(features.map(({ properties }) => properties.source))].join('; ')
	};
}

function polygonsOf({ geometry }: Feature): readonly Polygon[] {
	// outlineIssues has found them to be polygons of rings of positions.
	const coordinates = geometry.coordinates as unknown as readonly Polygon[] | Polygon;
	return geometry.type === 'Polygon' ? [coordinates as Polygon] : (coordinates as Polygon[]);
}

function* featureIssues(
	features: readonly Feature[],
	id: string,
	source: Source
): Generator<Issue> {
	if (!is.ID_PATTERN.test(id)) {
		yield error({ file: source.file, line: 1 }, [
			`a file named ${quote(id)}`,
			'an id of small Latin letters, digits and hyphens',
			'rename the file'
		]);
	}
	yield* roleIssues(features, source);
	let sound = true;
	for (const [index, { properties, geometry }] of features.entries()) {
		const path = ['features', index, 'properties', 'place'];
		if (properties.place !== id) {
			yield error(source.spot(path), [
				`the place ${quote(properties.place)}`,
				`${quote(id)}, as the file is named`,
				'change it, or rename the file'
			]);
		}
		const bad = [
			...geometryIssues(properties.role, geometry, ['features', index, 'geometry'], source)
		];
		sound &&= bad.length === 0;
		yield* bad;
	}
	yield* disagreements(features, source, sound);
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
function* disagreements(
	features: readonly Feature[],
	source: Source,
	sound: boolean
): Generator<Issue> {
	const point = features.findIndex(({ properties }) => properties.role === 'point');
	const outline = features.findIndex(({ properties }) => properties.role === 'outline');
	const [one, other] = [features[point], features[outline]];
	if (one === undefined || other === undefined) return;
	for (const key of ['kind', 'name:en', 'name:ar', 'country', 'timezone'] as const) {
		if (one.properties[key] === other.properties[key]) continue;
		yield error(source.spot(['features', point, 'properties', key]), [
			`${quote(one.properties[key])} as ${key} of the point`,
			`${quote(other.properties[key])}, as in the outline`,
			'make the two the same'
		]);
	}
	if (!sound) return;
	// Both geometries were found sound above.
	const [x, y] = one.geometry.coordinates as [number, number];
	const positions = polygonsOf(other).flat(2);
	const within = (lng: number, lat: number) =>
		lng >= least(positions, 0) &&
		lng <= -least(positions, 0, -1) &&
		lat >= least(positions, 1) &&
		lat <= -least(positions, 1, -1);
	if (within(x, y)) return;
	yield error(source.spot(['features', point, 'geometry', 'coordinates']), [
		`a point at [${x}, ${y}], outside the outline`,
		'a point within the reach of the outline',
		within(y, x)
			? 'its axes seem swapped: write the longitude first'
			: 'move the point, or the outline'
	]);
}

function least(positions: readonly Position[], axis: 0 | 1, sign = 1): number {
	return positions.reduce((best, position) => Math.min(best, sign * position[axis]), Infinity);
}

type ReadJson = { ok: true; source: Source } | { ok: false; issue: Issue };

/** Reads JSON; its lines are looked up, by reading it as YAML, only where a message needs them. */
function readJson(text: string, file: string): ReadJson {
	let lines: Source | undefined;
	const spot = (path: Path) => (lines ??= readYaml(text, file).value).spot(path);
	try {
		return { ok: true, source: { file, value: JSON.parse(text) as unknown, spot } };
	} catch (cause) {
		const line = text.slice(0, failureOf(text)).split('\n').length;
		const reason = cause instanceof Error ? cause.message.replace(/ in JSON at .*/s, '') : '';
		return {
			ok: false,
			issue: error({ file, line }, [
				`JSON that cannot be read (${reason.replace(/\s+/g, ' ').replace(/, .* is not valid JSON$/, '')})`,
				'well-formed JSON',
				'look at the commas, brackets and quotation marks here and one line above'
			])
		};
	}
}

/**
 * The offset at which JSON stops being JSON: the longest beginning of the text that could still be
 * continued. V8 names the offset in some of its messages only.
 */
function failureOf(text: string): number {
	let [good, bad] = [0, text.trimEnd().length + 1];
	while (bad - good > 1) {
		const middle = (good + bad) >> 1;
		if (couldContinue(text.slice(0, middle))) good = middle;
		else bad = middle;
	}
	return good;
}

function couldContinue(text: string): boolean {
	try {
		JSON.parse(text);
		return true;
	} catch (cause) {
		const message = cause instanceof Error ? cause.message : '';
		return /end of JSON/.test(message) || message.includes(`position ${text.length}`);
	}
}

function isTimeZone(name: string): boolean {
	try {
		return new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions().timeZone !== '';
	} catch {
		return false;
	}
}
