import { area, booleanPointInPolygon, multiPolygon } from '@turf/turf';
import type { FeatureCollection } from 'geojson';
import { describe, expect, it } from 'vitest';
import { perspective, type Perspective } from '../../src/lib/globe/camera';
import { FINGER, placesAt, targetsOf, type Target } from '../../src/lib/globe/hit-test';
import { mapPlaces } from '../../src/lib/server/map-places';
import { pageStory } from '../../src/lib/server/page';
import type { Camera, Position } from '../../src/lib/model/story';
import { randomFrom } from '../../scripts/random';
import { relay as story } from '../fixtures/stories';

const { places, scenes } = pageStory(story, 'en');
// As the map downloads it.
const targets = targetsOf(JSON.parse(JSON.stringify(mapPlaces(story))) as FeatureCollection);

/** How the map is seen while a place's dossier is open, on a plate of 600 px. */
function lookAt(id: string): Perspective {
	const place = places.find((each) => each.id === id);
	if (!place) throw new Error(`The story has no place ${id}.`);
	return perspective(place.camera, 600);
}

/** An ocean, from afar. */
const OCEAN: Camera = { lng: -30, lat: 30, zoom: 3, bearing: 0, pitch: 0 };

function at(position: Position, look: Perspective): [number, number] {
	const point = look.project(position);
	if (!point) throw new Error(`${position.join()} is beyond the horizon.`);
	return [point[0], point[1]];
}

function pointOf(id: string): Position {
	const place = story.places[id];
	if (!place) throw new Error(`The story has no place ${id}.`);
	return place.point;
}

/** What is meant by a click at a position, with these places lit. */
function meant(position: Position, look: Perspective, lit: readonly string[] = [], shift = 0) {
	const [x, y] = at(position, look);
	const pointed = { at: [x + shift, y] as const, look, lit: new Set(lit), labelled: null };
	return placesAt(pointed, targets);
}

it('of thousands of lit dots a pointer means those within a finger’s width of it, and no others', () => {
	const random = randomFrom(5);
	const dots = Array.from({ length: 2000 }, (_, index): Target => ({
		id: `dot-${index}`,
		point: [random() * 360 - 180, Math.asin(random() * 2 - 1) * (180 / Math.PI)],
		parts: [],
		size: 0,
		dotted: true
	}));
	const lit = new Set(dots.filter((_, index) => index % 3 > 0).map(({ id }) => id));
	let several = 0;
	for (let step = 0; step < 600; step++) {
		const camera: Camera = {
			lng: random() * 360 - 180,
			lat: random() * 170 - 85,
			zoom: random() * 5 - 1,
			bearing: random() * 360,
			pitch: random() * 60
		};
		const look = perspective(camera, 600);
		const at = [random() * 700 - 350, random() * 700 - 350] as const;
		const near = dots.filter(({ id, point }) => {
			const dot = lit.has(id) ? look.project(point) : null;
			return dot && Math.hypot(dot[0] - at[0], dot[1] - at[1]) <= FINGER;
		});
		const found = placesAt({ at, look, lit, labelled: null }, dots);
		expect(found.toSorted()).toEqual(near.map(({ id }) => id).sort());
		if (near.length > 1) several += 1;
	}
	expect(several).toBeGreaterThan(50);
});

/** Every outline of the story that Turf finds a position in, smallest first. */
function holding([lng, lat]: Position): string[] {
	return Object.values(story.places)
		.flatMap(({ id, outline }) => {
			if (!outline) return [];
			const shape = multiPolygon(
				outline.map((polygon) => polygon.map((ring) => ring.map(([x, y]) => [x, y])))
			);
			return booleanPointInPolygon([lng, lat], shape) ? [{ id, size: area(shape) }] : [];
		})
		.sort((a, b) => a.size - b.size)
		.map(({ id }) => id);
}

/** Points of the screen anywhere about an outline, and, every other time, within a few px of its edge. */
function clicksAround(id: string, look: Perspective, count: number): [number, number][] {
	const random = randomFrom(id.length * 7919 + id.charCodeAt(0));
	const corners = (story.places[id]?.outline ?? [])
		.flatMap(([exterior]) => exterior ?? [])
		.flatMap((position) => {
			const seen = look.project(position);
			return seen ? [seen] : [];
		});
	return Array.from({ length: count }, (_, index) => {
		const corner = corners[Math.floor(random() * corners.length)] ?? [0, 0];
		const spread = index % 2 === 0 ? 6 : 700;
		const from = index % 2 === 0 ? corner : [0, 0];
		const near = (value: number | undefined) => (value ?? 0) + (random() - 0.5) * spread;
		return [near(from[0]), near(from[1])];
	});
}

