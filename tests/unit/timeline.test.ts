import { describe, expect, test } from 'vitest';
import { perspective } from '../../src/lib/globe/camera';
import {
	createScroll,
	createTimeline,
	DWELL,
	type Layout,
	type TimelineScene
} from '../../src/lib/timeline/timeline';

const beat = (paragraph: number, lit: string[], contacts: string[] = []) => ({
	paragraph,
	lit,
	contacts,
	date: '2025-08-12'
});
const scenes: TimelineScene[] = [
	{
		id: 'opening',
		lit: ['alaska'],
		hatched: {},
		hatchedOnward: [],
		countries: ['US'],
		beats: [],
		camera: { lng: -169, lat: 65, zoom: 0.2, bearing: 0, pitch: 0 }
	},
	{
		id: 'call',
		lit: [],
		hatched: {},
		hatchedOnward: [['donetsk', 0.4, 0.6, 1, 2]],
		countries: ['RU'],
		beats: [beat(1, ['moscow', 'pyongyang'], ['call']), beat(2, ['pyongyang'], ['call'])],
		camera: { lng: 90, lat: 60, zoom: 2, bearing: 0, pitch: 0 }
	},
	{
		id: 'kursk',
		lit: [],
		hatched: { donetsk: 1 },
		hatchedOnward: [['donetsk', -1, 0, 0.5, 0.6]],
		countries: ['RU', 'UA'],
		beats: [beat(3, ['kursk'], ['troops'])],
		camera: { lng: 36, lat: 51.7, zoom: 6, bearing: 0, pitch: 0 }
	},
	{
		id: 'alaska',
		lit: [],
		hatched: {},
		hatchedOnward: [],
		countries: ['US'],
		beats: [beat(4, ['alaska'], ['troops', 'summit'])],
		camera: { lng: -152, lat: 62, zoom: 3, bearing: 20, pitch: 30 }
	}
];
const timeline = createTimeline(scenes, { stepped: false });
const stepped = createTimeline(scenes, { stepped: true });
const layout: Layout = {
	pane: 800,
	readingLine: 520,
	landing: 320,
	scenes: [
		{ top: 0, bottom: 1500, paragraphs: [] },
		{ top: 1500, bottom: 3400, paragraphs: [2050, 2400] },
		{ top: 3400, bottom: 5000, paragraphs: [3950] },
		{ top: 5000, bottom: 6600, paragraphs: [5550] }
	]
};
const scroll = createScroll(layout);
const everywhere = Array.from({ length: 4000 }, (_, step) => (step / 3999) * timeline.length);

