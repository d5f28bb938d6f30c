import { geoDistance } from 'd3-geo';
import { expect, test } from 'vitest';
import { contactSegments, edges, greatCircle } from '../../src/lib/globe/outline';
import type { ContactKind, Position } from '../../src/lib/model/story';

const moscow: Position = [37.6175, 55.752];
const anchorage: Position = [-149.9, 61.2181];
const pyongyang: Position = [125.7549, 39.0339];
const washington: Position = [-77.0369, 38.9072];
const pairs: [string, Position, Position][] = [
	['past the pole', moscow, anchorage],
	['over the antimeridian', pyongyang, washington],
	['overland', moscow, pyongyang]
];
const steps = Array.from({ length: 201 }, (_, step) => step / 200);

test.each(pairs)('a line has no gap and no band, and keeps off the pole: %s', (_, from, to) => {
	const at = greatCircle(from, to);
	const line = steps.map(at);
	line.slice(1).forEach((position, index) => {
		const before = line[index] ?? position;
		expect(Math.abs(position[0] - before[0])).toBeLessThan(60);
		expect(geoDistance([...before], [...position])).toBeLessThan(0.02);
		expect(position[1]).toBeLessThanOrEqual(84.51);
	});
});

test.each(pairs)('a line begins and ends at its places: %s', (_, from, to) => {
	const at = greatCircle(from, to);
	expect(geoDistance([...at(0)], [...from])).toBeLessThan(1e-9);
	expect(geoDistance([...at(1)], [...to])).toBeLessThan(1e-9);
});

test('a line that clears the pole is the great circle', () => {
	const at = greatCircle(moscow, pyongyang);
	const length = geoDistance([...moscow], [...pyongyang]);
	for (const t of steps) {
		expect(
			geoDistance([...moscow], [...at(t)]) + geoDistance([...at(t)], [...pyongyang])
		).toBeCloseTo(length, 9);
	}
});

test.each<ContactKind>(['telephone', 'video', 'meeting', 'troops', 'visit'])(
	'the pieces of a contact lie in order along its line, and the last ends it: %s',
	(kind) => {
		const places = { a: { point: moscow }, b: { point: pyongyang } };
		const segments = contactSegments({ kind, legs: [{ from: 'a', to: 'b' }] }, places);
		const along = segments.map((segment) => segment.along);
		expect(along).toEqual([...along].sort((x, y) => x - y));
		expect(along.at(-1)).toBeGreaterThan(0.85);
		expect(Math.max(...along)).toBeLessThanOrEqual(1);
		for (const { line } of segments) expect(line).toHaveLength(kind === 'telephone' ? 1 : 3);
	}
);

test('the edge that only closes an outline along the antimeridian is not stroked', () => {
	const ring: Position[] = [
		[170, 60],
		[180, 60],
		[180, 70],
		[170, 70],
		[170, 60]
	];
	expect(edges([[ring]])).toEqual([
		[
			[170, 60],
			[180, 60]
		],
		[
			[180, 70],
			[170, 70],
			[170, 60]
		]
	]);
});
