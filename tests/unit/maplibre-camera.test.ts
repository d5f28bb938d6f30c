/** The projection of camera.ts against MapLibre's own, which draws the live map: an oracle that we did not write. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
	angleBetween,
	fieldOfView,
	onPlate,
	perspective,
	type Perspective
} from '../../src/lib/globe/camera';
import { paddingOf, type Viewport } from '../../src/lib/live/painter';
import type { Camera, Position } from '../../src/lib/model/story';
import { runs } from './cases';
import { mapCamera } from './recorded-map';

/** How far apart, in px, the two may be: the last digits of what both compute. */
const NEAR = 1e-4;
/** The same for a position that MapLibre finds, which it rounds on its way through Mercator. */
const NEAR_BACK = 0.01;
/** Px from the plate's centre beyond which no screen reaches. */
const FAR = 4000;
/** Radians about the horizon in which the two need not agree on what is hidden. */
const RIM = 1e-6;

const oracle = mapCamera();

/** Moves MapLibre's camera as the painter does. */
function mapOf(camera: Camera, viewport: Viewport) {
	const { width, height, plate } = viewport;
	oracle.resize(width, height, true);
	oracle.setVerticalFieldOfView(fieldOfView(height, plate.side));
	const { lng, lat, zoom, bearing, pitch } = onPlate(camera, plate.side);
	oracle.jumpTo({ center: [lng, lat], zoom, bearing, pitch, padding: paddingOf(viewport) });
	const { transform } = oracle;
	return {
		transform,
		/** Px right and down of the plate's centre. */
		project: ([lng, lat]: Position): [number, number] => {
			const { x, y } = transform.locationToScreenPoint({ lng, lat });
			return [x - plate.x, y - plate.y];
		},
		isHidden: ([lng, lat]: Position) => transform.isLocationOccluded({ lng, lat }),
		isGlobe: ([x, y]: readonly [number, number]) =>
			transform.isPointOnMapSurface({ x: x + plate.x, y: y + plate.y }),
		unproject: ([x, y]: readonly [number, number]): Position => {
			const { lng, lat } = transform.screenPointToLocation({ x: x + plate.x, y: y + plate.y });
			return [lng, lat];
		}
	};
}

const number = (min: number, max: number) => fc.double({ min, max, noNaN: true });

const cameras: fc.Arbitrary<Camera> = fc.record({
	lng: number(-180, 180),
	lat: number(-84, 84),
	zoom: number(-1, 11),
	bearing: number(-180, 180),
	pitch: number(0, 60)
});

/** A map of any size from a small phone's to a large screen's, with a plate anywhere in it. */
const viewports: fc.Arbitrary<Viewport> = fc
	.record({
		width: fc.integer({ min: 280, max: 1920 }),
		height: fc.integer({ min: 190, max: 1080 }),
		side: number(0.3, 1),
		x: number(0, 1),
		y: number(0, 1)
	})
	.map(({ width, height, side: part, x, y }) => {
		const side = part * Math.min(width, height);
		const place = (room: number, at: number) => side / 2 + (room - side) * at;
		return { width, height, plate: { x: place(width, x), y: place(height, y), side } };
	});

/** A position as far from the camera's centre as a share of a half turn; most of them are near enough to be seen. */
const offsets = fc.record({
	share: fc.oneof(number(0, 1), number(0, 1e-3), number(0, 0.05)),
	turn: number(0, 360)
});

function away({ lng, lat }: Camera, { share, turn }: { share: number; turn: number }): Position {
	const [angle, heading] = [share * Math.PI, (turn * Math.PI) / 180];
	const phi = (lat * Math.PI) / 180;
	const sine =
		Math.sin(phi) * Math.cos(angle) + Math.cos(phi) * Math.sin(angle) * Math.cos(heading);
	const east = Math.atan2(
		Math.sin(heading) * Math.sin(angle) * Math.cos(phi),
		Math.cos(angle) - Math.sin(phi) * sine
	);
	const turned = lng + (east * 180) / Math.PI;
	return [((turned + 540) % 360) - 180, (Math.asin(sine) * 180) / Math.PI];
}

