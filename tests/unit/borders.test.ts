/** What the border policy asks of every frame of a story. */
import { expect, test } from 'vitest';
import { perspective } from '../../src/lib/globe/camera';
import { pageStory } from '../../src/lib/server/page';
import type { Camera, Place } from '../../src/lib/model/story';
import { createTimeline, DWELL } from '../../src/lib/timeline/timeline';
import { relay as story } from '../fixtures/stories';

const { scenes } = pageStory(story, 'ar');
const timeline = createTimeline(scenes, { stepped: false });
const STEPS = 90;

/** How large a place stands in the middle of the plate, in its sides; 0 for one that is not there. */
function sizeSeen(camera: Camera, { outline }: Place): number {
	const { project } = perspective(camera, 1);
	const seen = (outline ?? []).flatMap(([exterior]) =>
		(exterior ?? []).flatMap((corner) => {
			const at = project(corner);
			return at && Math.max(Math.abs(at[0]), Math.abs(at[1])) <= 0.5 ? [at] : [];
		})
	);
	const extents = ([0, 1] as const).map((axis) => {
		const along = seen.map((at) => at[axis]);
		return Math.max(...along) - Math.min(...along);
	});
	return Math.max(0, ...extents);
}

test('in a flight as in a scene, every disputed or occupied place that is well seen is hatched', () => {
	let found = 0;
	const bare: string[] = [];
	for (let step = 0; step <= STEPS * scenes.length; step++) {
		const progress = Math.min(step / STEPS, timeline.length);
		const { camera, hatched } = timeline.frameAt(progress);
		for (const id of story.disputed) {
			const place = story.places[id];
			if (!place || sizeSeen(camera, place) < 0.06) continue;
			found += 1;
			if (hatched[id] !== 1) bare.push(`${id} at ${progress.toFixed(3)}: ${hatched[id] ?? 0}`);
		}
	}
	expect(found).toBeGreaterThan(200);
	expect(bare).toEqual([]);
});

test('what is not seen is not said to be hatched, and no amount jumps', () => {
	let before = timeline.frameAt(0).hatched;
	for (let step = 1; step <= 10 * STEPS * scenes.length; step++) {
		const progress = Math.min(step / STEPS / 10, timeline.length);
		const { hatched } = timeline.frameAt(progress);
		for (const id of story.disputed) {
			const change = Math.abs((hatched[id] ?? 0) - (before[id] ?? 0));
			expect(change, `${id} at ${progress}`).toBeLessThan(0.2);
		}
		before = hatched;
	}
	for (const [index, { hatched }] of scenes.entries()) {
		expect(timeline.frameAt(index + DWELL / 2).hatched).toEqual(hatched);
	}
});
