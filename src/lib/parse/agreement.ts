import type { Inline } from '../model/story';
import { error, quote, suggest, warning } from './issue';
import type { Issue } from './issue';
import type { Plan } from './plan';
import type { ParagraphWords, SceneWords, Words } from './words';

type ScenePlan = Plan['scenes'][number];

/** The ids of the places a paragraph mentions. */
export function mentions(inlines: readonly Inline[]): readonly string[] {
	return inlines.flatMap((inline) => (inline.type === 'mention' ? [inline.place] : []));
}

/** Where the words of one language and story.yaml differ. */
export function* agreementIssues(
	words: Words,
	plan: Plan,
	places: ReadonlySet<string>
): Generator<Issue> {
	if (plan.scenes.length === 0) return;
	yield* sceneIssues(words, plan);
	const sceneOf = new Map<number, string>();
	for (const scene of plan.scenes) {
		for (const { paragraph } of scene.paragraphs) sceneOf.set(paragraph, scene.id);
	}
	const seen = new Map<number, number>();
	for (const scene of words.scenes) {
		const planned = plan.scenes.find(({ id }) => id === scene.id);
		yield* paragraphIssues(words.file, scene, planned !== undefined, sceneOf, seen);
		if (planned) {
			yield* partIssues(words.file, scene, planned);
			yield* missingParagraphs(words, scene, planned);
		}
		for (const paragraph of scene.paragraphs) {
			const beat = plan.scenes
				.flatMap(({ paragraphs }) => paragraphs)
				.find((candidate) => candidate.paragraph === paragraph.number);
			yield* mentionIssues(words.file, paragraph, places, beat?.lit);
		}
	}
}

/**
 * Where a paragraph of one language lacks a place that it mentions in the other. Paragraphs without
 * a number of their own or with an unknown place have been reported and are left out.
 */
export function* languageIssues(
	one: Words,
	other: Words,
	places: ReadonlySet<string>
): Generator<Issue> {
	const theirs = new Map(
		comparable(other, places).map((paragraph) => [paragraph.number, paragraph])
	);
	for (const paragraph of comparable(one, places)) {
		const twin = theirs.get(paragraph.number);
		if (twin === undefined) continue;
		const mine = new Set(mentions(paragraph.inlines));
		for (const place of new Set(mentions(twin.inlines))) {
			if (mine.has(place)) continue;
			yield error({ file: one.file, line: paragraph.line }, [
				`paragraph ${paragraph.number} without the place ${quote(place)}`,
				`the same places as in ${other.file}:${twin.line}`,
				`add [words](place:${place}), or take it out there`
			]);
		}
	}
}

function comparable(words: Words, places: ReadonlySet<string>): readonly ParagraphWords[] {
	const all = paragraphsOf(words);
	const numbers = all.map(({ number }) => number);
	return all.filter(({ number, inlines }) => {
		const once = numbers.indexOf(number) === numbers.lastIndexOf(number);
		return number > 0 && once && mentions(inlines).every((place) => places.has(place));
	});
}

function paragraphsOf(words: Words): readonly ParagraphWords[] {
	return words.scenes.flatMap((scene) => scene.paragraphs);
}

function* sceneIssues(words: Words, plan: Plan): Generator<Issue> {
	const { file } = words;
	const planned = plan.scenes.map(({ id }) => id).filter((id) => id !== '');
	const seen = new Map<string, number>();
	for (const { id, line } of words.scenes) {
		const first = seen.get(id);
		if (id === '') continue;
		if (first !== undefined) {
			yield error({ file, line }, [
				`the scene ${quote(id)} again`,
				'each scene once',
				`take it out, or change its id: it is already on line ${first}`
			]);
		} else if (!planned.includes(id)) {
			yield error({ file, line }, [
				`the scene ${quote(id)}`,
				'a scene of story.yaml',
				suggest(id, planned)
			]);
		}
		seen.set(id, first ?? line);
	}
	for (const [index, id] of planned.entries()) {
		if (seen.has(id) || planned.indexOf(id) !== index) continue;
		const before = planned.slice(0, index).findLast((earlier) => seen.has(earlier));
		yield error({ file, line: seen.get(before ?? '') ?? 1 }, [
			`no scene ${quote(id)}${before === undefined ? '' : ` after ${quote(before)}`}`,
			'every scene of story.yaml',
			`add “## Heading {#${id}}” with its words`
		]);
	}
	const here = [...seen.keys()].filter((id) => planned.includes(id));
	const there = planned.filter((id, index) => seen.has(id) && planned.indexOf(id) === index);
	const wrong = here.findIndex((id, index) => id !== there[index]);
	const [found, expected] = [here[wrong], there[wrong]];
	if (found === undefined || expected === undefined) return;
	yield error({ file, line: seen.get(found) ?? 1 }, [
		`the scene ${quote(found)}`,
		`the scene ${quote(expected)} here, as in story.yaml`,
		'put the scenes in the order of story.yaml'
	]);
}