/** MapLibre holds no camera beyond its limits; the laws are about those it holds. */
function isHeld(camera: Camera, { transform }: ReturnType<typeof mapOf>, side: number): boolean {
	return (
		Math.abs(transform.zoom - onPlate(camera, side).zoom) < 1e-9 &&
		Math.abs(transform.center.lat - camera.lat) < 1e-9
	);
}

/** @returns how many of the positions both see; 0 where MapLibre does not hold the camera */
function expectSame(camera: Camera, viewport: Viewport, positions: readonly Position[]): number {
	const { side } = viewport.plate;
	const ours: Perspective = perspective(camera, side);
	const theirs = mapOf(camera, viewport);
	if (!isHeld(camera, theirs, side)) return 0;
	let seen = 0;
	for (const position of positions) {
		const point = ours.project(position);
		const rim = Math.abs(angleBetween(ours.cap.centre, position) - ours.cap.angle);
		if (rim > RIM)
			expect(point === null, `${position.join()} is hidden`).toBe(theirs.isHidden(position));
		if (!point) continue;
		seen += 1;
		const expected = theirs.project(position);
		// Far outside of the map nothing is drawn, and a px is but the last digits of what is compared.
		const scale = Math.max(1, Math.hypot(...expected) / FAR);
		expect(Math.hypot(point[0] - expected[0], point[1] - expected[1]) / scale).toBeLessThan(NEAR);
	}
	return seen;
}

/** @returns how many of the points both find on the globe */
function expectSameBack(
	camera: Camera,
	viewport: Viewport,
	points: readonly (readonly [number, number])[]
): number {
	const { side } = viewport.plate;
	const ours = perspective(camera, side);
	const theirs = mapOf(camera, viewport);
	if (!isHeld(camera, theirs, side)) return 0;
	let seen = 0;
	for (const point of points) {
		const position = ours.unproject(point);
		const beside = [-1, 1].some((px) => {
			const nearer = 1 + px / Math.max(1, Math.hypot(...point));
			const at = ours.unproject([point[0] * nearer, point[1] * nearer]);
			return (at === null) !== (position === null);
		});
		// Within a px of the globe's edge the two may differ.
		if (beside) continue;
		expect(position !== null, `${point.join()} is on the globe`).toBe(theirs.isGlobe(point));
		if (!position) continue;
		seen += 1;
		const [x, y] = ours.project(position) ?? [NaN, NaN];
		expect(Math.hypot(x - point[0], y - point[1])).toBeLessThan(NEAR);
		const [theirX, theirY] = theirs.project(position);
		expect(Math.hypot(theirX - point[0], theirY - point[1])).toBeLessThan(NEAR);
		// MapLibre’s answer goes by way of Mercator, which ends at 85.05°.
		if (Math.abs(position[1]) > 85) continue;
		const [backX, backY] = ours.project(theirs.unproject(point)) ?? [NaN, NaN];
		expect(Math.hypot(backX - point[0], backY - point[1])).toBeLessThan(NEAR_BACK);
	}
	return seen;
}

const PHONE: Viewport = { width: 390, height: 388, plate: { x: 195, y: 207, side: 318 } };
const DESKTOP: Viewport = { width: 1280, height: 724, plate: { x: 902, y: 372, side: 590 } };
const ROUND = [0, 30, 60, 90, 120, 150, 180, 210, 240, 270, 300, 330];
const around = (camera: Camera, shares: readonly number[]) =>
	shares.flatMap((share) => ROUND.map((turn) => away(camera, { share, turn })));

