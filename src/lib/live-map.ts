/** The live map: the only module that runs MapLibre. It is told what to show and tells whose name stands where. */
import type { Feature, FeatureCollection, LineString, Point } from 'geojson';
import * as maplibre from 'maplibre-gl';
import wholeWorkerUrl from 'maplibre-gl/dist/maplibre-gl-worker.mjs?url';
import workerUrl from 'maplibre-gl/dist/maplibre-gl-worker.mjs?worker&url';
import worldUrl from '$data/basemap/world.json?url';
import { fieldOfView, onPlate, PLATE } from './camera';
import type { Crowd } from './exploration';
import { MAP_FONTS } from './fonts';
import { feed, readTopoJson, warn } from './geodata-reader';
import { GLYPHS } from './glyphs';
import { DOT, LABEL_GAP, LABEL_SIZE, type MapLabel, type Side } from './labels';
import { mapWords } from './labels/words';
import {
	arrowsFilter,
	badgeImage,
	citiesFilter,
	contactKey,
	CONTACTS_SOURCE,
	dotsFilter,
	FIRST_STORY_LAYER,
	GATHERED_LAYERS,
	GATHERED_SOURCE,
	HATCH_IMAGE,
	LABELS_LAYER,
	LETTERS_SOURCE,
	labelScale,
	labelSize,
	labelsFilter,
	levelLayers,
	mapStyle,
	paletteOf,
	placeKey,
	placeKeys,
	placesFilter,
	STORY_SOURCE,
	type Palette,
	type StoryRole
} from './map-style';
import { arrowheads, contactSegments } from './outline';
import {
	CONTACT_KINDS,
	type Camera,
	type Contact,
	type Language,
	type Place,
	type Position
} from './story';
import type { Frame } from './timeline';

const windowUrls = import.meta.glob<string>(
	['/data/basemap/*.json', '!/data/basemap/world.json', '!/data/basemap/labels.json'],
	{ query: '?url', import: 'default', eager: true }
);

/** Zoom, on a plate of 512 px, from which a near window is fetched. */
const WINDOW_ZOOM = 2.7;

/** Pixels for a CSS pixel until the map is ready: nobody sees it, and its frames cost the less. */
const UNSEEN_PIXEL_RATIO = 0.1;
/** Ms that the map waits for its finer parts before it shows without them. */
const FINER_MS = 6000;
/** How MapLibre says that its worker did not start. */
const WORKER_LOST = /^Worker failed/;
/** Ms between two looks at whether the GPU has finished. */
const FENCE_MS = 20;

/** The map's size and where its plate stands in it, in px. */
export interface Viewport {
	readonly width: number;
	readonly height: number;
	/** Centre of the plate from the map's left and top edge, and its side. */
	readonly plate: { readonly x: number; readonly y: number; readonly side: number };
}

/** What the live map shows, for those who embed or test it; read-only. */
export interface LiveView {
	readonly camera: Camera;
	readonly scene: string;
	readonly paragraph: number | null;
	/** Px from the map's left and top edge. */
	readonly project: (position: readonly [number, number]) => [number, number];
	/** The marks of gathered places: how many each stands for, and where it is, as `project` has it. */
	readonly gathered: readonly { readonly count: number; readonly at: readonly [number, number] }[];
}

export interface LiveMap {
	/** @param viewport - where it differs from before, the map's size and where its plate stands now */
	readonly show: (frame: Frame, viewport?: Viewport) => void;
	/** Marks the place that the reader points at. */
	readonly point: (place: string | null) => void;
	/** Id of the place whose name is drawn at a point, in px from the map's left and top edge. */
	readonly labelAt: (x: number, y: number) => string | null;
	/** True where places are gathered into one mark at a point, in px as before. */
	readonly gathersAt: (x: number, y: number) => boolean;
	/** Brings a free camera so near that the mark at a point falls into parts; with a movement of so many ms. */
	readonly unfold: (x: number, y: number, duration: number) => void;
	/** Takes on the colours that its container has now. */
	readonly recolour: () => void;
	/** Gives the camera into the reader's hands, or takes it back to where the frames say. */
	readonly setFree: (free: boolean) => void;
	/** Where the camera is, on a plate of 512 px, wherever the frames say it should be. */
	readonly look: () => Camera;
	/** Brings a free camera to another one, on a plate of 512 px; with a movement of so many ms. */
	readonly lookAt: (camera: Camera, duration: number) => void;
	/** Brings a free camera nearer by so many zoom levels; with a movement of so many ms. */
	readonly zoomBy: (levels: number, duration: number) => void;
	readonly view: LiveView;
	readonly destroy: () => void;
}

