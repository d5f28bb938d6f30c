/** The live map's style: the same layers as the picture's, in MapLibre's words. */
import type {
	DataDrivenPropertyValueSpecification,
	ExpressionSpecification,
	FilterSpecification,
	LayerSpecification,
	StyleSpecification
} from 'maplibre-gl';
import type { Crowd } from '../timeline/exploration';
import type { FontFile } from '../cartography/fonts';
import {
	DETAIL_SCALE,
	DOT,
	FULL_SIZE_PLATE,
	LABEL_GAP,
	LABEL_LEADING,
	LABEL_SIZE,
	ROOMY_PLATE,
	type LabelKind
} from '../cartography/labels';
import type { ContactKind } from '../model/story';

const ROLES = [
	'sea',
	'land',
	'land-near',
	'lake',
	'border',
	'border-near',
	'coast',
	'ink',
	'ink-quiet',
	'halo',
	'sea-ink',
	'focus',
	'hatch',
	'contact',
	'plate-paper'
] as const;

/** Colours by role, as styles/roles.css names them. */
export type Palette = Readonly<Record<(typeof ROLES)[number], string>>;

/** @param valueOf - gives the value of a custom property by its name */
export function paletteOf(valueOf: (property: string) => string): Palette {
	const entries = ROLES.map((role) => [role, valueOf(`--${role}`).trim()] as const);
	// ROLES names every role, which fromEntries cannot know.
	return Object.fromEntries(entries) as Palette;
}

/** Names of the map's typeface in the style, by weight. */
const MAP_FONT = { regular: 'Masar Sans', strong: 'Masar Sans Strong' } as const;

/** Zoom, on the map's own size, from which a near window covers the coarse world. */
const NEAR = 2.2;

const role = (...roles: string[]): FilterSpecification => [
	'in',
	['get', 'role'],
	['literal', roles]
];
const both = (...filters: FilterSpecification[]): FilterSpecification =>
	// Expression filters nest freely; the union with legacy filters hides it.
	['all', ...filters] as FilterSpecification;
const kind = (value: string): ExpressionSpecification => ['==', ['get', 'kind'], value];
const status = (value: string): FilterSpecification => ['==', ['get', 'status'], value];

/** Layers of one level of the basemap: the world, or a near window. */
export function levelLayers(level: string, palette: Palette): LayerSpecification[] {
	const base = { source: level, minzoom: level === 'world' ? 0 : NEAR } as const;
	const id = (name: string) => `${level}-${name}`;
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
			paint: { 'line-color': palette.lake, 'line-width': 0.6 }
		},
		{
			...base,
			id: id('admin1'),
			type: 'line',
			filter: role('admin1'),
			paint: { 'line-color': palette.border, 'line-width': 0.5, 'line-opacity': 0.6 }
		},
		{
			...base,
			id: id('borders'),
			type: 'line',
			filter: both(role('borders'), status('agreed')),
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
			paint: { 'line-color': palette.coast, 'line-width': 0.7 }
		}
	];
}

/** The story's own geodata: places, contacts, names. One source, as the map asks for each tile of each source apart. */
export const STORY_SOURCE = 'story';

/** The words of all names, unseen: a tile of its own, which no filter and no camera has the map ask for again. */
export const LETTERS_SOURCE = 'letters';

/** Contacts of a story that has too many of them: those of the scenes around, or of the free map. */
export const CONTACTS_SOURCE = 'contacts';
/** Places of the free map of a story that has too many of them: gathered where they lie close together. */
export const GATHERED_SOURCE = 'gathered';
/** The layers of the marks of gathered places, and of those that stand alone. */
export const GATHERED_LAYERS = {
	marks: 'gathered-marks',
	alone: ['gathered-dot', 'gathered-name']
} as const;

const state = (name: string): ExpressionSpecification => ['coalesce', ['feature-state', name], 0];

const isCountry: ExpressionSpecification = ['==', ['get', 'kind'], 'country'];

/** Names of the images that the live map draws for the style. */
export const HATCH_IMAGE = 'hatch';
export const badgeImage = (kind: ContactKind): string => `badge-${kind}`;