describe('MapLibre’s own projection', () => {
	test('puts every position where ours does, and hides what ours hides', () => {
		let seen = 0;
		fc.assert(
			fc.property(
				cameras,
				viewports,
				fc.array(offsets, { minLength: 8, maxLength: 8 }),
				(camera, viewport, all) => {
					const positions = all.map((offset) => away(camera, offset));
					seen += expectSame(camera, viewport, positions);
				}
			),
			runs(1_500)
		);
		expect(seen).toBeGreaterThan(5_000);
	});

	test('finds at every point the position that ours finds, which is drawn at that point', () => {
		let seen = 0;
		const points = fc.tuple(number(-900, 900), number(-500, 500));
		fc.assert(
			fc.property(
				cameras,
				viewports,
				fc.array(points, { minLength: 6, maxLength: 6 }),
				(camera, viewport, all) => {
					seen += expectSameBack(camera, viewport, all);
				}
			),
			runs(1_500)
		);
		expect(seen).toBeGreaterThan(4_000);
	});

	const named: readonly (readonly [string, Camera])[] = [
		['straight down on the equator', { lng: 0, lat: 0, zoom: 2, bearing: 0, pitch: 0 }],
		[
			'as near to the north pole as a centre comes',
			{ lng: 20, lat: 84, zoom: 2, bearing: 0, pitch: 0 }
		],
		['as near to the south pole', { lng: 20, lat: -84, zoom: 3, bearing: 140, pitch: 30 }],
		['on the antimeridian from the east', { lng: 180, lat: 60, zoom: 3, bearing: 0, pitch: 0 }],
		['on the antimeridian from the west', { lng: -180, lat: 60, zoom: 3, bearing: 20, pitch: 20 }],
		['at the greatest pitch, far', { lng: 36, lat: 51, zoom: 0, bearing: -70, pitch: 60 }],
		['at the greatest pitch, near', { lng: 36, lat: 51, zoom: 10, bearing: 170, pitch: 60 }],
		['turned right round', { lng: -150, lat: 62, zoom: 4, bearing: 180, pitch: 45 }]
	];
	test.each(named)('agrees with ours %s', (_, camera) => {
		for (const viewport of [PHONE, DESKTOP]) {
			const seen = expectSame(camera, viewport, [
				...around(camera, [0, 1e-4, 0.01, 0.1, 0.2, 0.3, 0.45, 0.7, 1]),
				[0, 90],
				[0, -90],
				[180, camera.lat],
				[-180, camera.lat]
			]);
			expect(seen).toBeGreaterThan(24);
			const across = [-250, -90, 0, 40, 260];
			const points = across.flatMap((x) => across.map((y) => [x, y] as const));
			expect(expectSameBack(camera, viewport, points)).toBeGreaterThan(2);
		}
	});

	test('finds nothing in the sky over a small plate either', () => {
		const plate = { x: 900, y: 540, side: 200 };
		const camera: Camera = { lng: 30, lat: 50, zoom: 5, bearing: 0, pitch: 60 };
		const { isGlobe } = mapOf(camera, { width: 1280, height: 724, plate });
		for (const y of [-180, -260, -400, -530]) {
			expect(isGlobe([0, y])).toBe(false);
			expect(perspective(camera, plate.side).unproject([0, y])).toBeNull();
		}
	});

	test('hides what lies a millionth of a radian beyond our horizon, and shows what lies before it', () => {
		fc.assert(
			fc.property(cameras, viewports, number(0, 360), (camera, viewport, turn) => {
				const { side } = viewport.plate;
				const theirs = mapOf(camera, viewport);
				if (!isHeld(camera, theirs, side)) return;
				const { cap } = perspective(camera, side);
				const [lng, lat] = cap.centre;
				const at = (angle: number) =>
					away({ ...camera, lng, lat }, { share: angle / Math.PI, turn });
				expect(theirs.isHidden(at(cap.angle + 2 * RIM))).toBe(true);
				expect(theirs.isHidden(at(cap.angle - 2 * RIM))).toBe(false);
			}),
			runs(500)
		);
	});

	test('has the centre of the camera at the centre of the plate, wherever that stands', () => {
		fc.assert(
			fc.property(cameras, viewports, (camera, viewport) => {
				const theirs = mapOf(camera, viewport);
				const { lng, lat } = theirs.transform.center;
				expect(Math.hypot(...theirs.project([lng, lat]))).toBeLessThan(NEAR);
			}),
			runs(500)
		);
	});
});

describe('MapLibre’s camera', () => {
	test('holds every camera of ours from a zoom of 0.5 to 11 on a plate of 191 to 1,000 px', () => {
		fc.assert(
			fc.property(cameras, number(0.5, 11), number(191, 1_000), (camera, zoom, side) => {
				const plate = { x: 600, y: 600, side };
				const at = { ...camera, zoom };
				expect(isHeld(at, mapOf(at, { width: 1200, height: 1200, plate }), side)).toBe(true);
			}),
			runs(500)
		);
	});
});
