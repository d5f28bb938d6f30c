/** The live map's style: the same layers as the picture's, in MapLibre's words. */
import type {
	DataDrivenPropertyValueSpecification,
	ExpressionSpecification,
	FilterSpecification,
	LayerSpecification,
	StyleSpecification
} from 'maplibre-gl';
import type { FontFile } from './fonts';
import type { Language } from './story';

/** Colours by role, as app.css names them. */
export type Palette = Readonly<
	Record<
		| 'sea'
		| 'land'
		| 'lake'
		| 'border'
		| 'coast'
		| 'ink'
		| 'ink-quiet'
		| 'halo'
		| 'sea-ink'
		| 'focus'
		| 'contact',
		string
	>
>;

/** Names of the map's typeface in the style, by weight. */
const MAP_FONT = { regular: 'Masar Sans', strong: 'Masar Sans Strong' } as const;

/** Zoom from which a near window covers the coarse world. */
const NEAR = 3;

const role = (...roles: string[]): FilterSpecification => [
	'in',
	['get', 'role'],
	['literal', roles]
];
const both = (...filters: FilterSpecification[]): FilterSpecification =>
	// Expression filters nest freely; the union with legacy filters hides it.
	['all', ...filters] as FilterSpecification;
const status = (value: string): FilterSpecification => ['==', ['get', 'status'], value];

/** Layers of one level of the basemap: the world, or a near window. */
export function levelLayers(level: string, palette: Palette): LayerSpecification[] {
	const base = { source: level, minzoom: level === 'world' ? 0 : NEAR } as const;
	const id = (name: string) => `${level}-${name}`;
	const round = { 'line-join': 'round', 'line-cap': 'round' } as const;
	return [
		{
			...base,
			id: id('sea'),
			type: 'fill',
			filter: role('sea'),
			paint: { 'fill-color': palette.sea, 'fill-antialias': false }
		},
		{
			...base,
			id: id('land'),
			type: 'fill',
			filter: role('land'),
			paint: { 'fill-color': palette.land, 'fill-antialias': false }
		},
		{
			...base,
			id: id('lakes'),
			type: 'fill',
			filter: role('lakes'),
			paint: { 'fill-color': palette.sea, 'fill-antialias': false }
		},
		{
			...base,
			id: id('rivers'),
			type: 'line',
			filter: role('rivers', 'shores'),
			layout: round,
			paint: { 'line-color': palette.lake, 'line-width': 0.6 }
		},
		{
			...base,
			id: id('admin1'),
			type: 'line',
			filter: role('admin1'),
			layout: round,
			paint: { 'line-color': palette.border, 'line-width': 0.5, 'line-opacity': 0.6 }
		},
		{
			...base,
			id: id('borders'),
			type: 'line',
			filter: both(role('borders'), status('agreed')),
			layout: round,
			paint: { 'line-color': palette.border, 'line-width': 0.9 }
		},
		{
			...base,
			id: id('disputed'),
			type: 'line',
			filter: both(role('borders'), status('disputed')),
			paint: { 'line-color': palette.border, 'line-width': 0.9, 'line-dasharray': [3, 3] }
		},
		{
			...base,
			id: id('coast'),
			type: 'line',
			filter: role('coast'),
			layout: round,
			paint: { 'line-color': palette.coast, 'line-width': 0.7 }
		}
	];
}

const state = (name: string): ExpressionSpecification => ['coalesce', ['feature-state', name], 0];

function placeLayers(palette: Palette): LayerSpecification[] {
	return [
		{
			id: 'places-area',
			type: 'fill',
			source: 'places',
			filter: role('area'),
			paint: { 'fill-color': palette.focus, 'fill-opacity': ['*', state('lit'), 0.16] }
		},
		{
			id: 'places-edge',
			type: 'line',
			source: 'places',
			filter: role('edge'),
			layout: { 'line-join': 'round' },
			paint: { 'line-color': palette.focus, 'line-width': 1.4, 'line-opacity': state('lit') }
		}
	];
}

function contactLayers(palette: Palette): LayerSpecification[] {
	const drawn: DataDrivenPropertyValueSpecification<number> = [
		'case',
		['<=', ['get', 'along'], state('drawn')],
		state('opacity'),
		0
	];
	const line = (
		kind: string,
		width: DataDrivenPropertyValueSpecification<number>
	): LayerSpecification => ({
		id: `contacts-${kind}`,
		type: 'line',
		source: 'contacts',
		filter: ['==', ['get', 'kind'], kind],
		layout: { 'line-cap': kind === 'video' || kind === 'visit' ? 'butt' : 'round' },
		paint: { 'line-color': palette.contact, 'line-width': width, 'line-opacity': drawn }
	});
	return [
		{
			id: 'contacts-telephone',
			type: 'circle',
			source: 'contacts',
			filter: ['==', ['get', 'kind'], 'telephone'],
			paint: { 'circle-color': palette.contact, 'circle-radius': 1.7, 'circle-opacity': drawn }
		},
		line('video', 2.4),
		line('meeting', 2.4),
		line('visit', 1.6),
		line('troops', ['interpolate', ['linear'], ['get', 'along'], 0, 1.4, 1, 6])
	];
}