function placeLayers(palette: Palette, disputed: readonly string[]): LayerSpecification[] {
	return [
		{
			id: 'places-area',
			type: 'fill',
			source: STORY_SOURCE,
			filter: role('area'),
			paint: {
				// Their edges are drawn by themselves.
				'fill-antialias': false,
				'fill-color': ['case', isCountry, palette['land-near'], palette.focus],
				'fill-opacity': [
					'case',
					isCountry,
					state('lit'),
					['+', ['*', state('lit'), 0.16], ['*', state('hover'), 0.12]]
				]
			}
		},
		{
			id: 'places-hatch',
			type: 'fill',
			source: STORY_SOURCE,
			// All of them always: where none is in sight it costs nothing, and with another filter its tiles are laid out anew.
			filter: placesFilter('area', disputed),
			paint: {
				// The same for all; as a constant every tile would ask for it, whether it has something to hatch or not.
				'fill-pattern': ['case', isCountry, HATCH_IMAGE, HATCH_IMAGE],
				'fill-antialias': false,
				'fill-opacity': state('hatched')
			}
		},
		{
			id: 'places-edge',
			type: 'line',
			source: STORY_SOURCE,
			filter: placesFilter('edge', []),
			layout: { 'line-join': 'round' },
			paint: {
				'line-color': [
					'case',
					['all', isCountry, ['==', state('hover'), 0]],
					palette['border-near'],
					palette.focus
				],
				'line-width': ['+', 1.1, state('hover')],
				'line-opacity': state('lit')
			}
		}
	];
}

function contactLayers(palette: Palette, crowd: Crowd): LayerSpecification[] {
	const source = crowd.contacts ? CONTACTS_SOURCE : STORY_SOURCE;
	const arriving: ExpressionSpecification = [
		'case',
		['<=', ['get', 'along'], state('drawn')],
		state('opacity'),
		0
	];
	// Of thousands none is told apart by a state.
	const drawn: ExpressionSpecification = crowd.contacts
		? ['case', ['has', 'whole'], 1, arriving]
		: arriving;
	const line = (
		of: ContactKind,
		width: DataDrivenPropertyValueSpecification<number>
	): LayerSpecification => ({
		id: `contacts-${of}`,
		type: 'line',
		source,
		filter: both(role('contact'), kind(of)),
		layout: { 'line-cap': of === 'video' || of === 'visit' ? 'butt' : 'round' },
		paint: { 'line-color': palette.contact, 'line-width': width, 'line-opacity': drawn }
	});
	return [
		{
			id: 'contacts-telephone',
			type: 'circle',
			source,
			filter: both(role('contact'), kind('telephone')),
			paint: { 'circle-color': palette.contact, 'circle-radius': 1.7, 'circle-opacity': drawn }
		},
		line('video', 2.4),
		line('meeting', 2.4),
		line('visit', 1.6),
		line('troops', ['interpolate', ['linear'], ['get', 'along'], 0, 1.4, 1, 6]),
		{
			id: 'contacts-arrow',
			type: 'fill',
			source: STORY_SOURCE,
			filter: arrowsFilter(''),
			paint: {
				'fill-color': palette.contact,
				'fill-opacity': ['case', ['>=', state('drawn'), 0.98], state('opacity'), 0]
			}
		}
	];
}

/** The value of each kind of label, in an expression that asks a label for its kind. */
function byKind<T extends string | number>(values: Readonly<Record<LabelKind, T>>) {
	const [first, ...rest] = Object.entries(values) as [[LabelKind, T], ...[LabelKind, T][]];
	// Each kind but one is a case of the match; the one is what is left.
	return [
		'match',
		['get', 'kind'],
		...rest.flatMap(([kind, value]) => [kind, value]),
		first[1]
	] as unknown as ExpressionSpecification;
}

/** How much smaller than their full size words are on a plate of `side` px; 1 on all but the smallest. */
export function labelScale(side: number): number {
	return Math.min(1, Math.max(0.74, side / FULL_SIZE_PLATE));
}

/** Size of words, made smaller by a {@link labelScale}. */
export function labelSize(scale: number): ExpressionSpecification {
	return ['*', byKind(LABEL_SIZE), scale];
}

