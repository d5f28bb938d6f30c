/** The places of a story as the live map draws them. */
import area from '@turf/area';
import { multiPolygon } from '@turf/helpers';
import { placeKey } from '$lib/map-style';
import { edges } from '$lib/outline';
import type { Story } from '$lib/story';

/** The outlines, their edges and the points of a story's places, as GeoJSON. */
export function mapPlaces({ places }: Pick<Story, 'places'>) {
	const features = Object.values(places).flatMap((place) => {
		const named = {
			key: placeKey(place.id, 'point'),
			place: place.id,
			kind: place.kind,
			'name:ar': place.name.ar,
			'name:en': place.name.en
		};
		const point = {
			type: 'Feature',
			properties: { ...named, role: 'point' },
			geometry: { type: 'Point', coordinates: place.point }
		};
		if (!place.outline) return [point];
		const coordinates = place.outline.map((polygon) =>
			polygon.map((ring) => ring.map(([lng, lat]) => [lng, lat]))
		);
		const size = Math.round(area(multiPolygon(coordinates)) / 1e6);
		return [
			{
				type: 'Feature',
				properties: {
					key: placeKey(place.id, 'area'),
					place: place.id,
					kind: place.kind,
					role: 'area',
					size
				},
				geometry: { type: 'MultiPolygon', coordinates }
			},
			{
				type: 'Feature',
				properties: {
					key: placeKey(place.id, 'edge'),
					place: place.id,
					kind: place.kind,
					role: 'edge'
				},
				geometry: { type: 'MultiLineString', coordinates: edges(place.outline) }
			},
			point
		];
	});
	return { type: 'FeatureCollection', features };
}
