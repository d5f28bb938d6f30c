import { error } from '@sveltejs/kit';
import script from 'virtual:page-script';
import { allPages, pageStory, storyIds, storyOf } from '$lib/server/stories';
import type { EntryGenerator, PageServerLoad } from './$types';

export const entries: EntryGenerator = () => allPages();

export const load: PageServerLoad = ({ params }) => {
	if (!storyIds.includes(params.story)) error(404, `There is no story “${params.story}”.`);
	return { script, story: pageStory(storyOf(params.story), params.lang) };
};
