import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { fit, perspective } from '../../src/lib/globe/camera';
import {
	brokenName,
	FULL_SIZE_PLATE,
	LABEL_GAP,
	LABEL_SIZE,
	placeLabels,
	ROOMY_PLATE,
	type MapLabel,
	type Nameable
} from '../../src/lib/cartography/labels';
import { mapWords } from '../../src/lib/cartography/labels/words';
import { arrowheads, greatCircle } from '../../src/lib/globe/outline';
import { parsePlace } from '../../src/lib/parse';
import type { Contact, Place, Position, View } from '../../src/lib/model/story';

const places = Object.fromEntries(
	readdirSync('data/places').map((name): [string, Place] => {
		const path = `data/places/${name}`;
		const parsed = parsePlace({ path, text: readFileSync(path, 'utf8') });
		if (!parsed.ok) throw new Error(`${name} does not parse; see geodata.test.ts.`);
		return [parsed.place.id, parsed.place];
	})
);
const view: View = {
	places: [],
	points: [],
	maxZoom: 8,
	projection: 'near',
	bearing: 0,
	pitch: 0
};
const pointsOf = (...ids: string[]): Position[] => ids.map((id) => places[id]?.point ?? [NaN, NaN]);
const named = (id: string): Nameable => ({
	id,
	kind: 'place',
	text: places[id]?.name.en ?? '',
	detail: '',
	point: places[id]?.point ?? [NaN, NaN]
});
const summit: Contact = {
	id: 'summit',
	kind: 'meeting',
	legs: [
		{ from: 'washington', to: 'anchorage' },
		{ from: 'moscow', to: 'anchorage' }
	],
	people: { ar: 'ترمب – بوتين', en: 'Trump – Putin' },
	when: '2025-08-15',
	paragraphs: [1]
};
const VIEWS = {
	territory: ['donetsk', 'luhansk', 'zaporizhzhia', 'kherson', 'crimea', 'sevastopol', 'kyiv'],
	summit: ['washington', 'moscow', 'anchorage', 'alaska'],
	call: ['kremlin', 'moscow', 'pyongyang', 'alaska']
} as const;

/** The box of a label's words on a plate of `side` px, as wide as 0.5 em a letter at least. */
function boxOf(label: MapLabel, side: number, camera: Parameters<typeof perspective>[0]) {
	const [x, y] = perspective(camera, side).project(label.point) ?? [NaN, NaN];
	const size = LABEL_SIZE[label.kind];
	const lines = [...label.text.split('\n'), ...(label.detail ? [label.detail] : [])];
	const width = Math.max(...lines.map((line) => line.length)) * size * 0.5;
	const height = lines.length * size;
	const gap = LABEL_GAP[label.kind];
	const left =
		label.side === 'right' ? x + gap : label.side === 'left' ? x - gap - width : x - width / 2;
	const top =
		label.side === 'below' ? y + gap : label.side === 'above' ? y - gap - height : y - height / 2;
	return { left, right: left + width, top, bottom: top + height };
}

for (const [name, ids] of Object.entries(VIEWS)) {
	describe(`the labels of ${name}`, () => {
		const camera = fit(pointsOf(...ids), view);
		const marks = [{ contact: summit, text: 'Trump – Putin', detail: '15 August' }];
		const labels = placeLabels(camera, ids.map(named), name === 'summit' ? marks : [], places);

		for (const side of [FULL_SIZE_PLATE, ROOMY_PLATE, 900]) {
			test(`cover neither each other nor leave the plate by more than 28 px, on ${side} px`, () => {
				const shown = labels.filter(({ text, always }) => text && (always || side >= ROOMY_PLATE));
				expect(shown.length).toBeGreaterThan(0);
				const boxes = shown.map((label) => boxOf(label, side, camera));
				for (const [index, box] of boxes.entries()) {
					expect(Math.max(-box.left, box.right)).toBeLessThanOrEqual(side / 2 + 28);
					expect(Math.max(-box.top, box.bottom)).toBeLessThanOrEqual(side / 2 + 12);
					for (const other of boxes.slice(index + 1)) {
						const apart =
							box.right <= other.left ||
							other.right <= box.left ||
							box.bottom <= other.top ||
							other.bottom <= box.top;
						expect(apart, `${shown[index]?.id} and another`).toBe(true);
					}
				}
			});
		}

		test('leave every place its dot', () => {
			const dots = labels.filter(({ kind }) => kind === 'place').map(({ id }) => id);
			expect(new Set(dots)).toEqual(new Set(ids));
		});
	});
}