function labelLayers(palette: Palette): LayerSpecification[] {
	const quiet = palette['ink-quiet'];
	return [
		{
			id: 'cities-dot',
			type: 'circle',
			source: STORY_SOURCE,
			filter: citiesFilter('', 0),
			paint: { 'circle-radius': DOT.city, 'circle-color': quiet }
		},
		{
			id: 'places-dot',
			type: 'circle',
			source: STORY_SOURCE,
			filter: dotsFilter([]),
			paint: {
				'circle-radius': ['+', DOT.place, ['*', state('hover'), 2]],
				'circle-color': palette.focus,
				'circle-stroke-color': palette.halo,
				'circle-stroke-width': 1.5,
				'circle-opacity': state('lit'),
				'circle-stroke-opacity': state('lit')
			}
		},
		{
			id: LABELS_LAYER,
			type: 'symbol',
			source: STORY_SOURCE,
			filter: labelsFilter('', 0),
			layout: {
				'text-field': [
					'case',
					['==', ['get', 'detail'], ''],
					['get', 'text'],
					[
						'format',
						['concat', ['get', 'text'], '\n'],
						{},
						['get', 'detail'],
						{ 'font-scale': DETAIL_SCALE }
					]
				],
				'text-font': fontByKind(),
				'text-size': labelSize(1),
				'text-anchor': ['get', 'anchor'],
				'text-radial-offset': ['get', 'gap'],
				'text-justify': 'auto',
				'text-max-width': 40,
				'text-line-height': LABEL_LEADING,
				'text-padding': 0,
				'text-optional': true,
				'symbol-sort-key': ['get', 'order'],
				// MapLibre asks for an image even where there is none; an empty name is none.
				'icon-image': ['get', 'image'],
				'icon-allow-overlap': true,
				'icon-padding': 0
			},
			paint: {
				'text-color': byKind({
					place: palette.ink,
					country: quiet,
					city: quiet,
					sea: palette['sea-ink'],
					contact: palette.contact
				}),
				'text-halo-color': palette.halo,
				'text-halo-width': byKind({ place: 1.8, country: 1.4, city: 1.4, sea: 0, contact: 1.8 }),
				'text-opacity': shownByKind(),
				'icon-opacity': shownByKind()
			}
		},
		{
			id: 'letters',
			type: 'symbol',
			source: LETTERS_SOURCE,
			layout: {
				'text-field': ['get', 'text'],
				'text-font': fontByKind(),
				'text-allow-overlap': true,
				'text-ignore-placement': true
			},
			paint: { 'text-opacity': 0 }
		}
	];
}

/** The free map's places where they are too many: a ring with their number, or a dot with a name. */
function gatheredLayers(palette: Palette): LayerSpecification[] {
	const count: ExpressionSpecification = ['get', 'point_count'];
	const gathered: ExpressionSpecification = ['has', 'point_count'];
	const [dot, name] = GATHERED_LAYERS.alone;
	return [
		{
			id: GATHERED_LAYERS.marks,
			type: 'circle',
			source: GATHERED_SOURCE,
			filter: gathered,
			paint: {
				'circle-radius': ['step', count, 13, 100, 16, 1000, 20],
				'circle-color': palette['plate-paper'],
				'circle-stroke-color': palette.focus,
				'circle-stroke-width': 1.5
			}
		},
		{
			id: 'gathered-count',
			type: 'symbol',
			source: GATHERED_SOURCE,
			filter: gathered,
			layout: {
				'text-field': ['to-string', count],
				'text-font': [MAP_FONT.strong],
				'text-size': 12,
				'text-allow-overlap': true,
				'text-ignore-placement': true
			},
			paint: { 'text-color': palette.ink }
		},
		{
			id: dot,
			type: 'circle',
			source: GATHERED_SOURCE,
			filter: ['!', gathered],
			paint: {
				'circle-radius': DOT.place,
				'circle-color': palette.focus,
				'circle-stroke-color': palette.halo,
				'circle-stroke-width': 1.5
			}
		},
		{
			id: name,
			type: 'symbol',
			source: GATHERED_SOURCE,
			filter: ['!', gathered],
			layout: {
				'text-field': ['get', 'text'],
				'text-font': [MAP_FONT.strong],
				'text-size': LABEL_SIZE.place,
				'text-anchor': 'left',
				'text-radial-offset': LABEL_GAP.place / LABEL_SIZE.place,
				'text-max-width': 40,
				'text-padding': 0
			},
			paint: {
				'text-color': palette.ink,
				'text-halo-color': palette.halo,
				'text-halo-width': 1.8
			}
		}
	];
}

