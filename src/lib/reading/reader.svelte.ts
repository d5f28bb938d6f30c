/** The only reactive state: where the reader is, what is open, how much may move. */
import type { Filters } from '../timeline/exploration';
import {
	createScroll,
	createTimeline,
	type Frame,
	type Layout,
	type Scroll,
	type TimelineScene
} from '../timeline/timeline';
import type { Motion, Theme } from '../model/wishes';

/** What stands in the map's place: pictures, or the live map; and why, where it is pictures for good. */
export type Renderer = 'static' | 'live' | 'no-webgl' | 'failed';

export class Reader {
	/** 0 at the first scene, +1 for each further one. */
	progress = $state(0);
	/** Id of the place whose dossier is open. */
	place = $state<string | null>(null);
	/** Side of the map's plate as it is seen, in px; 0 before it is measured. */
	plate = $state(0);
	/** Id of the place that the reader points at, in the words or on the map. */
	hovered = $state<string | null>(null);
	/** True while the map is on the screen: not yet past the story. */
	mapInSight = $state(true);
	/** What the free map leaves out while the reader explores it; null while the story leads. */
	filters = $state.raw<Filters | null>(null);
	renderer = $state<Renderer>('static');
	theme = $state<Theme>('auto');
	/** True while the story is put on paper, whose pictures are light whatever the theme. */
	onPaper = $state(false);
	motion = $state<Motion>('auto');
	/** True where the system asks for less motion. */
	systemStill = $state(false);
	/** True where nothing may move by itself or with the scroll. */
	readonly stepped = $derived(
		this.motion === 'reduce' || (this.motion === 'auto' && this.systemStill)
	);

	readonly #scenes: readonly TimelineScene[];
	/** Index of each scene by its id. */
	readonly #order: Readonly<Record<string, number>>;
	#scroll: Scroll | null = null;
	#layout: Layout | null = null;
	readonly #timeline = $derived.by(() => createTimeline(this.#scenes, { stepped: this.stepped }));
	readonly frame: Frame = $derived.by(() => this.#timeline.frameAt(this.progress));
	/** The frame's own, by themselves: a frame is new at every scroll, and these seldom are. */
	readonly scene = $derived.by(() => this.frame.scene);
	readonly paragraph = $derived.by(() => this.frame.paragraph);
	readonly date = $derived.by(() => this.frame.date);
	/** Index of the present scene. */
	readonly sceneIndex: number = $derived.by(() => this.#order[this.scene] ?? 0);
	/** What the address and the language switch name: the paragraph, or the scene where there is none. */
	readonly address = $derived.by(() => (this.paragraph ? `p${this.paragraph}` : this.scene));

	constructor(scenes: readonly TimelineScene[]) {
		this.#scenes = scenes;
		this.#order = Object.fromEntries(scenes.map(({ id }, index) => [id, index]));
	}

	/** Takes in where the words stand now. */
	layOut(layout: Layout, scroll: number): void {
		this.#layout = layout;
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

	/**
	 * Where to scroll, in px from the top of the story, to read a scene, by its id, or a paragraph, as `p7`: as near to the
	 * landing line as the map has drawn it whole.
	 */
	scrollOf(address: string): number | null {
		const span = this.#timeline.spanOf(address);
		const [scroll, layout] = [this.#scroll, this.#layout];
		if (!span || !scroll || !layout) return null;
		const [from, to] = [scroll.scrollAt(span[0]), scroll.scrollAt(span[1])];
		const index = Math.floor(span[0]);
		const order = this.#scenes[index]?.beats.findIndex(
			({ paragraph }) => `p${paragraph}` === address
		);
		const top = layout.scenes[index]?.paragraphs[Math.max(0, order ?? 0)];
		return top === undefined ? from : Math.max(from, Math.min(to, top - layout.landing));
	}
}