/** A scene as the live map needs to know it before it comes. */
export interface LabelledScene {
	readonly id: string;
	/** On a plate of 512 px. */
	readonly camera: Camera;
	readonly labels: readonly MapLabel[];
	readonly beats: readonly { readonly contacts: readonly string[] }[];
}

export interface LiveMapOptions {
	readonly container: HTMLElement;
	/** What the map is called while it is in the reader's hands, and how a keyboard moves it. */
	readonly label: string;
	readonly viewport: Viewport;
	readonly frame: Frame;
	readonly places: readonly (Pick<Place, 'id' | 'name' | 'kind' | 'point'> & {
		readonly disputed: boolean;
	})[];
	readonly contacts: readonly Contact[];
	readonly language: Language;
	/** What there is too much of to be on the map all at once. */
	readonly crowd: Crowd;
	/** The scenes in their order, with what is named in each. */
	readonly scenes: readonly LabelledScene[];
	/** The story's places, as GeoJSON. */
	readonly outlines: () => Promise<FeatureCollection>;
	/** Ends a start that is not over yet; `destroy` ends a map that is there. */
	readonly signal: AbortSignal;
	/** @param basemap - addresses of its parts that the scenes look into, whether they have been fetched or not */
	readonly onReady: (basemap: readonly string[]) => void;
	readonly onLost: () => void;
	readonly onRestored: () => void;
}

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
function labelFeatures(
	scenes: readonly LabelledScene[],
	places: LiveMapOptions['places']
): Feature[] {
	const countries = new Map(
		places.filter(({ kind }) => kind === 'country').map(({ name, id }) => [name.en, id])
	);
	const placeNamed = ({ id, kind }: MapLabel) =>
		kind === 'place' ? id : kind === 'country' ? (countries.get(id) ?? null) : null;
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
function letterFeatures(scenes: readonly LabelledScene[], { lng, lat }: Camera): Feature[] {
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

type PlacesById = Readonly<Record<string, Pick<Place, 'point'>>>;

/** The arrowheads of all scenes: in each they are as large as its camera asks. */
function arrowFeatures({ scenes, contacts }: LiveMapOptions, places: PlacesById): Feature[] {
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
function contactsIn(beats: LabelledScene['beats'], contacts: readonly Contact[]): Contact[] {
	const drawn = new Set(beats.flatMap((beat) => beat.contacts));
	return contacts.filter(({ id }) => drawn.has(id));
}

/** The lines of contacts, each in one piece. */
function wholeContacts(contacts: readonly Contact[], places: PlacesById): Feature[] {
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
function contactFeatures(contacts: readonly Contact[], places: PlacesById): Feature[] {
	return contacts.flatMap((contact) =>
		contactSegments(contact, places).map(({ along, line }): Feature => {
			const { id, kind } = contact;
			const properties = { ...ofStory('contact', contactKey(id)), kind, along };
			return { type: 'Feature', properties, geometry: geometryOf(line) };
		})
	);
}

/** Px of device per px of the images drawn for the style. */
const IMAGE_RATIO = 2;

function drawImage(side: number, draw: (pen: CanvasRenderingContext2D) => void): ImageData | null {
	const canvas = document.createElement('canvas');
	canvas.width = canvas.height = side * IMAGE_RATIO;
	const pen = canvas.getContext('2d');
	if (!pen) return null;
	pen.scale(IMAGE_RATIO, IMAGE_RATIO);
	draw(pen);
	return pen.getImageData(0, 0, canvas.width, canvas.height);
}

/** The images a style in these colours uses, by name. */
function imagesOf(palette: Palette): Map<string, ImageData | null> {
	const hatch = drawImage(8, (pen) => {
		pen.strokeStyle = palette.hatch;
		pen.lineWidth = 1.1;
		for (const start of [-8, 0, 8]) {
			pen.moveTo(start - 1, 9);
			pen.lineTo(start + 9, -1);
		}
		pen.stroke();
	});
	const badges = CONTACT_KINDS.map((kind) => {
		const side = 2 * DOT.contact + 2;
		const image = drawImage(side, (pen) => {
			pen.translate(side / 2, side / 2);
			pen.strokeStyle = palette.contact;
			pen.fillStyle = palette['plate-paper'];
			pen.lineCap = pen.lineJoin = 'round';
			pen.lineWidth = 1.25;
			pen.beginPath();
			pen.arc(0, 0, DOT.contact, 0, 2 * Math.PI);
			pen.fill();
			pen.stroke();
			pen.translate(-12, -12);
			pen.lineWidth = 1.5;
			pen.stroke(new Path2D(GLYPHS[kind]));
		});
		return [badgeImage(kind), image] as const;
	});
	return new Map([[HATCH_IMAGE, hatch], ...badges]);
}

/** Draws a map that nobody sees yet no faster than the GPU can, not anew for each piece of data that arrives. */
function drawUnhurried(map: maplibre.Map): { readonly stop: () => void } {
	const soon = map.triggerRepaint.bind(map);
	let asked = false;
	let stopped = false;
	map.triggerRepaint = () => {
		if (asked) return;
		asked = true;
		void drawnWhole(map.getCanvas()).then(() => {
			asked = false;
			if (!stopped) soon();
		});
	};
	return {
		stop() {
			stopped = true;
			map.triggerRepaint = soon;
		}
	};
}

/**
 * Waits, without holding up the page, until the GPU has drawn all that a canvas has been told. To put a canvas into
 * the page before that blocks the main thread for as long.
 */
async function drawnWhole(canvas: HTMLCanvasElement): Promise<void> {
	const gl = canvas.getContext('webgl2');
	const fence = gl?.fenceSync(gl.SYNC_GPU_COMMANDS_COMPLETE, 0);
	if (!gl || !fence) return;
	gl.flush();
	while (!gl.isContextLost() && gl.getSyncParameter(fence, gl.SYNC_STATUS) !== gl.SIGNALED) {
		await new Promise((resolve) => setTimeout(resolve, FENCE_MS));
	}
	gl.deleteSync(fence);
}

type PaintProperty = Parameters<maplibre.Map['setPaintProperty']>[1];

interface Window {
	readonly id: string;
	readonly url: string;
	state: 'away' | 'asked' | 'here';
}

/** Degrees that each near window covers: west, south, east, north. */
const WINDOW_BOUNDS: Readonly<Record<string, readonly [number, number, number, number]>> = {
	ukraine: [21, 43, 49, 58.5],
	bering: [160, 50, 232, 73],
	korea: [121, 33, 133, 44],
	germany: [2.4, 46.5, 17, 56],
	washington: [-81, 36.5, -69.5, 43.5]
};

function near(id: string, { lng, lat, zoom }: Camera): boolean {
	const bounds = WINDOW_BOUNDS[id];
	if (!bounds || zoom < WINDOW_ZOOM) return false;
	const [west, south, east, north] = bounds;
	const margin = 360 / 2 ** zoom;
	const turned = ((((lng - west) % 360) + 360) % 360) + west;
	return (
		lat > south - margin / 2 &&
		lat < north + margin / 2 &&
		(turned < east + margin || turned > west + 360 - margin)
	);
}

/** True where a tile lies in a window at least in part; elsewhere it would be asked for in vain. */
function reaches(id: string, { z, x, y }: maplibre.OverscaledTileID['canonical']): boolean {
	const bounds = WINDOW_BOUNDS[id];
	if (!bounds) return true;
	const [west, south, east, north] = bounds;
	const latitudeOf = (row: number) =>
		(Math.atan(Math.sinh(Math.PI * (1 - (2 * row) / 2 ** z))) * 180) / Math.PI;
	const longitudeOf = (column: number) => (360 * column) / 2 ** z - 180;
	const [left, right] = [longitudeOf(x), longitudeOf(x + 1)];
	// A window may lie across the antimeridian.
	const beside = [-360, 0, 360].some((turn) => left + turn < east && right + turn > west);
	return beside && latitudeOf(y) > south && latitudeOf(y + 1) < north;
}

/**
 * Starts a map in `container`.
 *
 * @throws GPUInitializationError where there is no WebGL 2
 */
export async function createLiveMap(options: LiveMapOptions): Promise<LiveMap> {
	// In a frame with a sandbox MapLibre starts its worker from its text, which can import nothing.
	maplibre.setWorkerUrl(self.origin === 'null' ? wholeWorkerUrl : workerUrl);
	const { places, scenes, crowd } = options;
	const byId = Object.fromEntries(places.map((place) => [place.id, place]));
	const sceneOrder = new Map(scenes.map(({ id }, order) => [id, order]));
	const geography = Promise.all([readTopoJson(worldUrl, { onFindings: warn }), options.outlines()]);
	// Where the map cannot start, nobody waits for its data any more.
	geography.catch(() => undefined);
	const paletteNow = () => {
		const style = getComputedStyle(options.container);
		return paletteOf((property) => style.getPropertyValue(property));
	};
	let { viewport } = options;
	let palette = paletteNow();
	const disputed = places.flatMap((place) => (place.disputed ? [place.id] : []));
	const map = new maplibre.Map({
		container: options.container,
		style: mapStyle(palette, MAP_FONTS, crowd, disputed),
		interactive: false,
		attributionControl: false,
		locale: { 'Map.Title': options.label },
		fadeDuration: 0,
		minZoom: -2,
		maxZoom: 12,
		maxPitch: 60,
		renderWorldCopies: false,
		trackResize: false,
		pixelRatio: UNSEEN_PIXEL_RATIO
	});
	const unhurried = drawUnhurried(map);
	const abandon = () => {
		gone = true;
		unhurried.stop();
		map.remove();
	};
	options.signal.addEventListener('abort', abandon);
	let shown = options.frame;
	let ready = false;
	let gone = false;
	let lit: Readonly<Record<string, number>> = {};
	let hatched: Readonly<Record<string, number>> = {};
	/** The places whose outlines are drawn: those that are lit, and those that were, until others or another scene come. */
	let laidOut: { readonly scene: string; readonly places: ReadonlySet<string> } = {
		scene: '',
		places: new Set()
	};
	let drawn = new Map<string, string>();
	const filters = new Map<string, string>();
	let labelsScaled = 1;
	let pointedAt: string | null = null;
	const windows: Window[] = Object.entries(windowUrls).map(([path, url]) => ({
		id: path.replace(/^.*\/|\.json$/g, ''),
		url,
		state: 'away'
	}));

	function source(id: string): maplibre.GeoJSONSource | undefined {
		const found = map.getSource(id);
		return found instanceof maplibre.GeoJSONSource ? found : undefined;
	}

	async function fill(id: string, features: Feature[]): Promise<void> {
		const given = source(id);
		const keyOf = ({ properties }: Feature): unknown => properties?.['key'];
		const inParts = given && (await feed(given, { type: 'FeatureCollection', features }, keyOf));
		// MapLibre loses count where a filter is set while it takes in one part after another.
		if (inParts) await map.once('idle');
		// It is copied to the worker, which takes as long as a frame: before the next the page may answer.
		await new Promise((resolve) => setTimeout(resolve));
	}

	async function openWindow(opened: Window): Promise<void> {
		if (opened.state !== 'away') return;
		opened.state = 'asked';
		try {
			const { collection } = await readTopoJson(opened.url, { onFindings: warn });
			if (gone) return;
			map.addSource(opened.id, { type: 'geojson', data: collection, maxzoom: 6 });
			const bounded: maplibre.Source | undefined = map.getSource(opened.id);
			if (bounded) bounded.hasTile = ({ canonical }) => reaches(opened.id, canonical);
			for (const layer of levelLayers(opened.id, palette)) map.addLayer(layer, FIRST_STORY_LAYER);
			opened.state = 'here';
		} catch (cause) {
			opened.state = 'away';
			console.warn(`The finer map “${opened.id}” did not load; the coarse one stays.`, cause);
		}
	}

	function moveCamera(frame: Frame): void {
		const { lng, lat, zoom, bearing, pitch } = onPlate(frame.camera, viewport.plate.side);
		const { width, height, plate } = viewport;
		map.jumpTo({
			center: [lng, lat],
			zoom,
			bearing,
			pitch,
			padding: {
				left: Math.max(0, 2 * plate.x - width),
				right: Math.max(0, width - 2 * plate.x),
				top: Math.max(0, 2 * plate.y - height),
				bottom: Math.max(0, height - 2 * plate.y)
			}
		});
	}

	/** True once something but the camera differs from what was last drawn. */
	let touched = false;

	function setState(
		keys: readonly string[],
		state: Readonly<Record<string, number>>,
		source = STORY_SOURCE
	): void {
		touched = true;
		for (const id of keys) map.setFeatureState({ source, id }, state);
	}

	/**
	 * Sets a filter where it differs from the one that is set: a filter makes the worker lay its source out anew. They are
	 * all made here, of what the style has been checked with.
	 */
	function filter(layer: string, next: maplibre.FilterSpecification): void {
		const key = JSON.stringify(next);
		if (filters.get(layer) === key) return;
		filters.set(layer, key);
		touched = true;
		map.setFilter(layer, next, { validate: false });
	}

	/** The places with an outline: what of a crowd is lit one by one. */
	let outlined: ReadonlySet<string> = new Set();
	const gathers = () => free && crowd.places;

	function light({ lit: asked, hatched: hatch, scene }: Frame): void {
		const litNow = gathers()
			? Object.fromEntries(Object.entries(asked).filter(([id]) => outlined.has(id)))
			: asked;
		const frame = { lit: litNow, hatched: hatch, scene };
		const isSame = frame.lit === lit && frame.hatched === hatched;
		const all = isSame ? [] : [lit, frame.lit, hatched, frame.hatched].flatMap(Object.keys);
		for (const id of new Set(all)) {
			const now = { lit: frame.lit[id] ?? 0, hatched: frame.hatched[id] ?? 0 };
			if ((lit[id] ?? 0) === now.lit && (hatched[id] ?? 0) === now.hatched) continue;
			setState(placeKeys(id), now);
		}
		lit = frame.lit;
		hatched = frame.hatched;
		const isNew = (id: string) => !laidOut.places.has(id);
		if (frame.scene !== laidOut.scene || Object.keys(lit).some(isNew))
			laidOut = { scene: frame.scene, places: new Set(Object.keys(lit).sort()) };
		const places = [...laidOut.places];
		filter('places-edge', placesFilter('edge', places));
		filter('places-area', placesFilter('area', places));
		filter('places-dot', dotsFilter(places));
		const side = viewport.plate.side;
		filter(LABELS_LAYER, labelsFilter(frame.scene, side));
		filter('cities-dot', citiesFilter(frame.scene, side));
		filter('contacts-arrow', arrowsFilter(frame.scene));
	}

	/** The places that are gathered now; null in the story, which lights them one by one. */
	let gathered: Frame['lit'] | null = null;

	/** Gives the map the places that the free map shows, where they are too many to be marked one by one. */
	function gather(frame: Frame): void {
		const wanted = gathers() ? frame.lit : null;
		if (wanted === gathered) return;
		gathered = wanted;
		const features = places
			.filter(({ id, kind }) => wanted && Object.hasOwn(wanted, id) && kind !== 'country')
			.map(({ id, name, point: [lng, lat] }): Feature => {
				const properties = { place: id, text: mapWords(name[options.language], options.language) };
				return {
					type: 'Feature',
					properties,
					geometry: { type: 'Point', coordinates: [lng, lat] }
				};
			});
		void source(GATHERED_SOURCE)?.setData({ type: 'FeatureCollection', features });
	}

	/** What the contacts at hand were brought for, a scene or what the free map shows, and which they are. */
	let brought: { readonly for: unknown; readonly ids: ReadonlySet<string> } = {
		for: null,
		ids: new Set()
	};

	/** Gives the map the contacts of the scenes around, or of the free map, where they are too many to hold all. */
	function bringContacts(frame: Frame): void {
		if (!crowd.contacts) return;
		const wanted = free ? frame.contacts : frame.scene;
		if (wanted === brought.for && frame.contacts.every(({ id }) => brought.ids.has(id))) return;
		const index = sceneOrder.get(frame.scene) ?? 0;
		const around = free ? [] : scenes.slice(Math.max(0, index - 1), index + 2);
		const beats = [
			...around.flatMap((scene) => scene.beats),
			{ contacts: frame.contacts.map(({ id }) => id) }
		];
		const contacts = contactsIn(beats, options.contacts);
		brought = { for: wanted, ids: new Set(contacts.map(({ id }) => id)) };
		const features = (free ? wholeContacts : contactFeatures)(contacts, byId);
		void source(CONTACTS_SOURCE)?.setData({ type: 'FeatureCollection', features });
	}

	function drawContacts({ contacts }: Frame): void {
		const frame = { contacts: free && crowd.contacts ? [] : contacts };
		const now = new Map(
			frame.contacts.map((contact) => [contact.id, `${contact.drawn} ${contact.opacity}`])
		);
		const gone = [...drawn.keys()].filter((id) => !now.has(id));
		const changes = [
			...gone.map((id) => ({ id, drawn: 0, opacity: 0 })),
			...frame.contacts.filter(({ id }) => drawn.get(id) !== now.get(id))
		];
		for (const { id, drawn: reach, opacity } of changes) {
			for (const source of crowd.contacts ? [STORY_SOURCE, CONTACTS_SOURCE] : [STORY_SOURCE])
				setState([contactKey(id)], { drawn: reach, opacity }, source);
		}
		drawn = now;
	}

	function setViewport(next: Viewport): void {
		const resized = next.width !== viewport.width || next.height !== viewport.height;
		viewport = next;
		if (resized) map.resize();
		map.setVerticalFieldOfView(fieldOfView(viewport.height, viewport.plate.side));
		const scale = labelScale(viewport.plate.side);
		if (scale === labelsScaled) return;
		labelsScaled = scale;
		map.setLayoutProperty(LABELS_LAYER, 'text-size', labelSize(scale));
	}

	let free = false;
	/** True where the free camera is still where it was given away. */
	let untouched = true;

	function setFree(next: boolean): void {
		if (free === next) return;
		free = next;
		untouched = true;
		map.stop();
		const { dragPan, scrollZoom, touchZoomRotate, doubleClickZoom, keyboard } = map;
		for (const handler of [dragPan, scrollZoom, touchZoomRotate, doubleClickZoom, keyboard]) {
			if (free) handler.enable();
			else handler.disable();
		}
		touchZoomRotate.disableRotation();
		keyboard.disableRotation();
		offerCanvas();
		if (!free) moveCamera(shown);
	}

	/** What the canvas is to those who do not see it: a thing to steer while it is free, else nothing beside the scene's own words. */
	function offerCanvas(): void {
		const canvas = map.getCanvas();
		canvas.tabIndex = free ? 0 : -1;
		canvas.role = free ? 'application' : 'presentation';
		canvas.ariaHidden = free ? null : 'true';
	}

	function look(): Camera {
		const { lng, lat } = map.getCenter();
		const zoom = map.getZoom() - Math.log2(viewport.plate.side / PLATE);
		return { lng, lat, zoom, bearing: map.getBearing(), pitch: map.getPitch() };
	}

	map.on('moveend', () => {
		if (!free) return;
		for (const each of windowsFor([look()])) void openWindow(each);
	});
	map.on('movestart', ({ originalEvent }) => {
		if (originalEvent) untouched = false;
	});

	function show(frame: Frame, next = viewport): void {
		const moved = (!free || untouched) && (frame.camera !== shown.camera || next !== viewport);
		shown = frame;
		if (next !== viewport) setViewport(next);
		if (!ready) return;
		if (moved) moveCamera(frame);
		light(frame);
		gather(frame);
		bringContacts(frame);
		drawContacts(frame);
		openAhead(frame);
		if (moved || touched) map.redraw();
		touched = false;
	}

	/** Fetches the windows that the present camera, the scene before and the one after look into. */
	function openAhead(frame: Frame): void {
		const index = sceneOrder.get(frame.scene) ?? -1;
		const ahead = scenes.slice(Math.max(0, index - 1), index + 2).map(({ camera }) => camera);
		for (const each of windowsFor([frame.camera, ...ahead])) void openWindow(each);
	}

	function windowsFor(cameras: readonly Camera[]): Window[] {
		return windows.filter(({ id }) => cameras.some((camera) => near(id, camera)));
	}

	function point(place: string | null): void {
		if (place === pointedAt) return;
		if (pointedAt !== null) setState(placeKeys(pointedAt), { hover: 0 });
		if (place !== null) setState(placeKeys(place), { hover: 1 });
		pointedAt = place;
	}

	/** Px around a point in which a mark or a dot of the free map is meant. */
	const NEARBY = 8;
	const around = (x: number, y: number): [maplibre.PointLike, maplibre.PointLike] => [
		[x - NEARBY, y - NEARBY],
		[x + NEARBY, y + NEARBY]
	];

	function labelAt(x: number, y: number): string | null {
		const [dots, names] = GATHERED_LAYERS.alone;
		const here = (layer: string) => map.queryRenderedFeatures([x, y], { layers: [layer] });
		// A dot is its place's, whatever name reaches over it.
		const found = gathers()
			? [...map.queryRenderedFeatures(around(x, y), { layers: [dots] }), ...here(names)]
			: [];
		const place: unknown = [...found, ...here(LABELS_LAYER)][0]?.properties['place'];
		return typeof place === 'string' ? place : null;
	}

	function markAt(x: number, y: number): maplibre.MapGeoJSONFeature | undefined {
		if (!gathers()) return undefined;
		return map.queryRenderedFeatures(around(x, y), { layers: [GATHERED_LAYERS.marks] })[0];
	}

	async function unfold(x: number, y: number, duration: number): Promise<void> {
		const mark = markAt(x, y);
		if (mark?.geometry.type !== 'Point') return;
		const [lng = NaN, lat = NaN] = mark.geometry.coordinates;
		const zoom = await source(GATHERED_SOURCE)?.getClusterExpansionZoom(
			Number(mark.properties['cluster_id'])
		);
		untouched = false;
		if (zoom !== undefined && !gone) map.easeTo({ center: [lng, lat], zoom, duration });
	}

	function drawImages(): void {
		for (const [name, image] of imagesOf(palette)) {
			if (!image) continue;
			if (map.hasImage(name)) map.updateImage(name, image);
			else map.addImage(name, image, { pixelRatio: IMAGE_RATIO });
		}
	}

	offerCanvas();
	map.on('webglcontextlost', () => {
		options.onLost();
	});
	map.on('webglcontextrestored', () => {
		if (ready) options.onRestored();
	});
	const workerLost = new Promise<never>((_, reject) => {
		map.on('error', ({ error: { message } }) => {
			// MapLibre waits for ever for a worker that did not start.
			if (WORKER_LOST.test(message)) reject(new Error(message));
		});
	});

	const loaded = map.once('load').then(() => {
		drawImages();
		// The picture shows them already: without them, its coasts would change as the map takes its place.
		return new Promise<void>((resolve) => {
			const patience = setTimeout(resolve, FINER_MS);
			void Promise.all(windowsFor([options.frame.camera]).map(openWindow)).then(() => {
				clearTimeout(patience);
				resolve();
			});
		});
	});
	const [[world, outlines]] = await Promise.race([Promise.all([geography, loaded]), workerLost]);
	outlined = new Set(
		outlines.features.flatMap(({ properties }) =>
			properties?.['role'] === 'area' ? [String(properties['place'])] : []
		)
	);
	await fill('world', world.collection.features);
	await fill(STORY_SOURCE, [
		...outlines.features,
		...labelFeatures(scenes, places),
		...arrowFeatures(options, byId),
		...(crowd.contacts ? [] : contactFeatures(options.contacts, byId))
	]);
	await fill(LETTERS_SOURCE, letterFeatures(scenes, options.frame.camera));
	options.signal.throwIfAborted();
	options.signal.removeEventListener('abort', abandon);
	ready = true;
	setViewport(viewport);
	moveCamera(shown);
	show(shown);
	void map.once('idle').then(async () => {
		unhurried.stop();
		map.setPixelRatio(Math.min(window.devicePixelRatio, 2));
		await map.once('idle');
		await drawnWhole(map.getCanvas());
		if (gone) return;
		const finer = windowsFor(scenes.map(({ camera }) => camera));
		options.onReady([worldUrl, ...finer.map(({ url }) => url)]);
	});

	return {
		show,
		point,
		labelAt,
		gathersAt: (x, y) => markAt(x, y) !== undefined,
		unfold: (x, y, duration) => void unfold(x, y, duration),
		setFree,
		look,
		lookAt(camera, duration) {
			untouched = false;
			const { lng, lat, zoom, bearing, pitch } = onPlate(camera, viewport.plate.side);
			map.easeTo({ center: [lng, lat], zoom, bearing, pitch, duration });
		},
		zoomBy(levels, duration) {
			untouched = false;
			map.easeTo({ zoom: map.getZoom() + levels, duration });
		},
		recolour() {
			palette = paletteNow();
			drawImages();
			const style = mapStyle(palette, MAP_FONTS, crowd, disputed);
			const layers = [...style.layers, ...windows.flatMap(({ id }) => levelLayers(id, palette))];
			for (const layer of layers) {
				if (!map.getLayer(layer.id)) continue;
				// Every paint of a style's layer is made of paint properties, which entries() forgets.
				const paint = Object.entries(layer.paint ?? {}) as [PaintProperty, unknown][];
				for (const [property, value] of paint)
					map.setPaintProperty(layer.id, property, value as never);
			}
		},
		view: {
			get camera() {
				const { lng, lat } = map.getCenter();
				return { lng, lat, zoom: map.getZoom(), bearing: map.getBearing(), pitch: map.getPitch() };
			},
			get scene() {
				return shown.scene;
			},
			get paragraph() {
				return shown.paragraph;
			},
			project(position) {
				const { x, y } = map.project([position[0], position[1]]);
				return [x, y];
			},
			get gathered() {
				if (!gathers()) return [];
				const found = map.querySourceFeatures(GATHERED_SOURCE, { filter: ['has', 'point_count'] });
				// One that lies at the edge of a tile is in both.
				const marks = new Map(
					found.map((mark) => [mark.properties['cluster_id'] as unknown, mark])
				);
				return [...marks.values()].flatMap(({ geometry, properties }) => {
					if (geometry.type !== 'Point') return [];
					const [lng = NaN, lat = NaN] = geometry.coordinates;
					const { x, y } = map.project([lng, lat]);
					return [{ count: Number(properties['point_count']), at: [x, y] as const }];
				});
			}
		},
		destroy() {
			gone = true;
			unhurried.stop();
			map.remove();
		}
	};
}
