/** What the text alternatives of a story's maps are held to, beyond their length. */
import type { Language, Place } from '../model/story';
import { mentions } from './agreement';
import { error, quote } from './issue';
import type { Issue } from './issue';
import type { Plan } from './plan';
import type { SceneWords, Words } from './words';

type ScenePlan = Plan['scenes'][number];
type Places = ReadonlyMap<string, Pick<Place, 'name' | 'country'>>;

/** A name that stands in a sentence, and all that goes by it: ids of places, and countries. */
interface Named {
	readonly name: string;
	readonly things: readonly string[];
}

interface Sentence {
	readonly named: readonly Named[];
	/** In what is left without the names, which can hold digits of their own. */
	readonly numbers: readonly string[];
}

/** What the words of a scene may speak of. */
interface Holdings {
	/** Places that its map shows. */
	readonly shown: ReadonlySet<string>;
	/** Those, the places that it tells of, and their countries. */
	readonly things: ReadonlySet<string>;
	readonly numbers: ReadonlySet<string>;
	/** False where it has a place of which nothing is known. */
	readonly isKnown: boolean;
}

/** A country by its ISO code; the colon keeps it apart from the ids of places. */
const country = (code: string) => `country:${code}`;

const LETTERS = Array.from('ABCDEFGHIJKLMNOPQRSTUVWXYZ');
const CODES = LETTERS.flatMap((first) => LETTERS.map((second) => first + second));
/** Vowel signs and the lengthening stroke, which words have or have not. */
const ARABIC_MARKS = /\u0640|[\u064B-\u0652]|\u0670/g;
const NUMBER = /\d+(?:[.,:]\d+)*/g;

/**
 * Where the words of one language say of a map what its scene does not hold, say a thing twice, or leave out what has
 * changed since the scene before. Scenes and places that are not known are reported elsewhere and left out here.
 */
export function* alternativeIssues(
	words: Words,
	language: Language,
	plan: Plan,
	places: Places
): Generator<Issue> {
	const { file } = words;
	const read = sentenceReader(language, places);
	const seen = new Map<string, number>();
	const told = new Set<string>();
	for (const scene of words.scenes) {
		const index = plan.scenes.findIndex(({ id }) => id !== '' && id === scene.id);
		const [alternative] = scene.alternatives;
		const planned = plan.scenes[index];
		if (!alternative || !planned || told.has(scene.id)) continue;
		told.add(scene.id);
		const { text, change, line } = alternative;
		const spot = { file, line };
		const now = holdingsOf(planned, words, plan, places);
		const earlier = plan.scenes[index - 1];
		const before = earlier && holdingsOf(earlier, words, plan, places);
		for (const sentence of [text, change]) {
			const first = seen.get(sentence);
			if (first !== undefined) {
				yield error(spot, [
					`${quote(sentence)} again`,
					'each map in words of its own',
					`say what sets this one apart from that on line ${first}`
				]);
			} else if (sentence !== '') seen.set(sentence, line);
		}
		yield* strangers(spot, scene.id, read(text), [now]);
		if (!before) {
			if (change === '') continue;
			yield error(spot, [
				'what has changed in the first scene',
				'the first map without anything before it',
				'take it out: ![what the map shows](map)'
			]);
			continue;
		}
		if (change === '') {
			yield error(spot, [
				`the scene ${quote(scene.id)} without what has changed on its map`,
				'![what the map shows](map "what has changed since the scene before")',
				'add it after “map”, in quotation marks'
			]);
			continue;
		}
		const sentence = read(change);
		yield* strangers(spot, scene.id, sentence, [before, now]);
		const moved = [...before.shown, ...now.shown].filter(
			(id) => places.has(id) && !(before.shown.has(id) && now.shown.has(id))
		);
		const tells = sentence.named.some(({ things }) =>
			things.some((thing) => moved.includes(thing))
		);
		if (moved.length === 0 || tells || !before.isKnown || !now.isKnown) continue;
		const choice = moved.map((id) => places.get(id)?.name[language] ?? id);
		yield error(spot, [
			`${quote(change)}, which names nothing that has come or gone`,
			'what has changed since the scene before',
			`name one of: ${[...new Set(choice)].join(', ')}`
		]);
	}
}

/** Numbers and places that none of the scenes has. */
function* strangers(
	spot: { readonly file: string; readonly line: number },
	scene: string,
	{ named, numbers }: Sentence,
	scenes: readonly Holdings[]
): Generator<Issue> {
	for (const number of numbers) {
		if (scenes.some((held) => held.numbers.has(number))) continue;
		yield error(spot, [
			`the number ${number} for what the map shows`,
			`numbers that the scene ${quote(scene)} tells`,
			'take it out, or tell it in a paragraph'
		]);
	}
	// What a name that is not known was meant to be cannot be held against the words.
	if (!scenes.every(({ isKnown }) => isKnown)) return;
	const reported = new Set<string>();
	for (const { name, things } of named) {
		const isHeld = scenes.some((held) => things.some((thing) => held.things.has(thing)));
		if (isHeld || reported.has(name)) continue;
		reported.add(name);
		yield error(spot, [
			`${quote(name)} for what the map shows`,
			`places that the scene ${quote(scene)} has in sight, lights or mentions`,
			'take it out, or light it in story.yaml'
		]);
	}
}

