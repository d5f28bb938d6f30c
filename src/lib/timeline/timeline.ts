/**
 * What the map shows, as a function of progress, and progress as a function of the scroll.
 *
 * Progress counts scenes: from i to i + {@link DWELL} the camera stands still in scene i while its paragraphs are
 * read, each in an equal share; from there to i + 1 it flies to the next scene.
 */
import { flight } from '../globe/camera';
import type { Beat, Camera, Scene } from '../model/story';

/** The part of a scene's progress in which the camera stands still. */
export const DWELL = 0.5;
/** The share of a paragraph's progress after which all that it lights and draws is there. */
const ARRIVAL = 0.2;
/** How far, in panes, a dwell reaches into the scroll before and after its section fills the pane. */
const SLACK = 0.04;

/**
 * A place, and the parts of a flight, 0 to 1, at which it begins to come into sight, is there whole, begins to leave and
 * is gone; below 0 and above 1 where the scene at that end has it in sight.
 */
export type Passing = readonly [
	place: string,
	come: number,
	whole: number,
	leave: number,
	gone: number
];

/** A scene as the timeline needs it: its view resolved to a camera on a plate of 512 px. */
export interface TimelineScene extends Pick<Scene, 'id' | 'lit' | 'countries'> {
	/** 1 for each disputed or occupied place that is in sight: hatched. */
	readonly hatched: Readonly<Record<string, number>>;
	/** Those that are in sight on the way to the next scene. */
	readonly hatchedOnward: readonly Passing[];
	readonly camera: Camera;
	readonly beats: readonly Pick<Beat, 'paragraph' | 'lit' | 'contacts' | 'date'>[];
}

export interface DrawnContact {
	readonly id: string;
	/** How far the line has come, 0 to 1. */
	readonly drawn: number;
	readonly opacity: number;
}

/** Everything the map shows at one progress. */
export interface Frame {
	/** On a plate of 512 px. */
	readonly camera: Camera;
	readonly scene: string;
	/** Number of the present paragraph; null in the opening. */
	readonly paragraph: number | null;
	/** How strongly each place is lit, 0 to 1; places that are not lit are not named. */
	readonly lit: Readonly<Record<string, number>>;
	readonly contacts: readonly DrawnContact[];
	/** How strongly each disputed or occupied place is hatched, 0 to 1. */
	readonly hatched: Readonly<Record<string, number>>;
	/** ISO codes of the countries that are named. */
	readonly countries: readonly string[];
	readonly date: string | null;
}

export interface Timeline {
	/** Progress at the end of the story. */
	readonly length: number;
	readonly frameAt: (progress: number) => Frame;
	/** Progress soon after the start of what an address names, all of it drawn: a scene's id, or a paragraph as `p7`. */
	readonly progressOf: (address: string) => number | null;
	/** From there to shortly before it ends, or, of a scene, its first paragraph does: a few px more leave it present. */
	readonly spanOf: (address: string) => readonly [from: number, to: number] | null;
}

type Shown = Pick<Frame, 'lit' | 'contacts'>;

interface State {
	readonly scene: number;
	readonly start: number;
	readonly end: number;
	readonly lit: ReadonlySet<string>;
	readonly contacts: ReadonlySet<string>;
	readonly paragraph: number | null;
	readonly date: string | null;
}

function statesOf(scenes: readonly TimelineScene[]): State[] {
	return scenes.flatMap((scene, index): State[] => {
		const count = Math.max(1, scene.beats.length);
		const share = DWELL / count;
		const span = (beat: number) => ({
			scene: index,
			start: index + beat * share,
			end: index + (beat + 1) * share
		});
		if (scene.beats.length === 0) {
			const lit = new Set(scene.lit);
			return [{ ...span(0), lit, contacts: new Set(), paragraph: null, date: null }];
		}
		return scene.beats.map((beat, order) => ({
			...span(order),
			lit: new Set([...scene.lit, ...beat.lit]),
			contacts: new Set(beat.contacts),
			paragraph: beat.paragraph,
			date: beat.date
		}));
	});
}

const clamp = (value: number) => Math.max(0, Math.min(1, value));
const ease = (t: number) => t * t * (3 - 2 * t);
const within = (value: number, from: number, to: number) =>
	ease(clamp((value - from) / (to - from)));

