import { DOSSIERS_IN_FILE } from '../reading/page-index';
import type { PageStory } from '../reading/page-story';
import { pageAddress } from '../reading/venue';

/** The pages of places of a story of many, each with the names of its first and its last place. */
export function pagesOfPlaces({ id, language, places }: PageStory, base: string) {
	return Array.from({ length: Math.ceil(places.length / DOSSIERS_IN_FILE) }, (_, page) => {
		const on = places.slice(page * DOSSIERS_IN_FILE, (page + 1) * DOSSIERS_IN_FILE);
		return {
			address: pageAddress(base, language, `${id}/places/${page + 1}`),
			first: on.at(0)?.name[language] ?? '',
			last: on.at(-1)?.name[language] ?? ''
		};
	});
}
