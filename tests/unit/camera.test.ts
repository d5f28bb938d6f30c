import { geoDistance, geoInterpolate } from 'd3-geo';
import { interpolateZoom } from 'd3-interpolate';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
	alongGreatCircle,
	angleBetween,
	fieldOfView,
	fit,
	flight,
	FOCAL_LENGTH,
	globeRadius,
	onPlate,
	perspective,
	PLATE,
	toVector,
	zoomPath
} from '../../src/lib/globe/camera';
import type { Camera, Position, View } from '../../src/lib/model/story';

const view: View = { places: [], points: [], maxZoom: 8, projection: 'near', bearing: 0, pitch: 0 };
const moscow: Position = [37.6175, 55.752];
const anchorage: Position = [-149.9, 61.2181];
const pyongyang: Position = [125.7549, 39.0339];
const washington: Position = [-77.0369, 38.9072];
const attu: Position = [172.9, 52.9];
const near: Camera = { lng: 36, lat: 51, zoom: 5, bearing: 0, pitch: 0 };
const far: Camera = { lng: -150, lat: 62, zoom: 1.2, bearing: 0, pitch: 0 };

describe('perspective', () => {
	test('the centre of the camera is the centre of the plate', () => {
		const [x, y] = perspective({ ...near, bearing: 30, pitch: 40 }, 700).project([36, 51]) ?? [
			NaN,
			NaN
		];
		expect(x).toBeCloseTo(0, 9);
		expect(y).toBeCloseTo(0, 9);
	});

	test('a place stands where Snyder’s vertical perspective puts it', () => {
		const side = 640;
		const camera = onPlate(far, side);
		const radius = globeRadius(camera);
		const p = 1 + (FOCAL_LENGTH * side) / radius;
		for (const place of [anchorage, pyongyang, attu]) {
			const [x, y] = perspective(far, side).project(place) ?? [NaN, NaN];
			const angle = geoDistance([far.lng, far.lat], [place[0], place[1]]);
			expect(Math.hypot(x, y)).toBeCloseTo(
				(radius * (p - 1) * Math.sin(angle)) / (p - Math.cos(angle)),
				6
			);
		}
	});

	test('what lies beyond the horizon is not seen', () => {
		const { project, cap } = perspective(far, 500);
		expect(project([30, -62])).toBeNull();
		expect(project(cap.centre)).not.toBeNull();
	});

	test('what is seen at the point where a place is drawn is that place', () => {
		for (const camera of [
			near,
			far,
			{ ...near, bearing: 40, pitch: 50 },
			{ ...far, bearing: -70 }
		]) {
			const { project, unproject } = perspective(camera, 640);
			for (const place of [moscow, anchorage, pyongyang, washington, attu]) {
				const point = project(place);
				if (!point) continue;
				const [lng, lat] = unproject(point) ?? [NaN, NaN];
				expect(geoDistance([lng, lat], [place[0], place[1]])).toBeLessThan(1e-9);
			}
		}
		expect(perspective(far, 500).unproject([400, 400])).toBeNull();
	});

	test('what is seen at a point is projected to that point, however the camera stands', () => {
		const degrees = (min: number, max: number) => fc.double({ min, max, noNaN: true });
		fc.assert(
			fc.property(
				fc.record({
					lng: degrees(-180, 180),
					lat: degrees(-80, 80),
					zoom: degrees(0, 9),
					bearing: degrees(-180, 180),
					pitch: degrees(0, 60)
				}),
				fc.tuple(degrees(-400, 400), degrees(-400, 400)),
				(camera, point) => {
					const { cap, projectVector, unproject } = perspective(camera, 600);
					const position = unproject(point);
					if (!position) return;
					const [x, y] = projectVector(toVector(position));
					expect(Math.hypot(x - point[0], y - point[1])).toBeLessThan(1e-3);
					expect(angleBetween(cap.centre, position)).toBeLessThan(cap.angle + 1e-6);
				}
			)
		);
	});

	test('nothing is seen beside the globe', () => {
		const { unproject } = perspective({ ...far, zoom: -1 }, 500);
		expect(unproject([0, 0])).not.toBeNull();
		expect(unproject([240, 240])).toBeNull();
	});

	test('regression: nothing is seen in the sky over a small plate (its ray met the Earth behind the eye)', () => {
		const { unproject } = perspective({ ...near, pitch: 60 }, 200);
		expect(unproject([0, 180])).not.toBeNull();
		for (const y of [-180, -260, -400, -530]) expect(unproject([0, y])).toBeNull();
	});

	test('two plates show the same camera as the same drawing, larger or smaller', () => {
		const small = perspective(far, 300).project(anchorage) ?? [NaN, NaN];
		const large = perspective(far, 1200).project(anchorage) ?? [NaN, NaN];
		expect(large[0] / small[0]).toBeCloseTo(4, 9);
		expect(large[1] / small[1]).toBeCloseTo(4, 9);
	});

	test('east is up when the bearing is 90', () => {
		const [x, y] = perspective({ ...near, bearing: 90 }, 500).project([37, 51]) ?? [NaN, NaN];
		expect(y).toBeLessThan(0);
		expect(Math.abs(x)).toBeLessThan(Math.abs(y) * 0.05);
	});

	test('the field of view is MapLibre’s default where the plate fills the map', () => {
		expect(fieldOfView(600, 600)).toBeCloseTo(36.87, 2);
	});
});

