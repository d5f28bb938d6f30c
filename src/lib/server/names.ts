/** What a map may name: the story's places and contacts, and the basemap's countries, seas and cities. */
import type { Markable, Nameable } from '$lib/cartography/labels';
import { mapWords } from '$lib/cartography/labels/words';
import { dateInWords } from '$lib/locale';
import { formatsOf } from '$lib/locale/formats';
import type { Clocks, Language, Place } from '$lib/model/story';
import type { TimelineScene } from '$lib/timeline/timeline';
import { basemapNames, type BasemapName } from './basemap';
import type { StoryContext } from './context';
import { distanceBetween, isWithin, outlineOf } from './figures';

/** Highest rank of seas that are named, from the world to a near view. */
const SEA_RANKS: readonly (readonly [zoom: number, rank: number])[] = [
	[4, 5],
	[2.6, 3],
	[1.4, 2],
	[-9, 1]
];
/** The same of cities that the story does not speak of. */
const CITY_RANKS: readonly (readonly [zoom: number, rank: number])[] = [
	[5.6, 5],
	[4.6, 3],
	[3.6, 2],
	[2.9, 1],
	[-9, 0]
];
const rankAt = (ranks: typeof SEA_RANKS, zoom: number) =>
	ranks.find(([from]) => zoom >= from)?.[1] ?? 0;

/** Km within which a city of the story and one of the basemap are the same. */
const SAME_CITY = 5;
/** Degrees of latitude beyond which two points are further apart than that. */
const SAME_LATITUDE = SAME_CITY / 110;

/**
 * Ids of the basemap's cities that a story has itself, which the map would otherwise name twice: those within 5 km of a
 * city of the story, and those at or in another place of the same name, such as the city of Kursk in its region.
 */
export function ownCities(places: readonly Place[], language: Language): ReadonlySet<string> {
	const cities = basemapNames().filter(({ kind }) => kind === 'city');
	const citiesAt = ({ kind, point: [lng, lat], name, outline }: Place): BasemapName[] => {
		const words = name[language];
		const isAt = (city: BasemapName) =>
			Math.abs(city.point[1] - lat) < SAME_LATITUDE &&
			distanceBetween(city, { point: [lng, lat] }) < SAME_CITY;
		const isIn = (city: BasemapName) => {
			const area = outlineOf({ outline });
			return area !== null && isWithin(city, area);
		};
		if (kind === 'city') return cities.filter(isAt);
		return cities.filter((city) => city.name[language] === words && (isAt(city) || isIn(city)));
	};
	return new Set(places.flatMap(citiesAt).map(({ id }) => id));
}

/** What a map shows that has names. */
export interface Shown {
	/** Of the camera, on a plate of 512 px. */
	readonly zoom: number;
	/** Ids of the places that are lit. */
	readonly lit: readonly string[];
	/** ISO codes of the countries that are named. */
	readonly countries: readonly string[];
	readonly clocks: Clocks | null;
}

/** What a map may name, most important first. */
export function namesOf(context: StoryContext, language: Language, shown: Shown): Nameable[] {
	const { zoom, lit, countries, clocks } = shown;
	const places = [...new Set(lit)].flatMap((id): Nameable[] => {
		const place = context.story.places[id];
		if (!place || place.kind === 'country') return [];
		const { point, timeZone } = place;
		const at = clocks?.places.includes(id) ? clocks.at : null;
		const detail = at && timeZone ? formatsOf(language).timeIn(at, timeZone) : '';
		return [{ id, kind: 'place', text: mapWords(place.name[language], language), detail, point }];
	});
	const own = context.ownCities[language]();
	const others = basemapNames().flatMap(({ id, kind, rank, name, country, point }): Nameable[] => {
		const wanted = {
			country: country !== null && countries.includes(country),
			sea: rank <= rankAt(SEA_RANKS, zoom),
			city: rank <= rankAt(CITY_RANKS, zoom) && !own.has(id)
		};
		if (kind === 'state' || !wanted[kind]) return [];
		const text = mapWords(name[language], language);
		// Nothing looks up a sea or a city by its id; the English name is shorter in the page than the basemap's id.
		const isCountry = kind === 'country' && country !== null;
		const label = isCountry ? context.idOfCountry(country) : name.en;
		return [{ id: label, kind, text, detail: '', point }];
	});
	return [...places, ...others];
}

/** The contacts that a scene may mark. */
export function marksOf(
	context: StoryContext,
	scene: TimelineScene,
	language: Language
): Markable[] {
	const drawn = new Set(scene.beats.flatMap(({ contacts }) => contacts));
	return [...drawn]
		.flatMap((id) => context.contactsById().get(id) ?? [])
		.sort((a, b) => a.order - b.order)
		.map(({ contact }) => ({
			contact,
			text: mapWords(contact.people[language], language),
			detail: contact.when === null ? '' : dateInWords(language, contact.when)
		}));
}
