/** The live map: the only module that runs MapLibre. It is told what to show and tells whose name stands where. */
import type { Feature, FeatureCollection } from 'geojson';
import * as maplibre from 'maplibre-gl';
import wholeWorkerUrl from 'maplibre-gl/dist/maplibre-gl-worker.mjs?url';
import workerUrl from 'maplibre-gl/dist/maplibre-gl-worker.mjs?worker&url';
import worldUrl from '$data/basemap/world.json?url';
import type { Crowd } from '../timeline/exploration';
import { MAP_FONTS } from '../cartography/fonts';
import { readTopoJson, warn } from '../geojson/worker/reader';
import { GLYPHS } from '../cartography/glyphs';
import { DOT } from '../cartography/labels';
import {
	arrowFeatures,
	contactFeatures,
	labelFeatures,
	letterFeatures,
	type LabelledScene,
	type MappedPlace
} from './features';
import {
	badgeImage,
	FIRST_STORY_LAYER,
	GATHERED_LAYERS,
	GATHERED_SOURCE,
	HATCH_IMAGE,
	LABELS_LAYER,
	LETTERS_SOURCE,
	levelLayers,
	mapStyle,
	paletteOf,
	STORY_SOURCE,
	type Palette
} from './style';
import { CAMERA_LIMITS, Painter, type Viewport } from './painter';
import { CONTACT_KINDS, type Camera, type Contact, type Language } from '../model/story';
import type { Frame } from '../timeline/timeline';

export type { Viewport };

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
}

