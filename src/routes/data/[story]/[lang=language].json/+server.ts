import { error, json } from '@sveltejs/kit';
import { allPages } from '$lib/server/entries';
import { storyIds, storyOf } from '$lib/server/library';
import { pageStory } from '$lib/server/page';
import type { EntryGenerator, RequestHandler } from './$types';

export const prerender = true;

export const entries: EntryGenerator = () => allPages();

/** All that a story's page shows, for `<story-map>` in somebody's page. */
export const GET: RequestHandler = ({ params }) => {
	if (!storyIds.includes(params.story)) error(404, `There is no story “${params.story}”.`);
	return json(pageStory(storyOf(params.story), params.lang));
};
