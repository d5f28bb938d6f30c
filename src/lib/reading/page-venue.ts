/** The venue of a story that is a page of its own: the address, the scroll and the storage are its own. */
import type { Motion, Theme } from '../model/wishes';
import { pageAddress, type Venue, type Wishes } from './venue';

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

const withHash = (hash: string) => `${location.pathname}${location.search}${hash && `#${hash}`}`;

/** What we keep with an entry of the history; null with one that somebody wrote into the address bar. */
function pushedSoFar(): number | null {
	const state: unknown = history.state;
	if (typeof state !== 'object' || state === null || !('pushed' in state)) return null;
	return typeof state.pushed === 'number' ? state.pushed : null;
}

/**
 * @param base - address that the site's files lie below, without a slash at its end; may be relative to the page's
 */
export function pageVenue(base: string): Venue {
	/** The hash that was last written by us, or that we were told of, since it is watched. */
	let known: string | null = null;
	const write = (hash: string) => {
		if (known !== null) known = hash;
		return withHash(hash);
	};
	return {
		kind: 'page',
		base,
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
			isKept: () =>
				'kept' in document.documentElement.dataset && history.scrollRestoration === 'auto',
			replace(hash) {
				// Somebody wrote another one, of which we are about to be told.
				if (known !== null && readHash() !== known) return;
				history.replaceState({ pushed: pushedSoFar() ?? 0 }, '', write(hash));
			},
			push(hash) {
				// Going back closes what was opened; it does not scroll.
				history.scrollRestoration = 'manual';
				history.pushState({ pushed: (pushedSoFar() ?? 0) + 1 }, '', write(hash));
			},
			pushed: () => pushedSoFar() ?? 0,
			back(entries) {
				history.go(-entries);
			},
			watch(onChange) {
				known = readHash();
				if (pushedSoFar() === null) history.replaceState({ pushed: 0 }, '');
				const onHash = () => {
					const pushed = pushedSoFar();
					if (pushed === 0) history.scrollRestoration = 'auto';
					if (pushed === null) history.replaceState({ pushed: 0 }, '');
					const hash = readHash();
					known = hash;
					onChange(hash, pushed === null ? 'written' : 'travelled');
				};
				addEventListener('hashchange', onHash);
				return () => {
					removeEventListener('hashchange', onHash);
				};
			}
		},
		scrollTo(top) {
			window.scrollTo({ top, behavior: 'instant' });
		},
		storyAddress: (...asked) => pageAddress(base, ...asked)
	};
}
