import { allScenes } from '$lib/server/entries';
import { storyIds, storyOf } from '$lib/server/library';
import { locatorOf } from '$lib/server/maps';
import { error } from '@sveltejs/kit';
import type { EntryGenerator, RequestHandler } from './$types';

export const prerender = true;

export const entries: EntryGenerator = () => allScenes();

/** Where on Earth a scene's view lies. */
export const GET: RequestHandler = ({ params }) => {
	const story = storyIds.includes(params.story) ? storyOf(params.story) : null;
	if (!story?.scenes.some(({ id }) => id === params.scene))
		error(404, `There is no locator of “${params.scene}”.`);
	return new Response(locatorOf(story, params.scene), {
		headers: { 'content-type': 'image/svg+xml' }
	});
};
