import { area as areaOf, length, lineString, polygon } from '@turf/turf';
import type { Feature, FeatureCollection, Position } from 'geojson';
import type { Topology } from 'topojson-specification';
import { toTopology } from './mapshaper';
import { roundToGrid } from './rounding';
import { moveLongitudes, readAreas, readStates, readUnitedStates, type Area } from './sources';
import { assemble, type Rectangle } from './topology';
import { readWaters, type Waters } from './waters';

/** The step of the near grid in degrees: 55 m or less. */
export const nearGrid = 0.0005;

/** How far the land reaches over the rim of its window, in degrees. */
const overlap = 0.05;

/** A rectangle of the Earth that has a finer map than the world has. */
interface Window {
	readonly id: string;
	readonly rectangle: Rectangle;
	/** Countries whose areas of the first level are told apart. */
	readonly admin1: readonly string[];
	/** Lakes below this area in km² are left out. */
	readonly lakes: number;
	/** Rivers below this length in km are left out. */
	readonly rivers: number;
}

/** A simplified topology that windows and places are cut from, so that they share every line. */
export interface Master {
	readonly topology: Topology;
	/** Added to the longitudes of the Earth to get those of the topology, in degrees. */
	readonly shift: 0 | 180;
}

/** The windows of the master whose longitudes are not moved. */
const windows: readonly Window[] = [
	{ id: 'ukraine', rectangle: [21, 43, 49, 58.5], admin1: ['UKR', 'RUS'], lakes: 30, rivers: 60 },
	{ id: 'korea', rectangle: [121, 33, 133, 44], admin1: [], lakes: 20, rivers: 60 },
	{ id: 'germany', rectangle: [2.4, 46.5, 17, 56], admin1: ['DEU'], lakes: 20, rivers: 60 },
	{ id: 'washington', rectangle: [-81, 36.5, -69.5, 43.5], admin1: [], lakes: 30, rivers: 60 }
];

/** Bering's longitudes run past 180, from 160°E to 128°W, so that nothing is cut inside it. */
const bering: Window = {
	id: 'bering',
	rectangle: [160, 50, 232, 73],
	admin1: [],
	lakes: 100,
	rivers: 200
};

/** Areas drawn at closest sight, by their simplification in metres. */
const detail: Readonly<Record<string, number>> = {
	'UKR-283': 300, // Crimea
	'UKR-5482': 250, // Sevastopol
	'UKR-327': 350, // Donetsk
	'UKR-329': 350, // Luhansk
	'UKR-331': 350, // Zaporizhzhia
	'UKR-4827': 350, // Kherson
	'PRK-3305': 300, // Pyongyang
	'DEU-1599': 250, // Berlin
	'RUS-2362': 350, // Kursk
	'RUS-2365': 250, // Moscow city
	'KOR-2497': 250, // Seoul
	'USA-AK': 1300
};

/** Countries at story sight, and the rest of the windows, by their simplification in metres. */
const countryDetail: Readonly<Record<string, number>> = {
	UKR: 800,
	PRK: 800,
	KOR: 800,
	DEU: 800,
	USA: 1000
};
const otherDetail = 1500;

/**
 * Areas whose line with another is left out: Natural Earth's Kyiv city is twice as large as the
 * city.
 */
const joined: Readonly<Record<string, string>> = { 'UKR-4826': 'UKR-321' };

/** Natural Earth's codes of the countries that the windows touch. */
const neighbours = {
	still:
		'ALB ALD AUT BEL BGR BIH BLR CAN CHE CHN CZE DEU DNK EST FIN FRA GBR GEO HRV HUN IRL ITA JPN ' +
		'KAZ KOR KOS LIE LTU LUX LVA MDA MKD MNE NLD NOR POL PRK ROU RUS SMR SRB SVK SVN SWE TUR UKR',
	moved: 'CAN RUS'
};

/** Builds both masters from the sources. */
export async function buildMasters(): Promise<{ still: Master; moved: Master }> {
	const isAlaska = (item: Area): boolean => item.properties.area === 'USA-AK';
	const states = readUnitedStates();
	const still = [
		...readAreas(neighbours.still.split(' ')).map(joinArea),
		...states.filter((item) => !isAlaska(item))
	];
	const moved = [...readAreas(neighbours.moved.split(' ')), ...states.filter(isAlaska)].map(
		(item) =>
			// Simplifying measures on the sphere only within -180 to 180.
			moveLongitudes(item, (outer) => ((outer[0]?.[0] ?? 0) > 0 ? -180 : 180))
	);
	return {
		still: { topology: await simplify(still, 6), shift: 0 },
		moved: { topology: await simplify(moved, 12), shift: 180 }
	};
}

