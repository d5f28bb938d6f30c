/** The dossiers of a story's places: in its page, or where they are many in files of their own. */
import type { Language, Place, Story } from '$lib/model/story';
import { DOSSIERS_IN_FILE } from '$lib/reading/page-index';
import type { PlaceDossier, PlaceDossiers } from '$lib/reading/page-story';
import { crowdOf } from '$lib/timeline/exploration';
import { contextOf } from './context';
import { areaOf, contactsOf, distancesOf } from './figures';
import { labelsOfPlace } from './maps';
import { originsOf } from './origins';

/** Number of a story's files of dossiers; 0 where its page holds them. */
export function countDossierFiles({ places, contacts }: Story): number {
	const all = Object.values(places);
	const crowd = crowdOf({ places: all, contacts });
	return crowd.places || crowd.contacts ? Math.ceil(all.length / DOSSIERS_IN_FILE) : 0;
}

function dossierOf(story: Story, place: Place, language: Language): PlaceDossier {
	const context = contextOf(story);
	const areaKm2 = areaOf(place);
	const contacts = contactsOf(context, place);
	return {
		timeZone: place.timeZone,
		contacts,
		figures: {
			area: areaKm2 === null ? null : Math.round(areaKm2 * 1000) / 1000,
			distances: distancesOf(context, place, contacts)
		},
		origins: originsOf(place, story.sources),
		labels: labelsOfPlace(story, place, language)
	};
}

/** The dossiers of some places of a story. */
export function dossiersOf(
	story: Story,
	language: Language,
	places: readonly Pick<Place, 'id'>[]
): PlaceDossiers {
	return Object.fromEntries(
		places.flatMap(({ id }) => {
			const place = story.places[id];
			return place ? [[id, dossierOf(story, place, language)] as const] : [];
		})
	);
}