describe('a click around an outline', () => {
	it.each(['alaska', 'kursk', 'ukraine', 'pyongyang', 'berlin', 'washington'])(
		'%s: gives the answer that Turf’s point in polygon gives',
		(id) => {
			const look = lookAt(id);
			let [inside, outside] = [0, 0];
			for (const point of clicksAround(id, look, 300)) {
				const position = look.unproject(point);
				if (!position) continue;
				const found = placesAt(
					{ at: point, look, lit: new Set<string>(), labelled: null },
					targets
				);
				const expected = holding(position);
				expect(found[0]).toBe(expected[0]);
				if (found.length > 1) expect(found).toEqual(expected);
				if (expected.includes(id)) inside += 1;
				else outside += 1;
			}
			expect(inside).toBeGreaterThan(30);
			expect(outside).toBeGreaterThan(30);
		}
	);
});

describe('what a click means', () => {
	it('nothing where there is neither an outline nor a dot', () => {
		expect(meant([-30, 30], perspective(OCEAN, 600))).toEqual([]);
		const look = perspective({ ...OCEAN, zoom: -1 }, 600);
		expect(
			placesAt({ at: [290, 290], look, lit: new Set<string>(), labelled: null }, targets)
		).toEqual([]);
	});

	it('the smallest of several outlines where a finger can aim at it', () => {
		expect(meant(pointOf('donetsk'), lookAt('donetsk'))).toEqual(['donetsk']);
		expect(meant(pointOf('crimea'), lookAt('crimea'))).toEqual(['crimea']);
	});

	it('a choice where the smallest outline is narrower than a finger', () => {
		expect(meant(pointOf('donetsk'), lookAt('russia'))).toEqual(['donetsk', 'ukraine']);
		const territory = scenes.find(({ id }) => id === 'territory');
		if (!territory) throw new Error('The story has no scene “territory”.');
		const lit = ['crimea', 'sevastopol', 'kherson'];
		expect(meant(pointOf('sevastopol'), perspective(territory.camera, 600), lit)).toEqual([
			'sevastopol',
			'crimea',
			'ukraine'
		]);
	});

	it('a choice of what a dot lies in, also where the click itself falls into the sea', () => {
		const look = lookAt('anchorage');
		const [x, y] = at(pointOf('anchorage'), look);
		const around = Array.from({ length: 16 }, (_, turn) => {
			const angle = (turn * Math.PI) / 8;
			return [x + 20 * Math.cos(angle), y + 20 * Math.sin(angle)] as const;
		});
		const seen = around.map((point) => look.unproject(point) ?? pointOf('anchorage'));
		expect(seen.some((position) => holding(position).length === 0)).toBe(true);
		for (const point of around) {
			const pointed = { at: point, look, lit: new Set(['anchorage']), labelled: null };
			expect(placesAt(pointed, targets)).toEqual(['anchorage', 'alaska']);
		}
	});

	it('a choice between a dot and what lies around it: Kremlin, Moscow; Anchorage, Alaska', () => {
		const dots = ['kremlin', 'moscow', 'anchorage'];
		expect(meant(pointOf('kremlin'), lookAt('kremlin'), dots)).toEqual([
			'kremlin',
			'moscow',
			'russia'
		]);
		expect(meant(pointOf('anchorage'), lookAt('anchorage'), dots)).toEqual(['anchorage', 'alaska']);
	});

	it('a dot within half a finger of it, 44 px across, and no farther', () => {
		const look = lookAt('new-york');
		expect(meant(pointOf('new-york'), look, ['new-york'], FINGER - 0.5)).toEqual(['new-york']);
		expect(meant(pointOf('new-york'), look, ['new-york'], -(FINGER - 0.5))).toEqual(['new-york']);
		expect(meant(pointOf('new-york'), look, ['new-york'], FINGER + 0.5)).toEqual([]);
	});

	it('no place by a dot that is not lit, and none on the other side of the Earth', () => {
		expect(meant(pointOf('new-york'), lookAt('new-york'))).toEqual([]);
		const away = perspective({ lng: -74, lat: -40.7, zoom: 0.5, bearing: 0, pitch: 0 }, 600);
		expect(
			placesAt({ at: [0, 0], look: away, lit: new Set(['pyongyang']), labelled: null }, targets)
		).toEqual([]);
	});

	it('the nearer of two dots first', () => {
		const look = lookAt('un-headquarters');
		const dots = ['new-york', 'un-headquarters'];
		expect(meant(pointOf('un-headquarters'), look, dots)).toEqual(['un-headquarters', 'new-york']);
		expect(meant(pointOf('new-york'), look, dots)).toEqual(['new-york', 'un-headquarters']);
	});

	it('the place of a label that is under the pointer, whatever else is but a dot', () => {
		const look = lookAt('kremlin');
		const lit = new Set(['kremlin', 'moscow']);
		const [x, y] = at(pointOf('kremlin'), look);
		const beside = placesAt({ at: [x + 12, y], look, lit, labelled: 'moscow' }, targets);
		expect(beside).toEqual(['moscow']);
	});

	it('regression: all of several dots, though the label of one reaches over them', () => {
		const look = lookAt('russia');
		const lit = new Set(['kremlin', 'moscow']);
		const [x, y] = at(pointOf('moscow'), look);
		const places = placesAt({ at: [x + 5, y - 5], look, lit, labelled: 'kremlin' }, targets);
		expect(places).toEqual(expect.arrayContaining(['kremlin', 'moscow']));
	});
});
