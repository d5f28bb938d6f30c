/** Built sites of generated stories, for the browser tests. */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Size } from '../../scripts/bench/generate';
import { buildSite } from '../../scripts/bench/scale';
import { fingerprintOfInputs, ROOT } from '../../scripts/setup.mjs';

/** The folder of a site with a story of this size alone, called `generated`; built unless it was, from these sources. */
export function builtSite(size: Size): string {
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
