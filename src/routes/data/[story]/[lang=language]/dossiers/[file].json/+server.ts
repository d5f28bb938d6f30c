import { error, json } from '@sveltejs/kit';
import { allDossierFiles } from '$lib/server/entries';
import { storyIds, storyOf } from '$lib/server/library';
import { dossierFile } from '$lib/server/page';
import type { EntryGenerator, RequestHandler } from './$types';

export const prerender = true;

export const entries: EntryGenerator = () => allDossierFiles();

/** A hundred dossiers of a story of many places or contacts. */
export const GET: RequestHandler = ({ params: { story, lang, file } }) => {
	const found = storyIds.includes(story) && dossierFile(storyOf(story), lang, Number(file));
	if (!found) error(404, `There are no dossiers ${file} of “${story}”.`);
	return json(found);
};
