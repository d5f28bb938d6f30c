/** What the dossiers tell: figures computed with Turf, what touches a place, where its shape comes from. */
import { area, booleanPointInPolygon, distance, multiPolygon } from '@turf/turf';
import type { Feature, FeatureCollection, MultiPolygon } from 'geojson';
import { fit, perspective, type Perspective } from '$lib/globe/camera';
import type { PageOrigin, PagePlace, PlaceDossier } from '$lib/reading/page-story';
import type { Camera, Contact, Place, Position, Scene, Story } from '$lib/model/story';

/** How close a dossier's map may go, on a plate of 512 px: to an outline, and to what is only a point. */
const CLOSEST = { outline: 8, point: 5.4 } as const;

/** What we set by hand is ours to license, as all else in this project. */
const BY_HAND = { source: 'set by hand', licence: 'MIT' } as const;

/** The outline as Turf takes it. */
function outlineOf({ outline }: Pick<Place, 'outline'>): Feature<MultiPolygon> | null {
	if (!outline) return null;
	return multiPolygon(
		outline.map((polygon) => polygon.map((ring) => ring.map(([lng, lat]) => [lng, lat])))
	);
}

/** Area of a place's outline on the sphere, in km²; null where it has none. */
export function areaOf(place: Pick<Place, 'outline'>): number | null {
	const outline = outlineOf(place);
	return outline && area(outline) / 1e6;
}

/** Great-circle distance between the points of two places, in km. */
export function distanceBetween(a: Pick<Place, 'point'>, b: Pick<Place, 'point'>): number {
	return distance([...a.point], [...b.point]);
}

/** The places at the ends of a contact's lines, in their order. */
function endsOf({ legs }: Pick<Contact, 'legs'>): string[] {
	return [...new Set(legs.flatMap(({ from, to }) => [from, to]))];
}

interface ContactIndex {
	/** The contacts that begin, end or pass at a place itself, by its id. */
	readonly at: ReadonlyMap<string, readonly Contact[]>;
	/** The places where people meet: what every distance in the story is asked to. */
	readonly meetings: readonly string[];
}

const indexes = new WeakMap<readonly Contact[], ContactIndex>();

/** The index of a story's contacts, made once: every place asks for its own. */
function indexOf(contacts: readonly Contact[]): ContactIndex {
	const known = indexes.get(contacts);
	if (known) return known;
	const at = new Map<string, Contact[]>();
	for (const contact of contacts) {
		for (const end of endsOf(contact)) {
			const there = at.get(end);
			if (there) there.push(contact);
			else at.set(end, [contact]);
		}
	}
	const meetings = contacts.flatMap(({ kind, legs }) =>
		kind === 'meeting' ? legs.map(({ to }) => to) : []
	);
	const index = { at, meetings: [...new Set(meetings)] };
	indexes.set(contacts, index);
	return index;
}

/**
 * The contacts that begin, end or pass in a place: at it, or at a place that lies in its outline; each with the places
 * at its other ends.
 */
export function contactsOf(story: Pick<Story, 'contacts' | 'places'>, place: Place) {
	const outline = outlineOf(place);
	const holds = (id: string) => {
		const end = story.places[id];
		if (!end || id === place.id) return id === place.id;
		return outline !== null && booleanPointInPolygon([...end.point], outline);
	};
	// What is only a point holds no other place.
	const near = outline ? story.contacts : (indexOf(story.contacts).at.get(place.id) ?? []);
	return near.flatMap((contact) => {
		const ends = endsOf(contact);
		if (!ends.some(holds)) return [];
		return [{ id: contact.id, others: ends.filter((id) => !holds(id)) }];
	});
}

function distancesOf(story: Story, place: Place): PlaceDossier['figures']['distances'] {
	const others = contactsOf(story, place).flatMap(({ others }) => others);
	return [...new Set([...indexOf(story.contacts).meetings, ...others])].flatMap((id) => {
		const other = story.places[id];
		if (!other || id === place.id) return [];
		return [{ place: id, kilometres: Math.round(distanceBetween(place, other) * 1000) / 1000 }];
	});
}

const cameras = new WeakMap<Place, Camera>();

/** The camera, on a plate of 512 px, that shows a place whole with what lies around it. */
export function cameraOf(place: Place): Camera {
	const { id, outline, point } = place;
	const camera =
		cameras.get(place) ??
		fit(outline?.flatMap(([exterior]) => exterior ?? []) ?? [point], {
			places: [id],
			points: [],
			maxZoom: outline ? CLOSEST.outline : CLOSEST.point,
			projection: 'near',
			bearing: 0,
			pitch: 0
		});
	cameras.set(place, camera);
	return camera;
}

const perspectives = new WeakMap<Camera, Perspective>();

/** How a camera sees a plate of side 1; made once, as every place asks for the scenes' own. */
function perspectiveOf(camera: Camera): Perspective {
	const made = perspectives.get(camera) ?? perspective(camera, 1);
	perspectives.set(camera, made);
	return made;
}

/** How much of a place stands within a camera's plate: 2 all of it, 1 its point, 0 nothing. */
function inSight({ outline, point }: Pick<Place, 'outline' | 'point'>, camera: Camera): number {
	const { project } = perspectiveOf(camera);
	const within = (position: Position) => {
		const at = project(position);
		return at !== null && Math.abs(at[0]) <= 0.5 && Math.abs(at[1]) <= 0.5;
	};
	const corners = outline?.flatMap(([exterior]) => exterior ?? []) ?? [point];
	return corners.every(within) ? 2 : within(point) ? 1 : 0;
}

