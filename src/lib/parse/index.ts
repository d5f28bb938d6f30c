/**
 * Files → `Story`, or every issue found in them at once.
 * Pure: whoever calls it reads the files. docs/writing-a-story.md tells the format.
 */
import { eachLanguage, LANGUAGES } from '../model/story';
import type { Language, Place, SceneText, Story, StoryText } from '../model/story';
import { alternativeIssues } from './alternatives';
import { agreementIssues, languageIssues, mentions } from './agreement';
import { check, oncePerFile, plainText, readYaml } from './document';
import { error, hasError, inOrder, quote, warning } from './issue';
import type { Issue, TextFile } from './issue';
import { parsePlace, placeIdOf } from './place';
import { placesNamed, planOf } from './plan';
import { placeUseIssues, planIssues } from './plan-issues';
import { storySchema } from './schema';
import { readWords } from './words';
import type { Words } from './words';

export { formatIssue } from './issue';
export { parsePlace } from './place';
export type { Issue, TextFile } from './issue';
export type { ParsedPlace } from './place';

/** The files of one story, each with its path as it should be named in messages. */
export interface StoryFiles {
	/** `story.yaml` */
	readonly yaml: TextFile;
	/** `ar.md`, `en.md` */
	readonly words: Readonly<Record<Language, TextFile>>;
	/** `data/places/*.geojson`, whether the story uses them or not. */
	readonly places: readonly TextFile[];
}

/** A good story and what to look at in it, or all that is wrong. */
export type Parsed =
	| { readonly ok: true; readonly story: Story; readonly warnings: readonly Issue[] }
	| { readonly ok: false; readonly issues: readonly Issue[] };

/** Reads a story. Every issue of every file is returned, by file and line. */
export function parseStory(files: StoryFiles): Parsed {
	const { yaml, read, checked, plan } = readPlan(files.yaml);
	const readable = read.issues.length === 0;
	const words = eachLanguage((language) => readWords(files.words[language]));
	const places = readPlaces(files.places);
	const known = new Set(files.places.map(placeIdOf));
	const mentioned = mentionedPlaces(Object.values(words));
	const used = new Set([...[...placesNamed(plan)].map(({ id }) => id), ...mentioned]);

	const issues = [...yaml.issues, ...read.issues, ...(checked?.issues ?? []), ...places.issues];
	for (const language of LANGUAGES) issues.push(...words[language].issues);
	if (readable) {
		issues.push(...planIssues(plan, read.value, known));
		issues.push(...placeUseIssues(plan, read.value, places.byId));
		for (const language of LANGUAGES) issues.push(...agreementIssues(words[language], plan, known));
		for (const language of LANGUAGES) {
			issues.push(...alternativeIssues(words[language], language, plan, places.byId));
		}
		issues.push(...idlePlaces(files.places, used, mentioned));
	}
	issues.push(...languageIssues(words.ar, words.en, known));
	issues.push(...languageIssues(words.en, words.ar, known));

	const told = checked?.value;
	if (told === undefined || hasError(issues)) return { ok: false, issues: inOrder(issues) };
	const story: Story = {
		...told,
		// fromEntries defines own keys, so that an id such as `constructor` is a place like any other.
		places: Object.fromEntries([...places.byId].filter(([id]) => used.has(id))),
		text: eachLanguage((language) => textOf(words[language]))
	};
	return { ok: true, story, warnings: inOrder(issues) };
}

const readPlan = oncePerFile((file) => {
	const yaml = plainText(file);
	const read = readYaml(yaml.value, file.path);
	const checked = read.issues.length === 0 ? check(storySchema, read.value) : undefined;
	return { yaml, read, checked, plan: planOf(read.value) };
});

function readPlaces(files: readonly TextFile[]): {
	readonly byId: ReadonlyMap<string, Place>;
	readonly issues: readonly Issue[];
} {
	const byId = new Map<string, Place>();
	const issues: Issue[] = [];
	const pathOf = new Map<string, string>();
	for (const file of files) {
		const id = placeIdOf(file);
		const twin = pathOf.get(id);
		const parsed = parsePlace(file);
		pathOf.set(id, twin ?? file.path);
		issues.push(...(parsed.ok ? parsed.warnings : parsed.issues));
		if (parsed.ok) byId.set(id, parsed.place);
		if (twin === undefined) continue;
		issues.push(
			error({ file: file.path, line: 1 }, [
				`the place ${quote(id)} again`,
				`one file for each place (the other is ${twin})`,
				'rename it, or take it out'
			])
		);
	}
	return { byId, issues };
}

function mentionedPlaces(words: readonly Words[]): ReadonlySet<string> {
	const paragraphs = words.flatMap(({ scenes }) => scenes.flatMap((scene) => scene.paragraphs));
	return new Set(paragraphs.flatMap(({ inlines }) => mentions(inlines)));
}

/** Places that no click in the text leads to: the story does not use them, or shows them on the map alone. */
function* idlePlaces(
	files: readonly TextFile[],
	used: ReadonlySet<string>,
	mentioned: ReadonlySet<string>
): Generator<Issue> {
	for (const file of files) {
		const id = placeIdOf(file);
		if (!used.has(id)) {
			yield warning({ file: file.path, line: 1 }, [
				`the place ${quote(id)}, which the story does not use`,
				'places that the story uses',
				'light it or mention it, or take the file out'
			]);
		} else if (!mentioned.has(id)) {
			yield warning({ file: file.path, line: 1 }, [
				`the place ${quote(id)}, which the map shows and no paragraph mentions`,
				'places that the text mentions',
				`mention it as [words](place:${id}), or leave it to the map and the list of places`
			]);
		}
	}
}

/** The words without their lines; called on words that have been found to agree with the plan. */
function textOf({ front, scenes }: Words): StoryText {
	const { title = '', standfirst = '', dateline = '' } = front ?? {};
	return { title, standfirst, dateline, scenes: scenes.map(sceneText) };
}

function sceneText(scene: Words['scenes'][number]): SceneText {
	return {
		heading: scene.heading,
		part: scene.part?.text ?? '',
		mapAlternative: scene.alternatives[0]?.text ?? '',
		mapChange: scene.alternatives[0]?.change ?? '',
		paragraphs: scene.paragraphs.map(({ inlines }) => inlines)
	};
}
