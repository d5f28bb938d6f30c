/**
 * `<story-map>`: the story in a host's own page, in a shadow root; or only its map, beside paragraphs of the host's own.
 * docs/embedding.md tells a host how.
 */
import { mount, unmount } from 'svelte';
import Article from '$lib/page/Article.svelte';
import HostSteps from '$lib/embedded/HostSteps.svelte';
import type { PageStory } from '$lib/reading/page-story';
import type { Motion, Theme } from '$lib/model/wishes';
import { pageAddress, type Venue } from '$lib/reading/venue';
import css from '../../styles/story.css?inline';
import elementCss from '../../styles/element.css?inline';
import { registerFonts } from './fonts';

/** Address that the site's files lie below: this module is embed/story-map.js, whatever parts it is made of. */
const SITE = new URL(/* @vite-ignore */ '..', import.meta.url).href.replace(/\/(embed\/)?$/, '');
const ROOT_FONT = 16;

const THEMES: readonly Theme[] = ['auto', 'light', 'dark'];
const MOTIONS: readonly Motion[] = ['auto', 'full', 'reduce'];

/** The story's styles, free of the host's root font size. */
function sheet(): CSSStyleSheet {
	const made = new CSSStyleSheet();
	const fixed = (css + elementCss).replace(
		/(\d*\.?\d+)rem\b/g,
		(_, size) => `${Number(size) * ROOT_FONT}px`
	);
	made.replaceSync(fixed);
	return made;
}

let styles: CSSStyleSheet | undefined;

/** What Article and HostSteps let others do. */
interface Shown {
	readonly goTo: (address: string) => boolean;
}

export class StoryMap extends HTMLElement {
	static readonly observedAttributes = ['story', 'lang', 'theme', 'motion', 'map', 'scene'];

	readonly #root = this.attachShadow({ mode: 'open' });
	readonly #steps = new MutationObserver(() => {
		this.#renew();
	});
	#shown: Shown | null = null;
	#scene: string | null = null;
	/** Grows with every start, so that a story that comes late is known for one. */
	#start = 0;
	#renewing = false;

	constructor() {
		super();
		styles ??= sheet();
		this.#root.adoptedStyleSheets = [styles];
		this.#root.addEventListener('masar:scene', (event) => {
			if (!(event instanceof CustomEvent)) return;
			this.#scene = (event.detail as { readonly scene: string }).scene;
		});
	}

	connectedCallback(): void {
		registerFonts();
		this.#steps.observe(this, { childList: true });
		this.#renew();
	}

	disconnectedCallback(): void {
		this.#steps.disconnect();
		this.#end();
	}

	attributeChangedCallback(name: string, before: string | null, now: string | null): void {
		if (before === now) return;
		if (name !== 'scene') this.#renew();
		else if (now) this.goTo(now);
	}

	/** Id of the scene on the map; null before there is one. Setting it goes there. */
	get scene(): string | null {
		return this.#scene;
	}

	set scene(address: string | null) {
		if (address !== null) this.goTo(address);
	}

	/** Goes at once to a scene's id or a paragraph as `p7`; false where the story has none of that name. */
	goTo(address: string): boolean {
		return this.#shown?.goTo(address) ?? false;
	}

	/** Opens the details of a place; false where the story has none of that name. */
	openPlace(place: string): boolean {
		return this.goTo(`place-${place}`);
	}

	/** Shows what the attributes ask for, once for all that change together. */
	#renew(): void {
		if (this.#renewing || !this.isConnected) return;
		this.#renewing = true;
		queueMicrotask(() => {
			this.#renewing = false;
			this.#end();
			if (this.isConnected) void this.#begin();
		});
	}

	#end(): void {
		this.#start += 1;
		if (this.#shown) void unmount(this.#shown);
		this.#shown = null;
		this.#root.replaceChildren();
	}

	async #begin(): Promise<void> {
		const start = this.#start;
		const story = this.getAttribute('story');
		if (!story) return;
		const language = this.getAttribute('lang')?.startsWith('en') ? 'en' : 'ar';
		try {
			const response = await fetch(`${SITE}/data/${encodeURIComponent(story)}/${language}.json`);
			if (!response.ok) throw new Error(`${response.url} answered ${response.status}.`);
			// Our own site wrote this file.
			const data = (await response.json()) as PageStory;
			if (start === this.#start) this.#show(data);
		} catch (cause) {
			if (start !== this.#start) return;
			console.warn(`The story “${story}” did not load.`, cause);
			const detail = { reason: 'failed' };
			this.dispatchEvent(new CustomEvent('masar:error', { bubbles: true, composed: true, detail }));
		}
	}

	#show(story: PageStory): void {
		const target = document.createElement('div');
		target.className = 'element';
		this.#root.append(target);
		const venue = this.#venue();
		const steps = [...this.querySelectorAll<HTMLElement>(':scope > [data-scene]')];
		this.#shown =
			steps.length > 0
				? mount(HostSteps, { target, props: { story, venue, steps } })
				: mount(Article, { target, props: { story, venue } });
		const scene = this.getAttribute('scene');
		if (!scene) return;
		requestAnimationFrame(() => {
			this.goTo(scene);
		});
	}

	#venue(): Venue {
		return {
			kind: 'element',
			base: SITE,
			live: true,
			address: null,
			root: () => this,
			keep: () => undefined,
			wishes: () => ({
				theme: THEMES.find((theme) => theme === this.getAttribute('theme')) ?? 'auto',
				motion: MOTIONS.find((motion) => motion === this.getAttribute('motion')) ?? 'auto',
				map: this.getAttribute('map') === 'static' ? 'static' : 'live'
			}),
			scrollTo: (top) => {
				window.scrollTo({ top, behavior: 'instant' });
			},
			storyAddress: (...asked) => pageAddress(SITE, ...asked)
		};
	}
}

if (!customElements.get('story-map')) customElements.define('story-map', StoryMap);
