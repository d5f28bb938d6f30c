/** What does not hold together in story.yaml: between its scenes, contacts and paragraphs, and with its places. */
import type { Place } from '../model/story';
import type { Source } from './document';
import { error, quote, suggest } from './issue';
import type { Issue } from './issue';
import { placesNamed } from './plan';
import type { Plan } from './plan';

/** References to what is not there, doubled ids, empty views, paragraphs out of order, contacts that lead nowhere. */
export function* planIssues(
	plan: Plan,
	source: Source,
	places: ReadonlySet<string>
): Generator<Issue> {
	for (const { id, path } of placesNamed(plan)) {
		if (id === '' || places.has(id)) continue;
		yield error(source.spot(path), [
			`the place ${quote(id)}`,
			'a place that has a file in data/places',
			suggest(id, places)
		]);
	}
	yield* doubledIds(plan.scenes, 'scenes', 'scene', source);
	yield* doubledIds(plan.contacts, 'contacts', 'contact', source);
	yield* emptyViews(plan, source);
	yield* paragraphOrder(plan, source);
	yield* contactIssues(plan, source);
}

/** What the plan asks of places that they do not have: a clock, an area. Places that are not known are told elsewhere. */
export function* placeUseIssues(
	plan: Plan,
	source: Source,
	places: ReadonlyMap<string, Pick<Place, 'timeZone' | 'outline'>>
): Generator<Issue> {
	for (const [index, id] of plan.disputed.entries()) {
		if (places.get(id)?.outline !== null) continue;
		yield error(source.spot(['disputed', index]), [
			`the place ${quote(id)}, which has no outline`,
			'places with an outline to hatch',
			'draw its outline, or take it out'
		]);
	}
	for (const [index, { clocks }] of plan.scenes.entries()) {
		for (const [number, id] of (clocks?.places ?? []).entries()) {
			if (places.get(id)?.timeZone !== null) continue;
			yield error(source.spot(['scenes', index, 'clocks', 'places', number]), [
				`the place ${quote(id)}, which has no time zone`,
				'places with a time zone',
				'name a city in it instead, or take it out'
			]);
		}
	}
}

function* doubledIds(
	items: readonly { readonly id: string }[],
	key: string,
	noun: string,
	source: Source
): Generator<Issue> {
	const seen = new Map<string, number>();
	for (const [index, { id }] of items.entries()) {
		const first = seen.get(id);
		if (id === '') continue;
		if (first === undefined) {
			seen.set(id, index);
			continue;
		}
		const line = source.spot([key, first, 'id']).line;
		yield error(source.spot([key, index, 'id']), [
			`the ${noun} ${quote(id)} again`,
			`each ${noun} once`,
			`rename it, or take it out: it is already on line ${line}`
		]);
	}
}

function* emptyViews(plan: Plan, source: Source): Generator<Issue> {
	for (const [index, { view }] of plan.scenes.entries()) {
		if (view === null || view.places.length + view.points.length > 0) continue;
		yield error(source.spot(['scenes', index, 'view']), [
			'a view of nothing',
			'at least one place or point in it',
			'add “places:” or “points:”'
		]);
	}
}

function* paragraphOrder(plan: Plan, source: Source): Generator<Issue> {
	const seen = new Map<number, string>();
	let next = 1;
	for (const [index, scene] of plan.scenes.entries()) {
		if (index > 0 && scene.paragraphs.length === 0) {
			yield error(source.spot(['scenes', index, 'paragraphs']), [
				`the scene ${quote(scene.id)} without paragraphs`,
				'at least one paragraph in every scene but the first',
				'add “paragraphs:”'
			]);
		}
		for (const [number, { paragraph }] of scene.paragraphs.entries()) {
			const spot = source.spot(['scenes', index, 'paragraphs', number, 'paragraph']);
			const earlier = seen.get(paragraph);
			if (paragraph < 1) continue;
			if (earlier !== undefined) {
				yield error(spot, [
					`paragraph ${paragraph} again`,
					`each paragraph in one scene (it is in ${quote(earlier)})`,
					'number the paragraphs 1, 2, 3 … in order'
				]);
				continue;
			}
			if (paragraph !== next) {
				yield error(spot, [
					`paragraph ${paragraph}`,
					`paragraph ${next}`,
					'number the paragraphs 1, 2, 3 … in order'
				]);
			}
			seen.set(paragraph, scene.id);
			next = paragraph + 1;
		}
	}
}

function* contactIssues(plan: Plan, source: Source): Generator<Issue> {
	const contacts = new Set(plan.contacts.map(({ id }) => id));
	const beats = plan.scenes.flatMap((scene, index) =>
		scene.paragraphs.map((beat, number) => ({
			beat,
			path: ['scenes', index, 'paragraphs', number]
		}))
	);
	for (const { beat, path } of beats) {
		for (const [number, id] of beat.contacts.entries()) {
			if (id === '' || contacts.has(id)) continue;
			yield error(source.spot([...path, 'contacts', number]), [
				`the contact ${quote(id)}`,
				'a contact of this story',
				suggest(id, contacts)
			]);
		}
	}
	yield* legIssues(plan, source);
	const numbers = new Set(beats.map(({ beat }) => beat.paragraph));
	for (const [index, contact] of plan.contacts.entries()) {
		for (const [number, paragraph] of contact.paragraphs.entries()) {
			if (paragraph === 0 || numbers.size === 0 || numbers.has(paragraph)) continue;
			yield error(source.spot(['contacts', index, 'paragraphs', number]), [
				`paragraph ${paragraph}`,
				`a paragraph of a scene (there are ${numbers.size})`,
				'change the number, or take it out'
			]);
		}
	}
}

function* legIssues(plan: Plan, source: Source): Generator<Issue> {
	const lists = [
		...plan.contacts.map(({ legs }, index) => ({ legs, path: ['contacts', index, 'legs'] })),
		...plan.scenes.map(({ distances: legs }, index) => ({
			legs,
			path: ['scenes', index, 'distances']
		}))
	];
	for (const { legs, path } of lists) {
		for (const [number, { from, to }] of legs.entries()) {
			if (from === '' || from !== to) continue;
			yield error(source.spot([...path, number, 'to']), [
				`a leg from ${quote(from)} to itself`,
				'two different places',
				'change “from” or “to”'
			]);
		}
	}
}
