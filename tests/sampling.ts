/** What `npm test` takes of a large set of cases; `npm run test:all` takes all of it. */
import { randomFrom } from '../scripts/random';

/** True in `npm run test:all`: whole matrices instead of samples. */
export const whole = process.env['MASAR_ALL'] === '1';

/** The same sample at every run, another one for another seed. */
export function sample<T>(items: readonly T[], count: number, seed: number): T[] {
	if (whole) return [...items];
	const random = randomFrom(seed);
	const pool = items.map((item) => ({ item, order: random() }));
	return pool
		.sort((a, b) => a.order - b.order)
		.slice(0, count)
		.map(({ item }) => item);
}
