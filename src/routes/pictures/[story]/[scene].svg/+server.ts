import { allScenes } from '$lib/server/entries';
import { storyIds, storyOf } from '$lib/server/library';
import { pictureOf } from '$lib/server/maps';
import { pictureSvg } from '$lib/server/picture';
import { error } from '@sveltejs/kit';
import type { EntryGenerator, RequestHandler } from './$types';

export const prerender = true;

export const entries: EntryGenerator = () => allScenes();

export const GET: RequestHandler = ({ params }) => {
	const story = storyIds.includes(params.story) ? storyOf(params.story) : null;
	if (!story?.scenes.some(({ id }) => id === params.scene))
		error(404, `There is no picture of “${params.scene}”.`);
	return new Response(pictureSvg(pictureOf(story, params.scene)), {
		headers: { 'content-type': 'image/svg+xml' }
	});
};
