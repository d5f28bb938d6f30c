/** What `npm test` takes of a large set of cases; `npm run test:all` takes all of it. */
import { randomFrom } from '../scripts/random';
import type { Language } from '../src/lib/model/story';

/** True in `npm run test:all`: whole matrices instead of samples. */
export const whole = process.env['MASAR_ALL'] === '1';

/** Whether what is the same in every language is tried in this one: `npm test` tries it in one alone. */
export const tries = (language: Language, alone: Language) => whole || language === alone;

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
