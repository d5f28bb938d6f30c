/** Builds the site that the browser tests open, into .cache/fixtures: the program as it is, with the fixture stories. */
import { cpSync, existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fixtureFiles } from '../tests/fixtures/stories';
import { fingerprintOfInputs, ROOT } from './setup.mjs';
import { buildCopy } from './site-copy';

const folder = join(ROOT, '.cache/fixtures');
const stamp = join(ROOT, '.cache/fixtures.json');
const files = fixtureFiles();
const wanted = JSON.stringify({ inputs: fingerprintOfInputs(), files });

if (
	existsSync(stamp) &&
	readFileSync(stamp, 'utf8') === wanted &&
	existsSync(join(folder, 'build'))
) {
	console.log('The fixture site is up to date.');
} else {
	// To compress it takes as long as all the rest.
	const site = buildCopy(folder, files, false);
	// What other people's pages load is the same for every story.
	cpSync(join(ROOT, 'build/embed'), join(site, 'embed'), { recursive: true });
	writeFileSync(stamp, wanted);
	console.log(`The fixture site is built from ${files.length} files.`);
}
