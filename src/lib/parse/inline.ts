import type { Nodes, PhrasingContent } from 'mdast';
import { toString } from 'mdast-util-to-string';
import type { Inline } from '../model/story';
import { quote } from './issue';
import type { Finding } from './issue';

/** Takes down what is wrong on a line of the file that is being read. */
export type Complain = (line: number, finding: Finding) => void;

/** The `{#…}` at the end of a heading or paragraph. */
export const MARKER = /\s*\{#([^{}]*)\}\s*$/;

const ALLOWED = 'words, [words](place:id), [words](https://…), *emphasis* and **strong** alone';

/** The runs of a paragraph, without the marker at its end. */
export function readInlines(
	nodes: readonly PhrasingContent[],
	complain: Complain
): readonly Inline[] {
	const [last, ...before] = nodes.toReversed();
	if (last?.type !== 'text') return nodes.flatMap((node) => readInline(node, complain));
	const value = last.value.replace(MARKER, '').trimEnd();
	const kept = value === '' ? [] : [{ ...last, value }];
	return [...before.toReversed(), ...kept].flatMap((node) => readInline(node, complain));
}

function complainOfLeftover(text: string, firstLine: number, complain: Complain): void {
	const lineAt = (mark: string) => firstLine + (text.split(mark)[0] ?? '').split('\n').length - 1;
	if (text.includes('{#')) {
		complain(lineAt('{#'), [
			'a {#…} in the middle of a paragraph',
			'one, at its end',
			'leave an empty line between two paragraphs'
		]);
	}
	if (text.includes('](')) {
		complain(lineAt(']('), [
			'a link that is not complete',
			'[words](place:id) or [words](https://…)',
			'check its brackets; its address may hold no spaces'
		]);
	}
}

function readInline(node: PhrasingContent, complain: Complain): readonly Inline[] {
	const line = lineOf(node);
	if (node.type === 'text') {
		complainOfLeftover(node.value, line, complain);
		return [{ type: 'text', text: joinLines(node.value) }];
	}
	if (node.type === 'image') {
		complain(line, imageFinding(node.url));
		return [];
	}
	if (node.type !== 'link' && node.type !== 'emphasis' && node.type !== 'strong') {
		complain(line, [nameOf(node), ALLOWED, 'take it out']);
		return [{ type: 'text', text: joinLines(toString(node)) }];
	}
	const text = joinLines(toString(node));
	const odd = node.children.find((child) => child.type !== 'text');
	const inside = odd && `${nameOf(odd)} inside ${nameOf(node)}`;
	if (inside) complain(line, [inside, 'plain words there', 'take it out']);
	complainOfLeftover(text, line, complain);
	if (text.trim() === '') complain(line, [`${nameOf(node)} without words`, 'words', 'write them']);
	if (node.type !== 'link') return [{ type: node.type, text }];
	if (typeof node.title === 'string') {
		complain(line, [
			`a title (${quote(node.title)}) in a link`,
			'the address alone',
			'take it out'
		]);
	}
	if (node.url.startsWith('place:')) {
		return [{ type: 'mention', place: node.url.slice('place:'.length), text }];
	}
	if (!/^(https:\/\/|mailto:)./.test(node.url) || !URL.canParse(node.url)) {
		complain(line, [
			`a link to ${quote(node.url)}`,
			'an address with https:, mailto: or place:',
			'write the whole address'
		]);
	}
	return [{ type: 'link', href: node.url, text }];
}

const NAMES: Readonly<Partial<Record<Nodes['type'], string>>> = {
	blockquote: 'a block quote (a line that begins with >)',
	break: 'a forced line break',
	code: 'a block of code (a line that begins with four spaces or ```)',
	definition: 'a link definition',
	emphasis: '*emphasis*',
	image: 'an image',
	imageReference: 'an image by reference',
	inlineCode: 'code between ` marks',
	link: 'a link',
	linkReference: 'a link by reference',
	list: 'a list',
	strong: '**strong**',
	thematicBreak: 'a dividing line'
};

/** What an author calls this piece of Markdown. */
export function nameOf(node: Nodes): string {
	if (node.type === 'html') return `HTML (${quote(node.value)})`;
	return NAMES[node.type] ?? `a ${node.type}`;
}

/** The line a piece of Markdown begins on, from 1. */
export function lineOf(node: Nodes): number {
	return node.position?.start.line ?? 1;
}

function joinLines(text: string): string {
	return text.replace(/[ \t]*\n[ \t]*/g, ' ');
}

/** What is wrong with an image that is not the one of the map. */
export function imageFinding(url: string): Finding {
	return [
		`an image of ${quote(url)}`,
		'![what the map shows](map), alone between blank lines',
		'write (map) as its address, or take it out'
	];
}
