/** Reads data/, parses it and fails the build with every issue there is. */
import type { FeatureCollection, Point } from 'geojson';
import { feature, merge } from 'topojson-client';
import type { MultiPolygon, Polygon, Topology } from 'topojson-specification';
import { fit, flight, perspective } from '$lib/globe/camera';
import { formatFinding, formatPath } from '$lib/model/finding';
import { finish, readGeoJson } from '$lib/geojson';
import { readTopology } from '$lib/geojson/worker/reading';
import { crowdOf } from '$lib/timeline/exploration';
import { DOSSIERS_IN_FILE } from '$lib/reading/page-index';
import {
	MOST_LINKS,
	PLACE_REACH,
	type PageBeat,
	type PagePlace,
	type PageStory,
	type PlaceDossier,
	type PlaceDossiers
} from '$lib/reading/page-story';
import { formatIssue, parseStory } from '$lib/parse';
import { placeLabels, type MapLabel, type Markable, type Nameable } from '$lib/cartography/labels';
import { mapWords } from '$lib/cartography/labels/words';
import { dateInWords } from '$lib/locale';
import { formatsOf } from '$lib/locale/formats';
import { morePlaces } from '$lib/locale/more';
import {
	drawFrame,
	UNITS,
	type Basemap,
	type BasemapLevel,
	type DrawnPath
} from '$lib/picture/drawing';
import {
	LANGUAGES,
	type Camera,
	type Clocks,
	type Inline,
	type Language,
	type Leg,
	type Place,
	type Position,
	type Scene,
	type Story
} from '$lib/model/story';
import {
	createTimeline,
	type Frame,
	type Passing,
	type TimelineScene
} from '$lib/timeline/timeline';
import {
	cameraOf,
	contactsOf,
	distanceBetween,
	dossierOf,
	pagePlaceOf,
	placeGeojson
} from './dossiers';
import { locatorSvg } from './locator';

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
const places = Object.entries(placeFiles).map(([path, text]) => ({ path: path.slice(1), text }));
const stories = new Map<string, Story>();

/** @throws Error that lists every issue in the story's files */
export function storyOf(id: string): Story {
	const known = stories.get(id);
	if (known) return known;
	const folder = `/data/stories/${id}`;
	const parsed = parseStory({
		yaml: file(`${folder}/story.yaml`),
		words: { ar: file(`${folder}/ar.md`), en: file(`${folder}/en.md`) },
		places
	});
	if (!parsed.ok)
		throw new Error(`The story “${id}” has issues:\n${parsed.issues.map(formatIssue).join('\n')}`);
	for (const warning of parsed.warnings) console.warn(formatIssue(warning));
	stories.set(id, parsed.story);
	return parsed.story;
}

