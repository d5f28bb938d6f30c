/** The parts of a page's story by their names: with many of each, to search for one by one would take the square. */
import type { PageBeat, PagePlace, PageStory } from './page-story';
import type { Contact } from './story';

export interface PageIndex {
	readonly places: ReadonlyMap<string, PagePlace>;
	/** Where each place stands among them. */
	readonly order: ReadonlyMap<string, number>;
	/** The places that are countries, by their ISO code. */
	readonly countries: ReadonlyMap<string, PagePlace>;
	readonly contacts: ReadonlyMap<string, Contact>;
	/** By the paragraph's number. */
	readonly beats: ReadonlyMap<number, PageBeat>;
}

const known = new WeakMap<PageStory, PageIndex>();

/** The index of a story, made once. */
export function indexOf(story: PageStory): PageIndex {
	const index = known.get(story) ?? {
		places: new Map(story.places.map((place) => [place.id, place])),
		order: new Map(story.places.map(({ id }, order) => [id, order])),
		countries: new Map(
			story.places.flatMap((place) =>
				place.kind === 'country' && place.country ? [[place.country, place] as const] : []
			)
		),
		contacts: new Map(story.contacts.map((contact) => [contact.id, contact])),
		beats: new Map(
			story.scenes.flatMap(({ beats }) => beats.map((beat) => [beat.paragraph, beat] as const))
		)
	};
	known.set(story, index);
	return index;
}
