import type { Heading, Nodes, Paragraph, RootContent } from 'mdast';
import { fromMarkdown } from 'mdast-util-from-markdown';
import { toString } from 'mdast-util-to-string';
import type { Inline } from '../model/story';
import { check, oncePerFile, plainText, readYaml } from './document';
import { error, quote, unseenAt, unseenFinding } from './issue';
import type { Finding, Issue, TextFile } from './issue';
import { imageFinding, lineOf, MARKER, nameOf, readInlines } from './inline';
import type { Complain } from './inline';
import { strict, words } from './vocabulary';

/** A piece of text and the line it begins on. */
interface Lined {
	readonly text: string;
	readonly line: number;
}

/** What a scene's map shows, and what has changed on it since the scene before; '' where nothing is said of that. */
export interface Alternative extends Lined {
	readonly change: string;
}

export interface ParagraphWords {
	readonly number: number;
	readonly line: number;
	readonly inlines: readonly Inline[];
}

export interface SceneWords {
	readonly id: string;
	readonly line: number;
	readonly heading: string;
	/** Heading of the part that begins here. */
	readonly part: Lined | undefined;
	/** What the map shows; exactly one in a good scene. */
	readonly alternatives: readonly Alternative[];
	readonly paragraphs: readonly ParagraphWords[];
}

/** One language file as far as it can be read. */
export interface Words {
	readonly file: string;
	/** Title, standfirst and dateline, or undefined where they are not in order. */
	readonly front: Readonly<Record<'title' | 'standfirst' | 'dateline', string>> | undefined;
	readonly scenes: readonly SceneWords[];
	readonly issues: readonly Issue[];
}

type Building<T> = { -readonly [K in keyof T]: T[K] extends readonly (infer I)[] ? I[] : T[K] };

const FRONT_MATTER = /^---[ \t]*\n([\s\S]*?\n)??---[ \t]*(?:\n|$)/;
const TABLE_RULE = /^[ \t]*\|?[ \t]*:?-{3,}:?[ \t]*(\||$)/m;
/** Letters that a message shows on each side of one that is not seen. */
const AROUND = 12;
const ALTERNATIVE_LETTERS = { least: 40, most: 400 };

const frontSchema = strict({ title: words, standfirst: words, dateline: words });

/** Reads the words of a story in one language; says nothing of what story.yaml expects of them. */
export const readWords = oncePerFile((file: TextFile): Words => {
	const { value: text, issues: marks } = plainText(file);
	const issues = [...marks];
	const match = FRONT_MATTER.exec(text);
	const front = readFront(match, file.path, issues);
	const head = match?.[0] ?? '';
	// Blank lines in place of the front matter keep every line number true.
	const body = head.replace(/[^\n]/g, '') + text.slice(head.length);
	const scenes = readScenes(fromMarkdown(body).children, file.path, issues);
	return { file: file.path, front, scenes, issues };
});

function readFront(match: RegExpExecArray | null, file: string, issues: Issue[]): Words['front'] {
	if (match === null) {
		issues.push(
			error({ file, line: 1 }, [
				'no front matter',
				'title, standfirst and dateline between two lines of ---',
				'begin the file with them'
			])
		);
		return undefined;
	}
	const source = readYaml(match[1] ?? '', file, 2);
	issues.push(...source.issues);
	if (source.issues.length > 0) return undefined;
	const value = source.value.value ?? {};
	const checked = check(frontSchema, { ...source.value, value });
	issues.push(...checked.issues);
	return checked.value;
}

function readScenes(
	nodes: readonly RootContent[],
	file: string,
	issues: Issue[]
): readonly SceneWords[] {
	const scenes: Building<SceneWords>[] = [];
	let part: Lined | undefined;
	const complain = (line: number, finding: Finding) => issues.push(error({ file, line }, finding));
	for (const node of nodes) {
		const line = lineOf(node);
		complainOfUnseen(node, complain);
		if (node.type === 'heading' && node.depth === 1) {
			if (part) complain(part.line, PART_WITHOUT_SCENE);
			part = readPart(node, complain);
		} else if (node.type === 'heading') {
			scenes.push({ ...readHeading(node, complain), part, alternatives: [], paragraphs: [] });
			part = undefined;
		} else if (node.type !== 'paragraph') {
			complain(line, [nameOf(node), 'headings and paragraphs alone', 'write it as paragraphs']);
		} else if (part || scenes.length === 0) {
			complain(line, [
				`a paragraph (${quote(toString(node))}) outside any scene`,
				'a heading such as “## Heading {#scene}” before it',
				'add the heading of its scene'
			]);
		} else {
			readParagraph(node, scenes.at(-1), complain);
		}
	}
	if (part) complain(part.line, PART_WITHOUT_SCENE);
	return scenes;
}

