/** What the page of a story is made of, in one language: plain data from the server to the page. */
import type { MapLabel } from './labels';
import type { Contact, Inline, Language, Place, Position, Source } from './story';
import type { TimelineScene } from './timeline';

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
	readonly mapAlternative: string;
	readonly beats: readonly PageBeat[];
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

export interface PagePlace extends Pick<Place, 'id' | 'kind' | 'name' | 'country'> {
	readonly point: Position;
	/** Numbers of the paragraphs that mention it. */
	readonly paragraphs: readonly number[];
}

export interface PageStory {
	readonly id: string;
	readonly language: Language;
	readonly title: string;
	readonly standfirst: string;
	readonly dateline: string;
	readonly published: string;
	readonly borderPolicy: string;
	readonly scenes: readonly PageScene[];
	readonly places: readonly PagePlace[];
	readonly contacts: readonly Contact[];
	readonly sources: readonly {
		readonly name: string;
		readonly of: string;
		readonly licence: string;
		readonly url: Source['url'];
	}[];
}
