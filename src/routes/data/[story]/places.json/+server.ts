import area from '@turf/area';
import { multiPolygon } from '@turf/helpers';
import { error, json } from '@sveltejs/kit';
import { placeKey } from '$lib/map-style';
import { edges } from '$lib/outline';
import { storyIds, storyOf } from '$lib/server/stories';
import type { EntryGenerator, RequestHandler } from './$types';

export const prerender = true;

export const entries: EntryGenerator = () => storyIds.map((story) => ({ story }));

/** The outlines and points of a story's places, for the live map. */
export const GET: RequestHandler = ({ params }) => {
	if (!storyIds.includes(params.story)) error(404, `There is no story “${params.story}”.`);
	const features = Object.values(storyOf(params.story).places).flatMap((place) => {
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
	return json({ type: 'FeatureCollection', features });
};
