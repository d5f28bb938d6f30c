import { describe, expect, it } from 'vitest';
import { attend, lookBetween, type Attended, type Look } from '../../src/lib/timeline/attention';
import { pageStory } from '../../src/lib/server/page';
import { createTimeline } from '../../src/lib/timeline/timeline';
import { relay } from '../fixtures/stories';

const { scenes, places, dossiers } = pageStory(relay, 'ar');
const timeline = createTimeline(scenes, { stepped: false });
const frame = timeline.frameAt(timeline.progressOf('p8') ?? 0);

function dossier(id: string): Attended {
	const found = places.find((place) => place.id === id);
	const told = dossiers?.[id];
	if (!found || !told) throw new Error(`The page has no dossier of ${id}.`);
	return { ...found, contacts: told.contacts };
}

describe('what the map shows to a reader', () => {
	it('who attends to nothing is the frame of the scroll itself', () => {
		expect(attend(frame, null, null)).toBe(frame);
	});

	it('who has a dossier open is its place, lit and in sight, with the contacts that touch it', () => {
		const open = dossier('kursk');
		const shown = attend(frame, open, null);
		expect(shown.camera).toBe(open.camera);
		expect(shown.lit).toEqual({ ...frame.lit, kursk: 1 });
		expect(shown.contacts).toEqual([{ id: 'widening', drawn: 1, opacity: 1 }]);
		expect(shown.countries).toEqual([...frame.countries]);
		expect([shown.scene, shown.paragraph, shown.date]).toEqual([
			frame.scene,
			frame.paragraph,
			frame.date
		]);
		expect(attend(frame, dossier('seoul'), null).countries).toContain('KR');
	});

	it('who points at a place is the same view with that place lit', () => {
		const shown = attend(frame, null, 'alaska');
		expect(shown).toEqual({ ...frame, lit: { ...frame.lit, alaska: 1 } });
		expect(shown.camera).toBe(frame.camera);
	});
});

describe('the way from one look at the map to another', () => {
	const from: Look = { camera: frame.camera, plate: { x: 600, y: 400, side: 500 } };
	const to: Look = { camera: dossier('kursk').camera, plate: { x: 300, y: 350, side: 250 } };
	const way = lookBetween(from, to);

	it('begins and ends at exactly these', () => {
		expect(way(0)).toBe(from);
		expect(way(1)).toBe(to);
		expect(way(-0.2)).toBe(from);
		expect(way(1.2)).toBe(to);
	});

	it('has no jump', () => {
		const at = (fraction: number) => {
			const { camera, plate } = way(fraction);
			return [camera.lng, camera.lat, camera.zoom, plate.x / 100, plate.y / 100, plate.side / 100];
		};
		for (let step = 0; step < 1000; step++) {
			const [here, next] = [at(step / 1000), at((step + 1) / 1000)];
			here.forEach((value, index) => {
				expect(Math.abs((next[index] ?? NaN) - value)).toBeLessThan(0.2);
			});
		}
	});

	it('is the same way back', () => {
		const back = lookBetween(to, from);
		for (const fraction of [0.1, 0.4, 0.75]) {
			const [there, here] = [way(fraction), back(1 - fraction)];
			expect(here.camera.zoom).toBeCloseTo(there.camera.zoom, 6);
			expect(here.plate.side).toBeCloseTo(there.plate.side, 6);
		}
	});
});
