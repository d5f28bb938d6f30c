/** The parts of a page's story by their names: with many of each, to search for one by one would take the square. */
import { DOSSIERS_IN_FILE, type PageBeat, type PagePlace, type PageStory } from './page-story';
import type { Contact } from './story';
import { pageAddress } from './venue';

export interface PageIndex {
	readonly places: ReadonlyMap<string, PagePlace>;
	/** Where each place stands among them. */
	readonly order: ReadonlyMap<string, number>;
	/** The places that are countries, by their ISO code. */
	readonly countries: ReadonlyMap<string, PagePlace>;
	/** Ids of the places that are countries, by their English names, as a map's labels have them. */
	readonly named: ReadonlyMap<string, string>;
	readonly contacts: ReadonlyMap<string, Contact>;
	/** By the paragraph's number. */
	readonly beats: ReadonlyMap<number, PageBeat>;
}

const known = new WeakMap<PageStory, PageIndex>();

/** The index of a story, made once. */
export function indexOf(story: PageStory): PageIndex {
	const found = known.get(story);
	if (found) return found;
	const countries = story.places.filter(({ kind }) => kind === 'country');
	const index = {
		places: new Map(story.places.map((place) => [place.id, place])),
		order: new Map(story.places.map(({ id }, order) => [id, order])),
		countries: new Map(
			countries.flatMap((place) => (place.country ? [[place.country, place] as const] : []))
		),
		// Of two of one name the first.
		named: new Map(countries.map(({ id, name }) => [name.en, id] as const).reverse()),
		contacts: new Map(story.contacts.map((contact) => [contact.id, contact])),
		beats: new Map(
			story.scenes.flatMap(({ beats }) => beats.map((beat) => [beat.paragraph, beat] as const))
		)
	};
	known.set(story, index);
	return index;
}

/** Number of the file, and of the page, that holds a place's dossier, from 1, in a story of many places. */
export function dossierFileOf(story: PageStory, place: string): number {
	return Math.floor((indexOf(story).order.get(place) ?? 0) / DOSSIERS_IN_FILE) + 1;
}

/**
 * Where a link to a place's dossier leads: within the page, or, in a story of many places, to the page that has it.
 *
 * @param base - the venue's
 */
export function placeAddress(story: PageStory, base: string, place: string): string {
	const anchor = `place-${place}`;
	if (story.dossiers) return `#${anchor}`;
	const page = `${story.id}/places/${dossierFileOf(story, place)}`;
	return pageAddress(base, story.language, page, anchor);
}

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
