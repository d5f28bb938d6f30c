import { allPlaces } from '$lib/server/entries';
import { placeOf } from '$lib/server/library';
import { placeGeojson } from '$lib/server/origins';
import { error } from '@sveltejs/kit';
import type { EntryGenerator, RequestHandler } from './$types';

export const prerender = true;

export const entries: EntryGenerator = () => allPlaces();

/** A place's geometry to take away, with its origin and licence. */
export const GET: RequestHandler = ({ params }) => {
	const found = placeOf(params.story, params.place);
	if (!found) error(404, `There is no place “${params.place}” in “${params.story}”.`);
	const body = JSON.stringify(placeGeojson(found.place, found.story.sources));
	return new Response(`${body}\n`, { headers: { 'content-type': 'application/geo+json' } });
};