test('a contact is marked on its line, in sight', () => {
	const camera = fit(pointsOf('washington', 'anchorage', 'moscow'), view);
	const [mark] = placeLabels(camera, [], [{ contact: summit, text: 'x', detail: '' }], places);
	expect(mark).toMatchObject({ kind: 'contact', id: 'summit', glyph: 'meeting' });
	if (!mark) return;
	const [x, y] = perspective(camera, 1).project(mark.point) ?? [NaN, NaN];
	expect(Math.max(Math.abs(x), Math.abs(y))).toBeLessThan(0.5);
	const away = summit.legs.map(({ from, to }) => {
		const at = greatCircle(...(pointsOf(from, to) as [Position, Position]));
		const [lng, lat] = at(mark.along);
		return Math.hypot((lng - mark.point[0]) * Math.cos(lat / 57.3), lat - mark.point[1]);
	});
	expect(Math.min(...away)).toBeLessThan(2);
});

test('what lies beyond the horizon or at the globe’s edge is not named', () => {
	const camera = fit(pointsOf('bering-strait'), { ...view, projection: 'globe' });
	const sea = (id: string, point: Position): Nameable => ({
		id,
		kind: 'sea',
		text: id,
		detail: '',
		point
	});
	const labels = placeLabels(
		camera,
		[sea('South Atlantic', [-20, -30]), sea('Caribbean', [-75, 15]), sea('Bering Sea', [-178, 58])],
		[],
		places
	);
	expect(labels.map(({ id }) => id)).toEqual(['Bering Sea']);
});

test('a long name is broken at the space that makes its lines most alike, a short one is not', () => {
	expect(brokenName('North Atlantic Ocean')).toBe('North\nAtlantic Ocean');
	expect(brokenName('المحيط المتجمد الشمالي')).toContain('\n');
	expect(brokenName('Bering Sea')).toBe('Bering Sea');
	expect(brokenName('Ukraine')).toBe('Ukraine');
});

describe('an arrowhead', () => {
	const camera = fit(pointsOf('washington', 'anchorage', 'moscow'), view);
	const heads = arrowheads(summit, places, camera);
	const seen = heads.map((head) => head.map((point) => perspective(camera, 1).project(point)));

	test('arrives at the end of each leg of a meeting, and of nothing else', () => {
		expect(heads).toHaveLength(2);
		expect(arrowheads({ ...summit, kind: 'telephone' }, places, camera)).toEqual([]);
		const [endX, endY] = perspective(camera, 1).project(
			places['anchorage']?.point ?? [NaN, NaN]
		) ?? [NaN, NaN];
		for (const [tip] of seen) {
			expect(Math.hypot((tip?.[0] ?? NaN) - endX, (tip?.[1] ?? NaN) - endY)).toBeCloseTo(0.014, 3);
		}
	});

	test('is a closed triangle, about 0.03 plates long and 0.023 wide', () => {
		for (const [tip, left, right, end] of seen) {
			expect(end).toEqual(tip);
			if (!tip || !left || !right) throw new Error('The head is not in sight.');
			const width = Math.hypot(left[0] - right[0], left[1] - right[1]);
			const base = [(left[0] + right[0]) / 2, (left[1] + right[1]) / 2] as const;
			expect(Math.hypot(base[0] - tip[0], base[1] - tip[1])).toBeCloseTo(0.03, 2);
			expect(width).toBeGreaterThan(0.012);
			expect(width).toBeLessThan(0.03);
		}
	});

	test('is not drawn where its end is out of sight', () => {
		const kursk = fit(pointsOf('kursk'), view);
		expect(arrowheads(summit, places, kursk)).toEqual([]);
	});
});

test.each([
	['ar', 'كُورْسْك', 'كورسك'],
	['ar', 'مأرـــب', 'مأرب'],
	['ar', 'NATO في أوروبا', '\u200FNATO في أوروبا'],
	['ar', '13:00 بتوقيت جرينتش', '13:00 بتوقيت جرينتش'],
	['ar', 'كييف', 'كييف'],
	['en', 'the Kremlin', 'The Kremlin'],
	['en', 'Kyiv', 'Kyiv']
] as const)('%s: a map draws “%s” as “%s”', (language, name, words) => {
	expect(mapWords(name, language)).toBe(words);
});
