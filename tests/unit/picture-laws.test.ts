/** Where pictures draw: every mark against the projection and the geography that it was drawn from. */
import { readdirSync, readFileSync } from 'node:fs';
import type { Topology } from 'topojson-specification';
import { describe, expect, test } from 'vitest';
import { ROOT } from '../../scripts/setup.mjs';
import { render } from 'svelte/server';
import Article from '../../src/lib/page/Article.svelte';
import { perspective, toPosition, toVector } from '../../src/lib/globe/camera';
import { contactSegments } from '../../src/lib/globe/outline';
import { pictureSvg } from '../../src/lib/server/picture';
import { storyOf } from '../../src/lib/server/library';
import { cameraOfScene, labelsOf, pictureOf } from '../../src/lib/server/maps';
import { pageStory } from '../../src/lib/server/page';
import { REACH, UNITS } from '../../src/lib/picture/drawing';
import type { Position, Story } from '../../src/lib/model/story';
import { createTimeline } from '../../src/lib/timeline/timeline';
import { Painter, type PaintedStory } from '../../src/lib/live/painter';
import type { Venue } from '../../src/lib/reading/venue';
import { publishedIds, relay } from '../fixtures/stories';
import { RecordedMap } from './recorded-map';

const stories: readonly Story[] = [relay, ...publishedIds.map(storyOf)];
const scenes = stories.flatMap((story) =>
	story.scenes.map((scene) => ({ name: `${story.id}, ${scene.id}`, story, scene }))
);

type Point = readonly [x: number, y: number];

interface Segment {
	readonly from: Point;
	readonly to: Point;
}

/** How far, in px on a plate of 1,000 px, a drawn corner may be from what it stands for: it is set to whole px. */
const EXACT = 1;
/** How far what is drawn may be from a corner that it stands for, as corners too near to each other are left out. */
const COARSE = 2.5;

const distanceTo = ([x, y]: Point, { from, to }: Segment): number => {
	const [dx, dy] = [to[0] - from[0], to[1] - from[1]];
	const squared = dx * dx + dy * dy;
	const along = squared ? ((x - from[0]) * dx + (y - from[1]) * dy) / squared : 0;
	const at = Math.max(0, Math.min(1, along));
	return Math.hypot(x - from[0] - at * dx, y - from[1] - at * dy);
};

/** Segments by the squares of a grid that they touch: the nearest of thousands is asked for thousands of times. */
class Grid {
	static readonly #cell = 24;
	readonly #cells = new Map<number, Segment[]>();

	constructor(segments: readonly Segment[]) {
		for (const segment of segments) {
			const { from, to } = segment;
			const [left, right] = [Math.min(from[0], to[0]), Math.max(from[0], to[0])];
			const [top, bottom] = [Math.min(from[1], to[1]), Math.max(from[1], to[1])];
			if (right < -REACH.x || left > REACH.x || bottom < -REACH.y || top > REACH.y) continue;
			for (const key of Grid.#keys(left, right, top, bottom)) {
				const here = this.#cells.get(key);
				if (here) here.push(segment);
				else this.#cells.set(key, [segment]);
			}
		}
	}

	static *#keys(left: number, right: number, top: number, bottom: number) {
		const of = (value: number, reach: number) =>
			Math.floor(Math.max(-reach, Math.min(reach, value)) / Grid.#cell);
		for (let x = of(left, REACH.x); x <= of(right, REACH.x); x++)
			for (let y = of(top, REACH.y); y <= of(bottom, REACH.y); y++) yield x * 1000 + y;
	}