describe('great circles', () => {
	test('distance and way agree with d3-geo', () => {
		for (const [a, b] of [
			[moscow, anchorage],
			[washington, anchorage],
			[moscow, pyongyang]
		] as const) {
			expect(angleBetween(a, b)).toBeCloseTo(geoDistance([...a], [...b]), 12);
			const ours = alongGreatCircle(a, b)(0.3);
			const theirs = geoInterpolate([...a], [...b])(0.3);
			expect(ours[0]).toBeCloseTo(theirs[0], 9);
			expect(ours[1]).toBeCloseTo(theirs[1], 9);
		}
	});

	test('from a place to itself leads nowhere', () => {
		expect(alongGreatCircle(moscow, moscow)(0.7)).toEqual(moscow);
	});
});

describe('fit', () => {
	const sights: [string, Position[]][] = [
		['two cities', [moscow, pyongyang]],
		['across the antimeridian', [attu, anchorage]],
		['around the pole', [moscow, anchorage, washington]],
		['one place', [anchorage]]
	];
	test.each(sights)(
		'all of the view lies in the plate, and touches its margin or the zoom limit: %s',
		(_, sight) => {
			const camera = fit(sight, view);
			const points = sight.map(
				(place) => perspective(camera, PLATE).project(place) ?? [Infinity, Infinity]
			);
			const reach = Math.max(...points.flatMap(([x, y]) => [Math.abs(x), Math.abs(y)]));
			expect(reach).toBeLessThanOrEqual(PLATE / 2);
			if (camera.zoom < view.maxZoom) expect(reach).toBeGreaterThan(PLATE * 0.42);
		}
	);

	test('a globe view keeps the whole disc in the plate', () => {
		const camera = fit([anchorage], { ...view, projection: 'globe' });
		const radius = globeRadius(camera);
		const p = 1 + (FOCAL_LENGTH * PLATE) / radius;
		const disc = radius * Math.sqrt((p - 1) / (p + 1));
		expect(disc).toBeLessThanOrEqual(PLATE / 2);
		expect(disc).toBeGreaterThan(PLATE * 0.4);
	});

	test('nothing to fit, or what no camera can see at once, is refused in words', () => {
		expect(() => fit([], view)).toThrow(/nothing to fit/);
		expect(() =>
			fit(
				[
					[0, 0],
					[120, 0],
					[-120, 0.1]
				],
				view
			)
		).toThrow(/opposite sides/);
	});
});

describe('zoomPath', () => {
	// The types put rho on the interpolator; it is on interpolateZoom itself.
	const oracle = (
		interpolateZoom as typeof interpolateZoom & { rho: (rho: number) => typeof interpolateZoom }
	).rho(1.25);

	test.each([
		['far apart', 1.9, 0.2, 0.3],
		['far apart and into a near view', 2.8, 2, 0.001],
		['neighbours', 0.01, 0.5, 0.4],
		['over a view far wider than the way', 1e-5, 3, 0.01]
	])('is the path that d3-interpolate finds: %s', (_, distance, from, to) => {
		const path = zoomPath(distance, from, to);
		const expected = oracle([0, 0, from], [distance, 0, to]);
		for (let step = 0; step <= 50; step++) {
			const { along, width } = path(step / 50);
			expect(along).toBeCloseTo(expected(step / 50)[0] / distance, 6);
			expect(width / expected(step / 50)[2]).toBeCloseTo(1, 6);
		}
	});

	test('in one place it only changes the width, by the same factor at each step', () => {
		const path = zoomPath(0, 2, 0.02);
		expect(path(0)).toEqual({ along: 0, width: 2 });
		expect(path(0.5).width).toBeCloseTo(0.2, 12);
		expect(path(1).along).toBe(1);
		expect(path(1).width).toBeCloseTo(0.02, 12);
	});
});

describe('flight', () => {
	const pairs: [string, Camera, Camera][] = [
		['to a nearer view', far, near],
		['over the antimeridian', { ...near, lng: 170 }, { ...near, lng: -165 }],
		['past the pole', { ...near, lng: 37, lat: 56 }, { ...near, lng: -150, lat: 61 }],
		['to the same place', near, near],
		['with a turn', { ...near, bearing: 170 }, { ...near, bearing: -170, pitch: 30 }]
	];
	test.each(pairs)('begins and ends exactly at its cameras: %s', (_, start, end) => {
		const at = flight(start, end);
		expect(at(0)).toBe(start);
		expect(at(1)).toBe(end);
	});

	test.each(pairs)('moves without a jump in px, and never over the pole: %s', (_, start, end) => {
		const at = flight(start, end);
		const steps = 2000;
		for (let step = 0; step < steps; step++) {
			const [before, after] = [at(step / steps), at((step + 1) / steps)];
			const [x, y] = perspective(before, 800).project([after.lng, after.lat]) ?? [
				Infinity,
				Infinity
			];
			expect(Math.hypot(x, y)).toBeLessThan(25);
			expect(Math.abs(after.zoom - before.zoom)).toBeLessThan(0.05);
			expect(Math.abs(after.lat)).toBeLessThan(85);
		}
	});

	test('takes the short way round the antimeridian', () => {
		const at = flight({ ...near, lng: 170 }, { ...near, lng: -165 });
		for (const t of [0.25, 0.5, 0.75]) expect(Math.abs(at(t).lng)).toBeGreaterThan(160);
	});

	test('is the same flight backwards', () => {
		const [there, back] = [flight(far, near), flight(near, far)];
		for (const t of [0.2, 0.5, 0.9]) {
			expect(back(1 - t).lng).toBeCloseTo(there(t).lng, 6);
			expect(back(1 - t).zoom).toBeCloseTo(there(t).zoom, 6);
		}
	});
});
