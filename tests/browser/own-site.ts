/** A server of a test's own, which counts what it is asked for. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { brotliCompressSync } from 'node:zlib';
import { TEXT } from '../../scripts/compress.mjs';
import { serve } from '../../scripts/serve.mjs';
import { test as base } from './hosts';

const DIR = '.cache/fixtures/build';

export interface Answer {
	readonly path: string;
	readonly status: number;
	/** Of the body as it was sent, which is not compressed here. */
	readonly bytes: number;
}

/** Bytes of what was answered as a published site sends them, compressed. */
export function packedSize(answers: readonly Answer[]): number {
	const sizes = answers.map(({ path, bytes }) => {
		const file = path.endsWith('/') ? `${path}index.html` : path;
		if (bytes === 0 || !TEXT.test(file)) return bytes;
		return brotliCompressSync(readFileSync(join(DIR, file))).length;
	});
	return sizes.reduce((sum, size) => sum + size, 0);
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
			dir: DIR,
			onAnswered: (one) => answers.push(one)
		});
		await use({ address: site.address, answers });
		await site.close();
	}
});