function holdingsOf(scene: ScenePlan, words: Words, plan: Plan, places: Places): Holdings {
	const told: SceneWords | undefined = words.scenes.find(({ id }) => id === scene.id);
	const paragraphs = told?.paragraphs ?? [];
	const drawn = new Set(scene.paragraphs.flatMap(({ contacts }) => contacts));
	const contacts = plan.contacts.filter(({ id }) => drawn.has(id));
	const ends = (legs: readonly { readonly from: string; readonly to: string }[]) =>
		legs.flatMap(({ from, to }) => [from, to]);
	const shown = new Set([
		...(scene.view?.places ?? []),
		...(scene.view?.points ?? []),
		...scene.lit,
		...scene.paragraphs.flatMap(({ lit }) => lit),
		...contacts.flatMap(({ legs }) => ends(legs))
	]);
	const ids = [
		...shown,
		...(scene.clocks?.places ?? []),
		...ends(scene.distances),
		...paragraphs.flatMap(({ inlines }) => mentions(inlines))
	];
	const codes = ids.flatMap((id) => places.get(id)?.country ?? []);
	return {
		shown,
		isKnown: ids.every((id) => places.has(id)),
		things: new Set([...ids, ...[...codes, ...scene.countries].map(country)]),
		numbers: new Set(
			[
				told?.heading ?? '',
				told?.part?.text ?? '',
				...paragraphs.flatMap(({ inlines }) => inlines.map(({ text }) => text)),
				...scene.paragraphs.map(({ date }) => date.replaceAll('-', ' ')),
				...contacts.map(({ when }) => when.replace(/[-TZ]/g, ' ')),
				scene.clocks?.at.replace(/[-TZ]/g, ' ') ?? ''
			].flatMap(numbersIn)
		)
	};
}

/** Numbers in words, with Western digits and without the zeros that dates begin with. */
function numbersIn(text: string): readonly string[] {
	const western = text.replace(/[\u0660-\u0669\u06F0-\u06F9]/g, (digit) =>
		String((digit.codePointAt(0) ?? 0) & 0xf)
	);
	return (western.match(NUMBER) ?? []).map((number) => number.replace(/^0+(?=\d)/, ''));
}

type Reader = (text: string) => Sentence;

const latestReaders = new Map<Language, { readonly names: string; readonly read: Reader }>();

/** The reader for these places; stories have most of theirs in common, and a reader costs more than what it reads. */
function sentenceReader(language: Language, places: Places): Reader {
	const names = JSON.stringify([...places].map(([id, { name }]) => [id, name[language]]));
	const latest = latestReaders.get(language);
	if (latest?.names === names) return latest.read;
	const read = makeReader(language, places);
	latestReaders.set(language, { names, read });
	return read;
}

const countryNames = new Map<Language, readonly (readonly [code: string, name: string])[]>();

/** Every country by its code, with its name in a language. */
function countriesIn(language: Language): readonly (readonly [code: string, name: string])[] {
	const known = countryNames.get(language);
	if (known) return known;
	const regions = new Intl.DisplayNames(language, { type: 'region', fallback: 'none' });
	const named = CODES.map((code) => [code, regions.of(code) ?? ''] as const);
	countryNames.set(language, named);
	return named;
}

/**
 * Finds the names of the story's places and of all countries, the longest that fit, and the numbers.
 * Arabic writes its shortest words in one with the next: وبموسكو, للقرم.
 */
function makeReader(language: Language, places: Places): Reader {
	const things = new Map<string, string[]>();
	const add = (name: string, thing: string) => {
		const plain = name.replace(ARABIC_MARKS, '').replace(/^the /, '');
		if (plain !== '') things.set(plain, [...(things.get(plain) ?? []), thing]);
	};
	for (const [id, { name }] of places) add(name[language], id);
	for (const [code, name] of countriesIn(language)) add(name, country(code));
	const forms = [...things.keys()]
		.toSorted((a, b) => b.length - a.length)
		.map((name) => {
			const escaped = name.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
			const bare = name.startsWith('ال') ? escaped.slice(2) : null;
			return bare === null ? escaped : `(?:${escaped}|لل${bare})`;
		});
	const before = language === 'ar' ? '(?<!\\p{L})[وف]?[بلك]?' : '(?<!\\p{L})';
	const pattern = new RegExp(`${before}(${forms.join('|')})(?!\\p{L})`, 'gu');
	return (text) => {
		const plain = text.replace(ARABIC_MARKS, '');
		const named = [...plain.matchAll(pattern)].map(([, found = '']) => {
			const name = things.has(found) ? found : found.replace(/^لل/, 'ال');
			return { name, things: things.get(name) ?? [] };
		});
		return { named, numbers: numbersIn(plain.replace(pattern, ' ')) };
	};
}
