/** What is computed of places with Turf: areas, distances, and the contacts that touch them. */
import { area, booleanPointInPolygon, distance, multiPolygon } from '@turf/turf';
import type { Feature, MultiPolygon } from 'geojson';
import type { Contact, Place } from '$lib/model/story';
import type { PlaceDossier } from '$lib/reading/page-story';
import type { StoryContext } from './context';

/** A place's outline as GeoJSON; null where it has none. */
export function outlineOf({ outline }: Pick<Place, 'outline'>): Feature<MultiPolygon> | null {
	if (!outline) return null;
	return multiPolygon(
		outline.map((polygon) => polygon.map((ring) => ring.map(([lng, lat]) => [lng, lat])))
	);
}

/** Area of a place's outline on the sphere, in km²; null where it has none. */
export function areaOf(place: Pick<Place, 'outline'>): number | null {
	const outline = outlineOf(place);
	return outline && area(outline) / 1e6;
}

/** Great-circle distance between the points of two places, in km. */
export function distanceBetween(a: Pick<Place, 'point'>, b: Pick<Place, 'point'>): number {
	return distance([...a.point], [...b.point]);
}

/** Whether a place's point lies in an outline. */
export function isWithin({ point }: Pick<Place, 'point'>, outline: Feature<MultiPolygon>): boolean {
	return booleanPointInPolygon([...point], outline);
}

/** The places at the ends of a contact's lines, in their order. */
function endsOf({ legs }: Pick<Contact, 'legs'>): string[] {
	return [...new Set(legs.flatMap(({ from, to }) => [from, to]))];
}

export interface ContactIndex {
	/** The contacts that begin, end or pass at a place itself, by its id. */
	readonly at: ReadonlyMap<string, readonly Contact[]>;
	/** The places where people meet: every dossier gives the distance to them. */
	readonly meetings: readonly string[];
}

/** Indexes a story's contacts by their places. */
export function indexContacts(contacts: readonly Contact[]): ContactIndex {
	const at = new Map<string, Contact[]>();
	for (const contact of contacts) {
		for (const end of endsOf(contact)) {
			const there = at.get(end);
			if (there) there.push(contact);
			else at.set(end, [contact]);
		}
	}
	const meetings = contacts.flatMap(({ kind, legs }) =>
		kind === 'meeting' ? legs.map(({ to }) => to) : []
	);
	return { at, meetings: [...new Set(meetings)] };
}

/**
 * The contacts that begin, end or pass in a place: at it, or at a place that lies in its outline; each with the places
 * at its other ends.
 */
export function contactsOf(
	{ story, contactIndex }: StoryContext,
	place: Place
): PlaceDossier['contacts'] {
	const outline = outlineOf(place);
	const holds = (id: string) => {
		const end = story.places[id];
		if (!end || id === place.id) return id === place.id;
		return outline !== null && isWithin(end, outline);
	};
	// What is only a point holds no other place.
	const near = outline ? story.contacts : (contactIndex().at.get(place.id) ?? []);
	return near.flatMap((contact) => {
		const ends = endsOf(contact);
		if (!ends.some(holds)) return [];
		return [{ id: contact.id, others: ends.filter((id) => !holds(id)) }];
	});
}

/** Kilometres, to a metre, from a place to those where people meet and to the other ends of its contacts. */
export function distancesOf(
	{ story, contactIndex }: StoryContext,
	place: Place,
	contacts: PlaceDossier['contacts']
): PlaceDossier['figures']['distances'] {
	const others = contacts.flatMap(({ others }) => others);
	return [...new Set([...contactIndex().meetings, ...others])].flatMap((id) => {
		const other = story.places[id];
		if (!other || id === place.id) return [];
		return [{ place: id, kilometres: Math.round(distanceBetween(place, other) * 1000) / 1000 }];
	});
}
