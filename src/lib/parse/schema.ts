/** The keys and values of story.yaml. */
import * as v from 'valibot';
import { CONTACT_KINDS } from '../model/story';
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