/** Works something out of each story once, however often it is asked for: a story has many scenes and places. */
function oncePerStory<T>(workOut: (story: Story) => T): (story: Story) => T {
	const known = new WeakMap<Story, { readonly value: T }>();
	return (story) => {
		const found = known.get(story) ?? { value: workOut(story) };
		known.set(story, found);
		return found.value;
	};
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

/** @throws Error that lists all that is wrong in a file of the basemap */
function checkBasemap(path: string): void {
	const text = basemapFiles[path] ?? '';
	const { findings } = finish(
		path.endsWith('/labels.json') ? readGeoJson(text) : readTopology(text)
	);
	if (findings.length === 0) return;
	const lines = findings.map(
		({ path: at, found, expected, mend }) =>
			`${path.slice(1)}: ${formatFinding([found, expected, mend])} (at ${formatPath(at)})`
	);
	throw new Error(`The basemap has issues:\n${lines.join('\n')}`);
}

let basemap: Basemap | undefined;

function readBasemap(): Basemap {
	if (basemap) return basemap;
	for (const path of Object.keys(basemapFiles)) checkBasemap(path);
	const windows = Object.keys(basemapFiles).flatMap((path) => {
		const name = /([^/]+)\.json$/.exec(path)?.[1];
		return name && name !== 'world' && name !== 'labels' ? [name] : [];
	});
	basemap = { world: levelOf('world'), near: windows.map(levelOf) };
	return basemap;
}

interface LabelProperties {
	readonly kind: 'country' | 'sea' | 'city' | 'state';
	readonly rank: number;
	readonly 'name:ar': string;
	readonly 'name:en': string;
	readonly country: string | null;
}

/** Highest rank of seas that are named, from the world to a near view; ranks run from 1, the most important, to 5. */
const SEA_RANKS: readonly (readonly [zoom: number, rank: number])[] = [
	[4, 5],
	[2.6, 3],
	[1.4, 2],
	[-9, 1]
];
/** The same of cities that the story does not speak of. */
const CITY_RANKS: readonly (readonly [zoom: number, rank: number])[] = [
	[5.6, 5],
	[4.6, 3],
	[3.6, 2],
	[2.9, 1],
	[-9, 0]
];
const rankAt = (ranks: typeof SEA_RANKS, zoom: number) =>
	ranks.find(([from]) => zoom >= from)?.[1] ?? 0;

let basemapNames: FeatureCollection<Point, LabelProperties>['features'] | undefined;

function readNames() {
	if (basemapNames) return basemapNames;
	// The build of the geodata wrote and checked this file.
	const labels = JSON.parse(
		basemapFiles['/data/basemap/labels.json'] ?? '{"features":[]}'
	) as FeatureCollection<Point, LabelProperties>;
	basemapNames = labels.features.toSorted((a, b) => a.properties.rank - b.properties.rank);
	return basemapNames;
}

interface Named {
	/** Of the camera, on a plate of 512 px. */
	readonly zoom: number;
	readonly lit: readonly string[];
	readonly countries: readonly string[];
	readonly clocks: Clocks | null;
}

const englishNames = oncePerStory(
	(story) => new Set(Object.values(story.places).map(({ name }) => name.en))
);

/** What a map may name, most important first. */
function namesOf(
	story: Story,
	language: Language,
	{ zoom, lit, countries, clocks }: Named
): Nameable[] {
	const places = [...new Set(lit)].flatMap((id): Nameable[] => {
		const place = story.places[id];
		if (!place || place.kind === 'country') return [];
		const { point, timeZone } = place;
		const at = clocks?.places.includes(id) ? clocks.at : null;
		const detail = at && timeZone ? formatsOf(language).timeIn(at, timeZone) : '';
		return [{ id, kind: 'place', text: mapWords(place.name[language], language), detail, point }];
	});
	const ofStory = englishNames(story);
	const others = readNames().flatMap(({ properties, geometry }): Nameable[] => {
		const { kind, rank, country } = properties;
		const [lng = 0, lat = 0] = geometry.coordinates;
		const id = properties['name:en'];
		const wanted = {
			country: country !== null && countries.includes(country),
			sea: rank <= rankAt(SEA_RANKS, zoom),
			city: rank <= rankAt(CITY_RANKS, zoom) && !ofStory.has(id)
		};
		if (kind === 'state' || !wanted[kind]) return [];
		return [
			{
				id,
				kind,
				text: mapWords(properties[`name:${language}`], language),
				detail: '',
				point: [lng, lat]
			}
		];
	});
	return [...places, ...others];
}

const contactsById = oncePerStory(
	({ contacts }) => new Map(contacts.map((contact, order) => [contact.id, { contact, order }]))
);

/** The contacts that a scene may mark. */
function marksOf(scene: TimelineScene, story: Story, language: Language): Markable[] {
	const drawn = new Set(scene.beats.flatMap(({ contacts }) => contacts));
	return [...drawn]
		.flatMap((id) => contactsById(story).get(id) ?? [])
		.sort((a, b) => a.order - b.order)
		.map(({ contact }) => ({
			contact,
			text: mapWords(contact.people[language], language),
			detail: contact.when === null ? '' : dateInWords(language, contact.when)
		}));
}

/** In plate sides: how large a disputed place must be seen to be hatched, and how near to the plate. */
const HATCHED = { least: 0.05, reach: 0.75 } as const;

/** The disputed places that a camera sees well enough to hatch. */
function hatchedBy(camera: Camera, story: Story): string[] {
	const { project } = perspective(camera, 1);
	return story.disputed.filter((id) => {
		const corners = (story.places[id]?.outline ?? []).flatMap(([exterior]) => exterior ?? []);
		const seen = corners.flatMap((corner) => {
			const at = project(corner);
			return at ? [at] : [];
		});
		const extent = (axis: 0 | 1) => {
			const values = seen.map((at) => at[axis]);
			return { least: Math.min(...values), most: Math.max(...values) };
		};
		const [x, y] = [extent(0), extent(1)];
		const near = ({ least, most }: typeof x) => least < HATCHED.reach && most > -HATCHED.reach;
		return (
			seen.length > 0 &&
			near(x) &&
			near(y) &&
			Math.max(x.most - x.least, y.most - y.least) >= HATCHED.least
		);
	});
}

const hatchingOf = (camera: Camera, story: Story): Frame['hatched'] =>
	Object.fromEntries(hatchedBy(camera, story).map((id) => [id, 1]));

/** Cameras of a flight at which it is asked what they see. */
const FLIGHT_STEPS = 24;
/** The part of a flight in which hatching comes and goes: what is far away comes into sight by growing. */
const FADE = 0.12;

/** The disputed places that are in sight on the way from one camera to another, each from when to when. */
function hatchedBetween(start: Camera, end: Camera, story: Story): Passing[] {
	if (story.disputed.length === 0) return [];
	const cameraAt = flight(start, end);
	const steps: Record<string, { first: number; last: number }> = {};
	for (let step = 0; step <= FLIGHT_STEPS; step++) {
		for (const id of hatchedBy(cameraAt(step / FLIGHT_STEPS), story))
			steps[id] = { first: steps[id]?.first ?? step, last: step };
	}
	return Object.entries(steps).map(([id, { first, last }]): Passing => {
		// It came into sight since the step before, and leaves it before the next.
		const [from, to] = [(first - 0.5) / FLIGHT_STEPS, (last + 0.5) / FLIGHT_STEPS];
		return [
			id,
			first === 0 ? -1 : Math.max(0, from - FADE),
			first === 0 ? 0 : from,
			last === FLIGHT_STEPS ? 1 : to,
			last === FLIGHT_STEPS ? 2 : Math.min(1, to + FADE)
		];
	});
}

/** The scenes, each with the camera fitted to its view on a plate of 512 px. */
const timelineScenes = oncePerStory((story) => {
	const cameras = story.scenes.map((scene) => fit(sightOf(scene, story), scene.view));
	return story.scenes.flatMap(({ id, lit, countries, beats }, index): TimelineScene[] => {
		const [camera, next] = [cameras[index], cameras[index + 1]];
		if (!camera) return [];
		const hatched = hatchingOf(camera, story);
		const hatchedOnward = next ? hatchedBetween(camera, next, story) : [];
		return [{ id, lit, countries, beats, camera, hatched, hatchedOnward }];
	});
});

/** Each scene as the timeline has it and as it was planned, by its id. */
const scenesById = oncePerStory((story) => {
	const plans = new Map(story.scenes.map((plan) => [plan.id, plan]));
	return new Map(
		timelineScenes(story).flatMap((scene) => {
			const plan = plans.get(scene.id);
			return plan ? [[scene.id, { scene, plan }] as const] : [];
		})
	);
});

const mentionsIn = (inlines: readonly Inline[]) =>
	inlines.flatMap((inline) => (inline.type === 'mention' ? [inline.place] : []));

const steppedTimeline = oncePerStory((story) =>
	createTimeline(timelineScenes(story), { stepped: true })
);

/** What a scene's picture shows: the frame in the middle of its first paragraph. */
function pictureFrame(story: Story, scene: string): Frame {
	const { frameAt, progressOf } = steppedTimeline(story);
	return frameAt(progressOf(scene) ?? 0);
}

/** The camera of a scene's picture, on a plate of 512 px. */
export function cameraOfScene(story: Story, scene: string): Camera {
	return pictureFrame(story, scene).camera;
}

/** The picture of a scene, as paths. */
export function pictureOf(story: Story, scene: string): DrawnPath[] {
	return drawFrame(pictureFrame(story, scene), readBasemap(), story.places, story.contacts);
}

/** The small globe that shows where on Earth a scene's view lies, as an SVG file. */
export function locatorOf(story: Story, scene: string): string {
	return locatorSvg(cameraOfScene(story, scene), readBasemap().world.land);
}

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

const countriesNamed = oncePerStory(
	({ scenes }) => new Set(scenes.flatMap(({ countries }) => countries))
);

/** The countries that a dossier's own small map may name. */
const countriesAround = (story: Story, { country }: Place): string[] => [
	...new Set([...countriesNamed(story), ...(country ? [country] : [])])
];

/** What a dossier's own small map shows: its place, and the contacts that touch it. */
function dossierFrame(
	story: Story,
	place: Place
): Pick<Frame, 'camera' | 'lit' | 'hatched' | 'contacts' | 'countries'> {
	const camera = cameraOf(place);
	return {
		camera,
		hatched: hatchingOf(camera, story),
		lit: { [place.id]: 1 },
		contacts: contactsOf(story, place).map(({ id }) => ({ id, drawn: 1, opacity: 1 })),
		countries: countriesAround(story, place)
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
	const { compare } = new Intl.Collator(language);
	return places
		.map((place) => ({ place, key: place.name[language].replace(/^(the |ال)/, '') }))
		.sort((a, b) => compare(a.key, b.key))
		.map(({ place }) => place);
}

function pagePlace(story: Story, place: Place, paragraphs: readonly number[]): PagePlace {
	const cameraOfScene = (id: string) => scenesById(story).get(id)?.scene.camera ?? cameraOf(place);
	return { ...pagePlaceOf(story, place, cameraOfScene), paragraphs };
}

function placeDossier(story: Story, place: Place, language: Language, file: string): PlaceDossier {
	const camera = cameraOf(place);
	const { project } = perspective(camera, UNITS);
	const names = namesOf(story, language, {
		zoom: camera.zoom,
		lit: [place.id],
		countries: countriesAround(story, place),
		clocks: null
	});
	const labels = placeLabels(camera, names, [], story.places);
	return {
		...dossierOf(story, place, file),
		labels: labels.filter(({ point }) => {
			const at = project(point);
			return at && Math.abs(at[0]) < PLACE_REACH.x && Math.abs(at[1]) < PLACE_REACH.y;
		})
	};
}

/** The names on the picture of a scene. */
export function labelsOf(story: Story, id: string, language: Language): MapLabel[] {
	const found = scenesById(story).get(id);
	if (!found) return [];
	const { scene, plan } = found;
	const names = namesOf(story, language, {
		zoom: scene.camera.zoom,
		lit: [...scene.lit, ...scene.beats.flatMap(({ lit }) => lit)],
		countries: scene.countries,
		clocks: plan.clocks
	});
	return placeLabels(scene.camera, names, marksOf(scene, story, language), story.places);
}

/** Those of a scene's places that are linked below its words, and what is said of the others. */
function linksOf(
	lit: readonly string[],
	beats: readonly PageBeat[],
	language: Language
): Pick<PageStory['scenes'][number], 'places' | 'more'> {
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

const storyPages: Readonly<Record<Language, (story: Story) => PageStory>> = {
	ar: oncePerStory((story) => makePage(story, 'ar', placeFile)),
	en: oncePerStory((story) => makePage(story, 'en', placeFile))
};

/**
 * All that the page of a story shows in one language.
 *
 * @param fileOf - the text of a place's file, by its id
 */
export function pageStory(story: Story, language: Language, fileOf = placeFile): PageStory {
	// The page, the frame and the data for embedding all ask for it.
	return fileOf === placeFile ? storyPages[language](story) : makePage(story, language, fileOf);
}

/** Whether a story has too many places or contacts for its page to hold the dossiers. */
function hasDossierFiles({ places, contacts }: Story): boolean {
	const crowd = crowdOf({ places: Object.values(places), contacts });
	return crowd.places || crowd.contacts;
}

function dossiersOf(
	story: Story,
	language: Language,
	places: readonly Pick<PagePlace, 'id'>[],
	fileOf: (place: string) => string
): PlaceDossiers {
	return Object.fromEntries(
		places.flatMap(({ id }) => {
			const place = story.places[id];
			return place ? [[id, placeDossier(story, place, language, fileOf(id))] as const] : [];
		})
	);
}

/**
 * The dossiers of one file of a story that has them.
 *
 * @param file - its number, from 1
 * @param fileOf - the text of a place's file, by its id
 * @returns null where the story has no such file
 */
export function dossierFile(
	story: Story,
	language: Language,
	file: number,
	fileOf = placeFile
): PlaceDossiers | null {
	const { places, dossiers } = pageStory(story, language, fileOf);
	const [start, end] = [(file - 1) * DOSSIERS_IN_FILE, file * DOSSIERS_IN_FILE];
	if (dossiers || !Number.isInteger(file) || start < 0 || start >= places.length) return null;
	return dossiersOf(story, language, places.slice(start, end), fileOf);
}

function makePage(story: Story, language: Language, fileOf: (place: string) => string): PageStory {
	const text = story.text[language];
	const mentions = new Map<string, number[]>();
	const firstPart = story.scenes.findIndex(({ startsPart }) => startsPart);
	const scenes = timelineScenes(story).map((scene, index) => {
		const words = text.scenes[index];
		const beats = (story.scenes[index]?.beats ?? []).map((beat, order): PageBeat => {
			const inlines = words?.paragraphs[order] ?? [];
			for (const place of new Set(mentionsIn(inlines))) {
				const known = mentions.get(place);
				if (known) known.push(beat.paragraph);
				else mentions.set(place, [beat.paragraph]);
			}
			return { ...beat, attribution: beat.attribution[language], text: inlines };
		});
		const plan = story.scenes[index];
		return {
			...scene,
			beats,
			heading: words?.heading ?? '',
			part: words?.part ?? '',
			...linksOf(scene.lit, beats, language),
			underPart: firstPart >= 0 && index >= firstPart,
			mapAlternative: `${words?.mapAlternative ?? ''} ${words?.mapChange ?? ''}`.trim(),
			labels: labelsOf(story, scene.id, language),
			distances: (plan?.distances ?? []).map((leg) => ({
				from: story.places[leg.from]?.name[language] ?? '',
				to: story.places[leg.to]?.name[language] ?? '',
				km: distanceOf(leg, story)
			})),
			clocks: plan?.clocks ? timesOf(plan.clocks, story, language) : null
		};
	});
	const places = byName(Object.values(story.places), language).map((place) =>
		pagePlace(story, place, mentions.get(place.id) ?? [])
	);
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
		places,
		dossiers: hasDossierFiles(story) ? null : dossiersOf(story, language, places, fileOf),
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
	// An id such as `constructor` is no place unless the story has it.
	const found = Object.hasOwn(told.places, place) ? told.places[place] : undefined;
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

/** Every file of dossiers, and page of places, of the stories that have them: both have the same numbers. */
export function allDossierFiles(): { lang: Language; story: string; file: string }[] {
	return allPages().flatMap(({ lang, story }) => {
		const told = storyOf(story);
		if (!hasDossierFiles(told)) return [];
		const count = Object.keys(told.places).length;
		return Array.from({ length: Math.ceil(count / DOSSIERS_IN_FILE) }, (_, index) => ({
			lang,
			story,
			file: String(index + 1)
		}));
	});
}
