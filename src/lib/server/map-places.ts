/** A story's places as GeoJSON: for the live map, and for what a click on it means. */
import type { Feature, FeatureCollection } from 'geojson';
import { placeKey } from '$lib/live/style';
import { edges } from '$lib/globe/outline';
import type { Place, Story } from '$lib/model/story';
import { areaOf, outlineOf } from './figures';

const mutable = (line: readonly (readonly number[])[]) => line.map((position) => [...position]);

function featuresOf(place: Place): Feature[] {
	const { id, kind, name, point, outline } = place;
	const feature = (
		role: 'area' | 'edge' | 'point',
		geometry: Feature['geometry'],
		properties: Readonly<Record<string, unknown>> = {}
	): Feature => ({
		type: 'Feature',
		properties: { key: placeKey(id, role), place: id, kind, role, ...properties },
		geometry
	});
	const dot = feature(
		'point',
		{ type: 'Point', coordinates: [...point] },
		{ 'name:ar': name.ar, 'name:en': name.en }
	);
	const area = outlineOf(place);
	if (!outline || !area) return [dot];
	const size = Math.round(areaOf(place) ?? 0);
	return [
		feature('area', area.geometry, { size }),
		feature('edge', { type: 'MultiLineString', coordinates: edges(outline).map(mutable) }),
		dot
	];
}

/** The outlines and points of a story's places; an area has its size in km². */
export function mapPlaces(story: Story): FeatureCollection {
	return { type: 'FeatureCollection', features: Object.values(story.places).flatMap(featuresOf) };
}
