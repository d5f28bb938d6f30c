/** Names on the map: which of them a scene shows, and where each stands so that none covers another. */
import { angleBetween, discOf, perspective } from '../globe/camera';
import {
	DETAIL_SCALE,
	DOT,
	FULL_SIZE_PLATE,
	LABEL_GAP,
	LABEL_LEADING,
	LABEL_SIZE,
	ROOMY_PLATE,
	type LabelKind
} from './labels/sizes';
import { contactSegments, type Segment } from '../globe/outline';
import type { Camera, Contact, ContactKind, Place, Position } from '../model/story';

export * from './labels/sizes';

/** Side of its point on which a label's words stand; geography's sides, whatever the language. */
export type Side = 'right' | 'left' | 'above' | 'below' | 'middle';

/** Something that may be named. */
export interface Nameable {
	readonly id: string;
	readonly kind: Exclude<LabelKind, 'contact'>;
	readonly text: string;
	/** A second, smaller line; may be empty. */
	readonly detail: string;
	readonly point: Position;
}

/** A contact that may be marked on its line. */
export interface Markable {
	readonly contact: Contact;
	/** Who and when. */
	readonly text: string;
	readonly detail: string;
}

export interface MapLabel {
	/**
	 * Id of the place or contact it names; ISO code of a country that is no place of the story; of seas and cities, a name
	 * that is theirs alone.
	 */
	readonly id: string;
	readonly kind: LabelKind;
	/** Lines of words, parted by line feeds; empty where there is room for the mark alone. */
	readonly text: string;
	readonly detail: string;
	readonly point: Position;
	readonly side: Side;
	/** False where its words have room on plates of {@link ROOMY_PLATE} px and more alone. */
	readonly always: boolean;
	/** What the badge of a contact shows. */
	readonly glyph: ContactKind | null;
	/** How far along its contact's line a badge stands, 0 to 1; 0 for other labels. */
	readonly along: number;
}

/** Px that a label may reach over the plate's edges. */
const OVERHANG = { x: 28, y: 12 } as const;
/** Ems from which a name of several words is set in two lines. */
const LONG = 8;
/** Part of the visible cap, in angle from its centre, beyond which names of seas and countries are too slanted to read. */
const UPRIGHT = 0.72;
/** Where on its line a contact is marked, best first. */
const MARKS = [0.5, 0.42, 0.58, 0.34, 0.66, 0.27, 0.73, 0.2, 0.8, 0.13, 0.87];

interface Box {
	readonly left: number;
	readonly right: number;
	readonly top: number;
	readonly bottom: number;
}

const overlap = (a: Box, b: Box) =>
	a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;

const square = (x: number, y: number, reach: number): Box => ({
	left: x - reach,
	right: x + reach,
	top: y - reach,
	bottom: y + reach
});