type LightingScene = Pick<Scene, 'id' | 'lit' | 'beats'>;

interface Lighting {
	/** The scenes that light a place, each with the first of its paragraphs that does, if one does. */
	readonly scenes: Map<LightingScene, number | null>;
	/** Numbers of all paragraphs that light it. */
	readonly paragraphs: number[];
}

const lightings = new WeakMap<readonly LightingScene[], ReadonlyMap<string, Lighting>>();

/** Where a story lights each of its places, by their ids; worked out once. */
function lightingOf(scenes: readonly LightingScene[]): ReadonlyMap<string, Lighting> {
	const known = lightings.get(scenes);
	if (known) return known;
	const all = new Map<string, Lighting>();
	const of = (id: string): Lighting => {
		const lighting: Lighting = all.get(id) ?? { scenes: new Map(), paragraphs: [] };
		all.set(id, lighting);
		return lighting;
	};
	for (const scene of scenes) {
		for (const { paragraph, lit } of scene.beats) {
			for (const id of new Set(lit)) {
				const lighting = of(id);
				lighting.paragraphs.push(paragraph);
				if (!lighting.scenes.has(scene)) lighting.scenes.set(scene, paragraph);
			}
		}
		for (const id of scene.lit) {
			const lighting = of(id);
			if (!lighting.scenes.has(scene)) lighting.scenes.set(scene, null);
		}
	}
	lightings.set(scenes, all);
	return all;
}

/**
 * The address, without `#`, of where the story shows a place best: where it is lit, whole in sight or at least by its
 * point, in the closest view of these; there the first paragraph that lights it.
 *
 * @returns null where no scene lights it or has it in sight
 */
export function bestSeenAt(
	scenes: readonly LightingScene[],
	place: Pick<Place, 'id' | 'outline' | 'point'>,
	cameraOf: (scene: string) => Camera
): string | null {
	const lighting = lightingOf(scenes).get(place.id)?.scenes;
	let best: { address: string; seen: number; zoom: number } | null = null;
	// Where one lights it, no scene that does not can be the best.
	for (const scene of lighting?.keys() ?? scenes) {
		const camera = cameraOf(scene.id);
		const seen = inSight(place, camera);
		if (!lighting && seen === 0) continue;
		if (best && (seen < best.seen || (seen === best.seen && camera.zoom <= best.zoom))) continue;
		const paragraph = lighting?.get(scene) ?? null;
		const address = paragraph === null ? scene.id : `p${paragraph}`;
		best = { address, seen, zoom: camera.zoom };
	}
	return best?.address ?? null;
}

/** Reads the text of a place's file, which the parser has found to be good. */
function featuresOf(file: string): FeatureCollection['features'] {
	return (JSON.parse(file) as FeatureCollection).features;
}

function licenceOf(origin: string, sources: Story['sources']): string {
	if (origin === BY_HAND.source) return BY_HAND.licence;
	const source = sources.find(({ name }) => origin.includes(name.en));
	if (source) return source.licence;
	throw new Error(
		`A geometry comes from “${origin}”, expected a source of story.yaml in its name; add the source there, with its licence.`
	);
}

/**
 * Where each part of a place's geometry comes from, with its licence.
 *
 * @param file - the text of the place's file
 * @throws Error when the story names no source that a part could come from
 */
export function originsOf(file: string, sources: Story['sources']): PageOrigin[] {
	return featuresOf(file).map(({ properties }) => {
		const origin = String(properties?.['source']);
		const source = sources.find(({ name }) => origin.includes(name.en));
		return {
			role: properties?.['role'] === 'outline' ? 'outline' : 'point',
			name: source?.name ?? null,
			licence: licenceOf(origin, sources),
			url: source?.url ?? null
		};
	});
}

/**
 * A place's geometry as it is given away: RFC 7946, each feature with its origin and licence.
 *
 * @param file - the text of the place's file
 */
export function placeGeojson(file: string, sources: Story['sources']): FeatureCollection {
	return {
		type: 'FeatureCollection',
		features: featuresOf(file).map((feature) => ({
			...feature,
			properties: {
				...feature.properties,
				licence: licenceOf(String(feature.properties?.['source']), sources)
			}
		}))
	};
}

/** What a page needs of a place beyond the words that mention it. */
export function pagePlaceOf(
	story: Story,
	place: Place,
	cameraOfScene: (scene: string) => Camera
): Omit<PagePlace, 'paragraphs'> {
	const { id, kind, name, country, point } = place;
	return {
		id,
		kind,
		name,
		country,
		point,
		disputed: story.disputed.includes(id),
		shownWith: lightingOf(story.scenes).get(id)?.paragraphs ?? [],
		bestSeen: bestSeenAt(story.scenes, place, cameraOfScene),
		camera: cameraOf(place)
	};
}

/** What a dossier tells of a place besides, but for the names on its small map. */
export function dossierOf(story: Story, place: Place, file: string): Omit<PlaceDossier, 'labels'> {
	const areaKm2 = areaOf(place);
	return {
		timeZone: place.timeZone,
		contacts: contactsOf(story, place),
		figures: {
			area: areaKm2 === null ? null : Math.round(areaKm2 * 1000) / 1000,
			distances: distancesOf(story, place)
		},
		origins: originsOf(file, story.sources)
	};
}
