/** The venue of a story that is a page of its own: the address, the scroll and the storage are its own. */
import { replaceState } from '$app/navigation';
import { resolve } from '$app/paths';
import type { Motion, Theme, Venue, Wishes } from './venue';

const THEMES: readonly Theme[] = ['auto', 'light', 'dark'];
const MOTIONS: readonly Motion[] = ['auto', 'full', 'reduce'];

/** What was kept under a name; null where nothing was, or where the browser keeps nothing. */
function kept(name: string): string | null {
	try {
		return localStorage.getItem(`masar:${name}`);
	} catch {
		return null;
	}
}

/** Address that the site's files lie below: relative while a page is prerendered, so another for every page. */
export const siteBase = () => resolve('/').replace(/\/$/, '');

/** @param kept - what was chosen before, by the wish's name */
export function readWishes(kept: (name: string) => string | null): Wishes {
	const query = new URL(location.href).searchParams;
	const asked = (name: string) => query.get(name) ?? kept(name);
	return {
		theme: THEMES.find((theme) => theme === asked('theme')) ?? 'auto',
		motion: MOTIONS.find((motion) => motion === asked('motion')) ?? 'auto',
		map: query.get('map') === 'static' ? 'static' : 'live'
	};
}

/** The hash of an address, decoded where it can be. */
function readHash(): string {
	const hash = location.hash.slice(1);
	try {
		return decodeURIComponent(hash);
	} catch {
		return hash;
	}
}

export const pageVenue: Venue = {
	kind: 'page',
	get base() {
		return siteBase();
	},
	root: () => document.documentElement,
	wishes: () => readWishes(kept),
	live: true,
	keep(choice) {
		try {
			for (const [name, value] of Object.entries(choice)) {
				localStorage.setItem(`masar:${name}`, value);
			}
		} catch {
			// A browser that keeps nothing still shows the choice until the page is left.
		}
	},
	address: {
		read: readHash,
		replace(hash) {
			replaceState(`${location.pathname}${location.search}${hash && `#${hash}`}`, {});
		}
	},
	scrollTo(top) {
		window.scrollTo({ top, behavior: 'instant' });
	},
	storyAddress: (language, story, hash = '') =>
		`${pageVenue.base}/${language}/${story}/${hash && `#${hash}`}`
};
