/** The dates that a story speaks of, as a line that is read from the earliest to the latest. */

/** A day or a year on the line. */
export interface DateStop {
	/** ISO date or year. */
	readonly date: string;
	/** Numbers of the paragraphs that speak of it, in order; none for a day between two that are spoken of. */
	readonly paragraphs: readonly number[];
}

/** Days between two that are spoken of, from which on the line breaks. */
const LONGEST_PAUSE = 7;
const DAY = 86_400_000;

const isYear = (date: string) => /^\d{4}$/.test(date);
const timeOf = (date: string) => Date.parse(isYear(date) ? `${date}-01-01` : date);
const dateOf = (time: number) => new Date(time).toISOString().slice(0, 10);

/**
 * The stops of the line, in runs: each run holds every day from its first to its last, and a year stands apart.
 *
 * @param beats - paragraphs, each with the ISO date or year it speaks of
 */
export function dateRuns(
	beats: readonly { readonly paragraph: number; readonly date: string }[]
): DateStop[][] {
	const spoken = new Map<string, number[]>();
	for (const { paragraph, date } of beats) {
		const key = date.slice(0, 10);
		spoken.set(
			key,
			[...(spoken.get(key) ?? []), paragraph].sort((a, b) => a - b)
		);
	}
	const runs: DateStop[][] = [];
	let last: number | null = null;
	for (const date of [...spoken.keys()].sort((a, b) => timeOf(a) - timeOf(b))) {
		const stop = { date, paragraphs: spoken.get(date) ?? [] };
		const time = timeOf(date);
		const run = runs.at(-1);
		if (isYear(date) || !run || last === null || time - last > LONGEST_PAUSE * DAY) {
			runs.push([stop]);
		} else {
			for (let idle = last + DAY; idle < time; idle += DAY) {
				run.push({ date: dateOf(idle), paragraphs: [] });
			}
			run.push(stop);
		}
		last = isYear(date) ? null : time;
	}
	return runs;
}

/** The paragraph that a stop leads to: the next one of its date after the present one, or its first. */
export function leadsTo(stop: DateStop, present: number | null): number | null {
	const next = stop.paragraphs.find((paragraph) => paragraph > (present ?? 0));
	return next ?? stop.paragraphs[0] ?? null;
}
