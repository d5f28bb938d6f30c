/** What is told as present at every scroll position, by the reader's own state, in layouts like those of real screens. */
import { describe, expect, test } from 'vitest';
import { randomFrom } from '../../scripts/random';
import { Reader } from '../../src/lib/reading/reader.svelte';
import { storyOf } from '../../src/lib/server/library';
import { pageStory } from '../../src/lib/server/page';
import {
	createScroll,
	createTimeline,
	type Frame,
	type Layout,
	type TimelineScene
} from '../../src/lib/timeline/timeline';
import { publishedIds, relay } from '../fixtures/stories';

const stories = [relay, ...publishedIds.map(storyOf)].map((story) => ({
	story: story.id,
	scenes: pageStory(story, 'en').scenes
}));

const SCREENS = [
	{ screen: 'small', height: 568, beside: false },
	{ screen: 'phone', height: 844, beside: false },
	{ screen: 'landscape', height: 390, beside: true },
	{ screen: 'desktop', height: 800, beside: true },
	{ screen: 'large', height: 1080, beside: true }
] as const;
const cases = stories.flatMap((story) => SCREENS.map((screen) => ({ ...story, ...screen })));
type Case = (typeof cases)[number];

/** Px of the margin below the map, in both layouts. */
const STRIP = 76;

/** Where the words stand, as the style sheets have it, with paragraphs of any height; a whole px or not. */
function layoutOf({ scenes, height, beside }: Case): Layout {
	const random = randomFrom(height);
	const pane = beside ? height - STRIP : 0.46 * height;
	const [above, below] = beside ? [0.58, 0.66] : [0.9, 0.06];
	let top = 0;
	return {
		pane,
		readingLine: beside ? pane * 0.66 : pane + (height - pane) * 0.7,
		landing: beside ? pane * 0.4 : pane + (height - pane) * 0.46,
		scenes: scenes.map(({ beats }) => {
			const start = top;
			let at = top + above * height + 60 + random() * 60;
			const paragraphs = beats.map(() => {
				const here = at;
				at += 90 + random() * 420;
				return here;
			});
			top = Math.max(at, start + height) + 80 + below * height;
			return { top: start, bottom: top, paragraphs };
		})
	};
}

function readerOf(each: Case, scroll = 0): Reader {
	const reader = new Reader(each.scenes);
	reader.layOut(layoutOf(each), scroll);
	return reader;
}

/** Scroll positions from above the story to below it. */
function positionsOf(each: Case, count: number): number[] {
	const end = layoutOf(each).scenes.at(-1)?.bottom ?? 0;
	return Array.from({ length: count }, (_, step) => -100 + ((end + 200) * step) / (count - 1));
}

/** What is shown at a scroll position. */
function showing(each: Case, stepped = false): (y: number) => Frame {
	const { frameAt } = createTimeline(each.scenes, { stepped });
	const { progressAt } = createScroll(layoutOf(each));
	return (y) => frameAt(progressAt(y));
}

/** What an address names: a scene, or a paragraph of one. */
interface Named {
	readonly address: string;
	readonly scene: TimelineScene;
	readonly paragraph: number | null;
}

const namedIn = (scenes: readonly TimelineScene[]): Named[] =>
	scenes.flatMap((scene) => [
		{ address: scene.id, scene, paragraph: scene.beats[0]?.paragraph ?? null },
		...scene.beats.map(({ paragraph }) => ({ address: `p${paragraph}`, scene, paragraph }))
	]);

