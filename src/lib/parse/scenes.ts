import * as v from 'valibot';
import { CONTACT_KINDS } from '../model/story';
import type { Place } from '../model/story';
import { error, quote, suggest } from './issue';
import type { Issue, Path } from './issue';
import type { Source } from './document';
import * as is from './vocabulary';

const RESERVED_ID = /^p\d+$|^places?-/;

const sceneId = v.pipe(
	is.id,
	v.check(
		(id) => !RESERVED_ID.test(id),
		'an id unlike p7, place-… and places-…, which are addresses of paragraphs and places; rename the scene'
	)
);

const view = v.pipe(
	is.strict({
		places: v.optional(is.ids, []),
		points: v.optional(is.ids, []),
		'max-zoom': v.optional(is.numberBetween(1, 10), 8),
		projection: v.optional(is.oneOf(['globe', 'near']), 'near'),
		bearing: v.optional(is.numberBetween(-180, 180), 0),
		pitch: v.optional(is.numberBetween(0, 60), 0)
	}),
	v.transform(({ 'max-zoom': maxZoom, ...rest }) => ({ ...rest, maxZoom }))
);

const beat = is.strict({
	paragraph: is.paragraphNumber,
	lit: is.ids,
	contacts: v.optional(is.ids, []),
	date: is.dateOrYear,
	attribution: is.localized
});

const leg = is.strict({ from: is.id, to: is.id });

const clocks = is.strict({
	at: is.dateTime,
	places: v.pipe(is.ids, v.minLength(1, 'at least one place; add one, or take “clocks” out'))
});

const scene = v.pipe(
	is.strict({
		id: sceneId,
		view,
		lit: v.optional(is.ids, []),
		countries: v.optional(is.list(is.countryCode), []),
		clocks: v.optional(v.nullable(clocks), null),
		distances: v.optional(is.list(leg), []),
		'starts-part': v.optional(v.boolean('true or false; write true or take the key out'), false),
		paragraphs: v.optional(is.list(beat), [])
	}),
	v.transform(({ 'starts-part': startsPart, paragraphs: beats, ...rest }) => {
		return { ...rest, startsPart, beats };
	})
);

const contact = is.strict({
	id: is.id,
	kind: is.oneOf(CONTACT_KINDS),
	legs: v.pipe(is.list(leg), v.minLength(1, 'at least one leg; add “- { from: …, to: … }”')),
	people: is.localized,
	when: v.nullable(is.moment),
	paragraphs: is.list(is.paragraphNumber)
});

const source = is.strict({
	name: is.localized,
	of: is.localized,
	licence: is.words,
	url: v.nullable(is.webAddress)
});

/** story.yaml, strictly. */
export const storySchema = v.pipe(
	is.strict({
		story: is.id,
		published: is.date,
		'border-policy': is.localized,
		disputed: v.optional(is.ids, []),
		scenes: v.pipe(is.list(scene), v.minLength(1, 'at least one scene; add one')),
		contacts: v.optional(is.list(contact), []),
		sources: is.list(source)
	}),
	v.transform(({ story: id, 'border-policy': borderPolicy, ...rest }) => {
		return { ...rest, id, borderPolicy };
	})
);

const looseIds = v.fallback(v.array(v.fallback(v.string(), '')), []);
const looseNumber = v.fallback(v.pipe(v.number(), v.integer(), v.minValue(1)), 0);
const looseNumbers = v.fallback(v.array(looseNumber), []);
const looseText = v.fallback(v.string(), '');
const looseMoment = v.fallback(v.pipe(v.union([v.string(), v.number()]), v.transform(String)), '');
// A list is an object to valibot.
const looseView = v.pipe(
	v.custom<object>((value) => !Array.isArray(value)),
	v.object({ places: looseIds, points: looseIds })
);
function looseList<S extends v.GenericSchema<unknown, object>>(item: S) {
	return v.fallback(v.array(item), []);
}

const looseLegs = looseList(v.object({ from: looseText, to: looseText }));

/**
 * story.yaml as far as it can be read, so that a mistake in one key does not hide those in the
 * references between scenes, places, contacts and paragraphs. What is not there is '' or 0.
 */
const planSchema = v.fallback(
	v.object({
		disputed: looseIds,
		scenes: looseList(
			v.object({
				id: looseText,
				view: v.fallback(v.nullable(looseView), null),
				lit: looseIds,
				countries: looseIds,
				clocks: v.fallback(v.nullable(v.object({ at: looseMoment, places: looseIds })), null),
				distances: looseLegs,
				'starts-part': v.fallback(v.boolean(), false),
				paragraphs: looseList(
					v.object({
						paragraph: looseNumber,
						lit: looseIds,
						contacts: looseIds,
						date: looseMoment
					})
				)
			})
		),
		contacts: looseList(
			v.object({
				id: looseText,
				legs: looseLegs,
				when: looseMoment,
				paragraphs: looseNumbers
			})
		)
	}),
	{ disputed: [], scenes: [], contacts: [] }
);
export type Plan = v.InferOutput<typeof planSchema>;

/** The scenes, contacts and references of story.yaml, whatever else is wrong in it. */
export function planOf(source: Source): Plan {
	return v.parse(planSchema, source.value);
}

interface Reference {
	readonly id: string;
	readonly path: Path;
}

/** Every place that story.yaml names, with where it does. */
export function* placesNamed(plan: Plan): Generator<Reference> {
	yield* references(plan.disputed, ['disputed']);
	for (const [index, scene] of plan.scenes.entries()) {
		const path = ['scenes', index];
		yield* references(scene.view?.places ?? [], [...path, 'view', 'places']);
		yield* references(scene.view?.points ?? [], [...path, 'view', 'points']);
		yield* references(scene.lit, [...path, 'lit']);
		yield* references(scene.clocks?.places ?? [], [...path, 'clocks', 'places']);
		yield* legEnds(scene.distances, [...path, 'distances']);
		for (const [number, beat] of scene.paragraphs.entries()) {
			yield* references(beat.lit, [...path, 'paragraphs', number, 'lit']);
		}
	}
	for (const [index, contact] of plan.contacts.entries()) {
		yield* legEnds(contact.legs, ['contacts', index, 'legs']);
	}
}

/** What does not hold together in story.yaml. */
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

function* references(ids: readonly string[], path: Path): Generator<Reference> {
	for (const [index, id] of ids.entries()) yield { id, path: [...path, index] };
}

function* legEnds(
	legs: readonly { readonly from: string; readonly to: string }[],
	path: Path
): Generator<Reference> {
	for (const [number, leg] of legs.entries()) {
		yield { id: leg.from, path: [...path, number, 'from'] };
		yield { id: leg.to, path: [...path, number, 'to'] };
	}
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
