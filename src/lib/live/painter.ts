/** Draws frames on the live map: keeps what was last drawn, and calls the map for what differs from it alone. */
import type { Feature } from 'geojson';
import type { FilterSpecification, GeoJSONSource, Map as MapLibreMap } from 'maplibre-gl';
import { fieldOfView, onPlate, PLATE } from '../globe/camera';
import type { Crowd } from '../timeline/exploration';
import { mapWords } from '../cartography/labels/words';
import {
	contactFeatures,
	contactsIn,
	wholeContacts,
	type LabelledScene,
	type MappedPlace,
	type PlacesById
} from './features';
import {
	arrowsFilter,
	citiesFilter,
	contactKey,
	CONTACTS_SOURCE,
	dotsFilter,
	GATHERED_SOURCE,
	LABELS_LAYER,
	labelScale,
	labelSize,
	labelsFilter,
	placeKeys,
	placesFilter,
	STORY_SOURCE
} from './style';
import type { Camera, Contact, Language } from '../model/story';
import type { Frame } from '../timeline/timeline';

/** How far the map's camera may go; zooms as MapLibre counts them, the pitch in degrees. */
export const CAMERA_LIMITS = {
	minZoom: -2,
	maxZoom: 12,
	maxPitch: 60,
	renderWorldCopies: false
} as const;

/** The map's size and where its plate stands in it, in px. */
export interface Viewport {
	readonly width: number;
	readonly height: number;
	/** Centre of the plate from the map's left and top edge, and its side. */
	readonly plate: { readonly x: number; readonly y: number; readonly side: number };
}

/** The methods by which a painter asks a map, and sets it. */
export const MAP_METHODS = [
	'easeTo',
	'getBearing',
	'getCenter',
	'getPitch',
	'getSource',
	'getZoom',
	'jumpTo',
	'redraw',
	'resize',
	'setFeatureState',
	'setFilter',
	'setLayoutProperty',
	'setVerticalFieldOfView',
	'stop'
] as const satisfies readonly (keyof MapLibreMap)[];

/** What a painter needs of MapLibre's map. */
export type PaintedMap = Pick<MapLibreMap, (typeof MAP_METHODS)[number]>;

/** What a painter needs to know of a story. */
export interface PaintedStory {
	readonly places: readonly MappedPlace[];
	readonly contacts: readonly Contact[];
	/** The scenes in their order, with the one that stands for the free map. */
	readonly scenes: readonly LabelledScene[];
	readonly language: Language;
	readonly crowd: Crowd;
	/** Ids of the places with an outline: what of a crowd is lit one by one. */
	readonly outlined: ReadonlySet<string>;
}

type Amounts = Readonly<Record<string, number>>;

/**
 * The padding that has the map's centre at the plate's: MapLibre puts it into the middle of what is left.
 *
 * @returns px along each edge of the map
 */
export function paddingOf({ width, height, plate }: Viewport) {
	return {
		left: Math.max(0, 2 * plate.x - width),
		right: Math.max(0, width - 2 * plate.x),
		top: Math.max(0, 2 * plate.y - height),
		bottom: Math.max(0, height - 2 * plate.y)
	};
}

export class Painter {
	readonly #map: PaintedMap;
	readonly #story: PaintedStory;
	readonly #byId: PlacesById;
	/** Index of each scene by its id. */
	readonly #order: ReadonlyMap<string, number>;
	#frame: Frame;
	#viewport: Viewport;
	#free = false;
	/** True where the free camera is still where it was given away. */
	#untouched = true;
	/** True once something but the camera differs from what was last drawn. */
	#touched = false;

