/** The live map: the only module that runs MapLibre. It is told what to show and tells what was clicked. */
import type { Feature, FeatureCollection, LineString, Point } from 'geojson';
import * as maplibre from 'maplibre-gl';
import workerUrl from 'maplibre-gl/dist/maplibre-gl-worker.mjs?worker&url';
import { feature } from 'topojson-client';
import type { Topology } from 'topojson-specification';
import plexArabic from '@fontsource/ibm-plex-sans-arabic/files/ibm-plex-sans-arabic-arabic-500-normal.woff2?url';
import plexArabicLatin from '@fontsource/ibm-plex-sans-arabic/files/ibm-plex-sans-arabic-latin-500-normal.woff2?url';
import plexLatin from '@fontsource/ibm-plex-sans/files/ibm-plex-sans-latin-500-normal.woff2?url';
import labelsUrl from '$data/basemap/labels.json?url';
import worldUrl from '$data/basemap/world.json?url';
import { fieldOfView, onPlate } from './camera';
import {
	countryFilter,
	FIRST_STORY_LAYER,
	levelLayers,
	mapStyle,
	edgeFilter,
	placeFilter,
	type Palette
} from './map-style';
import { contactSegments } from './outline';
import type { Camera, Contact, Language, Place, Position } from './story';
import type { Frame } from './timeline';

const windowUrls = import.meta.glob<string>('/data/basemap/!(world|labels).json', {
	query: '?url',
	import: 'default',
	eager: true
});

/** Zoom, on the map's own size, from which a near window is fetched. */
const WINDOW_ZOOM = 2.6;
/** Half a finger's width, in px. */
const FINGER = 22;

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
}

export interface LiveMap {
	readonly show: (frame: Frame) => void;
	readonly resize: (viewport: Viewport) => void;
	readonly recolour: (palette: Palette) => void;
	readonly view: LiveView;
	readonly destroy: () => void;
}

export interface LiveMapOptions {
	readonly container: HTMLElement;
	readonly viewport: Viewport;
	readonly language: Language;
	readonly palette: Palette;
	readonly frame: Frame;
	readonly places: readonly Pick<Place, 'id' | 'name' | 'point'>[];
	readonly contacts: readonly Contact[];
	/** Address of the story's places, as GeoJSON. */
	readonly placesUrl: string;
	/** Ends a start that is not over yet; `destroy` ends a map that is there. */
	readonly signal: AbortSignal;
	readonly onReady: () => void;
	readonly onPlace: (place: string | null) => void;
	readonly onLost: () => void;
	readonly onRestored: () => void;
}

function geometryOf(line: readonly Position[]): LineString | Point {
	const [first] = line;
	const coordinates = line.map(([lng, lat]) => [lng, lat]);
	if (line.length === 1 && first) return { type: 'Point', coordinates: [first[0], first[1]] };
	return { type: 'LineString', coordinates };
}

const fontsOf = (language: Language) =>
	language === 'ar'
		? [
				{
					url: plexArabic,
					'unicode-range': ['U+0600-06FF', 'U+0750-077F', 'U+FB50-FDFF', 'U+FE70-FEFC']
				},
				{ url: plexArabicLatin, 'unicode-range': ['U+0000-024F', 'U+2000-206F'] }
			]
		: [{ url: plexLatin, 'unicode-range': ['U+0000-024F', 'U+2000-206F'] }];

async function fetchJson<T>(url: string): Promise<T> {
	const response = await fetch(url);
	if (!response.ok) throw new Error(`${url} answered ${response.status}, expected 200.`);
	// The build wrote and checked these files.
	return (await response.json()) as T;
}

