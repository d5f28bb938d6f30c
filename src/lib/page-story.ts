/** What the page of a story is made of, in one language: plain data from the server to the page. */
import type { DrawnLabel } from './static-map';
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
	readonly labels: readonly DrawnLabel[];
	/** Computed great-circle distances between two places, each named in the page's language. */
	readonly distances?: readonly {
		readonly from: string;
		readonly to: string;
		readonly km: number;
	}[];
	/** Computed local times of the moment the scene speaks of, each ready to be read. */
	readonly clocks?: readonly { readonly place: string; readonly time: string }[];
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
