import { error } from '@sveltejs/kit';
import { allDossierFiles } from '$lib/server/entries';
import { storyIds, storyOf } from '$lib/server/library';
import { dossierFile, pageStory } from '$lib/server/page';
import { paths } from '$lib/server/sharing';
import { site } from '$lib/server/site';
import type { EntryGenerator, PageServerLoad } from './$types';

export const entries: EntryGenerator = () => allDossierFiles();

export const load: PageServerLoad = ({ params: { story, lang, file } }) => {
	const dossiers = storyIds.includes(story) && dossierFile(storyOf(story), lang, Number(file));
	if (!dossiers) error(404, `There is no page ${file} of places of “${story}”.`);
	const here = paths.places(story, lang, file);
	return {
		story: pageStory(storyOf(story), lang),
		dossiers,
		page: Number(file),
		canonical: site.address(here, here)
	};
};
