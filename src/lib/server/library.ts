/** The stories in data/: reads and parses each once, and fails the build with every issue there is. */
import type { Place, Story } from '$lib/model/story';
import { formatIssue, parseStory } from '$lib/parse';
import { once } from './once';

const storyFiles = import.meta.glob<string>('/data/stories/*/*.{yaml,md}', {
	query: '?raw',
	import: 'default',
	eager: true
});
const placeFiles = import.meta.glob<string>('/data/places/*.geojson', {
	query: '?raw',
	import: 'default',
	eager: true
});

const file = (path: string) => ({ path: path.slice(1), text: storyFiles[path] ?? '' });
// The parser reads a file object once, whatever the number of stories.
const places = Object.entries(placeFiles).map(([path, text]) => ({ path: path.slice(1), text }));

function read(id: string): Story {
	const folder = `/data/stories/${id}`;
	const parsed = parseStory({
		yaml: file(`${folder}/story.yaml`),
		words: { ar: file(`${folder}/ar.md`), en: file(`${folder}/en.md`) },
		places
	});
	if (!parsed.ok)
		throw new Error(`The story “${id}” has issues:\n${parsed.issues.map(formatIssue).join('\n')}`);
	for (const warning of parsed.warnings) console.warn(formatIssue(warning));
	return parsed.story;
}

const library: ReadonlyMap<string, () => Story> = new Map(
	Object.keys(storyFiles).flatMap((path) => {
		const id = /\/stories\/([^/]+)\/story\.yaml$/.exec(path)?.[1];
		return id ? [[id, once(() => read(id))] as const] : [];
	})
);

/** Ids of all stories in data/stories. */
export const storyIds: readonly string[] = [...library.keys()];

/** @throws Error that lists every issue in the story's files, or says that there is no such story */
export function storyOf(id: string): Story {
	const story = library.get(id);
	if (!story) throw new Error(`There is no story “${id}” in data/stories.`);
	return story();
}

/** A story and a place of it, by their ids; null where there is none. */
export function placeOf(story: string, place: string): { story: Story; place: Place } | null {
	if (!library.has(story)) return null;
	const { places } = storyOf(story);
	// An id such as `constructor` is no place unless the story has it.
	const found = Object.hasOwn(places, place) ? places[place] : undefined;
	return found ? { story: storyOf(story), place: found } : null;
}
