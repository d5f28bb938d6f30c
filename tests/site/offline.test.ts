import { expect, test } from 'vitest';
import { headersOf } from '../../scripts/policy.mjs';
import { exists, LANGUAGES, read, readPage, siteFiles, STORIES } from './files';

const WORKER = 'service-worker.js';

test('the worker for visits without a network is asked for anew at every visit', () => {
	expect(exists(WORKER)).toBe(true);
	expect(headersOf(`/${WORKER}`)['Cache-Control']).toBe('no-cache');
});

test('a page can ask for that worker; no embedded story does', () => {
	const asking = siteFiles().filter((path) => /\.js$/.test(path) && read(path).includes(WORKER));
	expect(asking).toEqual([expect.stringMatching(/^_app\/immutable\/chunks\/next-visit\./)]);
	const framed = siteFiles().filter((path) => /\/start-frame\.|^embed\/.*\.js$/.test(path));
	expect(framed.length).toBeGreaterThan(10);
	for (const path of framed) expect(read(path), path).not.toMatch(/\/next-visit\./);
});

test.for(STORIES.flatMap((story) => LANGUAGES.map((language) => `${language}/${story}`)))(
	'%s: the scripts that a whole read fetches are told to it, and are there',
	(path) => {
		const { modules } = readPage(`${path}/index.html`);
		const [script = ''] = modules.filter((path) => path.includes('/start.'));
		const files = JSON.parse(read(script.replace(/js$/, 'json'))) as string[];
		for (const part of ['live-map', 'maplibre', 'maplibre-gl-worker', 'worker', 'dossier'])
			expect(
				files.some((file) => file.split('/').at(-1)?.startsWith(part)),
				part
			).toBe(true);
		expect(files.filter((file) => !exists(file))).toEqual([]);
	}
);
