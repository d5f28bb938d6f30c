/** The dossiers of a story of many places: files of a hundred, fetched when one is opened. */
import { dossierFileOf } from './page-index';
import type { PageStory, PlaceDossier, PlaceDossiers } from './page-story';

const asked = new Map<string, Promise<ReadonlyMap<string, PlaceDossier>>>();

/**
 * The dossiers in the file that holds a place's, by their places. A file is fetched once; after a failure the next call
 * asks again.
 *
 * @param base - the venue's
 * @throws Error when the file cannot be fetched, or is no JSON
 */
export function fetchDossiers(
	story: PageStory,
	base: string,
	place: string
): Promise<ReadonlyMap<string, PlaceDossier>> {
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

async function read(address: string): Promise<ReadonlyMap<string, PlaceDossier>> {
	const response = await fetch(address);
	if (!response.ok) throw new Error(`${response.url} answered ${response.status}.`);
	// Our own site wrote this file.
	return new Map(Object.entries((await response.json()) as PlaceDossiers));
}
