/** All that the page of a story shows in one language. */
import { formatsOf } from '$lib/locale/formats';
import { morePlaces } from '$lib/locale/more';
import {
	eachLanguage,
	type Clocks,
	type Inline,
	type Language,
	type Leg,
	type Place,
	type Story
} from '$lib/model/story';
import { DOSSIERS_IN_FILE } from '$lib/reading/page-index';
import {
	MOST_LINKS,
	type PageBeat,
	type PagePlace,
	type PageScene,
	type PageStory,
	type PlaceDossiers
} from '$lib/reading/page-story';
import type { TimelineScene } from '$lib/timeline/timeline';
import { contextOf } from './context';
import { countDossierFiles, dossiersOf } from './dossiers';
import { distanceBetween } from './figures';
import { labelsOf } from './maps';
import { once, oncePer } from './once';
import { bestSeenAt, cameraOf } from './sight';

const mentionsIn = (inlines: readonly Inline[]) =>
	inlines.flatMap((inline) => (inline.type === 'mention' ? [inline.place] : []));

function distanceOf({ from, to }: Leg, story: Story): number {
	const [a, b] = [story.places[from], story.places[to]];
	return a && b ? distanceBetween(a, b) : NaN;
}

function timesOf({ at, places }: Clocks, story: Story, language: Language) {
	const times = places.flatMap((id) => {
		const { timeZone, name } = story.places[id] ?? {};
		if (!timeZone || !name) return [];
		return [{ place: name[language], time: formatsOf(language).timeIn(at, timeZone) }];
	});
	return { at: formatsOf(language).timeIn(at, 'UTC'), times };
}

/** Those of a scene's places that are linked below its words, and what is said of the others. */
function linksOf(
	lit: readonly string[],
	beats: readonly PageBeat[],
	language: Language
): Pick<PageScene, 'places' | 'more'> {
	const places = new Set([
		...lit,
		...beats.flatMap(({ text, lit }) => [...mentionsIn(text), ...lit])
	]);
	const more = Math.max(0, places.size - MOST_LINKS);
	if (more === 0) return { places: [...places], more: '' };
	const mentioned = beats.flatMap(({ text }) => mentionsIn(text));
	return {
		places: [...new Set([...mentioned, ...places])].slice(0, MOST_LINKS),
		more: morePlaces(language, more)
	};
}

function pageScene(
	story: Story,
	language: Language,
	scene: TimelineScene,
	{ index, underPart }: { readonly index: number; readonly underPart: boolean }
): PageScene {
	const [plan, words] = [story.scenes[index], story.text[language].scenes[index]];
	const beats = (plan?.beats ?? []).map((beat, order): PageBeat => {
		const text = words?.paragraphs[order] ?? [];
		return { ...beat, attribution: beat.attribution[language], text };
	});
	return {
		...scene,
		beats,
		heading: words?.heading ?? '',
		part: words?.part ?? '',
		...linksOf(scene.lit, beats, language),
		underPart,
		mapAlternative: `${words?.mapAlternative ?? ''} ${words?.mapChange ?? ''}`.trim(),
		labels: labelsOf(story, scene.id, language),
		distances: (plan?.distances ?? []).map((leg) => ({
			from: story.places[leg.from]?.name[language] ?? '',
			to: story.places[leg.to]?.name[language] ?? '',
			km: distanceOf(leg, story)
		})),
		clocks: plan?.clocks ? timesOf(plan.clocks, story, language) : null
	};
}

/** Numbers of the paragraphs that mention each place, by its id. */
function mentionsByPlace(scenes: readonly Pick<PageScene, 'beats'>[]): Map<string, number[]> {
	const mentions = new Map<string, number[]>();
	for (const { paragraph, text } of scenes.flatMap(({ beats }) => beats)) {
		for (const place of new Set(mentionsIn(text))) {
			const known = mentions.get(place);
			if (known) known.push(paragraph);
			else mentions.set(place, [paragraph]);
		}
	}
	return mentions;
}

/** In the order of the alphabet; an article counts for nothing. */
function byName(places: readonly Place[], language: Language): Place[] {
	const { compare } = new Intl.Collator(language);
	return places
		.map((place) => ({ place, key: place.name[language].replace(/^(the |ال)/, '') }))
		.sort((a, b) => compare(a.key, b.key))
		.map(({ place }) => place);
}

function pagePlace(story: Story, place: Place, paragraphs: readonly number[]): PagePlace {
	const { id, kind, name, country, point } = place;
	const context = contextOf(story);
	const lighting = context.lighting().get(id);
	return {
		id,
		kind,
		name,
		country,
		point,
		disputed: story.disputed.includes(id),
		shownWith: lighting?.paragraphs ?? [],
		bestSeen: bestSeenAt(place, context.views(), lighting),
		camera: cameraOf(place),
		paragraphs
	};
}

function makePage(story: Story, language: Language): PageStory {
	const { title, standfirst, dateline } = story.text[language];
	const firstPart = story.scenes.findIndex(({ startsPart }) => startsPart);
	const scenes = contextOf(story)
		.scenes()
		.map((scene, index) => {
			const underPart = firstPart >= 0 && index >= firstPart;
			return pageScene(story, language, scene, { index, underPart });
		});
	const mentions = mentionsByPlace(scenes);
	const places = byName(Object.values(story.places), language).map((place) =>
		pagePlace(story, place, mentions.get(place.id) ?? [])
	);
	return {
		id: story.id,
		language,
		title,
		standfirst,
		dateline,
		published: story.published,
		borderPolicy: story.borderPolicy[language],
		scenes,
		contacts: story.contacts,
		places,
		dossiers: countDossierFiles(story) > 0 ? null : dossiersOf(story, language, places),
		sources: story.sources.map(({ name, of, licence, url }) => ({
			name: name[language],
			of: of[language],
			licence,
			url
		}))
	};
}

const pages = oncePer((story: Story) =>
	eachLanguage((language) => once(() => makePage(story, language)))
);

/** All that the page of a story shows in one language. */
export function pageStory(story: Story, language: Language): PageStory {
	// The page, the frame and the data for embedding all ask for it.
	return pages(story)[language]();
}

/**
 * The dossiers of one file of a story that has them, in the order of the page's places.
 *
 * @param file - its number, from 1
 * @returns null where the story has no such file
 */
export function dossierFile(story: Story, language: Language, file: number): PlaceDossiers | null {
	const { places, dossiers } = pageStory(story, language);
	const [start, end] = [(file - 1) * DOSSIERS_IN_FILE, file * DOSSIERS_IN_FILE];
	if (dossiers || !Number.isInteger(file) || start < 0 || start >= places.length) return null;
	return dossiersOf(story, language, places.slice(start, end));
}