	/** True where a segment is at most so many px from a point. */
	isNear(point: Point, most: number): boolean {
		const [x, y] = point;
		for (const key of Grid.#keys(x - most, x + most, y - most, y + most))
			if (this.#cells.get(key)?.some((segment) => distanceTo(point, segment) <= most)) return true;
		return false;
	}
}

interface DrawnPath {
	readonly role: string;
	/** The lines of it, each from corner to corner; closed ones end where they begin. */
	readonly lines: readonly (readonly Point[])[];
}

/** The paths of a picture, as a browser reads them. */
function readSvg(svg: string): DrawnPath[] {
	return [...svg.matchAll(/<path class="([^"]+)" d="([^"]+)"\/>/g)].map(([, role = '', d = '']) => {
		const lines = d
			.split('M')
			.slice(1)
			.map((part) => {
				const numbers = [...part.matchAll(/-?\d+/g)].map(Number);
				const line: Point[] = [];
				let [x, y] = [0, 0];
				for (let index = 0; index < numbers.length; index += 2) {
					x += numbers[index] ?? NaN;
					y += numbers[index + 1] ?? NaN;
					line.push([x, y]);
				}
				const [first] = line;
				return part.endsWith('z') && first ? [...line, first] : line;
			});
		return { role, lines };
	});
}

const segmentsOf = (lines: DrawnPath['lines']): Segment[] =>
	lines.flatMap((line) => line.slice(1).map((to, index) => ({ from: line[index] ?? to, to })));

type Look = ReturnType<typeof perspective>;

/** Radians of a line that are drawn as one straight piece here; d3-geo bends its own as it needs to. */
const PIECE = 0.01;

/** What is seen of lines on the globe, in pieces: they follow great circles, and end at the horizon. */
function seenOf(lines: readonly (readonly Position[])[], { project }: Look): Segment[] {
	const segments: Segment[] = [];
	const add = (a: Position, b: Position) => {
		const [from, to] = [project(a), project(b)];
		if (from && to) segments.push({ from, to });
		else if (from || to) {
			// One end is hidden: the other is followed to the horizon.
			let [seen, hidden] = from ? [a, b] : [b, a];
			const start = project(seen);
			for (let step = 0; step < 30; step++) {
				const middle = between(seen, hidden, 0.5);
				if (project(middle)) seen = middle;
				else hidden = middle;
			}
			const end = project(seen);
			if (start && end) segments.push({ from: start, to: end });
		}
	};
	for (const line of lines) {
		for (let index = 1; index < line.length; index++) {
			const [a, b] = [line[index - 1], line[index]];
			if (!a || !b) continue;
			const apart = Math.hypot(a[0] - b[0], a[1] - b[1]) * (Math.PI / 180);
			const pieces = Math.ceil(Math.min(apart, Math.PI) / PIECE);
			for (let piece = 0; piece < pieces; piece++)
				add(between(a, b, piece / pieces), between(a, b, (piece + 1) / pieces));
		}
	}
	return segments;
}

/** A position on the way from one to another, which is short: the chord is near enough to the arc. */
function between(a: Position, b: Position, part: number): Position {
	if (part === 0) return a;
	if (part === 1) return b;
	const [u, v] = [toVector(a), toVector(b)];
	const angle = Math.acos(Math.max(-1, Math.min(1, u[0] * v[0] + u[1] * v[1] + u[2] * v[2])));
	if (angle < 1e-9) return a;
	const [j, k] = [Math.sin((1 - part) * angle), Math.sin(part * angle)];
	return toPosition([u[0] * j + v[0] * k, u[1] * j + v[1] * k, u[2] * j + v[2] * k]);
}

/** The coasts of the basemap, by level, straight from its files. */
function coastsOf(level: string): Position[][] {
	const text = readFileSync(`${ROOT}/data/basemap/${level}.json`, 'utf8');
	// The build of the geodata wrote and checked this file.
	const { arcs, transform, objects } = JSON.parse(text) as Topology;
	const { scale, translate } = transform ?? { scale: [1, 1], translate: [0, 0] };
	const coast = objects['coast'];
	if (coast?.type !== 'MultiLineString') return [];
	const arcAt = (index: number): Position[] => {
		let [x, y] = [0, 0];
		const line = (arcs[index < 0 ? ~index : index] ?? []).map(([dx = NaN, dy = NaN]): Position => {
			x += dx;
			y += dy;
			return [x * scale[0] + translate[0], y * scale[1] + translate[1]];
		});
		return index < 0 ? line.reverse() : line;
	};
	return coast.arcs.flatMap((indices) => indices.map(arcAt));
}

const world = coastsOf('world');
const windows = readdirSync(`${ROOT}/data/basemap`)
	.map((name) => name.replace('.json', ''))
	.filter((name) => name !== 'world' && name !== 'labels');
const near = windows.flatMap(coastsOf);
/** Zoom from which a picture has the windows. */
const NEAR_ZOOM = 2.9;

/** All that is drawn of a scene, and how it is seen. */
const drawn = new Map(
	scenes.map(({ name, story, scene }) => {
		const camera = cameraOfScene(story, scene.id);
		const { frameAt, progressOf } = createTimeline(pageStory(story, 'en').scenes, {
			stepped: true
		});
		return [
			name,
			{
				camera,
				look: perspective(camera, UNITS),
				frame: frameAt(progressOf(scene.id) ?? NaN),
				paths: readSvg(pictureSvg(pictureOf(story, scene.id)))
			}
		] as const;
	})
);

function pictured(name: string) {
	const found = drawn.get(name);
	if (!found) throw new Error(`There is no scene ${name}.`);
	const linesOf = (...roles: readonly string[]) =>
		found.paths.flatMap(({ role, lines }) => (roles.includes(role) ? lines : []));
	return { ...found, linesOf };
}

const isInside = ([x, y]: Point, margin: number) =>
	Math.abs(x) < REACH.x - margin && Math.abs(y) < REACH.y - margin;

/** True at the edge of the picture or of the globe, where areas are cut. */
function isCut(point: Point, { unproject, cap, projectVector }: Look): boolean {
	if (!isInside(point, EXACT)) return true;
	const [x, y] = projectVector(toVector(cap.centre));
	const away = Math.hypot(point[0] - x, point[1] - y);
	const out = 1 + (2 * EXACT) / away;
	return unproject([x + (point[0] - x) * out, y + (point[1] - y) * out]) === null;
}

/** Corners that lie on none of the lines that they should be of. */
function strays(
	lines: DrawnPath['lines'],
	source: readonly (readonly Position[])[],
	look: Look,
	areas = false
): Point[] {
	const grid = new Grid(seenOf(source, look));
	return lines
		.flat()
		.filter((point) => !grid.isNear(point, EXACT) && !(areas && isCut(point, look)));
}

/** Corners of the lines that are seen, and near none of what is drawn. */
function missing(
	lines: DrawnPath['lines'],
	source: readonly (readonly Position[])[],
	{ project }: Look
): Position[] {
	const grid = new Grid(segmentsOf(lines));
	return source.flat().filter((position) => {
		const point = project(position);
		return point && isInside(point, 2 * COARSE) && !grid.isNear(point, COARSE);
	});
}

const SCREENS = [
	{ width: 320, height: 568 },
	{ width: 390, height: 844 },
	{ width: 844, height: 390 },
	{ width: 1280, height: 800 },
	{ width: 1920, height: 1080 }
] as const;

/** The map on a screen, its plate and the free area around it, in px, as styles/layout.css has them. */
function screenOf(width: number, height: number, isRightToLeft: boolean) {
	const clamp = (least: number, part: number, most: number) =>
		Math.max(least, Math.min(most, part * width));
	const isBeside = width >= height && width >= 640;
	const strip = 76;
	const pane = isBeside ? height - strip : 0.46 * height;
	const gutter = clamp(16, 0.03, 48);
	const words = clamp(52, 0.045, 80) + clamp(8, 0.015, 24) + clamp(288, 0.35, 544) + gutter;
	const [start, end] = [isBeside ? words : gutter, gutter];
	const [left, right] = isRightToLeft ? [end, width - start] : [start, width - end];
	const [top, bottom] = isBeside ? [52, pane - 32] : [48, pane - 22.4];
	const side = Math.min(right - left, bottom - top);
	const plate = { x: (left + right) / 2, y: (top + bottom) / 2, side };
	return { viewport: { width, height: pane, plate }, free: { left, right, top, bottom } };
}

/** A story of which nothing but the camera is asked. */
const UNPAINTED: PaintedStory = {
	places: [],
	contacts: [],
	scenes: [],
	language: 'en',
	crowd: { places: false, contacts: false },
	outlined: new Set()
};

/** All that a scene's view wants in sight. */
function sightOf(name: string): readonly Position[] {
	const { story, scene } = scenes.find((each) => each.name === name) ?? {};
	const { places = [], points = [] } = scene?.view ?? {};
	const all = [...places, ...points].flatMap((id): readonly Position[] => {
		const place = story?.places[id];
		const outline = places.includes(id) ? place?.outline : null;
		if (outline) return outline.flatMap(([exterior]) => exterior ?? []);
		return place ? [place.point] : [];
	});
	if (all.length === 0) throw new Error(`The view of ${name} wants nothing in sight.`);
	return all;
}

const venue: Venue = {
	kind: 'page',
	live: false,
	base: '',
	root: () => document.documentElement,
	wishes: () => ({ theme: 'auto', motion: 'auto', map: 'static' }),
	keep: () => undefined,
	address: null,
	scrollTo: () => undefined,
	storyAddress: (language, story, hash = '') => `/${language}/${story}/#${hash}`
};

interface Dot {
	readonly place: string;
	/** Px right and down of the centre of a plate of 1,000 px. */
	readonly at: Point;
}

const dots = new Map<Story, Dot[][]>();

/** The dots of each scene's picture, as the page has them. */
function dotsOf(story: Story): Dot[][] {
	const known = dots.get(story);
	if (known) return known;
	const { body } = render(Article, { props: { story: pageStory(story, 'en'), venue } });
	const found = body
		.split('<figure class="picture')
		.slice(1)
		.map((figure) => {
			const circles = (figure.split('</figure>')[0] ?? '').match(/<circle[^>]*data-dot[^>]*>/g);
			return (circles ?? []).map((circle): Dot => {
				const percent = (name: string) =>
					Number(new RegExp(` ${name}="([^"%]*)%"`).exec(circle)?.[1] ?? NaN);
				const place = / data-dot="([^"]*)"/.exec(circle)?.[1] ?? '';
				return { place, at: [(percent('cx') - 50) * 10, (percent('cy') - 50) * 10] };
			});
		});
	dots.set(story, found);
	return found;
}

