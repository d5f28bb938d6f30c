import type { Feature } from 'geojson';
// Not from the module's door: with it the page would get all that only the worker needs.
import { sizeOf } from '../size';

/** What it takes to copy a feature, with its properties, in what it takes to copy a position of a line. */
const FEATURE = 16;

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
