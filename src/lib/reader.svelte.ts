/** The only reactive state: where the reader is, what is open, how much may move. */
import {
	createScroll,
	createTimeline,
	type Frame,
	type Layout,
	type Scroll,
	type TimelineScene
} from './timeline';
import type { Motion, Theme } from './venue';

/** What stands in the map's place: pictures, or the live map; and why, where it is pictures for good. */
export type Renderer = 'static' | 'live' | 'no-webgl' | 'failed';

export class Reader {
	/** 0 at the first scene, +1 for each further one. */
	progress = $state(0);
	/** Id of the place whose dossier is open. */
	place = $state<string | null>(null);
	renderer = $state<Renderer>('static');
	theme = $state<Theme>('auto');
	motion = $state<Motion>('auto');
	/** True where the system asks for less motion. */
	systemStill = $state(false);
	/** True where nothing may move by itself or with the scroll. */
	readonly stepped = $derived(
		this.motion === 'reduce' || (this.motion === 'auto' && this.systemStill)
	);

	readonly #scenes: readonly TimelineScene[];
	#scroll: Scroll | null = null;
	readonly #timeline = $derived.by(() => createTimeline(this.#scenes, { stepped: this.stepped }));
	readonly frame: Frame = $derived.by(() => this.#timeline.frameAt(this.progress));
	/** Index of the present scene. */
	readonly sceneIndex: number = $derived.by(() =>
		this.#scenes.findIndex(({ id }) => id === this.frame.scene)
	);
	/** What the address and the language switch name: the paragraph, or the scene where there is none. */
	readonly address = $derived.by(() =>
		this.frame.paragraph ? `p${this.frame.paragraph}` : this.frame.scene
	);

	constructor(scenes: readonly TimelineScene[]) {
		this.#scenes = scenes;
	}

	/** Takes in where the words stand now. */
	layOut(layout: Layout, scroll: number): void {
		this.#scroll = createScroll(layout);
		this.progress = this.#scroll.progressAt(scroll);
	}

	/** @param scroll - px from the top of the story */
	scrollTo(scroll: number): void {
		if (this.#scroll) this.progress = this.#scroll.progressAt(scroll);
	}

	/** Progress soon after the start of a scene's id or a paragraph as `p7`. */
	progressOf(address: string): number | null {
		return this.#timeline.progressOf(address);
	}

	/** Where to scroll, in px from the top of the story, to reach a scene's id or a paragraph as `p7`. */
	scrollOf(address: string): number | null {
		const progress = this.progressOf(address);
		return progress === null ? null : (this.#scroll?.scrollAt(progress) ?? null);
	}
}
