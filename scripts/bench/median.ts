/** The middle value, or the mean of the two in the middle; NaN of nothing. */
export function median(values: readonly number[]): number {
	const sorted = [...values].sort((a, b) => a - b);
	const middle = sorted.length >> 1;
	const [low, high] = [sorted[middle - 1], sorted[middle]];
	if (high === undefined) return NaN;
	return sorted.length % 2 === 0 && low !== undefined ? (low + high) / 2 : high;
}
