/** The venue of a story in a frame of somebody's page, which scrolls for it where the page's loader allows that. */
import {
	announceHeight,
	askWordpressToFollow,
	greet,
	hostOriginOf,
	wordpressSecretOf,
	type HostLink
} from '../../embed/guest';
import { DETAIL, type HostMessage, type StoryEvent } from '../../embed/protocol';
import { readWishes } from './page-venue';
import { tick } from 'svelte';
import type { Venue } from './venue';

/** Ms after which a story no longer waits for the page around to scroll it; one that does says so at once. */
const PATIENCE = 3000;
/** Ms that fonts may take before the story tells how high it is without them. */
const FONTS = 1500;
/** Ms in which a height must not change to be told. */
const SETTLED = 400;
/** Screens that the space bar scrolls by. */
const PAGE = 0.875;
/** Px by which the story's scroll may differ from what was set, for rounding. */
const SLIP = 1;

const EVENTS: readonly StoryEvent['type'][] = [
	'scene',
	'place',
	'ready',
	'complete',
	'error',
	'paragraph'
];

const START = /[#&]at=([\w-]+)/;

/** Id of the scene or paragraph, as `p4`, that a frame's address wants the story to begin at; null for its beginning. */
const startOf = (hash: string) => START.exec(hash)?.[1] ?? null;

/** The rest of a frame's address, from its `?` or `#` on, with another beginning. */
function startingAt(rest: string, address: string): string {
	const [search = '', hash = ''] = rest.split('#');
	const kept = hash.split('&').filter((each) => each && !each.startsWith('at='));
	const wanted = address ? [...kept, `at=${address}`] : kept;
	return wanted.length > 0 ? `${search}#${wanted.join('&')}` : search;
}

/** Px that a box is good for, at its present width. */
const boxHeight = () => Math.round(Math.max(520, Math.min(700, innerWidth * 0.62)));

/** A promise for the fonts that an element asks for, or for the end of patience with them. */
function fontsOf(element: HTMLElement): Promise<unknown> {
	// Fonts are asked for when words are laid out.
	element.getBoundingClientRect();
	return Promise.race([document.fonts.ready, new Promise((resolve) => setTimeout(resolve, FONTS))]);
}

/** A story's place in a host page. */
export class FrameVenue implements Venue {
	readonly kind = 'frame';
	readonly address = null;
	readonly base: string;
	/** True where the story is a screen with buttons, for nobody around scrolls for it, or nobody has said so yet. */
	boxed = $state(true);
	live = $state(false);

	/** What the frame's own address asks for, and whom it knows. */
	#rest = $state('');
	#link: HostLink | null = null;
	/** The host's last word on where the screen is, in px from the story's top. */
	#top = 0;
	/** Where the story's own scroll was put. */
	#put = 0;
	/** The height told last, in px; 0 before the first. */
	#told = 0;
	#settling: ReturnType<typeof setTimeout> | undefined;
	#wordpress: string | null = null;

	/** @param base - address that the site's files lie below, without a slash at its end; may be relative to the frame's */
	constructor(base: string) {
		this.base = base;
	}

	root = (): HTMLElement => document.documentElement;
	wishes = () => readWishes(() => null);
	keep = (): void => undefined;

	scrollTo = (top: number): void => {
		this.#put = this.#scroll(top);
		this.#link?.post({ type: 'scroll', value: top });
	};

	/** The same frame in another language, which begins at what is being read. */
	storyAddress = (language: string, story: string, hash = ''): string =>
		`${this.base}/embed/${language}/${story}/${startingAt(this.#rest, hash)}`;

	/**
	 * Asks the page around what it will do for the story, and keeps the two in step from then on. Where nobody answers, the
	 * story stays in its box; a page that is busy and answers late is followed all the same.
	 *
	 * @param story - the element that is as high as the story
	 * @param begin - is told where the frame's own address wants the story to begin, if it does, in each form that it takes
	 * @returns what ends it
	 */
	follow(story: HTMLElement, begin: (address: string) => void): () => void {
		this.#rest = `${location.search}${location.hash}`;
		this.#wordpress = wordpressSecretOf(location.hash);
		const framed = window.parent !== window;
		const origin = framed ? hostOriginOf(location.hash) : null;
		const wantsBox = /[?&]boxed\b/.test(location.search);
		/** What happened in the box before the page around was there to be told; what leaves its box says all again. */
		const untold: StoryEvent[] = [];
		const ended = new AbortController();
		const tell = (event: Event) => {
			const type = EVENTS.find((each) => event.type === `masar:${each}`);
			if (!type || !(event instanceof CustomEvent)) return;
			// An event's detail is plain JSON, and the host takes every message for a stranger's.
			const detail = event.detail as Readonly<Record<string, unknown>>;
			const told = { type, value: detail[DETAIL[type] ?? type] } as StoryEvent;
			if (this.#link) this.#link.post(told);
			else if (wantsBox) untold.push(told);
		};
		const lead = (event: MouseEvent) => {
			const link = event.target instanceof Element ? event.target.closest('a') : null;
			if (link) this.#leadOut(link, event);
		};
		const strayed = () => {
			if (this.boxed || Math.abs(scrollY - this.#put) <= SLIP) return;
			// Focus, a search or the browser has moved the story: the page around has to follow.
			this.#put = scrollY;
			this.#link?.post({ type: 'scroll', value: scrollY });
		};
		const tellHeight = () => {
			this.#tellHeight(story);
		};
		const page = (event: KeyboardEvent) => {
			const target = event.target instanceof Element ? event.target : null;
			const typed = target?.closest('button, input, select, textarea, summary, [contenteditable]');
			if (event.key !== ' ' || event.defaultPrevented || typed || this.boxed) return;
			// Chromium hands on to the page around what every other key scrolls, but not the space bar's.
			event.preventDefault();
			this.scrollTo(scrollY + (event.shiftKey ? -PAGE : PAGE) * innerHeight);
		};
		const sizes = new ResizeObserver(() => {
			clearTimeout(this.#settling);
			if (this.#told) this.#settling = setTimeout(tellHeight, SETTLED);
		});
		for (const type of EVENTS) story.addEventListener(`masar:${type}`, tell);
		addEventListener('click', lead, true);
		addEventListener('keydown', page);
		addEventListener('scroll', strayed, { passive: true });
		const beginThere = () => {
			const start = startOf(location.hash);
			if (start) begin(start);
		};
		const standAlone = () => {
			if (!this.#link) {
				// Nobody around counts live maps.
				this.live = true;
				if (framed) announceHeight(boxHeight(), this.#wordpress);
			}
			beginThere();
		};
		const patience = setTimeout(standAlone, origin ? PATIENCE : 0);
		const scrollAlong = async () => {
			clearTimeout(patience);
			this.boxed = false;
			await tick();
			await fontsOf(story);
			this.#tellHeight(story);
			sizes.observe(story);
			beginThere();
		};
		const hear = (message: HostMessage) => {
			if (message.type === 'live') this.live = message.live;
			else this.#look(message);
			if (message.type === 'view' && this.boxed) void scrollAlong();
		};
		if (origin) {
			void greet(origin, hear, ended.signal).then((link) => {
				this.#link = link;
				// A box hears no more of the page around.
				if (!wantsBox) return;
				for (const told of untold) link.post(told);
				clearTimeout(patience);
				beginThere();
			});
		}
		return () => {
			ended.abort();
			clearTimeout(patience);
			clearTimeout(this.#settling);
			sizes.disconnect();
			removeEventListener('scroll', strayed);
			removeEventListener('keydown', page);
			removeEventListener('click', lead, true);
			for (const type of EVENTS) story.removeEventListener(`masar:${type}`, tell);
		};
	}

	#scroll(top: number): number {
		window.scrollTo({ top, behavior: 'instant' });
		return scrollY;
	}

	#look({ top, inset, screen }: Extract<HostMessage, { type: 'view' }>): void {
		const { style } = document.documentElement;
		style.setProperty('--inset-top', `${inset}px`);
		// The frame is as high as the screen without the browser's bars, which can come and go.
		if (innerHeight - screen > SLIP) style.setProperty('--small-screen', `${screen}px`);
		else style.removeProperty('--small-screen');
		this.#top = Math.max(0, top);
		this.#put = this.#scroll(this.#top);
	}

	#tellHeight(story: HTMLElement): void {
		const height = Math.ceil(story.getBoundingClientRect().height);
		if (height === this.#told) return;
		this.#told = height;
		this.#link?.post({ type: 'height', value: height });
		this.#put = this.#scroll(this.#top);
	}

	/** A link out of the story must not be followed within its frame. */
	#leadOut(link: HTMLAnchorElement, event: MouseEvent): void {
		const href = link.getAttribute('href') ?? '';
		if (href.startsWith('#') || link.hreflang || link.dataset['place']) return;
		link.target = '_blank';
		link.rel = 'noopener';
		if (!this.#wordpress) return;
		event.preventDefault();
		askWordpressToFollow(link.href, this.#wordpress);
	}
}
