/** A server of a test's own, which counts what it is asked for. */
import { serve } from '../../scripts/serve.mjs';
import { test as base } from './hosts';

export interface Answer {
	readonly path: string;
	readonly status: number;
	/** Of the body as it was sent, compressed. */
	readonly bytes: number;
}

export interface OwnSite {
	/** With a slash at its end. */
	readonly address: string;
	readonly answers: Answer[];
}

/**
 * Tests with a server each: what one page had asked for when it was closed can be answered after that, and would count as
 * the next one's.
 */
export const test = base.extend<{ own: OwnSite }>({
	// eslint-disable-next-line no-empty-pattern -- Playwright reads which fixtures one needs from its first argument.
	own: async ({}, use) => {
		const answers: Answer[] = [];
		const site = await serve({
			dir: '.cache/fixtures/build',
			onAnswered: (one) => answers.push(one)
		});
		await use({ address: site.address, answers });
		await site.close();
	}
});