function joinArea(item: Area): Area {
	const { country, area } = item.properties;
	return { ...item, properties: { country, area: joined[area] ?? area } };
}

async function simplify(areas: readonly Area[], islands: number): Promise<Topology> {
	const interval = [
		`(${JSON.stringify(detail)})[area]`,
		`(${JSON.stringify(countryDetail)})[country]`,
		otherDetail
	].join('||');
	const topology = await toTopology({ 'areas.json': collection(areas) }, [
		'-i areas.json',
		'-clean gap-fill-area=20km2',
		`-simplify variable keep-shapes interval='${interval}'`,
		`-snap precision=${String(nearGrid)} fix-geometry`,
		`-filter-islands min-area=${String(islands)}km2 remove-empty`
	]);
	return roundToGrid(topology, nearGrid);
}

/**
 * Builds the windows' levels, each by its id.
 *
 * @returns TopoJSON with `sea`, `land`, `coast`, `borders`, `admin1`, `lakes` and `rivers`; in
 *   `bering`, longitudes run past 180
 */
export async function buildWindows({
	still,
	moved
}: {
	readonly still: Master;
	readonly moved: Master;
}): Promise<Map<string, Topology>> {
	const waters = await readWaters();
	const built = new Map<string, Topology>();
	for (const item of windows) built.set(item.id, await cutWindow(still, item, waters));
	built.set(bering.id, await cutWindow(moved, bering, waters));
	return built;
}

async function cutWindow(
	{ topology, shift }: Master,
	{ id, rectangle, admin1, lakes, rivers }: Window,
	waters: Waters
): Promise<Topology> {
	const [west, south, east, north] = rectangle;
	const grown: Rectangle = [west - overlap, south - overlap, east + overlap, north + overlap];
	const box = [grown[0] - shift, grown[1], grown[2] - shift, grown[3]].join();
	const clipped = await toTopology({ 'areas.json': topology }, [
		'-i areas.json',
		`-clip bbox=${box}`
	]);
	const areas = roundToGrid(clipped, nearGrid);
	const water = await clipWaters(waters, shift, box, { lakes, rivers });
	const states = id === 'washington' ? await stateLines(areas, box) : undefined;
	return assemble({
		areas: moveBack(areas, shift),
		waters: moveBack(water, shift),
		...(states && { states }),
		admin1,
		window: rectangle,
		isCut: ([ax, ay], [bx, by]) =>
			[grown[0], grown[2]].some((lng) => near(ax, lng) && near(bx, lng)) ||
			[grown[1], grown[3]].some((lat) => near(ay, lat) && near(by, lat)),
		grid: nearGrid
	});
}

function near(a: number | undefined, b: number): boolean {
	return a !== undefined && Math.abs(a - b) < nearGrid / 2;
}

function moveBack(topology: Topology, shift: number): Topology {
	const arcs = topology.arcs.map((arc) => arc.map(([lng = 0, lat = 0]) => [lng + shift, lat]));
	return { ...topology, arcs };
}

async function clipWaters(
	waters: Waters,
	shift: number,
	box: string,
	least: { readonly lakes: number; readonly rivers: number }
): Promise<Topology> {
	const move = (line: readonly Position[]): Position[] => {
		// By its first point, so that no line is torn where the frame has its edge.
		const by = (line[0]?.[0] ?? 0) > 0 ? -shift : shift;
		return line.map(([lng = 0, lat = 0]) => [lng + by, lat]);
	};
	const lakes = waters.lakes
		.filter((lake) => areaOf(lake) >= least.lakes * 1e6)
		.map(({ coordinates }) => polygon(coordinates.map(move)));
	const rivers = waters.rivers
		.filter((river) => length(lineString(river)) >= least.rivers)
		.map((river) => lineString(move(river)));
	return toTopology({ 'lakes.json': collection(lakes), 'rivers.json': collection(rivers) }, [
		'-i lakes.json rivers.json combine-files',
		'-dissolve target=lakes',
		`-clip bbox=${box} target=*`,
		'-simplify interval=1500 target=*',
		`-snap precision=${String(nearGrid)} target=*`
	]);
}

/** The lines between the United States' states, within the land of a window. */
async function stateLines(areas: Topology, box: string): Promise<Topology> {
	const lines = collection(readStates().lines.map((line) => lineString(line)));
	return toTopology({ 'areas.json': areas, 'admin1.json': lines }, [
		'-i areas.json',
		'-dissolve',
		'-i admin1.json',
		`-clip bbox=${box} target=admin1`,
		'-simplify interval=1000 target=admin1',
		'-clip areas target=admin1',
		'-drop target=areas',
		`-snap precision=${String(nearGrid)} target=admin1`
	]);
}

function collection(features: readonly Feature[]): FeatureCollection {
	return { type: 'FeatureCollection', features: [...features] };
}
