/** What other sites are told of a story's page, in one language: plain data for its head. */
import type { Language } from '../model/story';

export interface Sharing {
	readonly siteName: string;
	readonly canonical: string;
	/** The same, where it is a whole address, as Open Graph wants it; else null. */
	readonly address: string | null;
	/** The same story in each language, and for readers of any other. */
	readonly alternates: readonly {
		readonly language: Language | 'x-default';
		readonly href: string;
	}[];
	/** Language and territory, as Open Graph has them. */
	readonly locale: string;
	readonly otherLocales: readonly string[];
	readonly card: Card;
	readonly feed: string;
	readonly oembed: string;
}

/** The picture that is shown beside a link. */
export interface Card {
	readonly url: string;
	/** Px. */
	readonly width: number;
	readonly height: number;
	readonly alt: string;
}
