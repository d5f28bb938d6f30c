/** The picture beside a shared link: title, date line and the real map, drawn at build time. */
import { Resvg } from '@resvg/resvg-js';
import mark from '../../../static/favicon.svg?raw';
import { perspective } from '../globe/camera';
import { directionOf } from '../locale';
import type { MapLabel } from '../cartography/labels';
import { REACH, UNITS } from '../picture/drawing';
import { eachLanguage, type Language, type Story } from '../model/story';
import { evenLines, RENDERING, setLine, widthOf, type Lines, type Type } from './lettering';
import { colourOf, fixedPictureSvg } from './picture';
import { once, oncePer } from './once';
import { CARD_SIZE, SITE_NAME } from './sharing';
import { cameraOfScene, labelsOf, pictureOf } from './maps';

const { width: WIDTH, height: HEIGHT } = CARD_SIZE;
/** Px from the card's edges to its words. */
const MARGIN = 64;
/** Px that a line of the title may be long. */
const COLUMN = 456;
/** Px that a name on the map keeps from the column and the card's edges. */
const CLEAR = 24;
/** The map: its centre, in px from the edge where lines end and from the top, and px for each of its units. */
const MAP = { fromEnd: 306, top: 316, scale: 0.85 } as const;

/** Units from the map's centre within which seas are named: near the limb a name leaves its sea. */
const SEAS_WITHIN = 340;

/** How a title may be set, the most wanted first: size in px, and lines that it may take. */
const SETTINGS = [
	{ size: 60, most: 2 },
	{ size: 56, most: 2 },
	{ size: 54, most: 3 },
	{ size: 50, most: 3 },
	{ size: 46, most: 4 },
	{ size: 40, most: 5 },
	{ size: 32, most: Infinity }
] as const;

const colour = (role: string) => colourOf(role, 'light');

/** How a name on the map stands to its point, in px. */
const GAP = 16;
const BESIDE = {
	right: { x: GAP, y: 0, align: 'left' },
	left: { x: -GAP, y: 0, align: 'right' },
	above: { x: 0, y: -GAP - 8, align: 'middle' },
	below: { x: 0, y: GAP + 8, align: 'middle' },
	middle: { x: 0, y: 0, align: 'middle' }
} as const;

const NAMES = {
	place: { weight: 'strong', size: 28, fill: colour('ink') },
	country: { weight: 'regular', size: 25, fill: colour('ink-quiet') },
	sea: { weight: 'regular', size: 20, fill: colour('sea-ink') }
} as const satisfies Partial<Record<MapLabel['kind'], Type>>;

/** Sets a title as large as its column allows, in the fewest lines. */
function setTitle(title: string, language: Language): Lines & { readonly type: Type } {
	const words = title.split(' ');
	for (const { size, most } of SETTINGS) {
		const type = { weight: 'strong', size, fill: colour('ink') } as const;
		for (let count = 1; count <= Math.min(most, words.length); count += 1) {
			const set = evenLines(words, count, (line) => widthOf(line, type, directionOf(language)));
			if (set.longest <= COLUMN) return { ...set, type };
		}
	}
	throw new Error(`The title “${title}” has a word too long for its card.`);
}

/** A name and its dot; where the name would touch the column or an edge, the dot alone. */
function nameOf(
	{ kind, text: lines, side }: MapLabel,
	[x, y]: readonly [number, number],
	language: Language,
	centre: number,
	free: { readonly from: number; readonly to: number }
): string {
	if (kind === 'city' || kind === 'contact') return '';
	const at = { x: centre + x * MAP.scale, y: MAP.top + y * MAP.scale };
	const text = lines.replaceAll('\n', ' ');
	const direction = directionOf(language);
	const type = NAMES[kind];
	const beside = BESIDE[side];
	const width = widthOf(text, type, direction);
	const left = at.x + beside.x - { left: 0, middle: width / 2, right: width }[beside.align];
	const fits =
		(kind !== 'sea' || Math.hypot(x, y) < SEAS_WITHIN) &&
		left >= free.from &&
		left + width <= free.to &&
		at.y >= CLEAR &&
		at.y <= HEIGHT - CLEAR;
	const halo = kind === 'sea' ? 'none' : colour('halo');
	const dot = `<circle cx="${at.x}" cy="${at.y}" r="7.5" fill="${colour('focus')}" stroke="${colour('halo')}" stroke-width="3"/>`;
	const baseline = at.y + beside.y + type.size * 0.34;
	return [
		kind === 'place' ? dot : '',
		fits
			? `<g stroke="${halo}" stroke-width="5" stroke-linejoin="round" paint-order="stroke">${setLine(text, left, baseline, 'left', type, direction)}</g>`
			: ''
	].join('');
}

/** A scene's picture, its middle at `centre` px from the left. */
function map(story: Story, scene: string, centre: number): string {
	const place = `translate(${centre} ${MAP.top}) scale(${MAP.scale})`;
	const box = `x="${-REACH.x}" y="${-REACH.y}" width="${2 * REACH.x}" height="${2 * REACH.y}"`;
	const drawn = fixedPictureSvg(pictureOf(story, scene), 'light').replace('<svg', `<svg ${box}`);
	return `<g transform="${place}">${drawn}</g>`;
}

/** A story's card in one language, with the map of its first scene, as SVG. */
export function cardSvg(story: Story, language: Language): string {
	const direction = directionOf(language);
	const rtl = direction === 'rtl';
	const { title, dateline } = story.text[language];
	const start = rtl ? WIDTH - MARGIN : MARGIN;
	const align = rtl ? 'right' : 'left';
	const centre = rtl ? MAP.fromEnd : WIDTH - MAP.fromEnd;
	const free = rtl
		? { from: CLEAR, to: WIDTH - MARGIN - COLUMN - CLEAR }
		: { from: MARGIN + COLUMN + CLEAR, to: WIDTH - CLEAR };

	const { lines, type } = setTitle(title, language);
	const leading = type.size * 1.26;
	const foot = HEIGHT - MARGIN;
	const first = foot - 96 - (lines.length - 1) * leading;
	const small = { weight: 'regular', size: 28, fill: colour('focus') } as const;
	const brand = { weight: 'strong', size: 28, fill: colour('ink') } as const;
	const scene = story.scenes[0]?.id ?? '';
	const { project } = perspective(cameraOfScene(story, scene), UNITS);
	return [
		`<svg xmlns="http://www.w3.org/2000/svg" width="${WIDTH}" height="${HEIGHT}" viewBox="0 0 ${WIDTH} ${HEIGHT}">`,
		`<rect width="${WIDTH}" height="${HEIGHT}" fill="${colour('paper')}"/>`,
		map(story, scene, centre),
		...labelsOf(story, scene, language).map((name) =>
			nameOf(name, project(name.point) ?? [NaN, NaN], language, centre, free)
		),
		setLine(dateline, start, first - type.size - 28, align, small, direction),
		...lines.map((line, index) =>
			setLine(line, start, first + index * leading, align, type, direction)
		),
		mark.replace(
			'<svg',
			`<svg x="${rtl ? start - 44 : start}" y="${foot - 34}" width="44" height="44"`
		),
		setLine(SITE_NAME, rtl ? start - 60 : start + 60, foot - 2, align, brand, 'ltr'),
		'</svg>'
	].join('');
}

const cards = oncePer((story: Story) =>
	eachLanguage((language) =>
		once(() => new Resvg(cardSvg(story, language), RENDERING).render().asPng())
	)
);

/** A story's card in one language, as PNG. */
export function cardPng(story: Story, language: Language): Buffer {
	return cards(story)[language]();
}
