/** The map without the story's lead: all places and contacts, less what the reader has filtered out; and finding places. */
import { contactSegments } from '../globe/outline';
import type { MapLabel } from '../cartography/labels';
import { mapWords } from '../cartography/labels/words';
import type {
	Camera,
	Contact,
	ContactKind,
	Language,
	Localized,
	Place,
	Position
} from '../model/story';
import type { Frame } from './timeline';

/** Name of the scene that stands for the free map; no story's own scene can have it. */
export const FREE_SCENE = '';

/** What a place's date is where the report gives none. */
export const UNDATED = 'undated';

/** What exploring needs to know of a story; a page's story has it all. */
export interface Explorable {
	readonly scenes: readonly {
		readonly beats: readonly {
			readonly paragraph: number;
			readonly date: string;
		}[];
	}[];
	readonly places: readonly (Pick<Place, 'id' | 'kind' | 'name' | 'point'> & {
		readonly disputed: boolean;
		readonly paragraphs: readonly number[];
		readonly shownWith: readonly number[];
	})[];
	readonly contacts: readonly Contact[];
}

/** Of places, of contacts or of rows in a list: more than this are many. */
export const MANY = 200;

/** What a story has too many of for each to be marked by itself on the free map; either has its dossiers leave the page. */
export interface Crowd {
	/** Places that lie close together are gathered into one mark. */
	readonly places: boolean;
	/** Contacts are lines without names; in the story the map holds those of the scenes around alone. */
	readonly contacts: boolean;
}

export function crowdOf({
	places,
	contacts
}: {
	readonly places: readonly unknown[];
	readonly contacts: readonly unknown[];
}): Crowd {
	return { places: places.length > MANY, contacts: contacts.length > MANY };
}

/** What is left out of the free map. */
export interface Filters {
	readonly kinds: ReadonlySet<ContactKind>;
	/** ISO days or years, or {@link UNDATED}. */
	readonly dates: ReadonlySet<string>;
}

export const NO_FILTERS: Filters = { kinds: new Set(), dates: new Set() };

const flipped = <T>(set: ReadonlySet<T>, item: T): ReadonlySet<T> =>
	set.has(item) ? new Set([...set].filter((each) => each !== item)) : new Set([...set, item]);

/** The filters with a kind left out that was not, or the other way about. */
export function withKind(filters: Filters, kind: ContactKind): Filters {
	return { ...filters, kinds: flipped(filters.kinds, kind) };
}

/** The filters with a date left out that was not, or the other way about. */
export function withDate(filters: Filters, date: string): Filters {
	return { ...filters, dates: flipped(filters.dates, date) };
}

const dayOf = (contact: Contact) => contact.when?.slice(0, 10) ?? UNDATED;

/** The days and years of a story's paragraphs and contacts, from the earliest on; what has none comes last. */
export function datesOf({ scenes, contacts }: Explorable): string[] {
	const dates = new Set([
		...scenes.flatMap(({ beats }) => beats.map(({ date }) => date.slice(0, 10))),
		...contacts.map(dayOf)
	]);
	const undated = dates.delete(UNDATED);
	return [...[...dates].sort(), ...(undated ? [UNDATED] : [])];
}

/** The kinds of a story's contacts, each once, in the order in which they come up. */
export function kindsOf({ contacts }: Pick<Explorable, 'contacts'>): ContactKind[] {
	return [...new Set(contacts.map(({ kind }) => kind))];
}

/** What passes the filters: contacts by kind and date; places by the dates of the paragraphs that speak of them or show them. */
export function passing(
	story: Explorable,
	filters: Filters
): { readonly places: string[]; readonly contacts: string[] } {
	const contacts = story.contacts.filter(
		(contact) => !filters.kinds.has(contact.kind) && !filters.dates.has(dayOf(contact))
	);
	const ends = new Set(contacts.flatMap(({ legs }) => legs.flatMap(({ from, to }) => [from, to])));
	const spoken = new Set(
		story.scenes
			.flatMap(({ beats }) => beats)
			.filter(({ date }) => !filters.dates.has(date.slice(0, 10)))
			.map(({ paragraph }) => paragraph)
	);
	const places = story.places.filter(
		({ id, paragraphs, shownWith }) =>
			ends.has(id) ||
			paragraphs.some((paragraph) => spoken.has(paragraph)) ||
			shownWith.some((paragraph) => spoken.has(paragraph)) ||
			(paragraphs.length + shownWith.length === 0 && filters.dates.size === 0)
	);
	return { places: places.map(({ id }) => id), contacts: contacts.map(({ id }) => id) };
}