export interface LiveMapOptions {
	readonly container: HTMLElement;
	/** What the map is called while it is in the reader's hands, and how a keyboard moves it. */
	readonly label: string;
	readonly viewport: Viewport;
	readonly frame: Frame;
	readonly places: readonly (MappedPlace & { readonly disputed: boolean })[];
	readonly contacts: readonly Contact[];
	readonly language: Language;
	/** What there is too much of to be on the map all at once. */
	readonly crowd: Crowd;
	/** The scenes in their order, with what is named in each. */
	readonly scenes: readonly LabelledScene[];
	/** The story's places, as GeoJSON. */
	readonly outlines: () => Promise<FeatureCollection>;
	/** Ends the map, or its start. */
	readonly signal: AbortSignal;
	/** @param basemap - addresses of its parts that the scenes look into, whether they have been fetched or not */
	readonly onReady: (basemap: readonly string[]) => void;
	/** The map has lost its WebGL context, and with it all that was drawn: nothing may be asked of it any more. */
	readonly onLost: () => void;
	/** A lost context has come back; MapLibre has made its style anew, but not the state of its features. */
	readonly onRestored: () => void;
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
	let palette = paletteNow();
	const disputed = places.flatMap((place) => (place.disputed ? [place.id] : []));
	const map = new maplibre.Map({
		container: options.container,
		style: mapStyle(palette, MAP_FONTS, crowd, disputed),
		interactive: false,
		attributionControl: false,
		locale: { 'Map.Title': options.label },
		fadeDuration: 0,
		...CAMERA_LIMITS,
		trackResize: false,
		pixelRatio: UNSEEN_PIXEL_RATIO
	});
	const unhurried = drawUnhurried(map);
	const { signal } = options;
	signal.addEventListener('abort', () => {
		unhurried.stop();
		map.remove();
	});
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
		void source(id)?.setData({ type: 'FeatureCollection', features });
		// It is copied to the worker, which takes as long as a frame: before the next the page may answer.
		await new Promise((resolve) => setTimeout(resolve));
	}

	async function openWindow(opened: Window): Promise<void> {
		if (opened.state !== 'away') return;
		opened.state = 'asked';
		try {
			const { collection } = await readTopoJson(opened.url, { onFindings: warn });
			if (signal.aborted) return;
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

	/** What the canvas is to those who do not see it: a thing to steer while it is free, else nothing beside the scene's own words. */
	function offerCanvas(free: boolean): void {
		const canvas = map.getCanvas();
		canvas.tabIndex = free ? 0 : -1;
		canvas.role = free ? 'application' : 'presentation';
		canvas.ariaHidden = free ? null : 'true';
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

	function drawImages(): void {
		for (const [name, image] of imagesOf(palette)) {
			if (!image) continue;
			if (map.hasImage(name)) map.updateImage(name, image);
			else map.addImage(name, image, { pixelRatio: IMAGE_RATIO });
		}
	}

	offerCanvas(false);
	map.on('webglcontextlost', options.onLost);
	map.on('webglcontextrestored', options.onRestored);
	const workerLost = new Promise<never>((_, reject) => {
		map.on('error', ({ error }) => {
			// MapLibre waits for ever for a worker that did not start.
			if (WORKER_LOST.test(error.message)) reject(new Error(error.message, { cause: error }));
			// It logs an error itself only where nobody listens.
			else console.error(error);
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
	const outlined = new Set(
		outlines.features.flatMap(({ properties }) =>
			properties?.['role'] === 'area' ? [String(properties['place'])] : []
		)
	);
	await fill('world', world.collection.features);
	await fill(STORY_SOURCE, [
		...outlines.features,
		...labelFeatures(scenes, places),
		...arrowFeatures(scenes, options.contacts, byId),
		...(crowd.contacts ? [] : contactFeatures(options.contacts, byId))
	]);
	await fill(LETTERS_SOURCE, letterFeatures(scenes, options.frame.camera));
	signal.throwIfAborted();
	const { contacts, language, frame, viewport } = options;
	const story = { places, contacts, scenes, language, crowd, outlined };
	const painter = new Painter(map, story, frame, viewport);
	openAhead(frame);
	map.on('moveend', () => {
		if (!painter.free) return;
		for (const each of windowsFor([painter.look()])) void openWindow(each);
	});
	map.on('movestart', ({ originalEvent }) => {
		if (originalEvent) painter.touch();
	});
	void map.once('idle').then(async () => {
		unhurried.stop();
		map.setPixelRatio(Math.min(window.devicePixelRatio, 2));
		await map.once('idle');
		await drawnWhole(map.getCanvas());
		if (signal.aborted) return;
		const finer = windowsFor(scenes.map(({ camera }) => camera));
		options.onReady([worldUrl, ...finer.map(({ url }) => url)]);
	});

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
		const found = painter.gathers
			? [...map.queryRenderedFeatures(around(x, y), { layers: [dots] }), ...here(names)]
			: [];
		const place: unknown = [...found, ...here(LABELS_LAYER)][0]?.properties['place'];
		return typeof place === 'string' ? place : null;
	}

	function markAt(x: number, y: number): maplibre.MapGeoJSONFeature | undefined {
		if (!painter.gathers) return undefined;
		return map.queryRenderedFeatures(around(x, y), { layers: [GATHERED_LAYERS.marks] })[0];
	}

	async function unfold(x: number, y: number, duration: number): Promise<void> {
		const mark = markAt(x, y);
		if (mark?.geometry.type !== 'Point') return;
		const [lng = NaN, lat = NaN] = mark.geometry.coordinates;
		const zoom = await source(GATHERED_SOURCE)?.getClusterExpansionZoom(
			Number(mark.properties['cluster_id'])
		);
		painter.touch();
		if (zoom !== undefined && !signal.aborted) map.easeTo({ center: [lng, lat], zoom, duration });
	}

	function setFree(free: boolean): void {
		if (painter.free === free) return;
		painter.setFree(free);
		const { dragPan, scrollZoom, touchZoomRotate, doubleClickZoom, keyboard } = map;
		for (const handler of [dragPan, scrollZoom, touchZoomRotate, doubleClickZoom, keyboard]) {
			if (free) handler.enable();
			else handler.disable();
		}
		touchZoomRotate.disableRotation();
		keyboard.disableRotation();
		offerCanvas(free);
	}

	return {
		show(frame, viewport) {
			openAhead(frame);
			painter.show(frame, viewport);
		},
		point: (place) => {
			painter.point(place);
		},
		labelAt,
		gathersAt: (x, y) => markAt(x, y) !== undefined,
		unfold: (x, y, duration) => void unfold(x, y, duration),
		setFree,
		look: () => painter.look(),
		lookAt: (camera, duration) => {
			painter.lookAt(camera, duration);
		},
		zoomBy: (levels, duration) => {
			painter.zoomBy(levels, duration);
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
				return painter.frame.scene;
			},
			get paragraph() {
				return painter.frame.paragraph;
			},
			project(position) {
				const { x, y } = map.project([position[0], position[1]]);
				return [x, y];
			},
			get gathered() {
				if (!painter.gathers) return [];
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
		}
	};
}