describe.each(scenes)('the picture of $name', ({ name, story, scene }) => {
	test('has its coasts where the basemap has them, all that are seen and none that are hidden', () => {
		const { camera, look, linesOf } = pictured(name);
		const source = camera.zoom >= NEAR_ZOOM ? [...world, ...near] : world;
		const lines = linesOf('coast');
		expect(strays(lines, source, look)).toEqual([]);
		expect(missing(lines, source, look)).toEqual([]);
	});

	test('has the outlines of what it lights and hatches where these are', () => {
		const { look, frame, linesOf } = pictured(name);
		const outlinesOf = (ids: readonly string[], countries: boolean) =>
			ids.flatMap((id) => {
				const place = story.places[id];
				return place && (place.kind === 'country') === countries
					? (place.outline ?? []).flat()
					: [];
			});
		const lit = Object.keys(frame.lit);
		for (const [role, countries] of [
			['lit', false],
			['near', true]
		] as const) {
			const source = outlinesOf(lit, countries);
			expect(strays(linesOf(role), source, look, true), role).toEqual([]);
			expect(strays(linesOf(`${role}-edge`), source, look), `${role}-edge`).toEqual([]);
			const open = source.map((ring) => ring.filter(([lng]) => Math.abs(lng) < 180));
			expect(missing(linesOf(`${role}-edge`), open, look), `${role}-edge`).toEqual([]);
		}
		const hatched = outlinesOf(Object.keys(frame.hatched), false);
		expect(strays(linesOf('hatch'), hatched, look, true)).toEqual([]);
		expect(missing(linesOf('hatch'), hatched, look)).toEqual([]);
	});

	test('has the lines of its contacts between their places, from end to end', () => {
		const { look, frame, paths } = pictured(name);
		const lines = paths.flatMap(({ role, lines }) => (role.startsWith('contact') ? lines : []));
		const source = frame.contacts.flatMap(({ id }) => {
			const contact = story.contacts.find((each) => each.id === id);
			if (!contact) return [];
			return contactSegments(contact, story.places).map(({ line }): readonly Position[] => {
				const [first] = line;
				// A dot is a line too short to see.
				return line.length === 1 && first ? [first, [first[0], first[1] + 0.01]] : line;
			});
		});
		expect(lines.length > 0).toBe(frame.contacts.length > 0);
		expect(strays(lines, source, look)).toEqual([]);
		expect(missing(lines, source, look)).toEqual([]);
		for (const { id } of frame.contacts) {
			const [leg] = story.contacts.find((each) => each.id === id)?.legs ?? [];
			const start = leg && story.places[leg.from]?.point;
			const at = start && look.project(start);
			if (at && isInside(at, 2 * COARSE))
				expect(new Grid(segmentsOf(lines)).isNear(at, COARSE), id).toBe(true);
		}
	});

	test('draws nothing beside the globe', () => {
		const { look, paths } = pictured(name);
		const [x, y] = look.projectVector(toVector(look.cap.centre));
		const beside = paths.flatMap(({ role, lines }) =>
			lines.flat().flatMap((point) => {
				const away = Math.hypot(point[0] - x, point[1] - y);
				const nearer = Math.max(0, 1 - (1.5 * EXACT) / away);
				const at = [x + (point[0] - x) * nearer, y + (point[1] - y) * nearer] as const;
				return look.unproject(at) ? [] : [`${role} ${point.join()}`];
			})
		);
		expect(beside).toEqual([]);
	});

	test('has its dots where their places are', () => {
		const { look } = pictured(name);
		const dots = dotsOf(story)[story.scenes.indexOf(scene)] ?? [];
		const named = labelsOf(story, scene.id, 'en').filter(({ kind }) => kind === 'place');
		expect(dots.map(({ place }) => place)).toEqual(named.map(({ id }) => id));
		for (const { place, at } of dots) {
			const [x, y] = look.project(story.places[place]?.point ?? [NaN, NaN]) ?? [NaN, NaN];
			expect(Math.hypot(at[0] - x, at[1] - y), place).toBeLessThan(0.1);
			expect(Math.max(...at.map(Math.abs)), place).toBeLessThanOrEqual(UNITS / 2);
		}
	});

	test.each(SCREENS)(
		'lies under a live map that has all of its view in the free area, $width × $height',
		({ width, height }) => {
			const { frame } = pictured(name);
			for (const isRightToLeft of [false, true]) {
				const { viewport, free } = screenOf(width, height, isRightToLeft);
				const record = new RecordedMap(viewport);
				new Painter(record.map, UNPAINTED, frame, viewport);
				const out = sightOf(name).filter((position) => {
					const [x, y] = record.project([position[0], position[1]]);
					return x < free.left || x > free.right || y < free.top || y > free.bottom;
				});
				expect(out).toEqual([]);
			}
		}
	);
});

test('the pictures together have coasts, lights, hatches and lines of every kind', () => {
	const roles = new Set([...drawn.values()].flatMap(({ paths }) => paths.map(({ role }) => role)));
	for (const role of ['coast', 'lit', 'lit-edge', 'near', 'near-edge', 'hatch', 'arrow'])
		expect(roles).toContain(role);
	for (const kind of ['telephone', 'video', 'meeting', 'troops w0', 'troops w5', 'visit'])
		expect(roles).toContain(`contact ${kind}`);
});
