/** Where the story is shown: on a page of its own, in a frame of somebody's page, or as an element of it. */
import { createContext } from 'svelte';
import type { Motion, Theme } from '../model/wishes';

/** What the reader, or whoever embeds the story, has asked for. */
export interface Wishes {
	readonly theme: Theme;
	readonly motion: Motion;
	readonly map: 'live' | 'static';
}

export interface Venue {
	readonly kind: 'page' | 'frame' | 'element';
	/** Address that the site's own files lie below, without a slash at its end. */
	readonly base: string;
	/** Carries `data-theme`, and so the colours of all that is shown: the root element, or the host of a shadow root. */
	readonly root: () => HTMLElement;
	readonly wishes: () => Wishes;
	/** False while pictures have to do, for there are more stories on the host's page than live maps; reactive. */
	readonly live: boolean;
	/** Keeps a choice of the reader for the next visit; does nothing where that is not ours to keep. */
	readonly keep: (choice: Partial<Pick<Wishes, 'theme' | 'motion'>>) => void;
	/** The address bar's hash without its `#`; null where the address is the host's. */
	readonly address: {
		readonly read: () => string;
		/** True where the page was there before, and the browser brings its scroll back by itself, sooner or later. */
		readonly isKept: () => boolean;
		/** Without an entry in the history. */
		readonly replace: (hash: string) => void;
		/** With an entry in the history, which the back key leaves again. */
		readonly push: (hash: string) => void;
		/** How many pushed entries follow one another up to the present one; 0 where it was not pushed. */
		readonly pushed: () => number;
		/** Goes back over so many entries; `watch` tells when that is done. */
		readonly back: (entries: number) => void;
		/**
		 * Tells of a change of the hash that is not ours: the reader `travelled` through the history, which leaves the
		 * scroll where it is, or has `written` an address.
		 *
		 * @returns what ends it
		 */
		readonly watch: (
			onChange: (hash: string, change: 'travelled' | 'written') => void
		) => () => void;
	} | null;
	/** Brings a vertical scroll position of the document, in px, to the top of the screen at once. */
	readonly scrollTo: (top: number) => void;
	/** Address of the story in a language, shown in the same way; `hash` without its `#`. */
	readonly storyAddress: (language: string, story: string, hash?: string) => string;
}

/**
 * Address of a story's own page, which is what a link to it leads to wherever the story is shown.
 *
 * @param base - the venue's
 * @param hash - without its `#`
 */
export function pageAddress(base: string, language: string, story: string, hash = ''): string {
	return `${base}/${language}/${story}/${hash && `#${hash}`}`;
}

export const [getVenue, setVenue] = createContext<Venue>();
