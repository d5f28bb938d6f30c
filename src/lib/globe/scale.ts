/** The scale bar: a round length on the ground, and how long it is on the plate. */
import { angleBetween, globeRadius, perspective, PLATE } from './camera';
import type { Camera } from '../model/story';

/** Mean radius of the Earth, in metres (IUGG 1980). */
const EARTH_RADIUS = 6_371_008.8;
/**
 * How far, as a share, a length from the plate's centre to its edge may be off the bar. Beyond it lie the views that
 * have much of the globe in sight: there no one bar holds, and a wrong one is worse than none.
 */
const TOLERANCE = 0.12;

export interface ScaleBar {
	/** Length on the ground. */
	readonly metres: number;
	/** Length on the plate, in px. */
	readonly width: number;
}

/** Metres on the ground that a px at the plate's centre covers, on a plate of `side` px. */
export function metresPerPx(camera: Pick<Camera, 'lat' | 'zoom'>, side: number): number {
	return EARTH_RADIUS / (globeRadius(camera) * (side / PLATE));
}

/** The largest of 1, 2 or 5 times a power of ten that is no larger than `limit`. */
export function roundStep(limit: number): number {
	const power = 10 ** Math.floor(Math.log10(limit));
	const step = [5, 2, 1].find((candidate) => candidate * power <= limit) ?? 1;
	return step * power;
}

/**
 * The bar of a view, or null where no bar would be true of the whole plate.
 *
 * @param camera - on a plate of 512 px
 * @param side - of the plate as it is seen, in px
 * @param longest - length that the bar has room for, in px
 */
export function scaleBar(camera: Camera, side: number, longest: number): ScaleBar | null {
	if (!(side > 0)) return null;
	const edge = perspective(camera, PLATE).unproject([PLATE / 2, 0]);
	if (!edge) return null;
	const flat = PLATE / 2 / globeRadius(camera);
	if (angleBetween([camera.lng, camera.lat], edge) / flat - 1 > TOLERANCE) return null;
	const perPx = metresPerPx(camera, side);
	const metres = roundStep(longest * perPx);
	return { metres, width: metres / perPx };
}
