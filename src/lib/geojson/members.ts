import { quote } from '../model/finding';
import type { Path } from '../model/finding';
import type { Report } from './report';

/** A JSON object. */
export type Group = Readonly<Record<string, unknown>>;

export function isGroup(value: unknown): value is Group {
	return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Members that would make it another kind of object (RFC 7946, 7.1). */
const FOREIGN = {
	collection: ['coordinates', 'geometries', 'geometry', 'properties'],
	feature: ['coordinates', 'geometries', 'features'],
	geometry: ['geometry', 'properties', 'features']
} as const;

/**
 * Looks for members that a GeoJSON object of this kind may not have, and for a bounding box that is none.
 *
 * @returns the same where it has none of them, a copy without them where it has
 */
export function withOwnMembers(
	value: Group,
	kind: keyof typeof FOREIGN,
	path: Path,
	report: Report
): Group {
	const wrong: string[] = FOREIGN[kind].filter((name) => Object.hasOwn(value, name));
	for (const name of wrong) {
		report(
			'mended',
			[...path, name],
			[
				`the key ${quote(name)} in a ${kind}`,
				'it in its own place alone',
				'it is left aside for the map; take it out'
			]
		);
	}
	const { bbox } = value;
	if (bbox !== undefined && !isBox(bbox)) {
		wrong.push('bbox');
		report(
			'mended',
			[...path, 'bbox'],
			[
				`${quote(JSON.stringify(bbox))} as bbox`,
				'[west, south, east, north] in degrees',
				'it is left aside for the map; correct it, or take it out'
			]
		);
	}
	return wrong.length === 0 ? value : without(value, wrong);
}

/** A copy without some members. */
export function without(value: Group, names: readonly string[]): Group {
	return Object.fromEntries(Object.entries(value).filter(([name]) => !names.includes(name)));
}

/** RFC 7946, 5: west may be greater than east, where the box lies across the antimeridian. */
function isBox(value: unknown): boolean {
	if (!Array.isArray(value) || (value.length !== 4 && value.length !== 6)) return false;
	const half = value.length / 2;
	const [west, east] = [value[0] as unknown, value[half] as unknown].map(Number);
	const [south, north] = [value[1] as unknown, value[half + 1] as unknown].map(Number);
	if (west === undefined || east === undefined || south === undefined || north === undefined) {
		return false;
	}
	const isDegrees = Math.max(Math.abs(west), Math.abs(east)) <= 360;
	return value.every(Number.isFinite) && isDegrees && -90 <= south && south <= north && north <= 90;
}
