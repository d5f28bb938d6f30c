import { error } from '@sveltejs/kit';
import { sharingOf } from '$lib/server/sharing';
import { site } from '$lib/server/site';
import { allPages, pageStory, storyIds, storyOf } from '$lib/server/stories';
import type { EntryGenerator, PageServerLoad } from './$types';

export const entries: EntryGenerator = () => allPages();

export const load: PageServerLoad = ({ params }) => {
	if (!storyIds.includes(params.story)) error(404, `There is no story “${params.story}”.`);
	const story = storyOf(params.story);
	return {
		story: pageStory(story, params.lang),
		sharing: sharingOf(story, params.lang, site)
	};
};
