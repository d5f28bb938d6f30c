/** Reads data/, parses it and fails the build with every issue there is. */
import type { FeatureCollection, Point } from 'geojson';
import { feature, merge } from 'topojson-client';
import type { MultiPolygon, Polygon, Topology } from 'topojson-specification';
import { fit } from '$lib/camera';
import { PLACE_REACH, type PageBeat, type PagePlace, type PageStory } from '$lib/page-story';
import { formatIssue, parseStory } from '$lib/parse';
import {
	drawFrame,
	namesOf,
	placeLabels,
	type Basemap,
	type BasemapLevel,
	type DrawnPath,
	type Nameable
} from '$lib/static-map';
import {
	LANGUAGES,
	type Inline,
	type Language,
	type Place,
	type Position,
	type Scene,
	type Story
} from '$lib/story';
import { createTimeline, type Frame, type TimelineScene } from '$lib/timeline';
import { cameraOf, contactsOf, dossierOf, placeGeojson } from './dossiers';

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
const basemapFiles = import.meta.glob<string>('/data/basemap/*.json', {
	query: '?raw',
	import: 'default',
	eager: true
});

/** Ids of all stories in data/stories. */
export const storyIds: readonly string[] = Object.keys(storyFiles).flatMap((path) => {
	const id = /\/stories\/([^/]+)\/story\.yaml$/.exec(path)?.[1];
	return id ? [id] : [];
});

const file = (path: string) => ({ path: path.slice(1), text: storyFiles[path] ?? '' });
const stories = new Map<string, Story>();

/** @throws Error that lists every issue in the story's files */
export function storyOf(id: string): Story {
	const known = stories.get(id);
	if (known) return known;
	const folder = `/data/stories/${id}`;
	const parsed = parseStory({
		yaml: file(`${folder}/story.yaml`),
		words: { ar: file(`${folder}/ar.md`), en: file(`${folder}/en.md`) },
		places: Object.entries(placeFiles).map(([path, text]) => ({ path: path.slice(1), text }))
	});
	if (!parsed.ok)
		throw new Error(`The story “${id}” has issues:\n${parsed.issues.map(formatIssue).join('\n')}`);
	for (const warning of parsed.warnings) console.warn(formatIssue(warning));
	stories.set(id, parsed.story);
	return parsed.story;
}

function sightOf(scene: Scene, story: Story): Position[] {
	const whole = scene.view.places.flatMap((id): readonly Position[] => {
		const place = story.places[id];
		return place?.outline?.flatMap(([exterior]) => exterior ?? []) ?? (place ? [place.point] : []);
	});
	const points = scene.view.points.flatMap((id): Position[] => {
		const place = story.places[id];
		return place ? [place.point] : [];
	});
	return [...whole, ...points];
}

const parseTopology = (name: string) =>
	JSON.parse(basemapFiles[`/data/basemap/${name}.json`] ?? '{}') as Topology;

/** The polygons of an object; dissolved, they spare a picture every inner border. */
function areasOf(object: Topology['objects'][string] | undefined): (Polygon | MultiPolygon)[] {
	if (object?.type === 'GeometryCollection') return object.geometries.flatMap(areasOf);
	// topojson-client's types ask for objects with properties; merge() reads none.
	return object?.type === 'Polygon' || object?.type === 'MultiPolygon' ? [object as Polygon] : [];
}

function levelOf(name: string): BasemapLevel {
	const topology = parseTopology(name);
	const object = (key: string) => {
		const found = topology.objects[key];
		return found ? feature(topology, found) : null;
	};
	const empty: FeatureCollection = { type: 'FeatureCollection', features: [] };
	const borders = object('borders');
	return {
		sea: object('sea'),
		land: merge(topology, areasOf(topology.objects['land'])),
		coast: object('coast') ?? empty,
		borders: borders?.type === 'FeatureCollection' ? borders : empty,
		admin1: object('admin1'),
		lakes: object('lakes'),
		shores: object('shores'),
		rivers: object('rivers')
	};
}

let basemap: Basemap | undefined;

function readBasemap(): Basemap {
	if (basemap) return basemap;
	const windows = Object.keys(basemapFiles).flatMap((path) => {
		const name = /([^/]+)\.json$/.exec(path)?.[1];
		return name && name !== 'world' && name !== 'labels' ? [name] : [];
	});
	basemap = { world: levelOf('world'), near: windows.map(levelOf) };
	return basemap;
}

interface LabelProperties {
	readonly kind: string;
	readonly rank: number;
	readonly 'name:ar': string;
	readonly 'name:en': string;
	readonly country: string | null;
}

function readNames() {
	const labels = JSON.parse(
		basemapFiles['/data/basemap/labels.json'] ?? '{"features":[]}'
	) as FeatureCollection<Point, LabelProperties>;
	return labels.features.flatMap(({ properties, geometry }) => {
		const kind: Nameable['kind'] | null =
			properties.kind === 'country'
				? 'country'
				: properties.kind === 'sea' && properties.rank <= 2
					? 'sea'
					: null;
		const [lng = 0, lat = 0] = geometry.coordinates;
		if (!kind) return [];
		return [
			{
				id: `${kind}-${properties['name:en']}`,
				kind,
				point: [lng, lat] as const,
				country: properties.country,
				name: { ar: properties['name:ar'], en: properties['name:en'] }
			}
		];
	});
}

let names: ReturnType<typeof readNames> | undefined;

function basemapNames() {
	names ??= readNames();
	return names;
}

const timelines = new WeakMap<Story, TimelineScene[]>();

