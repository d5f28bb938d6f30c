/** Built sites of generated stories, for the browser tests. */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from '@playwright/test';
import type { Size } from '../../scripts/bench/generate';
import { buildSite } from '../../scripts/bench/scale';
import { serve } from '../../scripts/serve.mjs';
import { fingerprintOfInputs, ROOT } from '../../scripts/setup.mjs';
import { whole } from './reading';

/** The folder of a site with a story of this size alone, called `generated`; built unless it was, from these sources. */
function builtSite(size: Size): string {
	const { scenes, places, contacts } = size;
	const stamp = join(ROOT, '.cache/scale', `${scenes}-${places}-${contacts}.json`);
	const generator = readFileSync(join(ROOT, 'scripts/bench/generate.ts'), 'utf8');
	const wanted = JSON.stringify({ inputs: fingerprintOfInputs(), generator });
	const folder = join(ROOT, '.cache/scale', `${scenes}-${places}-${contacts}`, 'build');
	if (existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted && existsSync(folder))
		return folder;
	buildSite(size);
	writeFileSync(stamp, wanted);
	return folder;
}

/**
 * Serves such a site to the tests of a file, which run when all tests do.
 *
 * @returns the address of the story in a language, with what may follow it
 */
export function servedStory(size: Size): (language: string, rest?: string) => string {
	let site: Awaited<ReturnType<typeof serve>> | undefined;
	// One site for all of them, in one process.
	test.describe.configure({ mode: 'default' });
	test.skip(!whole, 'a site is built for it, which takes a minute');
	test.beforeAll(async () => {
		test.setTimeout(300_000);
		site = await serve({ dir: builtSite(size), host: 'localhost' });
	});
	test.afterAll(() => site?.close());
	return (language, rest = '') => `${site?.address ?? ''}${language}/generated/${rest}`;
}