/** Complains of words and addresses that hold what nobody sees, also where it is written as `&#x202E;`. */
function complainOfUnseen(node: Nodes, complain: Complain): void {
	const said = 'value' in node ? [node.value] : [];
	if (node.type === 'image') said.push(node.alt ?? '', node.title ?? '', node.url);
	if (node.type === 'link') said.push(node.url);
	for (const text of said) {
		const at = unseenAt(text);
		if (at < 0) continue;
		const before = text.slice(0, at);
		const around = [
			...Array.from(before).slice(-AROUND),
			...Array.from(text.slice(at)).slice(0, AROUND)
		];
		const line = lineOf(node) + before.split('\n').length - 1;
		complain(line, [quote(around.join('')), ...unseenFinding(text)]);
	}
	for (const child of 'children' in node ? node.children : []) complainOfUnseen(child, complain);
}

const PART_WITHOUT_SCENE: Finding = [
	'the heading of a part without a scene',
	'the heading of a scene right after it',
	'add “## Heading {#scene}”, or take the part out'
];

function readPart(node: Heading, complain: Complain): Lined {
	const line = lineOf(node);
	const text = plainHeading(node, complain);
	if (MARKER.test(text)) {
		complain(line, [
			`the heading of a part with an id (${quote(text)})`,
			'“# Heading” without an id',
			'take the {#…} out, or write “##” for a scene'
		]);
	}
	if (text === '') complain(line, ['an empty heading', 'the name of the part', 'write it after #']);
	return { text: text.replace(MARKER, ''), line };
}

function readHeading(
	node: Heading,
	complain: Complain
): Pick<SceneWords, 'id' | 'line' | 'heading'> {
	const line = lineOf(node);
	const text = plainHeading(node, complain);
	const id = MARKER.exec(text)?.[1] ?? '';
	const heading = text.replace(MARKER, '');
	if (node.depth > 2) {
		complain(line, [
			`a heading with ${'#'.repeat(node.depth)}`,
			'“#” for a part or “##” for a scene',
			'change the number of #'
		]);
	} else if (id === '') {
		complain(line, [
			`the heading ${quote(text)} without a scene id`,
			'“## Heading {#scene}”',
			'add {#…} with the id from story.yaml'
		]);
	}
	if (heading === '')
		complain(line, ['an empty heading', 'words before {#…}', 'write the heading']);
	return { id, line, heading };
}

function plainHeading(node: Heading, complain: Complain): string {
	const odd = node.children.find((child) => child.type !== 'text');
	if (odd) {
		complain(lineOf(odd), [`${nameOf(odd)} in a heading`, 'plain words', 'take the mark-up out']);
	}
	return toString(node).trim();
}

function readParagraph(
	node: Paragraph,
	scene: Building<SceneWords> | undefined,
	complain: Complain
): void {
	const line = lineOf(node);
	const [only] = node.children;
	if (only?.type === 'image' && node.children.length === 1) {
		if (only.url !== 'map') complain(line, imageFinding(only.url));
		const text = (only.alt ?? '').replace(/\s+/g, ' ').trim();
		const change = (only.title ?? '').replace(/\s+/g, ' ').trim();
		complainOfLength(`${text} ${change}`.trim(), line, complain);
		scene?.alternatives.push({ text, change, line });
		return;
	}
	const written = toString(node);
	const last = node.children.at(-1);
	const marker = last?.type === 'text' ? MARKER.exec(last.value)?.[1] : undefined;
	if (TABLE_RULE.test(written) && written.includes('|')) {
		complain(line, ['a table', 'paragraphs', 'write it as sentences']);
	} else if (marker === undefined || !/^p[1-9]\d*$/.test(marker)) {
		complain(line, [
			`a paragraph that ends with ${marker === undefined ? quote(tail(written)) : `“{#${marker}}”`}`,
			'the paragraph’s number at its end, such as {#p7}',
			'write {#p…} with the number from story.yaml'
		]);
	}
	const inlines = readInlines(node.children, complain);
	const number = /^p[1-9]\d*$/.test(marker ?? '') ? Number(marker?.slice(1)) : 0;
	if (inlines.length === 0) {
		complain(line, ['a paragraph without words', 'words before {#p…}', 'write them']);
	}
	scene?.paragraphs.push({ number, line, inlines });
}

function complainOfLength(text: string, line: number, complain: Complain): void {
	const { least, most } = ALTERNATIVE_LETTERS;
	const letters = Array.from(text).length;
	if (letters >= least && letters <= most) return;
	complain(line, [
		`${letters} letters for what the map shows`,
		`${least} to ${most} letters`,
		letters < least ? 'say what is to be seen on the map' : 'make it shorter'
	]);
}

function tail(text: string): string {
	return Array.from(text.trim()).slice(-20).join('');
}