/** A basemap level's objects as one collection, each feature with its object's name as `role`. */
function withRoles(topology: Topology): FeatureCollection {
	const features = Object.entries(topology.objects).flatMap(([role, object]): Feature[] => {
		const decoded = feature(topology, object);
		const list = decoded.type === 'FeatureCollection' ? decoded.features : [decoded];
		return list.map((item) => ({ ...item, properties: { ...item.properties, role } }));
	});
	return { type: 'FeatureCollection', features };
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

/**
 * Starts a map in `container`.
 *
 * @throws GPUInitializationError where there is no WebGL 2
 */
export async function createLiveMap(options: LiveMapOptions): Promise<LiveMap> {
	maplibre.setWorkerUrl(workerUrl);
	const { language, places } = options;
	let { viewport, palette } = options;
	const storyNames = places.map(({ name }) => name.en);
	const map = new maplibre.Map({
		container: options.container,
		style: mapStyle(language, palette, storyNames, fontsOf(language)),
		interactive: false,
		attributionControl: false,
		fadeDuration: 0,
		minZoom: -2,
		maxZoom: 12,
		maxPitch: 60,
		renderWorldCopies: false,
		trackResize: false,
		pixelRatio: Math.min(window.devicePixelRatio, 2)
	});
	const abandon = () => {
		map.remove();
	};
	options.signal.addEventListener('abort', abandon);
	let shown = options.frame;
	let ready = false;
	let lit: Readonly<Record<string, number>> = {};
	let drawn = new Map<string, string>();
	let names = '';
	let countries = '';
	const windows: Window[] = Object.entries(windowUrls).map(([path, url]) => ({
		id: path.replace(/^.*\/|\.json$/g, ''),
		url,
		state: 'away'
	}));

	function source(id: string): maplibre.GeoJSONSource | undefined {
		const found = map.getSource(id);
		return found instanceof maplibre.GeoJSONSource ? found : undefined;
	}

	async function openWindow(opened: Window): Promise<void> {
		opened.state = 'asked';
		try {
			const data = withRoles(await fetchJson<Topology>(opened.url));
			map.addSource(opened.id, { type: 'geojson', data, maxzoom: 9 });
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

	function light(frame: Frame): void {
		for (const id of new Set([...Object.keys(lit), ...Object.keys(frame.lit)])) {
			const amount = frame.lit[id] ?? 0;
			if ((lit[id] ?? 0) !== amount) map.setFeatureState({ source: 'places', id }, { lit: amount });
		}
		lit = frame.lit;
		const named = Object.keys(lit).sort();
		if (named.join() !== names) {
			names = named.join();
			map.setFilter('places-name', placeFilter(named));
			map.setFilter('places-edge', edgeFilter(named));
		}
		if (frame.countries.join() !== countries) {
			countries = frame.countries.join();
			map.setFilter('countries', countryFilter(frame.countries));
		}
	}

	function drawContacts(frame: Frame): void {
		const now = new Map(
			frame.contacts.map((contact) => [contact.id, `${contact.drawn} ${contact.opacity}`])
		);
		for (const id of drawn.keys()) {
			if (!now.has(id)) map.setFeatureState({ source: 'contacts', id }, { drawn: 0, opacity: 0 });
		}
		for (const { id, drawn: reach, opacity } of frame.contacts) {
			if (drawn.get(id) === now.get(id)) continue;
			map.setFeatureState({ source: 'contacts', id }, { drawn: reach, opacity });
		}
		drawn = now;
	}

	function show(frame: Frame): void {
		const moved = frame.camera !== shown.camera;
		shown = frame;
		if (!ready) return;
		if (moved) moveCamera(frame);
		light(frame);
		drawContacts(frame);
		for (const candidate of windows) {
			if (
				candidate.state === 'away' &&
				near(candidate.id, onPlate(frame.camera, viewport.plate.side))
			) {
				void openWindow(candidate);
			}
		}
		map.redraw();
	}

	function resize(next: Viewport): void {
		viewport = next;
		map.resize();
		map.setVerticalFieldOfView(fieldOfView(viewport.height, viewport.plate.side));
		moveCamera(shown);
		map.redraw();
	}

	/** The smallest place within a finger's width: points first, then areas. */
	function placeAt(x: number, y: number): string | null {
		const nearest = places
			.filter(({ id }) => (lit[id] ?? 0) > 0.5)
			.map(({ id, point }) => {
				const at = map.project([point[0], point[1]]);
				return { id, distance: Math.hypot(at.x - x, at.y - y) };
			})
			.filter(({ distance }) => distance <= FINGER)
			.sort((a, b) => a.distance - b.distance)[0];
		if (nearest) return nearest.id;
		const areas = map
			.queryRenderedFeatures([x, y], { layers: ['places-area'] })
			.sort((a, b) => Number(a.properties['size']) - Number(b.properties['size']));
		const id: unknown = areas[0]?.properties['place'];
		return typeof id === 'string' ? id : null;
	}

	function onClick(event: MouseEvent): void {
		const box = options.container.getBoundingClientRect();
		options.onPlace(placeAt(event.clientX - box.left, event.clientY - box.top));
	}

	await map.once('load');
	options.container.addEventListener('click', onClick);
	map.on('webglcontextlost', () => {
		options.onLost();
	});
	map.on('webglcontextrestored', () => {
		options.onRestored();
	});

	const byId = Object.fromEntries(places.map((place) => [place.id, place]));
	const [world, labels, outlines] = await Promise.all([
		fetchJson<Topology>(worldUrl),
		fetchJson<FeatureCollection>(labelsUrl),
		fetchJson<FeatureCollection>(options.placesUrl)
	]);
	options.signal.throwIfAborted();
	options.signal.removeEventListener('abort', abandon);
	void source('world')?.setData(withRoles(world));
	void source('labels')?.setData(labels);
	void source('places')?.setData(outlines);
	void source('contacts')?.setData({
		type: 'FeatureCollection',
		features: options.contacts.flatMap((contact) =>
			contactSegments(contact, byId).map(({ along, line }) => ({
				type: 'Feature' as const,
				properties: { contact: contact.id, kind: contact.kind, along },
				geometry: geometryOf(line)
			}))
		)
	});
	ready = true;
	resize(viewport);
	show(options.frame);
	void map.once('idle').then(() => {
		options.onReady();
	});

	return {
		show,
		resize,
		recolour(next) {
			palette = next;
			const style = mapStyle(language, palette, storyNames, fontsOf(language));
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
			}
		},
		destroy() {
			options.container.removeEventListener('click', onClick);
			map.remove();
		}
	};
}