/** When, in progress, a change between two neighbouring states is under way. */
function windowsBetween(before: State, after: State) {
	const length = after.end - after.start;
	if (before.scene === after.scene) {
		return {
			light: [after.start, after.start + length * ARRIVAL],
			draw: [after.start, after.start + length * ARRIVAL],
			leave: [after.start, after.start + length * ARRIVAL]
		} as const;
	}
	const gap = after.start - before.end;
	return {
		light: [before.end + gap * 0.35, before.end + gap * 0.85],
		draw: [before.end + gap * 0.6, after.start + length * ARRIVAL],
		leave: [before.end, before.end + gap * 0.3]
	} as const;
}

/** How strongly each place is hatched at a part of the flight from a scene to the next. */
function hatchedAt({ hatchedOnward }: TimelineScene, fraction: number): Frame['hatched'] {
	return Object.fromEntries(
		hatchedOnward.map(([id, come, whole, leave, gone]) => [
			id,
			within(fraction, come, whole) - within(fraction, leave, gone)
		])
	);
}

/**
 * @param stepped - for readers who want no motion: the camera is always in a scene, everything appears whole
 */
export function createTimeline(
	scenes: readonly TimelineScene[],
	{ stepped }: { readonly stepped: boolean }
): Timeline {
	if (scenes.length === 0) throw new RangeError('A timeline needs a scene; found none.');
	const states = statesOf(scenes);
	const length = scenes.length - 1 + DWELL;
	const flights = new Map<number, (fraction: number) => Camera>();
	const addresses = new Map<string, State>();
	for (const state of states) {
		const scene = scenes[state.scene]?.id ?? '';
		if (!addresses.has(scene)) addresses.set(scene, state);
		if (state.paragraph !== null) addresses.set(`p${state.paragraph}`, state);
	}

	/** The way from a scene to the next; a flight's cost is in its making, and most are never flown. */
	function flightFrom(index: number, scene: TimelineScene): (fraction: number) => Camera {
		const known = flights.get(index);
		if (known) return known;
		const made = flight(scene.camera, scenes[index + 1]?.camera ?? scene.camera);
		flights.set(index, made);
		return made;
	}

	function stateAt(progress: number): number {
		let low = 0;
		let high = states.length - 1;
		while (low < high) {
			const middle = (low + high + 1) >> 1;
			if ((states[middle]?.start ?? 0) <= progress) low = middle;
			else high = middle - 1;
		}
		return low;
	}

	function settle(progress: number): number {
		const fraction = progress - Math.floor(progress);
		if (fraction <= DWELL) return progress;
		return fraction < (1 + DWELL) / 2 ? Math.floor(progress) + DWELL : Math.floor(progress) + 1;
	}

	function frameAt(asked: number): Frame {
		const bounded = Math.max(0, Math.min(length, Number.isFinite(asked) ? asked : 0));
		const progress = stepped ? settle(bounded) : bounded;
		const order = stateAt(progress);
		const state = states[order];
		const scene = state && scenes[state.scene];
		if (!state || !scene) throw new RangeError(`No scene at progress ${asked}.`);
		const next = states[order + 1];
		const flying = progress > state.end && next !== undefined;
		const pair = flying ? ([state, next] as const) : ([states[order - 1] ?? state, state] as const);
		const fraction = flying ? ease((progress - state.end) / (next.start - state.end)) : 0;
		const nearNext = flying && progress - state.end > (next.start - state.end) / 2;
		const present = nearNext ? next : state;
		return {
			camera: fraction > 0 ? flightFrom(state.scene, scene)(fraction) : scene.camera,
			scene: scenes[present.scene]?.id ?? scene.id,
			paragraph: present.paragraph,
			date: present.date,
			countries: scenes[present.scene]?.countries ?? [],
			hatched: fraction > 0 ? hatchedAt(scene, fraction) : scene.hatched,
			...change(pair[0], pair[1], progress)
		};
	}

	/** What is lit and drawn once a state is settled, by the state: the same objects each time. */
	const settled = new Map<State, Shown>();

	function change(before: State, after: State, progress: number): Shown {
		const windows = windowsBetween(before, after);
		const at = (window: readonly [number, number]) =>
			stepped || before === after ? 1 : within(progress, window[0], window[1]);
		const light = at(windows.light);
		const drawn = at(windows.draw);
		const left = at(windows.leave);
		const isSettled = light === 1 && drawn === 1 && left === 1;
		const known = isSettled && settled.get(after);
		if (known) return known;
		const blend = (from: ReadonlySet<string>, to: ReadonlySet<string>) => {
			const amounts: Record<string, number> = {};
			for (const id of new Set([...from, ...to])) {
				const amount = (from.has(id) ? 1 - light : 0) + (to.has(id) ? light : 0);
				if (amount > 0) amounts[id] = amount;
			}
			return amounts;
		};
		const contacts: DrawnContact[] = [];
		for (const id of new Set([...before.contacts, ...after.contacts])) {
			const stays = before.contacts.has(id) && after.contacts.has(id);
			if (stays) contacts.push({ id, drawn: 1, opacity: 1 });
			else if (after.contacts.has(id) && drawn > 0) contacts.push({ id, drawn, opacity: 1 });
			else if (before.contacts.has(id) && left < 1)
				contacts.push({ id, drawn: 1, opacity: 1 - left });
		}
		const shown = {
			lit: blend(before.lit, after.lit),
			contacts
		};
		if (isSettled) settled.set(after, shown);
		return shown;
	}

	function spanOf(address: string): readonly [number, number] | null {
		const state = addresses.get(address);
		if (!state) return null;
		const { start, end } = state;
		return [start + (end - start) * (ARRIVAL + 0.05), end - (end - start) * 0.08];
	}

	return {
		length,
		frameAt,
		spanOf,
		progressOf: (address) => spanOf(address)?.[0] ?? null
	};
}

