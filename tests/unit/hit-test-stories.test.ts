/** What a click on the map is answered with, in every scene of every story, against Turf's point in polygon. */
import { area, bbox, booleanPointInPolygon, multiPolygon } from '@turf/turf';
import { describe, expect, test } from 'vitest';
import { randomFrom } from '../../scripts/random';
import { perspective, type Perspective } from '../../src/lib/globe/camera';
import { FINGER, placesAt, targetsOf } from '../../src/lib/globe/hit-test';
import { mapPlaces } from '../../src/lib/server/map-places';
import { storyOf } from '../../src/lib/server/library';
import { pageStory } from '../../src/lib/server/page';
import type { Position, Story } from '../../src/lib/model/story';
import { createTimeline } from '../../src/lib/timeline/timeline';
import { publishedIds, relay } from '../fixtures/stories';

/** Sides, in px, of the plate on a desktop's and on a small phone's screen. */
const PLATES = [590, 250] as const;
/** Positions that are tried around each outline. */
const POSITIONS = 30;

/** A story with its outlines as Turf takes them, smallest first. */
function clickable(story: Story) {
	const shapes = Object.values(story.places)
		.flatMap(({ id, outline }) => {
			if (!outline) return [];
			const rings = outline.map((polygon) => polygon.map((ring) => ring.map(([x, y]) => [x, y])));
			const shape = multiPolygon(rings);
			return [{ id, size: area(shape), shape: { ...shape, bbox: bbox(shape) }, outline }];
		})
		.sort((a, b) => a.size - b.size);
	const sizes = new Map(shapes.map(({ id, size }) => [id, size]));
	return {
		name: story.id,
		story,
		page: pageStory(story, 'en'),
		targets: targetsOf(mapPlaces(story)),
		shapes,
		sizeOf: (id: string) => sizes.get(id) ?? 0,
		/** Ids of the outlines that hold a position, smallest first. */
		holding: ([lng, lat]: Position) =>
			shapes.filter(({ shape }) => booleanPointInPolygon([lng, lat], shape)).map(({ id }) => id)
	};
}
type Clickable = ReturnType<typeof clickable>;

const stories = [relay, ...publishedIds.map(storyOf)].map(clickable);

/** Positions in, beside and near the edge of an outline; the same at every run. */
function positionsAround({ id, outline, shape }: Clickable['shapes'][number]): Position[] {
	const random = randomFrom(400 + id.length * 31 + id.charCodeAt(0));
	const corners = outline.flatMap(([exterior]) => exterior ?? []);
	const [west, south, east, north] = shape.bbox;
	return Array.from({ length: POSITIONS }, (_, index): Position => {
		const [lng, lat] = corners[Math.floor(random() * corners.length)] ?? [0, 0];
		const reach = (north - south) * 0.03;
		const near = [lng + (random() - 0.5) * reach, lat + (random() - 0.5) * reach] as const;
		const anywhere = [
			west + (east - west) * (random() * 1.4 - 0.2),
			south + (north - south) * (random() * 1.4 - 0.2)
		] as const;
		return index % 3 === 0 ? near : anywhere;
	});
}

/** The answer to a click, and what Turf finds there; null where a dot is nearer, or no globe. */
function clickAt(
	{ story, targets, holding, sizeOf }: Clickable,
	look: Perspective,
	position: Position,
	lit: ReadonlySet<string>
) {
	const at = look.project(position);
	if (!at) return null;
	const isNear = [...lit].some((id) => {
		const dot = look.project(story.places[id]?.point ?? [NaN, NaN]);
		return dot && Math.hypot(dot[0] - at[0], dot[1] - at[1]) <= FINGER;
	});
	const seen = look.unproject(at);
	if (isNear || !seen) return null;
	const answer = placesAt({ at, look, lit, labelled: null }, targets);
	return { answer, expected: holding(seen), sizes: answer.map(sizeOf) };
}

/** First comes what lies under the pointer; of what it may mean besides, the smallest. */
function expectOrdered([, ...others]: readonly number[], where: string): void {
	expect(others, `${where}: smallest first`).toEqual(others.toSorted((a, b) => a - b));
}

/** Holds an answer to Turf's, and to its order. */
function expectRight(click: ReturnType<typeof clickAt>, where: string): void {
	if (!click) return;
	const { answer, expected, sizes } = click;
	expect(answer[0], where).toBe(expected[0]);
	// One alone is meant where a finger can aim at it; else all that lie there are offered.
	if (answer.length > 1) expect(answer, where).toEqual(expect.arrayContaining(expected));
	expectOrdered(sizes, where);
}

describe.each(stories)('in $name', (each) => {
	const { shapes, page } = each;
	const nothing = new Set<string>();

	test('clicks around each outline, as its dossier shows it, get the answer of Turf’s point in polygon', () => {
		for (const shape of shapes) {
			const camera = page.places.find(({ id }) => id === shape.id)?.camera;
			if (!camera) throw new Error(`The page has no place ${shape.id}.`);
			const clicks = positionsAround(shape).map((position, index) => {
				const look = perspective(camera, PLATES[index % 2] ?? PLATES[0]);
				return clickAt(each, look, position, nothing);
			});
			for (const click of clicks) expectRight(click, shape.id);
			const inside = clicks.filter((click) => click?.expected.includes(shape.id)).length;
			expect(inside, `${shape.id}: clicks inside`).toBeGreaterThan(3);
			expect(inside, `${shape.id}: clicks outside`).toBeLessThan(POSITIONS - 3);
		}
	});

	test('and so they do in every scene, with what is lit there', () => {
		const positions = shapes.flatMap(positionsAround);
		for (const [index, { id, camera, lit, beats }] of page.scenes.entries()) {
			const shown = new Set([...lit, ...beats.flatMap((beat) => beat.lit)]);
			const some = positions.filter((_, order) => order % page.scenes.length === index);
			const clicks = PLATES.flatMap((side) => {
				const look = perspective(camera, side);
				return some.map((position) => clickAt(each, look, position, shown));
			});
			for (const click of clicks) expectRight(click, id);
			expect(clicks.filter((click) => click).length, id).toBeGreaterThan(0);
		}
	});

	test('a click on a place that is shown means it, or offers it, in every paragraph', () => {
		const { frameAt, progressOf } = createTimeline(page.scenes, { stepped: true });
		let clicks = 0;
		const paragraphs = page.scenes.flatMap(({ beats }) => beats.map(({ paragraph }) => paragraph));
		for (const paragraph of paragraphs) {
			const frame = frameAt(progressOf(`p${paragraph}`) ?? NaN);
			const lit = new Set(Object.keys(frame.lit));
			for (const side of PLATES) {
				const look = perspective(frame.camera, side);
				for (const id of lit) {
					const at = look.project(each.story.places[id]?.point ?? [NaN, NaN]);
					if (!at || Math.max(...at.map(Math.abs)) > side / 2) continue;
					clicks += 1;
					// On a small screen 5 px are as wide as a country.
					for (const off of side > 500 ? [0, 5] : [0]) {
						const pointed = { at: [at[0] + off, at[1] - off] as const, look, lit, labelled: null };
						const answer = placesAt(pointed, each.targets);
						expect(answer, `paragraph ${paragraph}`).toContain(id);
						expectOrdered(answer.map(each.sizeOf), `paragraph ${paragraph}`);
					}
				}
			}
		}
		expect(clicks).toBeGreaterThan(20);
	});
});
