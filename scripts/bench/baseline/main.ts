/**
 * The common way to build a story map: MapLibre is part of the page's script, the chapters of a configuration are turned
 * into elements, an IntersectionObserver says which one is read, and each tells the map to fly somewhere.
 */
import type { FeatureCollection } from 'geojson';
import {
	GeoJSONSource,
	Map,
	setWorkerUrl,
	type FilterSpecification,
	type LayerSpecification
} from 'maplibre-gl';
import workerUrl from 'maplibre-gl/dist/maplibre-gl-worker.mjs?worker&url';
import { feature } from 'topojson-client';
import type { Topology } from 'topojson-specification';
import arabic from '@fontsource/ibm-plex-sans-arabic/files/ibm-plex-sans-arabic-arabic-500-normal.woff2?url';
import latin from '@fontsource/ibm-plex-sans/files/ibm-plex-sans-latin-500-normal.woff2?url';
import story from 'virtual:story';
import labelsUrl from '../../../data/basemap/labels.json?url';
import worldUrl from '../../../data/basemap/world.json?url';
import type { Chapter } from './story';

const detailUrls = import.meta.glob<string>(
	['../../../data/basemap/*.json', '!**/world.json', '!**/labels.json'],
	{ query: '?url', import: 'default', eager: true }
);

declare global {
	interface Window {
		/** For those who measure. */
		baseline?: Map;
	}
}

const SEA = '#dce6ea';
const FOCUS = '#a8321e';
const CONTACT = '#0f5c6e';
const FONT = ['Plex'];

function element(tag: string, text: string): HTMLElement {
	const made = document.createElement(tag);
	made.textContent = text;
	return made;
}

function step({ id, heading, paragraphs }: Chapter, index: number): HTMLElement {
	const card = element('div', '');
	card.className = 'card';
	if (index === 0) card.append(element('h1', story.title), element('p', story.standfirst));
	else card.append(element('h2', heading), ...paragraphs.map((text) => element('p', text)));
	const section = element('section', '');
	section.id = id;
	section.className = 'step';
	section.append(card);
	return section;
}

const steps = story.chapters.map(step);
document.querySelector('#story')?.append(...steps);

async function json<T>(url: string): Promise<T> {
	const response = await fetch(url);
	// Files of the page's own build.
	return (await response.json()) as T;
}

async function geography(url: string): Promise<FeatureCollection> {
	const topology = await json<Topology>(url);
	const features = Object.entries(topology.objects).flatMap(([role, object]) => {
		const decoded = feature(topology, object);
		const list = decoded.type === 'FeatureCollection' ? decoded.features : [decoded];
		return list.map((item) => ({ ...item, properties: { ...item.properties, role } }));
	});
	return { type: 'FeatureCollection', features };
}

const data = Promise.all([
	geography(worldUrl),
	json<FeatureCollection>(labelsUrl),
	json<FeatureCollection>('./places.json')
]);

const role = (name: string): FilterSpecification => ['==', ['get', 'role'], name];
const among = (property: string, values: readonly string[]): FilterSpecification => [
	'in',
	['get', property],
	['literal', [...values]]
];
const both = (...filters: FilterSpecification[]): FilterSpecification =>
	// Expression filters nest freely; the union with legacy filters hides it.
	['all', ...filters] as FilterSpecification;

function geographyLayers(source: string, minzoom: number): LayerSpecification[] {
	const fill = (name: string, color: string): LayerSpecification => ({
		id: `${source}-${name}`,
		type: 'fill',
		source,
		minzoom,
		filter: role(name),
		paint: { 'fill-color': color }
	});
	const line = (name: string, color: string): LayerSpecification => ({
		id: `${source}-${name}`,
		type: 'line',
		source,
		minzoom,
		filter: role(name),
		paint: { 'line-color': color, 'line-width': 0.8 }
	});
	return [
		fill('sea', SEA),
		fill('land', '#f3ecdc'),
		fill('lakes', SEA),
		line('rivers', '#c3d3da'),
		line('admin1', '#a99e8b'),
		line('borders', '#a99e8b'),
		line('coast', '#9fb0b5')
	];
}

