/** What a story tells those around it while it is read, and the wishes of theirs that it follows, in any venue. */
import { onMount, untrack } from 'svelte';
import type { PageStory } from './page-story';
import type { Reader } from './reader.svelte';
import type { Venue } from './venue';

/**
 * Fires the events of DESIGN.md; a component calls it while it is set up.
 *
 * @param source - where they bubble from; null before the story is laid out
 */
export function tellEvents(
	story: PageStory,
	reader: Reader,
	source: () => HTMLElement | null
): void {
	const last = story.scenes.at(-1)?.beats.at(-1)?.paragraph;

	function emit(name: string, detail: unknown): void {
		const event = new CustomEvent(`masar:${name}`, { bubbles: true, composed: true, detail });
		const element = source();
		untrack(() => element?.dispatchEvent(event));
	}

	$effect(() => {
		emit('scene', { scene: reader.scene });
	});
	$effect(() => {
		const { paragraph } = reader;
		if (paragraph === null) return;
		emit('paragraph', { paragraph });
		if (paragraph === last) emit('complete', { story: story.id });
	});
	$effect(() => {
		if (reader.place !== null) emit('place', { place: reader.place });
	});
	$effect(() => {
		if (reader.renderer === 'live') emit('ready', { story: story.id });
		else if (reader.renderer !== 'static') emit('error', { reason: reader.renderer });
	});
}

/** Gives the reader the venue's wishes and the system's, and the venue's root the theme chosen. */
export function followWishes(venue: Venue, reader: Reader): void {
	let asked = $state(false);

	onMount(() => {
		const wishes = venue.wishes();
		reader.theme = wishes.theme;
		reader.motion = wishes.motion;
		asked = true;
		const still = matchMedia('(prefers-reduced-motion: reduce)');
		const setMotion = () => (reader.systemStill = still.matches);
		setMotion();
		still.addEventListener('change', setMotion);
		return () => {
			still.removeEventListener('change', setMotion);
		};
	});

	$effect(() => {
		if (!asked) return;
		const { dataset } = venue.root();
		if (reader.theme === 'auto') delete dataset['theme'];
		else dataset['theme'] = reader.theme;
	});
}