/** The scenes, each with the camera fitted to its view on a plate of 512 px. */
function timelineScenes(story: Story): TimelineScene[] {
	const known = timelines.get(story);
	if (known) return known;
	const scenes = story.scenes.map((scene) => {
		const { id, lit, countries, beats } = scene;
		return { id, lit, countries, beats, camera: fit(sightOf(scene, story), scene.view) };
	});
	timelines.set(story, scenes);
	return scenes;
}

const mentionsIn = (inlines: readonly Inline[]) =>
	inlines.flatMap((inline) => (inline.type === 'mention' ? [inline.place] : []));

/** What a scene's picture shows: the frame in the middle of its first paragraph. */
function pictureFrame(story: Story, scene: string): Frame {
	const timeline = createTimeline(timelineScenes(story), { stepped: true });
	return timeline.frameAt(timeline.progressOf(scene) ?? 0);
}

/** The picture of a scene, as paths. */
export function pictureOf(story: Story, scene: string): DrawnPath[] {
	return drawFrame(pictureFrame(story, scene), readBasemap(), story.places, story.contacts);
}

/** What a dossier's own small map shows: its place, and the contacts that touch it. */
function dossierFrame(
	story: Story,
	place: Place
): Pick<Frame, 'camera' | 'lit' | 'contacts' | 'countries'> {
	const named = story.scenes.flatMap(({ countries }) => countries);
	return {
		camera: cameraOf(place),
		lit: { [place.id]: 1 },
		contacts: contactsOf(story, place).map(({ id }) => ({ id, drawn: 1, opacity: 1 })),
		countries: [...new Set([...named, ...(place.country ? [place.country] : [])])]
	};
}

/** The small map of a place, as paths. */
export function pictureOfPlace(story: Story, place: Place): DrawnPath[] {
	return drawFrame(dossierFrame(story, place), readBasemap(), story.places, story.contacts);
}

/** A place's geometry to take away. */
export function geojsonOfPlace(story: Story, place: Place): FeatureCollection {
	return placeGeojson(placeFile(place.id), story.sources);
}

const placeFile = (id: string) => placeFiles[`/data/places/${id}.geojson`] ?? '';

/** In the order of the alphabet; an article counts for nothing. */
function byName(places: readonly Place[], language: Language): Place[] {
	const sorted = (place: Place) => place.name[language].replace(/^(the |ال)/, '');
	return places.toSorted((a, b) => sorted(a).localeCompare(sorted(b), language));
}

function pagePlace(
	story: Story,
	place: Place,
	language: Language,
	paragraphs: readonly number[]
): PagePlace {
	const cameraOfScene = (id: string) =>
		timelineScenes(story).find((scene) => scene.id === id)?.camera ?? cameraOf(place);
	const frame = dossierFrame(story, place);
	const labels = placeLabels(frame.camera, namesOf(frame, language, story.places, basemapNames()));
	const within = (percent: number, reach: number) => Math.abs(percent - 50) * 10 < reach;
	return {
		...dossierOf(story, place, placeFile(place.id), cameraOfScene),
		paragraphs,
		labels: labels.filter(({ x, y }) => within(x, PLACE_REACH.x) && within(y, PLACE_REACH.y))
	};
}

/** All that the page of a story shows in one language. */
export function pageStory(story: Story, language: Language): PageStory {
	const text = story.text[language];
	const mentions = new Map<string, number[]>();
	const firstPart = story.scenes.findIndex(({ startsPart }) => startsPart);
	const scenes = timelineScenes(story).map((scene, index) => {
		const words = text.scenes[index];
		const beats = (story.scenes[index]?.beats ?? []).map((beat, order): PageBeat => {
			const inlines = words?.paragraphs[order] ?? [];
			for (const place of new Set(mentionsIn(inlines)))
				mentions.set(place, [...(mentions.get(place) ?? []), beat.paragraph]);
			return { ...beat, attribution: beat.attribution[language], text: inlines };
		});
		const frame = pictureFrame(story, scene.id);
		return {
			...scene,
			beats,
			heading: words?.heading ?? '',
			part: words?.part ?? '',
			places: [
				...new Set([
					...scene.lit,
					...beats.flatMap(({ text, lit }) => [...mentionsIn(text), ...lit])
				])
			],
			underPart: firstPart >= 0 && index >= firstPart,
			mapAlternative: words?.mapAlternative ?? '',
			labels: placeLabels(frame.camera, namesOf(frame, language, story.places, basemapNames()))
		};
	});
	return {
		id: story.id,
		language,
		title: text.title,
		standfirst: text.standfirst,
		dateline: text.dateline,
		published: story.published,
		borderPolicy: story.borderPolicy[language],
		scenes,
		contacts: story.contacts,
		places: byName(Object.values(story.places), language).map((place) =>
			pagePlace(story, place, language, mentions.get(place.id) ?? [])
		),
		sources: story.sources.map(({ name, of, licence, url }) => ({
			name: name[language],
			of: of[language],
			licence,
			url
		}))
	};
}

/** A story and a place of it, by their ids; null where there is none. */
export function placeOf(story: string, place: string): { story: Story; place: Place } | null {
	if (!storyIds.includes(story)) return null;
	const told = storyOf(story);
	const found = Object.values(told.places).find(({ id }) => id === place);
	return found ? { story: told, place: found } : null;
}

/** Every place of every story. */
export function allPlaces(): { story: string; place: string }[] {
	return storyIds.flatMap((story) =>
		Object.keys(storyOf(story).places).map((place) => ({ story, place }))
	);
}

/** Every page there is: a story in a language. */
export function allPages(): { lang: Language; story: string }[] {
	return storyIds.flatMap((story) => LANGUAGES.map((lang) => ({ lang, story })));
}
