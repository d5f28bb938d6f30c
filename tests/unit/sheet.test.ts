import { describe, expect, it } from 'vitest';
import { HEIGHTS, restOf } from '../../src/lib/dossier/sheet';

describe('a sheet that is let go', () => {
	it('stands at first at no more than half the screen', () => {
		expect(HEIGHTS.half).toBeLessThanOrEqual(0.5);
		expect(HEIGHTS.full).toBeLessThan(1);
	});

	it.each([
		[0.5, 'half'],
		[0.7, 'half'],
		[0.72, 'full'],
		[0.92, 'full'],
		[0.26, 'half'],
		[0.24, 'closed'],
		[0.08, 'closed']
	] as const)(
		'at rest at %s of the screen comes to the nearest of its heights: %s',
		(part, rest) => {
			expect(restOf(part, 0)).toBe(rest);
		}
	);

	it('goes where a flick leads, from wherever it is', () => {
		// A tenth of the screen in 50 ms.
		const flick = 0.1 / 50;
		expect(restOf(0.55, flick)).toBe('full');
		expect(restOf(0.45, -flick)).toBe('closed');
		expect(restOf(0.9, -flick)).toBe('half');
	});

	it('does not follow a slow hand further than it went', () => {
		const slow = 0.1 / 500;
		expect(restOf(0.55, slow)).toBe('half');
		expect(restOf(0.45, -slow)).toBe('half');
	});
});