describe.each(cases)('$story, $screen', (each) => {
	test('a scroll position shows the same frame by a jump, step by step and on the way back', () => {
		const positions = positionsOf(each, 200);
		const at = showing(each);
		const down = positions.map(at);
		const up = positions.toReversed().map(at).toReversed();
		expect(up).toEqual(down);
		const jumps = positions.map((y) => showing(each)(y));
		expect(jumps).toEqual(down);
		const reader = readerOf(each);
		for (const [index, y] of positions.entries()) {
			if (index % 20 > 0) continue;
			reader.scrollTo(y);
			expect(reader.frame).toEqual(down[index]);
		}
	});

	test('an address opens where scrolling there leads: what it names is present and there whole', () => {
		const reader = readerOf(each);
		for (const { address, scene, paragraph } of namedIn(each.scenes)) {
			const scroll = reader.scrollOf(address) ?? NaN;
			// A browser scrolls to a whole px of the device.
			for (const y of [scroll, Math.floor(scroll), Math.ceil(scroll)]) {
				reader.scrollTo(y);
				const { frame } = reader;
				expect(frame, address).toMatchObject({ scene: scene.id, paragraph });
				expect(frame.camera, address).toBe(scene.camera);
				expect(frame, address).toEqual(readerOf(each, y).frame);
			}
			reader.scrollTo(scroll);
			const beat = scene.beats.find((candidate) => candidate.paragraph === paragraph);
			const lit = [...scene.lit, ...(beat?.lit ?? [])];
			expect(reader.frame.lit).toEqual(Object.fromEntries(lit.map((id) => [id, 1])));
			const contacts = (beat?.contacts ?? []).map((id) => ({ id, drawn: 1, opacity: 1 }));
			expect(new Set(reader.frame.contacts)).toEqual(new Set(contacts));
		}
	});

	test('an address that names nothing leads nowhere', () => {
		const reader = readerOf(each);
		for (const address of ['', 'p0', 'p999', 'place-alaska', 'constructor'])
			expect(reader.scrollOf(address)).toBeNull();
	});

	test('the present scene and paragraph never go back as the scroll goes on, and none is left out', () => {
		const order = new Map(namedIn(each.scenes).map(({ address }, index) => [address, index]));
		const frames = positionsOf(each, 2_000).map(showing(each));
		const present = frames.map(({ scene, paragraph }) => (paragraph ? `p${paragraph}` : scene));
		const ranks = present.map((address) => order.get(address) ?? NaN);
		expect(ranks).toEqual(ranks.toSorted((a, b) => a - b));
		const all = new Set([...present, ...frames.map(({ scene }) => scene)]);
		expect(namedIn(each.scenes).filter(({ address }) => !all.has(address))).toEqual([]);
		const beats = new Map(
			each.scenes.flatMap(({ id, beats }) =>
				beats.map(({ paragraph, date }) => [paragraph, { scene: id, date }])
			)
		);
		const strange = frames.filter(({ paragraph, scene, date }) => {
			const beat = paragraph === null ? { scene, date: null } : beats.get(paragraph);
			return beat?.scene !== scene || beat.date !== date;
		});
		expect(strange).toEqual([]);
	});

	test('the reader’s address, scene and paragraph are those of the frame', () => {
		const reader = readerOf(each);
		for (const y of positionsOf(each, 40)) {
			reader.scrollTo(y);
			const { scene, paragraph } = showing(each)(y);
			expect([reader.scene, reader.paragraph]).toEqual([scene, paragraph]);
			expect(each.scenes[reader.sceneIndex]?.id).toBe(scene);
			expect(reader.address).toBe(paragraph === null ? scene : `p${paragraph}`);
		}
	});

	test('a paragraph is the present one from the px at which it comes to the reading line', () => {
		const reader = readerOf(each);
		const { scenes, readingLine, pane } = layoutOf(each);
		let crossed = 0;
		for (const [index, { top, bottom, paragraphs }] of scenes.entries()) {
			for (const [order, at] of paragraphs.entries()) {
				const y = at - readingLine;
				// Before and after it the map flies, and the scene's first and last paragraph are present for longer.
				if (order === 0 || y < top || y > bottom - pane) continue;
				crossed += 1;
				const numberOf = (of: number) => each.scenes[index]?.beats[of]?.paragraph;
				reader.scrollTo(y - 1);
				expect(reader.paragraph).toBe(numberOf(order - 1));
				reader.scrollTo(y + 1);
				expect(reader.paragraph).toBe(numberOf(order));
			}
		}
		if (each.scenes.some(({ beats }) => beats.length > 1)) expect(crossed).toBeGreaterThan(0);
	});

	test('the camera stands still in its scene while the section fills the map’s pane', () => {
		const reader = readerOf(each);
		const { scenes, pane } = layoutOf(each);
		for (const [index, { top, bottom }] of scenes.entries()) {
			for (const y of [top, (top + bottom - pane) / 2, bottom - pane]) {
				reader.scrollTo(y);
				expect(reader.frame.camera).toBe(each.scenes[index]?.camera);
			}
		}
	});

	test('for readers who want no motion the camera is always a scene’s, and all that is there is there whole', () => {
		const cameras = new Map(each.scenes.map(({ id, camera }) => [id, camera]));
		const frames = positionsOf(each, 2_000).map(showing(each, true));
		const moving = frames.filter(
			({ camera, scene, lit, hatched, contacts }) =>
				camera !== cameras.get(scene) ||
				[...Object.values(lit), ...Object.values(hatched)].some((amount) => amount !== 1) ||
				contacts.some(({ drawn, opacity }) => drawn !== 1 || opacity !== 1)
		);
		expect(moving).toEqual([]);
		const reader = readerOf(each);
		reader.motion = 'reduce';
		reader.scrollTo(positionsOf(each, 3)[1] ?? NaN);
		expect(cameras.get(reader.scene)).toBe(reader.frame.camera);
	});
});
