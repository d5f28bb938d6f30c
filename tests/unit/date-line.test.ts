import { describe, expect, test } from 'vitest';
import fc from 'fast-check';
import { dateRuns, leadsTo } from '../../src/lib/timeline/date-line';

const beats = (...dates: string[]) => dates.map((date, index) => ({ paragraph: index + 1, date }));
const days = (...dates: string[]) =>
	dateRuns(beats(...dates)).map((run) => run.map(({ date }) => date));

describe('the runs of a date line', () => {
	test('hold every day from the first to the last, and a year apart from them', () => {
		expect(days('2025-08-12', '2025-08-10', '2015', '2025-08-13')).toEqual([
			['2015'],
			['2025-08-10', '2025-08-11', '2025-08-12', '2025-08-13']
		]);
	});

	test('go on over the end of a month and of a year', () => {
		expect(days('2024-12-30', '2025-01-02')).toEqual([
			['2024-12-30', '2024-12-31', '2025-01-01', '2025-01-02']
		]);
	});

	test('break where more than a week is not spoken of', () => {
		expect(days('2025-08-01', '2025-08-08', '2025-08-16')).toHaveLength(2);
		expect(days('2025-08-01', '2025-08-09')).toEqual([['2025-08-01'], ['2025-08-09']]);
	});

	test('name each paragraph once, in order, whatever the order of the story', () => {
		const date = fc
			.integer({ min: 0, max: 400 })
			.map((day) => new Date(Date.UTC(2025, 0, 1 + day)).toISOString().slice(0, 10));
		fc.assert(
			fc.property(
				fc.array(fc.oneof(date, fc.constantFrom('1990', '2015')), { maxLength: 30 }),
				(dates) => {
					const stops = dateRuns(beats(...dates)).flat();
					expect(stops.flatMap(({ paragraphs }) => paragraphs).sort((a, b) => a - b)).toEqual(
						dates.map((_, index) => index + 1)
					);
					const sorted = stops.map((stop) => stop.date.padEnd(10, '-01-01'));
					expect(sorted).toEqual([...sorted].sort());
				}
			)
		);
	});
});

describe('a stop', () => {
	const stop = { date: '2025-08-12', paragraphs: [2, 5, 9] };

	test('leads to the next paragraph of its date, and from the last to the first', () => {
		expect([null, 1, 2, 5, 8, 9, 12].map((present) => leadsTo(stop, present))).toEqual([
			2, 2, 5, 9, 9, 2, 2
		]);
	});

	test('that no paragraph speaks of leads nowhere', () => {
		expect(leadsTo({ date: '2025-08-11', paragraphs: [] }, 3)).toBeNull();
	});
});