function storyLayers({ places, contacts, countries }: Chapter): LayerSpecification[] {
	const text = { 'text-field': ['get', `name:${story.language}`], 'text-font': FONT };
	const halo = { 'text-color': '#1b2330', 'text-halo-color': '#f8f5ee', 'text-halo-width': 1.5 };
	// The layers are written as such pages write them, as plain JSON, which is wider than MapLibre's types.
	return [
		{
			id: 'places-area',
			type: 'fill',
			source: 'places',
			filter: both(role('area'), among('place', places)),
			paint: { 'fill-color': FOCUS, 'fill-opacity': 0.16 }
		},
		{
			id: 'places-edge',
			type: 'line',
			source: 'places',
			filter: both(role('area'), among('place', places)),
			paint: { 'line-color': FOCUS, 'line-width': 1.4 }
		},
		{
			id: 'contacts',
			type: 'line',
			source: 'contacts',
			filter: among('contact', contacts),
			paint: { 'line-color': CONTACT, 'line-width': 2.4 }
		},
		{
			id: 'countries',
			type: 'symbol',
			source: 'labels',
			filter: both(['==', ['get', 'kind'], 'country'], among('country', countries)),
			layout: { ...text, 'text-size': 14 },
			paint: halo
		},
		{
			id: 'places-dot',
			type: 'circle',
			source: 'places',
			filter: both(role('point'), among('place', places)),
			paint: { 'circle-radius': 4, 'circle-color': FOCUS }
		},
		{
			id: 'places-name',
			type: 'symbol',
			source: 'places',
			filter: both(role('point'), among('place', places)),
			layout: {
				...text,
				'text-size': 15,
				'text-variable-anchor': ['left', 'right', 'top'],
				'text-radial-offset': 0.7
			},
			paint: halo
		}
	] as LayerSpecification[];
}

setWorkerUrl(workerUrl);
const [first] = story.chapters;
if (!first) throw new Error('The story has no chapters.');
const empty: FeatureCollection = { type: 'FeatureCollection', features: [] };
const map = new Map({
	container: 'map',
	interactive: false,
	center: first.center,
	zoom: zoomHere(first),
	style: {
		version: 8,
		projection: { type: 'globe' },
		'font-faces': {
			Plex: [
				{ url: arabic, 'unicode-range': ['U+0600-06FF', 'U+FB50-FDFF', 'U+FE70-FEFC'] },
				{ url: latin, 'unicode-range': ['U+0000-024F', 'U+2000-206F'] }
			]
		},
		sources: {},
		layers: [{ id: 'sea', type: 'background', paint: { 'background-color': SEA } }]
	}
});
window.baseline = map;

/** The zoom for this screen: the chapters' are for one of 512 px. */
function zoomHere({ zoom }: Chapter): number {
	return zoom + Math.log2(Math.min(innerWidth, innerHeight) / 512);
}

function enter(chapter: Chapter): void {
	map.flyTo({
		center: chapter.center,
		zoom: zoomHere(chapter),
		bearing: chapter.bearing,
		pitch: chapter.pitch
	});
	for (const layer of storyLayers(chapter)) {
		if ('filter' in layer) map.setFilter(layer.id, layer.filter);
	}
}

map.on('load', () => {
	void data.then(async ([world, labels, places]) => {
		const source = (id: string, collection: FeatureCollection) => {
			map.addSource(id, { type: 'geojson', data: collection });
		};
		source('world', world);
		source('labels', labels);
		source('places', places);
		source('contacts', {
			type: 'FeatureCollection',
			features: story.contacts.map(({ id, kind, lines }) => ({
				type: 'Feature',
				properties: { contact: id, kind },
				geometry: { type: 'MultiLineString', coordinates: lines }
			}))
		});
		for (const layer of geographyLayers('world', 0)) map.addLayer(layer);
		for (const layer of storyLayers(first)) map.addLayer(layer);
		observe();
		await map.once('idle');
		performance.mark('baseline:map');
		for (const [path, url] of Object.entries(detailUrls)) {
			const id = path.replace(/^.*\/|\.json$/g, '');
			source(id, empty);
			for (const layer of geographyLayers(id, 3)) map.addLayer(layer, 'places-area');
			const detail = map.getSource(id);
			if (detail instanceof GeoJSONSource)
				void geography(url).then((loaded) => detail.setData(loaded));
		}
	});
});

function observe(): void {
	const observer = new IntersectionObserver(
		(entries) => {
			for (const { target, isIntersecting } of entries) {
				target.classList.toggle('active', isIntersecting);
				const chapter = story.chapters.find(({ id }) => id === target.id);
				if (isIntersecting && chapter) enter(chapter);
			}
		},
		{ rootMargin: '-50% 0px -50% 0px' }
	);
	for (const section of steps) observer.observe(section);
}