function fontByKind(): ExpressionSpecification {
	return [
		'match',
		['get', 'kind'],
		['place', 'contact'],
		['literal', [MAP_FONT.strong]],
		['literal', [MAP_FONT.regular]]
	];
}

/** A place's name is there as far as it is lit, a contact's as its line arrives; others always. */
function shownByKind(): ExpressionSpecification {
	const arrived: ExpressionSpecification = ['>=', state('drawn'), ['get', 'along']];
	return [
		'match',
		['get', 'kind'],
		'place',
		state('lit'),
		'contact',
		['case', arrived, state('opacity'), 0],
		1
	];
}

/** The layer of all names. */
export const LABELS_LAYER = 'labels';

function sceneFilter(shown: StoryRole, scene: string): FilterSpecification {
	return both(role(shown), ['==', ['get', 'scene'], scene]);
}

/** The arrowheads of one scene. */
export function arrowsFilter(scene: string): FilterSpecification {
	return sceneFilter('arrow', scene);
}

/** The names of one scene, on a plate of `side` px. */
export function labelsFilter(scene: string, side: number): FilterSpecification {
	const names = sceneFilter('label', scene);
	return side < ROOMY_PLATE ? both(names, ['any', ['get', 'always'], kind('contact')]) : names;
}

export function citiesFilter(scene: string, side: number): FilterSpecification {
	return both(labelsFilter(scene, side), kind('city'));
}

/** Filter that draws these places alone: what is not seen costs as much to draw as what is. */
export function placesFilter(
	part: 'edge' | 'area' | 'point',
	places: readonly string[]
): FilterSpecification {
	return both(role(part), ['in', ['get', 'place'], ['literal', [...places]]]);
}

/** The dots of these places; a country has none. */
export function dotsFilter(places: readonly string[]): FilterSpecification {
	return both(placesFilter('point', places), ['!=', ['get', 'kind'], 'country']);
}

const NOTHING = { type: 'FeatureCollection' as const, features: [] };

/** What a feature of the story's source is. */
export type StoryRole = 'area' | 'edge' | 'point' | 'contact' | 'arrow' | 'label';

/** The key of a feature of a place, by which the map knows it. */
export function placeKey(place: string, role: 'area' | 'edge' | 'point' | 'label'): string {
	return `${place}/${role}`;
}

/** The keys of all that is a place's, wherever it is shown. */
export function placeKeys(place: string): readonly string[] {
	return (['area', 'edge', 'point', 'label'] as const).map((role) => placeKey(place, role));
}

/** The key of all that is a contact's: its line, its arrowheads, its names. */
export function contactKey(contact: string): string {
	return `${contact}/contact`;
}

/** Layer below which a near window's layers are put. */
export const FIRST_STORY_LAYER = 'places-area';

/**
 * @param fonts - the typeface's files by weight, each with the Unicode ranges it holds
 * @param disputed - ids of the places that are hatched when they are in sight
 */
export function mapStyle(
	palette: Palette,
	fonts: Readonly<Record<keyof typeof MAP_FONT, readonly FontFile[]>>,
	crowd: Crowd,
	disputed: readonly string[]
): StyleSpecification {
	const story = { type: 'geojson', data: NOTHING, promoteId: 'key', maxzoom: 6 } as const;
	return {
		version: 8,
		projection: { type: 'vertical-perspective' },
		'font-faces': {
			[MAP_FONT.regular]: [...fonts.regular],
			[MAP_FONT.strong]: [...fonts.strong]
		},
		sources: {
			world: { type: 'geojson', data: NOTHING, maxzoom: 4, tolerance: 0.6 },
			[STORY_SOURCE]: story,
			[LETTERS_SOURCE]: { type: 'geojson', data: NOTHING, maxzoom: 0 },
			...(crowd.contacts ? { [CONTACTS_SOURCE]: story } : {}),
			...(crowd.places
				? {
						[GATHERED_SOURCE]: { type: 'geojson', data: NOTHING, cluster: true, clusterRadius: 44 }
					}
				: {})
		},
		layers: [
			{ id: 'background', type: 'background', paint: { 'background-color': palette.sea } },
			...levelLayers('world', palette),
			...placeLayers(palette, disputed),
			...contactLayers(palette, crowd),
			...labelLayers(palette),
			...(crowd.places ? gatheredLayers(palette) : [])
		]
	};
}
