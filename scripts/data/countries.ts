/**
 * The border policy: the member and observer states of the United Nations within the borders that
 * the General Assembly recognises. See data/SOURCES.md.
 */

/**
 * Areas that Natural Earth sets apart, but that lie in a member state (or are leased or held in
 * one), by Natural Earth's code → the code of the state they are filled as.
 */
const within: Readonly<Record<string, string>> = {
	CYN: 'CYP',
	ESB: 'CYP',
	WSB: 'CYP',
	KAB: 'KAZ',
	SOL: 'SOM',
	USG: 'CUB'
};

/** Natural Earth's codes that differ from ISO 3166-1 alpha-3 → the ISO code. */
const iso: Readonly<Record<string, string>> = { ALD: 'ALA', PSX: 'PSE', SAH: 'ESH', SDS: 'SSD' };

/**
 * The country an area is drawn as.
 *
 * @param code Natural Earth's `adm0_a3`
 * @returns ISO 3166-1 alpha-3, or `KOS` for Kosovo and `KAS` for the Siachen glacier
 */
export function countryOf(code: string): string {
	const state = within[code] ?? code;
	return iso[state] ?? state;
}

/** Pairs whose whole common line is disputed, in alphabetical order. */
const disputedPairs = new Set(['ESH-MAR', 'ISR-PSE', 'ISR-SYR', 'KOS-SRB']);

/** Pairs whose line is disputed within a zone alone. */
const disputedZones: Readonly<Record<string, readonly Zone[]>> = {
	'CHN-IND': ['kashmir', 'arunachal'],
	'IND-PAK': ['kashmir']
};

/** A zone where a line between two states is disputed. */
export type Zone = 'kashmir' | 'arunachal';

/** Zones as [west, south, east, north] in degrees. */
const zones: Readonly<Record<Zone, readonly [number, number, number, number]>> = {
	kashmir: [73.2, 32.5, 80.5, 37.2],
	arunachal: [91.4, 26.5, 97.6, 29.7]
};

/** The zone of disputed lines that a point lies in, if any. */
export function zoneAt(lng: number, lat: number): Zone | undefined {
	if (inside(zones.kashmir, lng, lat)) return 'kashmir';
	if (inside(zones.arunachal, lng, lat)) return 'arunachal';
	return undefined;
}

function inside(
	[west, south, east, north]: readonly [number, number, number, number],
	lng: number,
	lat: number
): boolean {
	return lng >= west && lng <= east && lat >= south && lat <= north;
}

/** How a border line is drawn: `agreed` solid, `disputed` dashed. */
export type BorderStatus = 'agreed' | 'disputed';

/** The status of the line between two countries, at the zone it runs through. */
export function borderStatus(a: string, b: string, zone: Zone | undefined): BorderStatus {
	if (a === 'KAS' || b === 'KAS') return 'disputed';
	const pair = a < b ? `${a}-${b}` : `${b}-${a}`;
	if (disputedPairs.has(pair)) return 'disputed';
	return zone && disputedZones[pair]?.includes(zone) ? 'disputed' : 'agreed';
}
