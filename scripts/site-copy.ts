/** Builds sites of other stories than those in data/stories: for the tests, and to measure what grows with a story. */
import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { StoryFiles, TextFile } from '../src/lib/parse';
import { ROOT } from './setup.mjs';

/** What a build reads besides the stories and their places, and what is slow to make again. */
const PROJECT = [
	'src',
	'scripts',
	'static',
	'data/basemap',
	'.cache/fonts',
	'package.json',
	'svelte.config.js',
	'vite.config.ts',
	'tsconfig.json'
];

/** The files of a story, as `buildCopy` wants them. */
export function filesOf({ yaml, words, places }: StoryFiles): readonly TextFile[] {
	return [yaml, ...Object.values(words), ...places];
}

/**
 * Copies the project without its data into a folder and builds it there with the stories and places given.
 *
 * @param folder - emptied first
 * @param files - each with its path from the root of the project
 * @param compressed - whether its files get compressed copies, as a published site's do
 * @returns the folder of the built site
 * @throws Error with what the build has printed, where it fails
 */
export function buildCopy(folder: string, files: readonly TextFile[], compressed: boolean): string {
	rmSync(folder, { recursive: true, force: true });
	for (const path of PROJECT) cpSync(join(ROOT, path), join(folder, path), { recursive: true });
	symlinkSync(join(ROOT, 'node_modules'), join(folder, 'node_modules'));
	for (const { path, text } of files) {
		mkdirSync(dirname(join(folder, path)), { recursive: true });
		writeFileSync(join(folder, path), text);
	}
	const vite = join(folder, 'node_modules/vite/bin/vite.js');
	const { status, stderr } = spawnSync(process.execPath, [vite, 'build'], {
		cwd: folder,
		// Nobody publishes this site.
		env: { ...process.env, PUBLIC_ORIGIN: '', MASAR_COMPRESS: compressed ? '1' : '0' },
		encoding: 'utf8',
		maxBuffer: Infinity
	});
	if (status !== 0) {
		// A build warns of each place that no paragraph mentions, thousands of times in the largest sites.
		const told = stderr.split('\n').filter((line) => !line.includes(': warning: '));
		throw new Error(`The site in ${folder} was not built:\n${told.join('\n')}`);
	}
	return join(folder, 'build');
}