/** The free map's frame: everything that passes the filters is lit and drawn whole. */
export function freeFrame(story: Explorable, filters: Filters, camera: Camera): Frame {
	const { places, contacts } = passing(story, filters);
	const shown = new Set(places);
	const all = (ids: readonly string[]) => Object.fromEntries(ids.map((id) => [id, 1]));
	const disputed = story.places.filter(({ id, disputed }) => disputed && shown.has(id));
	return {
		camera,
		scene: FREE_SCENE,
		paragraph: null,
		date: null,
		lit: all(places),
		hatched: all(disputed.map(({ id }) => id)),
		contacts: contacts.map((id) => ({ id, drawn: 1, opacity: 1 })),
		countries: []
	};
}

/**
 * The names of the free map, which moves under them: the map itself keeps those apart that collide, and names itself what
 * it gathers.
 */
export function freeLabels({ places, contacts }: Explorable, language: Language): MapLabel[] {
	const byId = Object.fromEntries(places.map((place) => [place.id, place]));
	const crowd = crowdOf({ places, contacts });
	const named = crowd.places ? places.filter(({ kind }) => kind === 'country') : places;
	const label = { detail: '', always: true, along: 0, glyph: null };
	const names = named.map(({ id, kind, name, point }): MapLabel => {
		const country = kind === 'country';
		return {
			...label,
			id,
			kind: country ? 'country' : 'place',
			text: mapWords(name[language], language),
			point,
			side: country ? 'middle' : 'right'
		};
	});
	const badges = (crowd.contacts ? [] : contacts).flatMap((contact): MapLabel[] => {
		const segments = contactSegments(contact, byId);
		const middle = segments.find(({ along }) => along >= 0.5);
		const [point] = middle?.line ?? [];
		if (!middle || !point) return [];
		const { id, kind: glyph, people } = contact;
		const { along } = middle;
		return [
			{
				...label,
				id,
				kind: 'contact',
				text: mapWords(people[language], language),
				point,
				side: 'below',
				glyph,
				along
			}
		];
	});
	return [...names, ...badges];
}

/**
 * The scene that stands for the free map: all names and contacts. Its arrowheads are sized for the opening.
 *
 * @throws RangeError where the story has no scene
 */
export function freeScene(
	story: Explorable & {
		readonly language: Language;
		readonly scenes: readonly { readonly camera: Camera }[];
	}
) {
	const [opening] = story.scenes;
	if (!opening) throw new RangeError('The free map begins at the first scene; there is none.');
	return {
		id: FREE_SCENE,
		camera: opening.camera,
		labels: freeLabels(story, story.language),
		// Those of a crowd come as the reader asks for them.
		beats: crowdOf(story).contacts ? [] : [{ contacts: story.contacts.map(({ id }) => id) }]
	};
}

/** Letters that readers write one for another, as one: Arabic without its marks, Latin without its accents and case. */
function folded(text: string): string {
	return text
		.normalize('NFKD')
		.replace(/[\u0300-\u036f\u064b-\u065f\u0670\u0640'’]/g, '')
		.replace(/[أإآٱ]/g, 'ا')
		.replace(/ى/g, 'ي')
		.replace(/ة/g, 'ه')
		.replace(/[-–]/g, ' ')
		.toLowerCase();
}

const searched = new WeakMap<Localized, readonly string[]>();

/** What a search finds a place by: its names folded, and without their articles; worked out once. */
function searchedOf(name: Localized): readonly string[] {
	const known = searched.get(name);
	if (known) return known;
	const names = Object.values(name).flatMap((each) => {
		const whole = folded(each);
		const bare = whole.replace(/^(ال|the )/, '');
		return bare === whole ? [whole] : [whole, bare];
	});
	searched.set(name, names);
	return names;
}

/** The places whose name in either language holds the query, those that begin with it first; all of them for no query. */
export function findPlaces<T extends { readonly name: Localized; readonly point: Position }>(
	places: readonly T[],
	query: string
): T[] {
	const wanted = folded(query.trim());
	if (!wanted) return [...places];
	const ranked: T[][] = [[], [], []];
	const rank = ({ name }: T) => {
		const names = searchedOf(name);
		if (names.some((each) => each.startsWith(wanted))) return 0;
		if (names.some((each) => each.includes(` ${wanted}`))) return 1;
		return names.some((each) => each.includes(wanted)) ? 2 : 3;
	};
	for (const place of places) ranked[rank(place)]?.push(place);
	return ranked.flat();
}
