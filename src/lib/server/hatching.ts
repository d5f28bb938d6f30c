/** The disputed places that cameras see well enough to hatch. */
import { flight, perspective } from '$lib/globe/camera';
import type { Camera, Story } from '$lib/model/story';
import type { Frame, Passing } from '$lib/timeline/timeline';

/** In plate sides: how large a disputed place must be seen to be hatched, and how near to the plate. */
const HATCHED = { least: 0.05, reach: 0.75 } as const;

type Disputes = Pick<Story, 'disputed' | 'places'>;

function hatchedBy(camera: Camera, story: Disputes): string[] {
	const { project } = perspective(camera, 1);
	return story.disputed.filter((id) => {
		const corners = (story.places[id]?.outline ?? []).flatMap(([exterior]) => exterior ?? []);
		const seen = corners.flatMap((corner) => {
			const at = project(corner);
			return at ? [at] : [];
		});
		const extent = (axis: 0 | 1) => {
			const values = seen.map((at) => at[axis]);
			return { least: Math.min(...values), most: Math.max(...values) };
		};
		const [x, y] = [extent(0), extent(1)];
		const near = ({ least, most }: typeof x) => least < HATCHED.reach && most > -HATCHED.reach;
		return (
			seen.length > 0 &&
			near(x) &&
			near(y) &&
			Math.max(x.most - x.least, y.most - y.least) >= HATCHED.least
		);
	});
}

/** The disputed places in sight of a camera, hatched whole. */
export function hatchingOf(camera: Camera, story: Disputes): Frame['hatched'] {
	return Object.fromEntries(hatchedBy(camera, story).map((id) => [id, 1]));
}

/** Cameras of a flight at which it is asked what they see. */
const FLIGHT_STEPS = 24;
/** The part of a flight in which hatching comes and goes: what is far away comes into sight by growing. */
const FADE = 0.12;

/** The disputed places that are in sight on the way from one camera to another, each from when to when. */
export function hatchedBetween(start: Camera, end: Camera, story: Disputes): Passing[] {
	if (story.disputed.length === 0) return [];
	const cameraAt = flight(start, end);
	const steps: Record<string, { first: number; last: number }> = {};
	for (let step = 0; step <= FLIGHT_STEPS; step++) {
		for (const id of hatchedBy(cameraAt(step / FLIGHT_STEPS), story))
			steps[id] = { first: steps[id]?.first ?? step, last: step };
	}
	return Object.entries(steps).map(([id, { first, last }]): Passing => {
		// It came into sight since the step before, and leaves it before the next.
		const [from, to] = [(first - 0.5) / FLIGHT_STEPS, (last + 0.5) / FLIGHT_STEPS];
		return [
			id,
			first === 0 ? -1 : Math.max(0, from - FADE),
			first === 0 ? 0 : from,
			last === FLIGHT_STEPS ? 1 : to,
			last === FLIGHT_STEPS ? 2 : Math.min(1, to + FADE)
		];
	});
}