function* partIssues(file: string, scene: SceneWords, planned: ScenePlan): Generator<Issue> {
	const { id, line, part, alternatives } = scene;
	if (part && !planned['starts-part']) {
		yield error({ file, line: part.line }, [
			`a part that begins with the scene ${quote(id)}`,
			'“starts-part: true” in that scene of story.yaml',
			'add it there, or take this heading out'
		]);
	}
	if (!part && planned['starts-part']) {
		yield error({ file, line }, [
			`no heading of a part before the scene ${quote(id)}`,
			'one, as story.yaml has “starts-part: true”',
			'add “# Heading” above it'
		]);
	}
	if (alternatives.length === 0) {
		yield error({ file, line }, [
			`the scene ${quote(id)} without what its map shows`,
			'one ![what the map shows](map)',
			'add it below the heading'
		]);
	}
	for (const again of alternatives.slice(1)) {
		yield error({ file, line: again.line }, [
			`what the map shows again in the scene ${quote(id)}`,
			'one ![what the map shows](map)',
			'take one of them out'
		]);
	}
}

function* paragraphIssues(
	file: string,
	scene: SceneWords,
	isPlanned: boolean,
	sceneOf: ReadonlyMap<number, string>,
	seen: Map<number, number>
): Generator<Issue> {
	let highest = 0;
	for (const { number, line } of scene.paragraphs) {
		const first = seen.get(number);
		const home = sceneOf.get(number);
		if (number === 0) continue;
		seen.set(number, first ?? line);
		if (first !== undefined) {
			yield error({ file, line }, [
				`paragraph ${number} again`,
				'each paragraph once',
				`change its number, or take it out: it is already on line ${first}`
			]);
		} else if (home === undefined) {
			yield error({ file, line }, [
				`paragraph ${number}`,
				`a paragraph of story.yaml (there are ${sceneOf.size})`,
				'change its number, or add it to its scene in story.yaml'
			]);
		} else if (isPlanned && home !== scene.id) {
			yield error({ file, line }, [
				`paragraph ${number} in the scene ${quote(scene.id)}`,
				`it in the scene ${quote(home)}, as in story.yaml`,
				'move it there'
			]);
		} else if (number < highest) {
			yield error({ file, line }, [
				`paragraph ${number} after paragraph ${highest}`,
				'the order of story.yaml',
				'put the paragraphs in order'
			]);
		}
		highest = Math.max(highest, number);
	}
}

function* missingParagraphs(words: Words, scene: SceneWords, planned: ScenePlan): Generator<Issue> {
	const here = new Set(paragraphsOf(words).map(({ number }) => number));
	for (const { paragraph } of planned.paragraphs) {
		if (paragraph === 0 || here.has(paragraph)) continue;
		yield error({ file: words.file, line: scene.line }, [
			`the scene ${quote(scene.id)} without paragraph ${paragraph}`,
			'every paragraph of story.yaml',
			`add the paragraph, with {#p${paragraph}} at its end`
		]);
	}
}

function* mentionIssues(
	file: string,
	paragraph: ParagraphWords,
	places: ReadonlySet<string>,
	lit: readonly string[] | undefined
): Generator<Issue> {
	const { line, number, inlines } = paragraph;
	for (const place of new Set(mentions(inlines))) {
		if (!places.has(place)) {
			yield error({ file, line }, [
				`the place ${quote(place)}`,
				'a place that has a file in data/places',
				suggest(place, places)
			]);
		} else if (lit && !lit.includes(place)) {
			yield warning({ file, line }, [
				`a mention of ${quote(place)}, which is not lit in paragraph ${number}`,
				'the places mentioned to be lit',
				`add ${place} to “lit” of the paragraph in story.yaml, if the map should show it`
			]);
		}
	}
}
