import { expect, test } from 'vitest';
import { pictureOf, pictureOfPlace } from '../../src/lib/server/maps';
import { relay as story } from '../fixtures/stories';

const pictures = [
	...story.scenes.map(({ id }) => ({ name: id, paths: pictureOf(story, id) })),
	...Object.values(story.places).map((place) => ({
		name: `the dossier of ${place.id}`,
		paths: pictureOfPlace(story, place)
	}))
];

/** The corners of a path's first part, from the start of it. */
function cornersOf(d: string): number[][] {
	const numbers = [...(d.split('z')[0] ?? '').matchAll(/-?\d+/g)].map(Number).slice(2);
	let [x, y] = [0, 0];
	return Array.from({ length: numbers.length / 2 }, (_, index) => {
		x += numbers[2 * index] ?? NaN;
		y += numbers[2 * index + 1] ?? NaN;
		return [x, y];
	});
}

test('an arrowhead is a small triangle in every picture (it once filled all of them but itself)', () => {
	const heads = pictures.flatMap(({ name, paths }) =>
		paths.filter(({ role }) => role === 'arrow').map(({ d }) => ({ name, d }))
	);
	expect(new Set(heads.map(({ name }) => name)).size).toBeGreaterThan(4);
	for (const { name, d } of heads) {
		expect(d.match(/M/g), name).toHaveLength(1);
		for (const corner of cornersOf(d)) expect(Math.hypot(...corner), name).toBeLessThan(60);
	}
});
