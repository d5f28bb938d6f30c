import { allPlaces } from '$lib/server/entries';
import { placeOf } from '$lib/server/library';
import { pictureOfPlace } from '$lib/server/maps';
import { placePictureSvg } from '$lib/server/picture';
import { error } from '@sveltejs/kit';
import type { EntryGenerator, RequestHandler } from './$types';

export const prerender = true;

export const entries: EntryGenerator = () => allPlaces();

/** The small map of a place's dossier. */
export const GET: RequestHandler = ({ params }) => {
	const found = placeOf(params.story, params.place);
	if (!found) error(404, `There is no picture of “${params.place}” in “${params.story}”.`);
	return new Response(placePictureSvg(pictureOfPlace(found.story, found.place)), {
		headers: { 'content-type': 'image/svg+xml' }
	});
};