/** About how wide words are, in ems: letters of our typefaces, a little generously. */
function emsOf(text: string): number {
	let ems = 0;
	for (const letter of text) {
		if (letter === '\u200F') continue;
		if (/[\s.,:'’|ا()]/.test(letter)) ems += 0.32;
		else if (/[A-Zسشصضطظثب–]/.test(letter)) ems += 0.72;
		else ems += 0.58;
	}
	return ems;
}

/** A long name in two lines of much the same length; others as they are. */
export function brokenName(text: string): string {
	const words = text.split(' ');
	if (words.length < 2 || emsOf(text) < LONG) return text;
	const parts = words.slice(1).map((_, index) => {
		const lines = [words.slice(0, index + 1).join(' '), words.slice(index + 1).join(' ')];
		return { text: lines.join('\n'), width: Math.max(...lines.map(emsOf)) };
	});
	return parts.reduce((best, part) => (part.width < best.width ? part : best)).text;
}

function sizeOf(kind: LabelKind, text: string, detail: string) {
	const size = LABEL_SIZE[kind];
	const lines = text.split('\n');
	const width = Math.max(...lines.map(emsOf), emsOf(detail) * DETAIL_SCALE);
	const height = (lines.length + (detail ? DETAIL_SCALE : 0)) * LABEL_LEADING;
	return { width: width * size + 4, height: height * size + 2 };
}

function boxOf(
	side: Side,
	x: number,
	y: number,
	gap: number,
	{ width, height }: { readonly width: number; readonly height: number }
): Box {
	const left = { right: x + gap, left: x - gap - width }[side as string] ?? x - width / 2;
	const top = { above: y - gap - height, below: y + gap }[side as string] ?? y - height / 2;
	return { left, right: left + width, top, bottom: top + height };
}

/** Labels on a plate of a given side in px, with what is already there. */
class Sheet {
	readonly #taken: Box[] = [];
	readonly #lines: readonly Box[];
	readonly #edge: Box;
	readonly #disc: number;

	/** @param disc - radius of the globe's disc as it is seen, in px */
	constructor(side: number, disc: number, dots: readonly Box[], lines: readonly Box[]) {
		const [x, y] = [side / 2 + OVERHANG.x, side / 2 + OVERHANG.y];
		this.#edge = { left: -x, right: x, top: -y, bottom: y };
		this.#disc = disc;
		this.#taken.push(...dots);
		this.#lines = lines;
	}

	/** How badly a box stands here: infinitely where it covers another, a little for every bit of a line below it. */
	cost(box: Box, own: Box | null): number {
		const { left, right, top, bottom } = this.#edge;
		if (box.left < left || box.right > right || box.top < top || box.bottom > bottom)
			return Infinity;
		if (this.#taken.some((other) => other !== own && overlap(box, other))) return Infinity;
		return this.#lines.filter((bit) => overlap(box, bit)).length;
	}

	/** Whether a box lies on the globe whole. */
	onGlobe({ left, right, top, bottom }: Box): boolean {
		const x = Math.max(-left, right);
		return Math.hypot(x, Math.max(-top, bottom)) < this.#disc;
	}

	take(...boxes: readonly Box[]): void {
		this.#taken.push(...boxes);
	}
}

interface Candidate {
	readonly id: string;
	readonly kind: LabelKind;
	readonly text: string;
	readonly detail: string;
	readonly glyph: ContactKind | null;
	/** Where it may stand, best first; a badge has a choice, others one point. */
	readonly points: readonly { readonly point: Position; readonly along: number }[];
	readonly sides: readonly Side[];
	/** A mark stays where the words have no room. */
	readonly marked: boolean;
}

/** How bad it is to cover a bit of a line: as bad as being this many sides away from the best. */
const LINE_BIT = 2;

interface Standing {
	readonly point: Position;
	readonly along: number;
	readonly side: Side;
	readonly worded: boolean;
}

/**
 * Places labels, earlier ones first, so that none covers another on any plate of at least {@link FULL_SIZE_PLATE} px
 * (and, with smaller words, on smaller ones).
 */
export function placeLabels(
	camera: Camera,
	names: readonly Nameable[],
	marks: readonly Markable[],
	places: Readonly<Record<string, Pick<Place, 'point'>>>
): MapLabel[] {
	const { project, cap } = perspective(camera, 1);
	const inSight = (point: Position, kind: LabelKind) => {
		const at = project(point);
		if (!at || Math.abs(at[0]) > 0.5 || Math.abs(at[1]) > 0.5) return false;
		return kind === 'place' || angleBetween(cap.centre, point) < cap.angle * UPRIGHT;
	};
	const segments = marks.map(({ contact }) => contactSegments(contact, places));
	const candidates = [
		...names.filter(({ kind, point }) => inSight(point, kind)).map(fromName),
		...marks.flatMap((mark, index) => fromMark(mark, segments[index] ?? [], inSight))
	].sort((a, b) => ORDER.indexOf(a.kind) - ORDER.indexOf(b.kind));
	const lines = segments.flat().flatMap(({ line }) => line);
	const disc = discOf(camera);

	const stand = (side: number, fixed: ReadonlyMap<string, Standing>) => {
		const at = (point: Position) => (project(point) ?? [NaN, NaN]).map((unit) => unit * side);
		const dots = new Map(
			candidates
				.filter(({ kind }) => kind === 'place')
				.map(({ id, points: [first] }) => {
					const [x = 0, y = 0] = first ? at(first.point) : [];
					return [id, square(x, y, DOT.place + 2)];
				})
		);
		const bits = lines.map((point) => {
			const [x = NaN, y = NaN] = at(point);
			return square(x, y, 2);
		});
		const sheet = new Sheet(side, disc * side, [...dots.values()], bits);
		const standings = new Map<string, Standing>();
		for (const candidate of candidates) {
			const before = fixed.get(keyOf(candidate));
			const best = bestStanding(candidate, sheet, at, dots.get(candidate.id) ?? null, before);
			if (best) standings.set(keyOf(candidate), best);
		}
		return standings;
	};
	const small = stand(FULL_SIZE_PLATE, new Map());
	const roomy = stand(ROOMY_PLATE, small);
	return candidates.flatMap((candidate): MapLabel[] => {
		const { id, kind, text, detail, glyph } = candidate;
		const standing = roomy.get(keyOf(candidate)) ?? small.get(keyOf(candidate));
		if (!standing) return [];
		const words = standing.worded ? { text, detail } : { text: '', detail: '' };
		const always = small.get(keyOf(candidate))?.worded ?? false;
		const { point, along, side } = standing;
		return [{ id, kind, ...words, glyph, point, along, side, always }];
	});
}

const ORDER: readonly LabelKind[] = ['place', 'country', 'contact', 'sea', 'city'];
const keyOf = ({ kind, id }: Pick<Candidate, 'kind' | 'id'>) => `${kind} ${id}`;

function fromName({ id, kind, text, detail, point }: Nameable): Candidate {
	const beside = kind === 'place' || kind === 'city';
	return {
		id,
		kind,
		text: beside ? text : brokenName(text),
		detail,
		glyph: null,
		points: [{ point, along: 0 }],
		sides: beside ? ['right', 'left', 'above', 'below'] : ['middle'],
		marked: kind === 'place'
	};
}

function fromMark(
	{ contact, text, detail }: Markable,
	segments: readonly Segment[],
	inSight: (point: Position, kind: LabelKind) => boolean
): Candidate[] {
	const legs = legsOf(segments).sort((a, b) => b.length - a.length);
	const points = MARKS.flatMap((mark) =>
		legs.flatMap((leg) => {
			const segment = leg.find(({ along }) => along >= mark);
			const [point] = segment?.line ?? [];
			return segment && point && inSight(point, 'place') ? [{ point, along: segment.along }] : [];
		})
	);
	if (points.length === 0) return [];
	return [
		{
			id: contact.id,
			kind: 'contact',
			text,
			detail,
			glyph: contact.kind,
			points,
			sides: ['below', 'above', 'right', 'left'],
			marked: true
		}
	];
}

/** The segments of each leg of a contact: along the next one, the way begins anew. */
function legsOf(segments: readonly Segment[]): Segment[][] {
	const legs: Segment[][] = [];
	let last = Infinity;
	for (const segment of segments) {
		if (segment.along < last) legs.push([]);
		legs.at(-1)?.push(segment);
		last = segment.along;
	}
	return legs;
}

function bestStanding(
	{ kind, text, detail, points, sides, marked }: Candidate,
	sheet: Sheet,
	at: (point: Position) => readonly number[],
	dot: Box | null,
	before: Standing | undefined
): Standing | null {
	const size = sizeOf(kind, text, detail);
	let best: { readonly cost: number; readonly standing: Standing; readonly boxes: Box[] } | null =
		null;
	const from = before ? [before] : points;
	for (const [order, { point, along }] of from.entries()) {
		const [x = 0, y = 0] = at(point);
		const badge = kind === 'contact' ? [square(x, y, DOT.contact + 2)] : [];
		if (badge.some((box) => sheet.cost(box, null) === Infinity)) continue;
		for (const [rank, side] of (before?.worded ? [before.side] : sides).entries()) {
			const box = boxOf(side, x, y, LABEL_GAP[kind], size);
			const bits = sheet.cost(box, dot);
			// Only what the story speaks of may stand on a line.
			if (bits > 0 && (kind === 'sea' || kind === 'city')) continue;
			if (kind !== 'place' && kind !== 'contact' && !sheet.onGlobe(box)) continue;
			const cost = bits * LINE_BIT + rank + order * 2;
			if (cost < (best?.cost ?? Infinity)) {
				best = { cost, standing: { point, along, side, worded: true }, boxes: [box, ...badge] };
			}
		}
	}
	if (best) {
		sheet.take(...best.boxes);
		return best.standing;
	}
	const [first] = from;
	if (!marked || !first) return null;
	const [x = 0, y = 0] = at(first.point);
	if (kind === 'contact') sheet.take(square(x, y, DOT.contact + 2));
	return { point: first.point, along: first.along, side: 'middle', worded: false };
}
