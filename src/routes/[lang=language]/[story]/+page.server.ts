import { error } from '@sveltejs/kit';
import script from 'virtual:page-script';
import { allPages } from '$lib/server/entries';
import { storyIds, storyOf } from '$lib/server/library';
import { scriptJson } from '$lib/server/markup';
import { pageStory } from '$lib/server/page';
import { sharingOf } from '$lib/server/sharing';
import { site } from '$lib/server/site';
import type { EntryGenerator, PageServerLoad } from './$types';

export const entries: EntryGenerator = () => allPages();

export const load: PageServerLoad = ({ params }) => {
	if (!storyIds.includes(params.story)) error(404, `There is no story “${params.story}”.`);
	const story = storyOf(params.story);
	const page = pageStory(story, params.lang);
	return {
		script,
		story: page,
		// For the page's script, which takes the article over with what it was made of.
		storyJson: scriptJson(page),
		sharing: sharingOf(story, params.lang, site)
	};
};