	#lit: Amounts = {};
	#hatched: Amounts = {};
	/** The places whose outlines are drawn: those that are lit, and those that were, until others or another scene come. */
	#laidOut: { readonly scene: string; readonly places: ReadonlySet<string> } = {
		scene: '',
		places: new Set()
	};
	/** How each contact is drawn, by its id. */
	#drawn: ReadonlyMap<string, string> = new Map();
	/** The filters that are set, by layer. */
	readonly #filters = new Map<string, string>();
	#labelScale = 1;
	#pointed: string | null = null;
	/** The places that are gathered now; null in the story, which lights them one by one. */
	#gathered: Amounts | null = null;
	/** What the contacts at hand were brought for, a scene or what the free map shows, and which they are. */
	#brought: { readonly for: unknown; readonly ids: ReadonlySet<string> } = {
		for: null,
		ids: new Set()
	};

	/**
	 * Draws the first frame.
	 *
	 * @param map - as large as the viewport, with the story's style and sources
	 */
	constructor(map: PaintedMap, story: PaintedStory, frame: Frame, viewport: Viewport) {
		this.#map = map;
		this.#story = story;
		this.#byId = Object.fromEntries(story.places.map((place) => [place.id, place]));
		this.#order = new Map(story.scenes.map(({ id }, order) => [id, order]));
		this.#frame = frame;
		this.#viewport = viewport;
		this.#setViewport(viewport);
		this.#moveCamera();
		this.show(frame);
	}

	/** The frame that was last shown. */
	get frame(): Frame {
		return this.#frame;
	}

	/** True while the camera is in the reader's hands. */
	get free(): boolean {
		return this.#free;
	}

	/** True while places that lie close together are gathered into one mark. */
	get gathers(): boolean {
		return this.#free && this.#story.crowd.places;
	}

	/** @param viewport - where it differs from before, the map's size and where its plate stands now */
	show(frame: Frame, viewport = this.#viewport): void {
		const isPlaced = viewport === this.#viewport;
		const moved =
			(!this.#free || this.#untouched) && (frame.camera !== this.#frame.camera || !isPlaced);
		this.#frame = frame;
		if (!isPlaced) this.#setViewport(viewport);
		if (moved) this.#moveCamera();
		this.#light(frame);
		this.#gather(frame);
		this.#bringContacts(frame);
		this.#drawContacts(frame);
		if (moved || this.#touched) this.#map.redraw();
		this.#touched = false;
	}

	/** Marks the place that the reader points at. */
	point(place: string | null): void {
		if (place === this.#pointed) return;
		if (this.#pointed !== null) this.#setState(placeKeys(this.#pointed), { hover: 0 });
		if (place !== null) this.#setState(placeKeys(place), { hover: 1 });
		this.#pointed = place;
	}

	/** Gives the camera into the reader's hands, or takes it back to where the frames say. */
	setFree(free: boolean): void {
		if (this.#free === free) return;
		this.#free = free;
		this.#untouched = true;
		this.#map.stop();
		if (!free) this.#moveCamera();
	}

	/** Leaves a free camera to the reader, who has moved it: no frame moves it any more. */
	touch(): void {
		this.#untouched = false;
	}

	/** Where the camera is, on a plate of 512 px, wherever the frames say it should be. */
	look(): Camera {
		const { lng, lat } = this.#map.getCenter();
		const zoom = this.#map.getZoom() - Math.log2(this.#viewport.plate.side / PLATE);
		return { lng, lat, zoom, bearing: this.#map.getBearing(), pitch: this.#map.getPitch() };
	}

	/** Brings a free camera to another one, on a plate of 512 px; with a movement of so many ms. */
	lookAt(camera: Camera, duration: number): void {
		this.touch();
		const { lng, lat, zoom, bearing, pitch } = onPlate(camera, this.#viewport.plate.side);
		this.#map.easeTo({ center: [lng, lat], zoom, bearing, pitch, duration });
	}

	/** Brings a free camera nearer by so many zoom levels; with a movement of so many ms. */
	zoomBy(levels: number, duration: number): void {
		this.touch();
		this.#map.easeTo({ zoom: this.#map.getZoom() + levels, duration });
	}

	#setViewport(next: Viewport): void {
		const { width, height } = this.#viewport;
		this.#viewport = next;
		if (next.width !== width || next.height !== height) this.#map.resize();
		this.#map.setVerticalFieldOfView(fieldOfView(next.height, next.plate.side));
		const scale = labelScale(next.plate.side);
		if (scale === this.#labelScale) return;
		this.#labelScale = scale;
		this.#map.setLayoutProperty(LABELS_LAYER, 'text-size', labelSize(scale));
	}

	#moveCamera(): void {
		const camera = onPlate(this.#frame.camera, this.#viewport.plate.side);
		const { lng, lat, zoom, bearing, pitch } = camera;
		const padding = paddingOf(this.#viewport);
		this.#map.jumpTo({ center: [lng, lat], zoom, bearing, pitch, padding });
	}

	#setState(keys: readonly string[], state: Amounts, source = STORY_SOURCE): void {
		this.#touched = true;
		for (const id of keys) this.#map.setFeatureState({ source, id }, state);
	}

	/**
	 * Sets a filter where it differs from the one that is set: a filter makes the worker lay its source out anew. They are
	 * all made here, of what the style has been checked with.
	 */
	#filter(layer: string, next: FilterSpecification): void {
		const key = JSON.stringify(next);
		if (this.#filters.get(layer) === key) return;
		this.#filters.set(layer, key);
		this.#touched = true;
		this.#map.setFilter(layer, next, { validate: false });
	}

	#light({ lit: asked, hatched, scene }: Frame): void {
		const isOutlined = ([id]: readonly [string, number]) => this.#story.outlined.has(id);
		const lit = this.gathers ? Object.fromEntries(Object.entries(asked).filter(isOutlined)) : asked;
		const isSame = lit === this.#lit && hatched === this.#hatched;
		const all = isSame ? [] : [this.#lit, lit, this.#hatched, hatched].flatMap(Object.keys);
		for (const id of new Set(all)) {
			const now = { lit: lit[id] ?? 0, hatched: hatched[id] ?? 0 };
			if ((this.#lit[id] ?? 0) === now.lit && (this.#hatched[id] ?? 0) === now.hatched) continue;
			this.#setState(placeKeys(id), now);
		}
		this.#lit = lit;
		this.#hatched = hatched;
		const isNew = (id: string) => !this.#laidOut.places.has(id);
		if (scene !== this.#laidOut.scene || Object.keys(lit).some(isNew))
			this.#laidOut = { scene, places: new Set(Object.keys(lit).sort()) };
		const places = [...this.#laidOut.places];
		this.#filter('places-edge', placesFilter('edge', places));
		this.#filter('places-area', placesFilter('area', places));
		this.#filter('places-dot', dotsFilter(places));
		const { side } = this.#viewport.plate;
		this.#filter(LABELS_LAYER, labelsFilter(scene, side));
		this.#filter('cities-dot', citiesFilter(scene, side));
		this.#filter('contacts-arrow', arrowsFilter(scene));
	}

	/** Gives a source of the map its features. */
	#fill(source: string, features: Feature[]): void {
		void this.#map
			.getSource<GeoJSONSource>(source)
			?.setData({ type: 'FeatureCollection', features });
	}

	/** Gives the map the places that the free map shows, where they are too many to be marked one by one. */
	#gather(frame: Frame): void {
		const wanted = this.gathers ? frame.lit : null;
		if (wanted === this.#gathered) return;
		this.#gathered = wanted;
		const { places, language } = this.#story;
		const features = places
			.filter(({ id, kind }) => wanted && Object.hasOwn(wanted, id) && kind !== 'country')
			.map(({ id, name, point: [lng, lat] }): Feature => {
				const properties = { place: id, text: mapWords(name[language], language) };
				return {
					type: 'Feature',
					properties,
					geometry: { type: 'Point', coordinates: [lng, lat] }
				};
			});
		this.#fill(GATHERED_SOURCE, features);
	}

	/** Gives the map the contacts of the scenes around, or of the free map, where they are too many to hold all. */
	#bringContacts({ scene, contacts: shown }: Frame): void {
		const { crowd, scenes, contacts } = this.#story;
		if (!crowd.contacts) return;
		const wanted = this.#free ? shown : scene;
		if (wanted === this.#brought.for && shown.every(({ id }) => this.#brought.ids.has(id))) return;
		const index = this.#order.get(scene) ?? 0;
		const around = this.#free ? [] : scenes.slice(Math.max(0, index - 1), index + 2);
		const beats = [
			...around.flatMap(({ beats }) => beats),
			{ contacts: shown.map(({ id }) => id) }
		];
		const brought = contactsIn(beats, contacts);
		this.#brought = { for: wanted, ids: new Set(brought.map(({ id }) => id)) };
		this.#fill(
			CONTACTS_SOURCE,
			(this.#free ? wholeContacts : contactFeatures)(brought, this.#byId)
		);
	}

	#drawContacts(frame: Frame): void {
		const { crowd } = this.#story;
		const contacts = this.#free && crowd.contacts ? [] : frame.contacts;
		const now = new Map(contacts.map(({ id, drawn, opacity }) => [id, `${drawn} ${opacity}`]));
		const gone = [...this.#drawn.keys()].filter((id) => !now.has(id));
		const changes = [
			...gone.map((id) => ({ id, drawn: 0, opacity: 0 })),
			...contacts.filter(({ id }) => this.#drawn.get(id) !== now.get(id))
		];
		for (const { id, drawn, opacity } of changes) {
			for (const source of crowd.contacts ? [STORY_SOURCE, CONTACTS_SOURCE] : [STORY_SOURCE])
				this.#setState([contactKey(id)], { drawn, opacity }, source);
		}
		this.#drawn = now;
	}
}
