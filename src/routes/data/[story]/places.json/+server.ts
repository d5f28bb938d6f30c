import { error, json } from '@sveltejs/kit';
import { storyIds, storyOf } from '$lib/server/library';
import { mapPlaces } from '$lib/server/map-places';
import type { EntryGenerator, RequestHandler } from './$types';

export const prerender = true;

export const entries: EntryGenerator = () => storyIds.map((story) => ({ story }));

/** The outlines and points of a story's places, for the live map. */
export const GET: RequestHandler = ({ params }) => {
	if (!storyIds.includes(params.story)) error(404, `There is no story “${params.story}”.`);
	return json(mapPlaces(storyOf(params.story)));
};
