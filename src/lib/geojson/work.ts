/** Work that can be paused: at each `yield` it may wait. Its value is what it returns. */
export type Work<T> = Generator<undefined, T, undefined>;

/** Does the work at once. */
export function finish<T>(work: Work<T>): T {
	for (;;) {
		const step = work.next();
		if (step.done) return step.value;
	}
}

/**
 * Does the work in slices.
 *
 * @param slice longest time in ms before it waits
 * @param now a clock, in ms
 * @param pause lets everything else have its turn
 */
export async function finishInSlices<T>(
	work: Work<T>,
	slice: number,
	now: () => number,
	pause: () => Promise<void>
): Promise<T> {
	let start = now();
	for (;;) {
		const step = work.next();
		if (step.done) return step.value;
		if (now() - start < slice) continue;
		await pause();
		start = now();
	}
}
