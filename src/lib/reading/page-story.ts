/** What the page of a story is made of, in one language: plain data from the server to the page. */
import type { MapLabel } from '../cartography/labels';
import type { Camera, Contact, Inline, Language, Localized, Place, Source } from '../model/story';
import type { TimelineScene } from '../timeline/timeline';

export interface PageBeat {
	readonly paragraph: number;
	readonly lit: readonly string[];
	readonly contacts: readonly string[];
	readonly date: string;
	readonly attribution: string;
	readonly text: readonly Inline[];
}

export interface PageScene extends TimelineScene {
	readonly heading: string;
	/** Heading of the part that begins here; empty where none does. */
	readonly part: string;
	/** True where it stands below a part's heading, its own or an earlier one. */
	readonly underPart: boolean;
	/** What its map shows, where, and what has changed since the scene before. */
	readonly mapAlternative: string;
	readonly beats: readonly PageBeat[];
	/**
	 * Ids of the places it mentions or lights, in the order that they come up; of more than {@link MOST_LINKS}, those that
	 * its text mentions first.
	 */
	readonly places: readonly string[];
	/** What a link to the other places says; empty where there are none. */
	readonly more: string;
	readonly labels: readonly MapLabel[];
	/** Great-circle distances between places, by their names; computed. */
	readonly distances: readonly {
		readonly from: string;
		readonly to: string;
		readonly km: number;
	}[];
	/** What clocks show in places when they show `at` in GMT, all as it is to be read; null where no times are told. */
	readonly clocks: {
		readonly at: string;
		readonly times: readonly { readonly place: string; readonly time: string }[];
	} | null;
}

/** Places of a scene that are linked below its words. */
export const MOST_LINKS = 24;

/** How far, in units of 1/1000 of the plate, a dossier's small map reaches from its centre. */
export const PLACE_REACH = { x: 750, y: 500 } as const;

/** Where a part of a place's geometry comes from. */
export interface PageOrigin {
	readonly role: 'outline' | 'point';
	/** Null for what was set by hand. */
	readonly name: Localized | null;
	readonly licence: string;
	readonly url: Source['url'];
}

/** What a page needs of every place, whether its dossier is opened or not. */
export interface PagePlace extends Pick<Place, 'id' | 'kind' | 'name' | 'country' | 'point'> {
	/** True where the border policy speaks of dispute or occupation. */
	readonly disputed: boolean;
	/** Numbers of the paragraphs that mention it. */
	readonly paragraphs: readonly number[];
	/** Numbers of the paragraphs that light it on the map, whether they mention it or not. */
	readonly shownWith: readonly number[];
	/** Address, without `#`, of where the story shows it best; null where no scene shows it. */
	readonly bestSeen: string | null;
	/** Shows it whole, on a plate of 512 px. */
	readonly camera: Camera;
}

/** What else is told of a place. */
export interface PlaceDossier extends Pick<Place, 'timeZone'> {
	/** The contacts that touch it, each with the places at its other ends. */
	readonly contacts: readonly { readonly id: string; readonly others: readonly string[] }[];
	readonly figures: {
		/** Km², of its outline; null where it has none. */
		readonly area: number | null;
		/** Great-circle distances from its point to other places' points. */
		readonly distances: readonly { readonly place: string; readonly kilometres: number }[];
	};
	readonly origins: readonly PageOrigin[];
	/** What its own small map names. */
	readonly labels: readonly MapLabel[];
}

/** Dossiers by the ids of their places. */
export type PlaceDossiers = Readonly<Record<string, PlaceDossier>>;

export interface PageStory {
	readonly id: string;
	readonly language: Language;
	readonly title: string;
	readonly standfirst: string;
	readonly dateline: string;
	readonly published: string;
	readonly borderPolicy: string;
	readonly scenes: readonly PageScene[];
	/** In the order of the alphabet. */
	readonly places: readonly PagePlace[];
	/** Of every place; null where they are files of their own, as places or contacts are many. */
	readonly dossiers: PlaceDossiers | null;
	readonly contacts: readonly Contact[];
	readonly sources: readonly {
		readonly name: string;
		readonly of: string;
		readonly licence: string;
		readonly url: Source['url'];
	}[];
}
