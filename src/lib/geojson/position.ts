import type { Finding } from '../model/finding';
import type { Rules } from './report';

/** What a position can be wrong in; a line or ring reports each kind once. */
type Fault =
	'brackets' | 'bare' | 'shape' | 'number' | 'projected' | 'swapped' | 'longitude' | 'latitude';

/** Farthest longitude that is taken back into ±180. */
const FARTHEST_LONGITUDE = 360;

/** Half the Earth's circumference in Web Mercator, in metres (EPSG:3857). */
const MERCATOR_HALF = 20_037_508.342_789_244;

/** What is wrong in a list of positions, each kind once with how often it occurs. */
export function positionFindings(
	positions: readonly unknown[],
	{ heights }: Pick<Rules, 'heights'>
): readonly Finding[] {
	const faults = new Map<Fault, { readonly first: unknown; count: number }>();
	for (const position of positions) {
		const fault = faultOf(position, heights);
		if (fault === undefined) continue;
		const known = faults.get(fault);
		if (known) known.count += 1;
		else faults.set(fault, { first: position, count: 1 });
	}
	return [...faults].map(([fault, { first, count }]) => findingOf(fault, first, count, heights));
}

function faultOf(position: unknown, heights: boolean): Fault | undefined {
	if (!Array.isArray(position)) return typeof position === 'number' ? 'bare' : 'shape';
	if (Array.isArray(position[0])) return 'brackets';
	if (position.length !== 2 && !(heights && position.length === 3)) return 'shape';
	if (!position.every(Number.isFinite)) return 'number';
	const x = Math.abs(Number(position[0]));
	const y = Math.abs(Number(position[1]));
	if (y <= 90) return x <= FARTHEST_LONGITUDE ? undefined : projectedOr('longitude', x, y);
	if (y <= 180 && x <= 90) return 'swapped';
	return projectedOr('latitude', x, y);
}

/** Numbers far beyond all degrees are metres, most probably of Web Mercator. */
function projectedOr(fault: 'longitude' | 'latitude', x: number, y: number): Fault {
	const isFar = Math.max(x, y) > 2 * FARTHEST_LONGITUDE;
	return isFar && x <= MERCATOR_HALF * 1.001 && y <= MERCATOR_HALF * 2 ? 'projected' : fault;
}

function findingOf(fault: Fault, position: unknown, count: number, heights: boolean): Finding {
	const shown = JSON.stringify(position, (_, value: unknown) =>
		typeof value === 'number' && !Number.isFinite(value) ? String(value) : value
	);
	const short = shown.length > 60 ? `${shown.slice(0, 60)}…` : shown;
	const found = `the position ${short}${count > 1 ? ` (and ${count - 1} more like it)` : ''}`;
	const pair = heights ? '[longitude, latitude] or [longitude, latitude, height]' : PAIR;
	switch (fault) {
		case 'brackets':
			return [found, pair, 'take one pair of brackets away'];
		case 'bare':
			return [found, pair, 'put the numbers of each position into a pair of brackets'];
		case 'shape':
			return [
				found,
				pair,
				heights ? 'write two or three numbers' : 'write two numbers; leave the height out'
			];
		case 'number':
			return [found, heights ? 'finite numbers' : 'two finite numbers', 'write numbers'];
		case 'projected':
			return [found, DEGREES, `it seems to be in metres: ${meant(position)}`];
		case 'swapped':
			return [found, LATITUDE, 'its axes seem swapped: write the longitude first'];
		case 'longitude':
			return [
				found,
				`a longitude from -${FARTHEST_LONGITUDE} to ${FARTHEST_LONGITUDE}`,
				'check the number'
			];
		case 'latitude':
			return [found, LATITUDE, 'check the number'];
	}
}

const PAIR = '[longitude, latitude]';
const DEGREES = 'degrees of longitude and latitude (WGS 84)';
const LATITUDE = 'a latitude from -90 to 90';

/** The degrees that metres of Web Mercator stand for. */
function meant(position: unknown): string {
	// faultOf has found two finite numbers.
	const [x, y] = position as [number, number];
	const lng = (x / MERCATOR_HALF) * 180;
	const lat = (Math.atan(Math.sinh((y / MERCATOR_HALF) * Math.PI)) * 180) / Math.PI;
	return `as Web Mercator it would be [${lng.toFixed(3)}, ${lat.toFixed(3)}]; export it in degrees`;
}
