import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Feature, FeatureCollection, Point, Position } from 'geojson';
import type { GeometryObject, Topology } from 'topojson-specification';
import { cityAt } from './cities';
import { toTopology } from './mapshaper';
import type { AreaProperties } from './sources';

const tables = join(dirname(fileURLToPath(import.meta.url)), 'tables');

/** Where a country's name stands better than in the middle of its greatest part. */
const standing: Readonly<Record<string, readonly [number, number]>> = {
	CAN: [-106, 57.5],
	CHL: [-70.8, -27.5],
	DNK: [9.3, 56.1],
	FRA: [2.5, 46.7],
	GBR: [-1.6, 52.7],
	HRV: [16, 45.5],
	IDN: [113.5, -0.8],
	ITA: [12.6, 42.9],
	JPN: [138, 36.3],
	MYS: [102.3, 4],
	NOR: [9.2, 61.2],
	PSE: [35.25, 32],
	RUS: [96.5, 62.5],
	SWE: [15.2, 62],
	UKR: [31.5, 49],
	USA: [-98.5, 39.6],
	VAT: [12.453, 41.903],
	VNM: [108.2, 14.3]
};

interface LabelProperties {
	readonly kind: 'country' | 'sea' | 'city' | 'state';
	/** 1, the most important, to 5. */
	readonly rank: number;
	readonly 'name:en': string;
	readonly 'name:ar': string;
	/** ISO 3166-1 alpha-2, or null. */
	readonly country: string | null;
	readonly capital?: true;
}

type Label = Feature<Point, LabelProperties>;

/**
 * The names on the map, from the reviewed tables, by rank: countries, seas, states and cities.
 *
 * @param world the world's areas, to find where a country's name stands
 */
export async function buildLabels(world: Topology): Promise<FeatureCollection> {
	const middles = await findMiddles(world);
	const countries = readTable('countries').map((row) => {
		const code = cell(row, 'code');
		const found = standing[code] ?? middles.get(code);
		if (!found) throw new Error(`the world has no country ${code}`);
		return label('country', `country-${cell(row, 'country')}`, row, found);
	});
	const areas = readTable('areas').map((row) => {
		const kind = cell(row, 'kind') === 'state' ? 'state' : 'sea';
		const name = cell(row, 'name:en').toLowerCase().split(/\W+/).join('-');
		const position = [Number(cell(row, 'lng')), Number(cell(row, 'lat'))];
		return label(kind, `${kind}-${name}`, row, position);
	});
	const cities = readTable('cities').map((row) => {
		const id = cell(row, 'geonames');
		return label('city', `city-${id}`, row, cityAt(Number(id)));
	});
	const features = [...countries, ...areas, ...cities].sort(
		(a, b) =>
			a.properties.rank - b.properties.rank ||
			compare(a.properties.kind, b.properties.kind) ||
			compare(a.properties['name:en'], b.properties['name:en'])
	);
	return { type: 'FeatureCollection', features };
}

function label(
	kind: LabelProperties['kind'],
	id: string,
	row: Row,
	position: readonly number[]
): Label {
	const country = cell(row, 'country');
	return {
		type: 'Feature',
		id,
		properties: {
			kind,
			rank: Number(cell(row, 'rank')),
			'name:en': cell(row, 'name:en'),
			'name:ar': cell(row, 'name:ar'),
			country: country === '-' ? null : country,
			...(row.get('capital') === 'capital' && { capital: true })
		},
		geometry: {
			type: 'Point',
			// A name needs no more than 100 m.
			coordinates: position.map((value) => Math.round(value * 1e3) / 1e3)
		}
	};
}

async function findMiddles(world: Topology): Promise<Map<string, Position>> {
	const points = await toTopology({ 'areas.json': world }, ['-i areas.json', '-points inner']);
	const areas = points.objects['areas'];
	if (areas?.type !== 'GeometryCollection') throw new Error('the world has no areas');
	return new Map(
		// Each point keeps the properties of its area.
		(areas.geometries as GeometryObject<AreaProperties>[]).flatMap((point) =>
			point.type === 'Point' && point.properties
				? [[point.properties.country, point.coordinates] as const]
				: []
		)
	);
}

type Row = ReadonlyMap<string, string>;

function readTable(name: string): Row[] {
	const [head = '', ...lines] = readFileSync(join(tables, `${name}.tsv`), 'utf8')
		.trimEnd()
		.split('\n');
	const columns = head.split('\t');
	return lines.map((line, index) => {
		const cells = line.split('\t');
		if (cells.length !== columns.length) {
			throw new Error(
				`${name}.tsv line ${String(index + 2)} has ${String(cells.length)} cells, ` +
					`expected ${String(columns.length)}`
			);
		}
		return new Map(columns.map((column, at) => [column, cells[at] ?? '']));
	});
}

function cell(row: Row, column: string): string {
	const value = row.get(column);
	if (value === undefined || value === '') throw new Error(`a row has no ${column}`);
	return value;
}

/** By code unit, so that the order is the same in every locale. */
function compare(a: string, b: string): number {
	return a < b ? -1 : a > b ? 1 : 0;
}
