/** Where the geometry of places comes from, under which licence, and that geometry to take away. */
import type { Feature, FeatureCollection } from 'geojson';
import type { Place, Source } from '$lib/model/story';
import type { PageOrigin } from '$lib/reading/page-story';
import { outlineOf } from './figures';

/** What we set by hand is ours to license, as all else in this project. */
const BY_HAND = { source: 'set by hand', licence: 'MIT' } as const;

const sourceOf = (origin: string, sources: readonly Source[]) =>
	sources.find(({ name }) => origin.includes(name.en));

function licenceOf(origin: string, sources: readonly Source[]): string {
	if (origin === BY_HAND.source) return BY_HAND.licence;
	const source = sourceOf(origin, sources);
	if (source) return source.licence;
	throw new Error(
		`A geometry comes from “${origin}”, expected a source of story.yaml in its name; add the source there, with its licence.`
	);
}

/**
 * Where each part of a place's geometry comes from, with its licence.
 *
 * @throws Error when the story names no source that a part could come from
 */
export function originsOf({ origins }: Place, sources: readonly Source[]): PageOrigin[] {
	return origins.map(({ role, source: origin }) => {
		const source = sourceOf(origin, sources);
		return {
			role,
			name: source?.name ?? null,
			licence: licenceOf(origin, sources),
			url: source?.url ?? null
		};
	});
}

function geometryOf(place: Place, role: 'outline' | 'point'): Feature['geometry'] {
	const outline = role === 'outline' ? outlineOf(place) : null;
	if (!outline) return { type: 'Point', coordinates: [...place.point] };
	const [polygon, ...others] = outline.geometry.coordinates;
	if (!polygon || others.length > 0) return outline.geometry;
	return { type: 'Polygon', coordinates: polygon };
}

/**
 * A place's geometry as it is given away: RFC 7946, each feature with its origin and licence.
 *
 * @throws Error when the story names no source that a part could come from
 */
export function placeGeojson(place: Place, sources: readonly Source[]): FeatureCollection {
	const { id, kind, name, country, timeZone, outline, origins } = place;
	return {
		type: 'FeatureCollection',
		features: origins.map(({ role, source }) => ({
			type: 'Feature',
			id: role === 'point' && outline ? `${id}-point` : id,
			properties: {
				place: id,
				role,
				kind,
				'name:en': name.en,
				'name:ar': name.ar,
				country,
				timezone: timeZone,
				source,
				licence: licenceOf(source, sources)
			},
			geometry: geometryOf(place, role)
		}))
	};
}
