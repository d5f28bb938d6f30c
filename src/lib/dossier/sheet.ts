/** How a dossier's sheet on a phone answers to being dragged. */

/** Where a sheet rests: at half the screen's height, nearly over all of it, or closed. */
export type Rest = 'closed' | 'half' | 'full';

/** Height of the sheet at rest, as a part of the screen's. */
export const HEIGHTS: Readonly<Record<Rest, number>> = { closed: 0, half: 0.5, full: 0.92 };

/** Ms that a flick goes on after it is let go: where it would come to is where it is meant to go. */
const FLICK = 180;

/**
 * Where a sheet that is let go comes to rest: the nearest to where its movement leads.
 *
 * @param height - part of the screen's height, 0 to 1
 * @param speed - change of that part in a ms, upwards positive
 */
export function restOf(height: number, speed: number): Rest {
	const meant = height + speed * FLICK;
	const apart = (rest: Rest) => Math.abs(HEIGHTS[rest] - meant);
	const rests: readonly Rest[] = ['half', 'full', 'closed'];
	return rests.reduce((nearest, rest) => (apart(rest) < apart(nearest) ? rest : nearest));
}
