/**
 * The model: what a story is once its files have been read and found good.
 * Everything here is immutable data that survives `JSON.stringify`.
 */

/** The languages a story is told in; the first is the one it was reported in. */
export const LANGUAGES = ['ar', 'en'] as const;
export type Language = (typeof LANGUAGES)[number];

/** The same words in every language of the story. */
export type Localized = Readonly<Record<Language, string>>;

/** Makes something for each language. */
export function eachLanguage<T>(make: (language: Language) => T): Readonly<Record<Language, T>> {
	return { ar: make('ar'), en: make('en') };
}

/** `[longitude, latitude]` in degrees, WGS 84; longitude may exceed ±180 where a line is unwrapped. */
export type Position = readonly [longitude: number, latitude: number];

/** Exterior ring first, then holes; each ring is closed (RFC 7946, 3.1.6). */
export type Polygon = readonly (readonly Position[])[];

export const PLACE_KINDS = ['building', 'city', 'region', 'state', 'country', 'strait'] as const;
export type PlaceKind = (typeof PLACE_KINDS)[number];

/** A thing on Earth with geometry, a name in each language and a dossier. */
export interface Place {
	readonly id: string;
	readonly kind: PlaceKind;
	readonly name: Localized;
	/** ISO 3166-1 alpha-2 code of the country it belongs to by the story's border policy; null at sea. */
	readonly country: string | null;
	/** IANA name; null where one clock does not hold. */
	readonly timeZone: string | null;
	/** Where its label stands and what stands for it when it is too small to be seen as an area. */
	readonly point: Position;
	/** Its area, or null for what is only a point at every zoom of the story. */
	readonly outline: readonly Polygon[] | null;
	/** Where its parts come from, in the order of its file. */
	readonly origins: readonly Origin[];
}

/** Where a part of a place's geometry comes from. */
export interface Origin {
	readonly role: 'outline' | 'point';
	/** In the words of the place's file. */
	readonly source: string;
}

/** What an author wants in sight. The camera is fitted to it, on any screen. */
export interface View {
	/** Place ids; an outline is held whole, a place without one by its point. */
	readonly places: readonly string[];
	/** Places of which the point alone must be in sight, whatever their outline. */
	readonly points: readonly string[];
	/** Closest zoom allowed, on a plate of 512 px at the latitude of the view. */
	readonly maxZoom: number;
	/** `globe` keeps the whole disc of the Earth in sight; `near` goes as close as the places allow. */
	readonly projection: 'globe' | 'near';
	/** Degrees clockwise from north that point up. */
	readonly bearing: number;
	/** Degrees from straight down, 0 to 60. */
	readonly pitch: number;
}

/** One paragraph: it can light other places of its scene without moving the camera. */
export interface Beat {
	/** The paragraph's number in the report, from 1. */
	readonly paragraph: number;
	/** Ids of the places lit while it is read. */
	readonly lit: readonly string[];
	/** Ids of the contacts drawn while it is read. */
	readonly contacts: readonly string[];
	/** The ISO date or year that the paragraph speaks of. */
	readonly date: string;
	/** Who says so, in each language. */
	readonly attribution: Localized;
}

/** What the clocks show in some places at one moment. */
export interface Clocks {
	/** Date-time in UTC, such as `2025-08-13T13:00Z`. */
	readonly at: string;
	/** Ids of places, each with a time zone. */
	readonly places: readonly string[];
}

/** One or more paragraphs that share a view. */
export interface Scene {
	readonly id: string;
	readonly view: View;
	/** Ids of places lit before its first paragraph is reached (the opening has no paragraph). */
	readonly lit: readonly string[];
	readonly beats: readonly Beat[];
	/** ISO codes of the countries that are named on the map here. */
	readonly countries: readonly string[];
	/** Local times told here; null where none are. */
	readonly clocks: Clocks | null;
	/** Pairs of places whose distance is told here, computed from their points. */
	readonly distances: readonly Leg[];
	/** True where a new part of the report, with a heading of its own, begins with this scene. */
	readonly startsPart: boolean;
}

export const CONTACT_KINDS = ['telephone', 'video', 'meeting', 'troops', 'visit'] as const;
export type ContactKind = (typeof CONTACT_KINDS)[number];

/** One line of a contact, between the points of two places. */
export interface Leg {
	readonly from: string;
	readonly to: string;
}

/** Who spoke to or met whom, how and when. */
export interface Contact {
	readonly id: string;
	readonly kind: ContactKind;
	readonly legs: readonly Leg[];
	/** Who, shortly: what a label on the line says. */
	readonly people: Localized;
	/** ISO date, year or date-time (UTC) of the contact; null where the report gives none. */
	readonly when: string | null;
	/** Paragraphs that report it. */
	readonly paragraphs: readonly number[];
}

/** One run of a paragraph. */
export type Inline =
	| { readonly type: 'text'; readonly text: string }
	| { readonly type: 'mention'; readonly place: string; readonly text: string }
	| { readonly type: 'link'; readonly href: string; readonly text: string }
	| { readonly type: 'emphasis'; readonly text: string }
	| { readonly type: 'strong'; readonly text: string };

export interface SceneText {
	readonly heading: string;
	/** Heading of the part that begins here; empty where none does. */
	readonly part: string;
	/** What the map shows here, for those who do not see it. */
	readonly mapAlternative: string;
	/** What has changed on the map since the scene before; empty in the first. */
	readonly mapChange: string;
	/** In the order of the scene's beats. */
	readonly paragraphs: readonly (readonly Inline[])[];
}

/** The words of a story in one language. */
export interface StoryText {
	readonly title: string;
	readonly standfirst: string;
	readonly dateline: string;
	/** In the order of the scenes. */
	readonly scenes: readonly SceneText[];
}

export interface Source {
	readonly name: Localized;
	/** What it is the source of. */
	readonly of: Localized;
	readonly licence: string;
	/** `https:` address, or null. */
	readonly url: string | null;
}

export interface Story {
	readonly id: string;
	/** ISO date of the report. */
	readonly published: string;
	readonly borderPolicy: Localized;
	/** Ids of places under dispute or occupation: hatched wherever they are in sight. */
	readonly disputed: readonly string[];
	readonly scenes: readonly Scene[];
	readonly contacts: readonly Contact[];
	readonly sources: readonly Source[];
	/** The places the story uses, by id. */
	readonly places: Readonly<Record<string, Place>>;
	readonly text: Readonly<Record<Language, StoryText>>;
}

/** Where the camera is. Angles in degrees; zoom as MapLibre counts it on a 512 px plate unless said otherwise. */
export interface Camera {
	readonly lng: number;
	readonly lat: number;
	readonly zoom: number;
	readonly bearing: number;
	readonly pitch: number;
}
