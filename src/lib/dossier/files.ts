/** The dossiers of a story of many places or contacts: files of a hundred, fetched when one is opened. */
import { dossierFileOf } from '../reading/page-index';
import type { PageStory, PlaceDossiers } from '../reading/page-story';

const asked = new Map<string, Promise<PlaceDossiers>>();

/**
 * The dossiers in the file that holds a place's. A file is fetched once; after a failure the next call
 * asks again.
 *
 * @param base - the venue's
 * @throws Error when the file cannot be fetched, or is no JSON
 */
export function fetchDossiers(
	story: PageStory,
	base: string,
	place: string
): Promise<PlaceDossiers> {
	const file = dossierFileOf(story, place);
	const address = `${base}/data/${story.id}/${story.language}/dossiers/${file}.json`;
	const known = asked.get(address);
	if (known) return known;
	const coming = read(address).catch((cause: unknown) => {
		asked.delete(address);
		throw cause;
	});
	asked.set(address, coming);
	return coming;
}

async function read(address: string): Promise<PlaceDossiers> {
	const response = await fetch(address);
	if (!response.ok) throw new Error(`${response.url} answered ${response.status}.`);
	// Our own site wrote this file.
	return (await response.json()) as PlaceDossiers;
}