function labelLayers(
	language: Language,
	palette: Palette,
	storyNames: readonly string[]
): LayerSpecification[] {
	const name: ExpressionSpecification = ['get', `name:${language}`];
	const halo = { 'text-halo-color': palette.halo, 'text-halo-width': 1.4 } as const;
	return [
		{
			id: 'seas',
			type: 'symbol',
			source: 'labels',
			filter: both(
				['==', ['get', 'kind'], 'sea'],
				['<=', ['get', 'rank'], ['step', ['zoom'], 1, 1, 2, 2.6, 3, 4, 5]]
			),
			layout: {
				'text-field': name,
				'text-font': [MAP_FONT.regular],
				'text-size': 12,
				'text-max-width': 7
			},
			paint: { 'text-color': palette['sea-ink'] }
		},
		{
			id: 'cities',
			type: 'symbol',
			source: 'labels',
			minzoom: 3.4,
			filter: both(
				['==', ['get', 'kind'], 'city'],
				['!', ['in', ['get', 'name:en'], ['literal', [...storyNames]]]],
				['<=', ['get', 'rank'], ['step', ['zoom'], 1, 3.8, 2, 4.8, 3, 6, 5]]
			),
			layout: {
				'text-field': name,
				'text-font': [MAP_FONT.regular],
				'text-size': 11.5,
				'text-variable-anchor': ['left', 'right', 'top', 'bottom'],
				'text-radial-offset': 0.5
			},
			paint: { 'text-color': palette['ink-quiet'], ...halo }
		},
		{
			id: 'countries',
			type: 'symbol',
			source: 'labels',
			filter: ['==', ['get', 'kind'], ''],
			layout: {
				'text-field': name,
				'text-font': [MAP_FONT.regular],
				'text-size': 14,
				'text-max-width': 6
			},
			paint: { 'text-color': palette['ink-quiet'], ...halo }
		},
		{
			id: 'places-dot',
			type: 'circle',
			source: 'places',
			filter: both(role('point'), ['!=', ['get', 'kind'], 'country']),
			paint: {
				'circle-radius': 4,
				'circle-color': palette.focus,
				'circle-stroke-color': palette.halo,
				'circle-stroke-width': 1.5,
				'circle-opacity': state('lit'),
				'circle-stroke-opacity': state('lit')
			}
		},
		{
			id: 'places-name',
			type: 'symbol',
			source: 'places',
			filter: ['==', ['get', 'place'], ''],
			layout: {
				'text-field': name,
				'text-font': [MAP_FONT.strong],
				'text-size': 15,
				'text-variable-anchor': ['left', 'right', 'bottom', 'top'],
				'text-radial-offset': 0.7,
				'symbol-sort-key': 0
			},
			paint: {
				'text-color': palette.ink,
				'text-halo-color': palette.halo,
				'text-halo-width': 1.8,
				'text-opacity': state('lit')
			}
		}
	];
}

/** Filter that names these countries alone. */
export function countryFilter(countries: readonly string[]): FilterSpecification {
	return both(
		['==', ['get', 'kind'], 'country'],
		['in', ['get', 'country'], ['literal', [...countries]]]
	);
}

/** Filter that strokes the outlines of these places alone: an unseen line costs as much as a seen one. */
export function edgeFilter(places: readonly string[]): FilterSpecification {
	return both(role('edge'), ['in', ['get', 'place'], ['literal', [...places]]]);
}

/** Filter that names these places alone; a country is named by its own label. */
export function placeFilter(places: readonly string[]): FilterSpecification {
	return both(
		role('point'),
		['!=', ['get', 'kind'], 'country'],
		['in', ['get', 'place'], ['literal', [...places]]]
	);
}

const NOTHING = { type: 'FeatureCollection' as const, features: [] };

/** Layer below which a near window's layers are put. */
export const FIRST_STORY_LAYER = 'places-area';

/**
 * @param storyNames - English names of the story's places, which have labels of their own
 * @param fonts - the typeface's files by weight, each with the Unicode ranges it holds
 */
export function mapStyle(
	language: Language,
	palette: Palette,
	storyNames: readonly string[],
	fonts: Readonly<Record<keyof typeof MAP_FONT, readonly FontFile[]>>
): StyleSpecification {
	const source = (promoteId?: string) => ({
		type: 'geojson' as const,
		data: NOTHING,
		...(promoteId ? { promoteId } : {})
	});
	return {
		version: 8,
		projection: { type: 'vertical-perspective' },
		'font-faces': {
			[MAP_FONT.regular]: [...fonts.regular],
			[MAP_FONT.strong]: [...fonts.strong]
		},
		sources: {
			world: { ...source(), maxzoom: 8, tolerance: 0.6 },
			places: { ...source('place'), maxzoom: 10 },
			contacts: { ...source('contact'), maxzoom: 6 },
			labels: source()
		},
		layers: [
			{ id: 'background', type: 'background', paint: { 'background-color': palette.sea } },
			...levelLayers('world', palette),
			...placeLayers(palette),
			...contactLayers(palette),
			...labelLayers(language, palette, storyNames)
		]
	};
}
