import { error } from '@sveltejs/kit';
import { cardPng } from '$lib/server/card';
import { allPages } from '$lib/server/entries';
import { storyIds, storyOf } from '$lib/server/library';
import type { EntryGenerator, RequestHandler } from './$types';

export const prerender = true;

export const entries: EntryGenerator = () => allPages();

export const GET: RequestHandler = ({ params }) => {
	if (!storyIds.includes(params.story)) error(404, `There is no story “${params.story}”.`);
	const png = cardPng(storyOf(params.story), params.lang);
	return new Response(new Uint8Array(png), { headers: { 'content-type': 'image/png' } });
};