describe('frameAt', () => {
	test('every scene is hit exactly, and stays while it is read', () => {
		scenes.forEach((scene, index) => {
			for (const dwell of [0, DWELL / 3, DWELL]) {
				const frame = timeline.frameAt(index + dwell);
				expect(frame.camera).toBe(scene.camera);
				expect(frame.scene).toBe(scene.id);
			}
		});
	});

	test('is continuous: a small step in progress is a small step in px, in light and in lines', () => {
		let before = timeline.frameAt(0);
		for (const progress of everywhere) {
			const after = timeline.frameAt(progress);
			const at = perspective(before.camera, 800).project([after.camera.lng, after.camera.lat]);
			expect(Math.hypot(...(at ?? [Infinity]))).toBeLessThan(20);
			for (const id of new Set([...Object.keys(before.lit), ...Object.keys(after.lit)])) {
				expect(Math.abs((before.lit[id] ?? 0) - (after.lit[id] ?? 0))).toBeLessThan(0.05);
			}
			for (const { id, drawn, opacity } of after.contacts) {
				const was = before.contacts.find((contact) => contact.id === id) ?? {
					drawn: 0,
					opacity: 1
				};
				expect(Math.abs(was.drawn * was.opacity - drawn * opacity)).toBeLessThan(0.05);
			}
			before = after;
		}
	});

	test('while nothing changes it gives the same lights and lines, not just equal ones', () => {
		for (const each of [timeline, stepped]) {
			for (const [from, to] of [
				[0, 0.5],
				[1.06, 1.24],
				[1.31, 1.5],
				[2.15, 2.5]
			] as const) {
				const [first, ...others] = [0, 0.2, 0.5, 0.7, 1].map((fraction) =>
					each.frameAt(from + (to - from) * fraction)
				);
				for (const frame of others) {
					expect(frame.lit).toBe(first?.lit);
					expect(frame.hatched).toBe(first?.hatched);
					expect(frame.contacts).toBe(first?.contacts);
				}
			}
		}
	});

	test('a jump, a step and the way back give the same frame', () => {
		const forwards = everywhere.map((progress) => timeline.frameAt(progress));
		const backwards = [...everywhere]
			.reverse()
			.map((progress) => timeline.frameAt(progress))
			.reverse();
		expect(backwards).toEqual(forwards);
		expect(createTimeline(scenes, { stepped: false }).frameAt(2.2)).toEqual(timeline.frameAt(2.2));
	});

	test('with reduced motion the camera is always a scene’s, and lines appear whole', () => {
		const cameras = new Set(scenes.map(({ camera }) => camera));
		for (const progress of everywhere) {
			const frame = stepped.frameAt(progress);
			expect(cameras.has(frame.camera)).toBe(true);
			for (const contact of frame.contacts) expect(contact).toMatchObject({ drawn: 1, opacity: 1 });
			for (const amount of Object.values(frame.lit)) expect(amount).toBe(1);
		}
	});

	test('lights what its paragraph names, and keeps a contact that goes on', () => {
		expect(timeline.frameAt(1.1).paragraph).toBe(1);
		expect(timeline.frameAt(1.1).lit).toEqual({ moscow: 1, pyongyang: 1 });
		const second = timeline.frameAt(1.48);
		expect(second.paragraph).toBe(2);
		expect(second.lit).toEqual({ pyongyang: 1 });
		expect(second.contacts).toEqual([{ id: 'call', drawn: 1, opacity: 1 }]);
	});

	test('outside the story, or asked for no number, it shows its ends', () => {
		expect(timeline.frameAt(-4)).toEqual(timeline.frameAt(0));
		expect(timeline.frameAt(99)).toEqual(timeline.frameAt(timeline.length));
		expect(timeline.frameAt(NaN)).toEqual(timeline.frameAt(0));
	});

	test('a story without a scene is refused', () => {
		expect(() => createTimeline([], { stepped: false })).toThrow(/needs a scene/);
	});
});

describe('addresses', () => {
	test('a scene’s and a paragraph’s address lie in the dwell they name', () => {
		for (const { id, beats } of scenes) {
			expect(timeline.frameAt(timeline.progressOf(id) ?? NaN).scene).toBe(id);
			for (const { paragraph } of beats) {
				const frame = timeline.frameAt(timeline.progressOf(`p${paragraph}`) ?? NaN);
				expect(frame).toMatchObject({ paragraph, scene: id });
			}
		}
	});

	test('an address that names nothing answers null', () => {
		for (const address of ['p99', '', 'constructor', 'pnull'])
			expect(timeline.progressOf(address)).toBeNull();
	});
});

describe('scroll', () => {
	test('progress never goes back as the scroll goes on', () => {
		let last = -1;
		for (let y = -200; y < 7000; y += 7) {
			const progress = scroll.progressAt(y);
			expect(progress).toBeGreaterThanOrEqual(last);
			last = progress;
		}
		expect(last).toBe(timeline.length);
	});

	test('scrollAt is the inverse of progressAt', () => {
		for (const progress of everywhere)
			expect(scroll.progressAt(scroll.scrollAt(progress))).toBeCloseTo(progress, 6);
	});

	test('the camera stands still while a section fills the pane', () => {
		for (const [index, { top, bottom }] of layout.scenes.entries()) {
			for (const y of [top, (top + bottom - 800) / 2, bottom - 800]) {
				expect(timeline.frameAt(scroll.progressAt(y)).camera).toBe(scenes[index]?.camera);
			}
		}
	});

	test('a paragraph is the present one from the reading line on', () => {
		expect(timeline.frameAt(scroll.progressAt(2400 - 520 - 2)).paragraph).toBe(1);
		expect(timeline.frameAt(scroll.progressAt(2400 - 520 + 2)).paragraph).toBe(2);
	});
});

test('what is hatched is there whole in its scene, gone in the others, and never jumps between', () => {
	const amount = (progress: number) => timeline.frameAt(progress).hatched['donetsk'] ?? 0;
	expect(amount(2 + DWELL / 2)).toBe(1);
	expect(amount(1)).toBe(0);
	expect(amount(3 + DWELL / 2)).toBe(0);
	const amounts = everywhere.map(amount);
	for (const [index, now] of amounts.entries()) {
		expect(Math.abs(now - (amounts[index - 1] ?? now))).toBeLessThan(0.05);
	}
});
