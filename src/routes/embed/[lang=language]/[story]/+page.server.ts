import { error } from '@sveltejs/kit';
import script from 'virtual:frame-script';
import { allPages } from '$lib/server/entries';
import { storyIds, storyOf } from '$lib/server/library';
import { scriptJson } from '$lib/server/markup';
import { pageStory } from '$lib/server/page';
import type { EntryGenerator, PageServerLoad } from './$types';

export const entries: EntryGenerator = () => allPages();

/** The story for a frame in somebody's page. */
export const load: PageServerLoad = ({ params }) => {
	if (!storyIds.includes(params.story)) error(404, `There is no story “${params.story}”.`);
	const story = pageStory(storyOf(params.story), params.lang);
	return { script, story, storyJson: scriptJson(story) };
};
