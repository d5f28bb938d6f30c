import { error, json } from '@sveltejs/kit';
import { allPages } from '$lib/server/entries';
import { storyIds, storyOf } from '$lib/server/library';
import { oembedOf } from '$lib/server/sharing';
import { site } from '$lib/server/site';
import type { EntryGenerator, RequestHandler } from './$types';

export const prerender = true;

export const entries: EntryGenerator = () => allPages();

export const GET: RequestHandler = ({ params }) => {
	if (!storyIds.includes(params.story)) error(404, `There is no story “${params.story}”.`);
	return json(oembedOf(storyOf(params.story), params.lang, site));
};
