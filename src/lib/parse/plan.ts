/** story.yaml as far as it can be read, and every place that it names. */
import * as v from 'valibot';
import type { Source } from './document';
import type { Path } from './issue';

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
