/** What a page keeps in memory, once everything that nothing leads to has been collected. */
import type { Page } from '@playwright/test';

export interface Kept {
	/** Bytes of the page's JavaScript heap. */
	readonly heap: number;
	/** Event listeners and nodes, of every document that the page's process keeps. */
	readonly listeners: number;
	readonly nodes: number;
}

export async function memoryOf(page: Page): Promise<() => Promise<Kept>> {
	const session = await page.context().newCDPSession(page);
	await session.send('Performance.enable');
	const once = async (): Promise<Kept> => {
		// What a first collection lets go of can keep others until the next.
		for (let round = 0; round < 3; round++) await session.send('HeapProfiler.collectGarbage');
		const { usedSize } = await session.send('Runtime.getHeapUsage');
		const { metrics } = await session.send('Performance.getMetrics');
		const metric = (name: string) => metrics.find((each) => each.name === name)?.value ?? NaN;
		return { heap: usedSize, listeners: metric('JSEventListeners'), nodes: metric('Nodes') };
	};
	return async () => {
		// A picture that is on its way keeps what it was in until it has come.
		for (let before = await once(); ;) {
			const now = await once();
			if (now.nodes === before.nodes && now.listeners === before.listeners) return now;
			before = now;
		}
	};
}

/** By how much the values grow from each to the next: the slope of the line of least squares through them. */
export function slopeOf(values: readonly number[]): number {
	const middle = (values.length - 1) / 2;
	const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
	const products = values.map((value, index) => (index - middle) * (value - mean));
	const squares = values.map((_, index) => (index - middle) ** 2);
	const sum = (all: readonly number[]) => all.reduce((total, each) => total + each, 0);
	return sum(products) / sum(squares);
}
