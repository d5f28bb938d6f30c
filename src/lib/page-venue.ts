/** The venue of a story that is a page of its own: the address, the scroll and the storage are its own. */
import { pushState, replaceState } from '$app/navigation';
import { resolve } from '$app/paths';
import { page } from '$app/state';
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

function wishes(): Wishes {
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

const withHash = (hash: string) => `${location.pathname}${location.search}${hash && `#${hash}`}`;

export const pageVenue: Venue = {
	kind: 'page',
	// Relative while a page is prerendered, so it is another for every page.
	get base() {
		return resolve('/').replace(/\/$/, '');
	},
	root: () => document.documentElement,
	wishes,
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
			replaceState(withHash(hash), { ...page.state });
		},
		push(hash) {
			pushState(withHash(hash), { pushed: (page.state.pushed ?? 0) + 1 });
		},
		pushed: () => page.state.pushed ?? 0,
		back(entries) {
			history.go(-entries);
		},
		watch(onChange) {
			let top = 0;
			// Before Kit's own listener, which scrolls to where the entry was left.
			const before = () => (top = scrollY);
			const after = () => {
				// An entry that somebody wrote into the address bar has no state of Kit's.
				const travelled = history.state !== null;
				if (travelled) pageVenue.scrollTo(top);
				onChange(readHash(), travelled ? 'travelled' : 'written');
			};
			addEventListener('popstate', before, { capture: true });
			addEventListener('hashchange', after);
			return () => {
				removeEventListener('popstate', before, { capture: true });
				removeEventListener('hashchange', after);
			};
		}
	},
	scrollTo(top) {
		window.scrollTo({ top, behavior: 'instant' });
	},
	storyAddress: (language, story, hash = '') =>
		`${pageVenue.base}/${language}/${story}/${hash && `#${hash}`}`
};
