/** The story as GeoJSON for the live map: its names, its arrowheads and its contacts. */
import type { Feature, LineString, Point } from 'geojson';
import { LABEL_GAP, LABEL_SIZE, type MapLabel, type Side } from '../cartography/labels';
import { badgeImage, contactKey, placeKey, type StoryRole } from './style';
import { arrowheads, contactSegments } from '../globe/outline';
import type { Camera, Contact, Place, Position } from '../model/story';

/** A scene as the live map needs to know it before it comes. */
export interface LabelledScene {
	readonly id: string;
	/** On a plate of 512 px. */
	readonly camera: Camera;
	readonly labels: readonly MapLabel[];
	readonly beats: readonly { readonly contacts: readonly string[] }[];
}

/** A place as the live map marks and names it. */
export type MappedPlace = Pick<Place, 'id' | 'name' | 'kind' | 'point'>;

function geometryOf(line: readonly Position[]): LineString | Point {
	const [first] = line;
	const coordinates = line.map(([lng, lat]) => [lng, lat]);
	if (line.length === 1 && first) return { type: 'Point', coordinates: [first[0], first[1]] };
	return { type: 'LineString', coordinates };
}

/** What every feature of the story's source has. */
const ofStory = (role: StoryRole, key: string) => ({ role, key });

const ANCHORS: Readonly<Record<Side, string>> = {
	right: 'left',
	left: 'right',
	above: 'bottom',
	below: 'top',
	middle: 'center'
};

/** The names of all scenes, as points; a feature's state is its place's or its contact's, in whatever scene. */
export function labelFeatures(
	scenes: readonly LabelledScene[],
	places: readonly MappedPlace[]
): Feature[] {
	const countries = new Set(places.flatMap(({ id, kind }) => (kind === 'country' ? [id] : [])));
	const placeNamed = ({ id, kind }: MapLabel) =>
		kind === 'place' || (kind === 'country' && countries.has(id)) ? id : null;
	const keyOf = (label: MapLabel, place: string | null) => {
		if (label.kind === 'contact') return contactKey(label.id);
		return place === null ? '' : placeKey(place, 'label');
	};
	return scenes.flatMap(({ id: scene, labels }) =>
		labels.map((label, order): Feature => {
			const place = placeNamed(label);
			const { kind, text, detail, point, side, always, glyph, along } = label;
			return {
				type: 'Feature',
				properties: {
					...ofStory('label', keyOf(label, place)),
					place,
					scene,
					kind,
					text,
					detail,
					always,
					along,
					order,
					anchor: ANCHORS[side],
					gap: side === 'middle' ? 0 : LABEL_GAP[kind] / LABEL_SIZE[kind],
					image: glyph ? badgeImage(glyph) : ''
				},
				geometry: { type: 'Point', coordinates: [point[0], point[1]] }
			};
		})
	);
}

/** Words of names that are made ready before the map is shown; a story of a thousand scenes has more. */
const MOST_WORDS = 400;

/**
 * The words of all names, unseen, where the map begins. Their letters are drawn before it is shown, not in the scroll; and
 * no typeface comes in it, for which a browser lays out the page anew.
 */
export function letterFeatures(scenes: readonly LabelledScene[], { lng, lat }: Camera): Feature[] {
	const labels = scenes.flatMap((scene) => scene.labels);
	const isStrong = ({ kind }: MapLabel) => kind === 'place' || kind === 'contact';
	return [true, false].map((strong): Feature => {
		const names = labels.filter((label) => isStrong(label) === strong);
		const words = new Set(names.flatMap(({ text, detail }) => `${text} ${detail}`.split(/\s+/)));
		const text = [...words].slice(0, MOST_WORDS).join(' ');
		const properties = { kind: strong ? 'place' : 'city', text };
		return { type: 'Feature', properties, geometry: { type: 'Point', coordinates: [lng, lat] } };
	});
}

/** Where the places are that contacts join, by their ids. */
export type PlacesById = Readonly<Record<string, Pick<Place, 'point'>>>;

/** The arrowheads of all scenes: in each they are as large as its camera asks. */
export function arrowFeatures(
	scenes: readonly LabelledScene[],
	contacts: readonly Contact[],
	places: PlacesById
): Feature[] {
	return scenes.flatMap((scene) =>
		contactsIn(scene.beats, contacts).flatMap((contact) =>
			arrowheads(contact, places, scene.camera).map((ring): Feature => {
				const coordinates = [ring.map(([lng, lat]) => [lng, lat])];
				const properties = { ...ofStory('arrow', contactKey(contact.id)), scene: scene.id };
				return { type: 'Feature', properties, geometry: { type: 'Polygon', coordinates } };
			})
		)
	);
}

/** The contacts that paragraphs draw. */
export function contactsIn(beats: LabelledScene['beats'], contacts: readonly Contact[]): Contact[] {
	const drawn = new Set(beats.flatMap((beat) => beat.contacts));
	return contacts.filter(({ id }) => drawn.has(id));
}

/** The lines of contacts, each in one piece. */
export function wholeContacts(contacts: readonly Contact[], places: PlacesById): Feature[] {
	return contacts.map((contact): Feature => {
		const { id, kind } = contact;
		const properties = { ...ofStory('contact', contactKey(id)), kind, along: 0, whole: true };
		const lines = contactSegments(contact, places).map(({ line }) =>
			line.map(([lng, lat]) => [lng, lat])
		);
		const dots = lines.every(({ length }) => length === 1);
		const geometry: Feature['geometry'] = dots
			? { type: 'MultiPoint', coordinates: lines.flat() }
			: { type: 'MultiLineString', coordinates: lines };
		return { type: 'Feature', properties, geometry };
	});
}

/** The lines of contacts, in pieces that are drawn one after another. */
export function contactFeatures(contacts: readonly Contact[], places: PlacesById): Feature[] {
	return contacts.flatMap((contact) =>
		contactSegments(contact, places).map(({ along, line }): Feature => {
			const { id, kind } = contact;
			const properties = { ...ofStory('contact', contactKey(id)), kind, along };
			return { type: 'Feature', properties, geometry: geometryOf(line) };
		})
	);
}
