/** The places and contacts of a page's story by their names: with many, to search for one by one would take the square. */
import type { PagePlace, PageStory } from './page-story';
import type { Contact } from '../model/story';
import { pageAddress } from './venue';

/** Dossiers in one file, and on one page, where the story's own page has none. */
export const DOSSIERS_IN_FILE = 100;

export interface PageIndex {
	readonly places: ReadonlyMap<string, PagePlace>;
	/** Where each place stands among them. */
	readonly order: ReadonlyMap<string, number>;
	/** The places that are countries, of which there are never many. */
	readonly countries: readonly PagePlace[];
	readonly contacts: ReadonlyMap<string, Contact>;
}

const known = new WeakMap<PageStory, PageIndex>();

/** The index of a story, made once. */
export function indexOf(story: PageStory): PageIndex {
	const index = known.get(story) ?? {
		places: new Map(story.places.map((place) => [place.id, place])),
		order: new Map(story.places.map(({ id }, order) => [id, order])),
		countries: story.places.filter(({ kind }) => kind === 'country'),
		contacts: new Map(story.contacts.map((contact) => [contact.id, contact]))
	};
	known.set(story, index);
	return index;
}

/** Number of the file, and of the page, that holds a place's dossier, from 1, where the story's page has none. */
export function dossierFileOf(story: PageStory, place: string): number {
	return Math.floor((indexOf(story).order.get(place) ?? 0) / DOSSIERS_IN_FILE) + 1;
}

/**
 * Where a link to a place's dossier leads: within the page, or, where that has no dossiers, to the page that has it.
 *
 * @param base - the venue's
 */
export function placeAddress(story: PageStory, base: string, place: string): string {
	const anchor = `place-${place}`;
	if (story.dossiers) return `#${anchor}`;
	const page = `${story.id}/places/${dossierFileOf(story, place)}`;
	return pageAddress(base, story.language, page, anchor);
}
