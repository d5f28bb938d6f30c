import { geoDistance } from 'd3-geo';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { fit, globeRadius, perspective, PLATE } from '../../src/lib/globe/camera';
import { metresPerPx, roundStep, scaleBar } from '../../src/lib/globe/scale';
import type { Camera, View } from '../../src/lib/model/story';

const EARTH = 6_371_008.8;
const kursk: Camera = { lng: 36, lat: 51.7, zoom: 6, bearing: 0, pitch: 0 };
const globe = fit([[-169, 65.7]], {
	places: [],
	points: [],
	maxZoom: 8,
	projection: 'globe',
	bearing: 0,
	pitch: 0
} satisfies View);

describe('a scale bar', () => {
	test('is as long on the ground as it says, at the middle of the plate', () => {
		for (const side of [260, 512, 900]) {
			const bar = scaleBar(kursk, side, 90);
			expect(bar).not.toBeNull();
			if (!bar) continue;
			const { unproject } = perspective(kursk, side);
			const [left, right] = [unproject([-bar.width / 2, 0]), unproject([bar.width / 2, 0])];
			expect(left && right).toBeTruthy();
			if (!left || !right) continue;
			const ground = EARTH * geoDistance([left[0], left[1]], [right[0], right[1]]);
			expect(ground / bar.metres).toBeCloseTo(1, 3);
		}
	});

	test('is no longer than there is room for, and more than a third of it', () => {
		fc.assert(
			fc.property(
				fc.double({ min: 4, max: 12, noNaN: true }),
				fc.integer({ min: 200, max: 1400 }),
				(zoom, side) => {
					const bar = scaleBar({ ...kursk, zoom }, side, 88);
					expect(bar?.width).toBeLessThanOrEqual(88.001);
					expect(bar?.width).toBeGreaterThan(88 / 2.6);
				}
			)
		);
	});

	test('is not shown where the globe is in sight, nor before the plate is measured', () => {
		expect(scaleBar(globe, 512, 90)).toBeNull();
		expect(scaleBar(kursk, 0, 90)).toBeNull();
	});

	test('is shown only where no length on the plate is off it by much more than a tenth', () => {
		for (let zoom = 0; zoom < 6; zoom += 0.1) {
			const camera = { ...kursk, zoom };
			const edge = perspective(camera, PLATE).unproject([PLATE / 2, 0]);
			const off = edge
				? (geoDistance([camera.lng, camera.lat], [edge[0], edge[1]]) * globeRadius(camera)) /
						(PLATE / 2) -
					1
				: Infinity;
			expect(scaleBar(camera, 512, 90) === null).toBe(off > 0.12);
		}
	});
});

test('steps are 1, 2 or 5 times a power of ten', () => {
	expect([1, 1.9, 2, 4.9, 5, 9.9, 10, 499, 500, 1999].map(roundStep)).toEqual([
		1, 1, 2, 2, 5, 5, 10, 200, 500, 1000
	]);
});

test('a px covers twice as much on a plate of half the side', () => {
	expect(metresPerPx(kursk, 256) / metresPerPx(kursk, 512)).toBeCloseTo(2, 9);
});
