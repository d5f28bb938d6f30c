import type { Feature, FeatureCollection } from 'geojson';
// Not from the module's door: with it the page would get all that only the worker needs.
import { sizeOf } from '../size';

/** What the map's source of geodata has to be able to do. */
export interface Feedable {
	readonly setData: (data: FeatureCollection) => Promise<void>;
	readonly updateData: (diff: { readonly add: Feature[] }) => Promise<void>;
}

/**
 * What a source takes at once, by weight. It copies all it is given, on the page's own time: 100,000 points in one go take a
 * fifth of a second on a desktop computer.
 */
const MOUTHFUL = 170_000;

/** What it takes to copy a feature, with its properties, in what it takes to copy a position of a line. */
const FEATURE = 16;

/**
 * Gives a collection to a source of the map, in parts where it is large, so that nothing else waits for it.
 *
 * @param idOf the id by which the source knows a feature; where it is not one of its own for each, all is given at once
 * @returns whether it was given in parts, once the source has taken in all of them
 */
export async function feed(
	source: Feedable,
	{ features }: FeatureCollection,
	idOf: (feature: Feature) => unknown
): Promise<boolean> {
	const parts = partsOf(features, MOUTHFUL);
	const ids = new Set(features.map(idOf));
	const isKnown = ids.size === features.length && !ids.has(undefined);
	const [first = [], ...rest] = isKnown ? parts : [features];
	const taken = source.setData({ type: 'FeatureCollection', features: [...first] });
	if (rest.length === 0) return false;
	await taken;
	for (const part of rest) await source.updateData({ add: [...part] });
	return true;
}

/** Features in parts of about the same weight; one that weighs more is a part by itself. */
export function partsOf(features: readonly Feature[], size: number): Feature[][] {
	const parts: Feature[][] = [];
	let room = 0;
	for (const item of features) {
		const weight = FEATURE + sizeOf(item.geometry);
		if (room < weight || parts.length === 0) {
			parts.push([]);
			room = size;
		}
		room -= weight;
		parts.at(-1)?.push(item);
	}
	return parts;
}