/** Where the story's words stand, in px from the top of the story. */
export interface Layout {
	/** Height of the map. */
	readonly pane: number;
	/** The height in the viewport at which a paragraph becomes the present one. */
	readonly readingLine: number;
	/** The height in the viewport at which a paragraph that an address names is best read from. */
	readonly landing: number;
	readonly scenes: readonly {
		readonly top: number;
		readonly bottom: number;
		readonly paragraphs: readonly number[];
	}[];
}

export interface Scroll {
	/** Progress at a scroll position, in px from the top of the story. */
	readonly progressAt: (scroll: number) => number;
	/** The scroll position of a progress; the inverse of `progressAt`. */
	readonly scrollAt: (progress: number) => number;
}

/** Ties scroll positions to progress: a dwell lasts while a scene's section fills the map's pane. */
export function createScroll({ pane, readingLine, scenes }: Layout): Scroll {
	const stops: { readonly scroll: number; readonly progress: number }[] = [];
	let last = -Infinity;
	const add = (scroll: number, progress: number) => {
		last = Math.max(last, scroll);
		stops.push({ scroll: last, progress });
	};
	scenes.forEach(({ top, bottom, paragraphs }, index) => {
		const start = index === 0 ? 0 : top - pane * SLACK;
		const end = Math.max(start + 1, bottom - pane + pane * SLACK);
		add(start, index);
		paragraphs.slice(1).forEach((paragraph, order) => {
			const scroll = Math.max(start, Math.min(end, paragraph - readingLine));
			add(scroll, index + (DWELL * (order + 1)) / paragraphs.length);
		});
		add(end, index + DWELL);
	});

	type Axis = 'scroll' | 'progress';
	const lookUp = (value: number, from: Axis, to: Axis) => {
		let [after, end] = [0, stops.length];
		while (after < end) {
			const middle = (after + end) >> 1;
			if ((stops[middle]?.[from] ?? Infinity) > value) end = middle;
			else after = middle + 1;
		}
		const [previous, next] = [stops[after - 1], stops[after]];
		if (!previous) return next?.[to] ?? 0;
		if (!next) return previous[to];
		return (
			previous[to] +
			((value - previous[from]) / (next[from] - previous[from])) * (next[to] - previous[to])
		);
	};
	return {
		progressAt: (scroll) => lookUp(scroll, 'scroll', 'progress'),
		scrollAt: (progress) => lookUp(progress, 'progress', 'scroll')
	};
}
