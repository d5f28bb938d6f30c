/**
 * Words as SVG for resvg, which draws with font files alone. It has no font for the second script of a line once the
 * first has a ligature, so each run is set on its own, where its width puts it.
 */
import { resolve } from 'node:path';
import { Resvg, type ResvgRenderOptions } from '@resvg/resvg-js';
import { escapeText } from './markup';

/** Fonts by the names that stand in their files. */
const FONTS = {
	arabic: { regular: 'IBM Plex Sans Arabic', strong: 'IBM Plex Sans Arabic SemiBold' },
	latin: { regular: 'IBM Plex Sans', strong: 'IBM Plex Sans SemiBold' }
} as const;

/** For drawing SVG with Masar's fonts and no other. */
export const RENDERING: ResvgRenderOptions = {
	font: {
		loadSystemFonts: false,
		fontFiles: ['sans', 'sans-extended', 'sans-arabic'].flatMap((face) =>
			['400', '600'].map((weight) => resolve(`.cache/fonts/${face}-${weight}.ttf`))
		)
	}
};

export type Direction = 'ltr' | 'rtl';

export interface Type {
	readonly weight: 'regular' | 'strong';
	/** Px. */
	readonly size: number;
	readonly fill: string;
}

interface Run {
	readonly script: keyof typeof FONTS;
	readonly text: string;
}

/** Arabic words, Latin words, numbers, spaces, and each other sign by itself. */
const RUNS =
	/(?<arabic>[\u0600-\u06ff]+(?: +[\u0600-\u06ff]+)*)|\p{sc=Latin}[\p{sc=Latin}\p{N}]*(?:[ .'’&-]+\p{sc=Latin}[\p{sc=Latin}\p{N}]*)*|\p{N}+(?:[.,:]\p{N}+)*| +|./gu;

const MIRRORED: Readonly<Record<string, string>> = {
	...{ '(': ')', ')': '(', '[': ']', ']': '[' },
	...{ '«': '»', '»': '«', '‹': '›', '›': '‹' }
};

function runsOf(line: string, direction: Direction): Run[] {
	return [...line.matchAll(RUNS)].map(({ 0: text, groups }) =>
		groups?.['arabic']
			? { script: 'arabic', text }
			: { script: 'latin', text: direction === 'rtl' ? (MIRRORED[text] ?? text) : text }
	);
}

const element = ({ script, text }: Run, x: number, y: number, { weight, size, fill }: Type) =>
	`<text x="${x}" y="${y}" font-family="${FONTS[script][weight]}" font-size="${size}" fill="${fill}">${escapeText(text)}</text>`;

/** Letters that join no neighbour: between two of them a run keeps the room before and after it. */
const POSTS = { arabic: 'ء', latin: '|' } as const;

const widths = new Map<string, number>();

/** Px of a run from where it begins to where the next one does. */
function advanceOf({ script, text }: Run, type: Type): number {
	const ink = (words: string) => {
		const drawn = element({ script, text: words }, 0, 0, type);
		const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="1" height="1">${drawn}</svg>`;
		return new Resvg(svg, RENDERING).getBBox()?.width ?? 0;
	};
	const key = `${type.weight} ${type.size} ${text}`;
	const post = POSTS[script];
	const width = widths.get(key) ?? ink(post + text + post) - ink(post + post);
	widths.set(key, width);
	return width;
}

/** Px that a line takes. */
export function widthOf(line: string, type: Type, direction: Direction): number {
	return runsOf(line, direction).reduce((sum, run) => sum + advanceOf(run, type), 0);
}

/**
 * Sets a line.
 *
 * @param x - px of its left or right edge, or of its middle
 * @param y - px of its baseline
 */
export function setLine(
	line: string,
	x: number,
	y: number,
	align: 'left' | 'middle' | 'right',
	type: Type,
	direction: Direction
): string {
	const runs = runsOf(line, direction);
	const whole = widthOf(line, type, direction);
	let left = x - { left: 0, middle: whole / 2, right: whole }[align];
	return (direction === 'rtl' ? runs.toReversed() : runs)
		.map((run) => {
			const drawn = run.text.trim() && element(run, left, y, type);
			left += advanceOf(run, type);
			return drawn;
		})
		.join('');
}

export interface Lines {
	readonly lines: readonly string[];
	/** Px of the longest. */
	readonly longest: number;
}

/** Breaks words into so many lines, as even as they can be. */
export function evenLines(
	words: readonly string[],
	count: number,
	width: (line: string) => number
): Lines {
	const whole = words.join(' ');
	let best: Lines = { lines: [whole], longest: count === 1 ? width(whole) : Infinity };
	for (let first = 1; count > 1 && first <= words.length - count + 1; first += 1) {
		const line = words.slice(0, first).join(' ');
		const rest = evenLines(words.slice(first), count - 1, width);
		const longest = Math.max(width(line), rest.longest);
		if (longest < best.longest) best = { lines: [line, ...rest.lines], longest };
	}
	return best;
}
