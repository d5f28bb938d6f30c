import type { PageBeat, PageStory } from './page-story';

const known = new WeakMap<PageStory, ReadonlyMap<number, PageBeat>>();

/** The paragraphs of a story by their numbers, for the dossiers: each looks up those that mention its place. */
export function beatsOf(story: PageStory): ReadonlyMap<number, PageBeat> {
	const beats =
		known.get(story) ??
		new Map(
			story.scenes.flatMap(({ beats }) => beats.map((beat) => [beat.paragraph, beat] as const))
		);
	known.set(story, beats);
	return beats;
}
