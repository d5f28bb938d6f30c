/** Has the fonts cut before Vite looks for them, in `vite dev` as in a build. */
import { createHash } from 'node:crypto';
import { mkdir, readdir, readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Plugin } from 'vite';
import { cutFonts } from './cut.ts';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));

/** Where the fonts are put, `$fonts` in imports: ignored by git, safe to delete. */
export const FONT_FOLDER = join(ROOT, '.cache/fonts');

/** Everything that the fonts' bytes depend on. */
async function fingerprint(): Promise<string> {
	const here = join(ROOT, 'scripts/fonts');
	const packages = [
		...['subset-font', 'harfbuzzjs', '@capsizecss/core', '@capsizecss/unpack'],
		...['noto-naskh-arabic', 'ibm-plex-serif', 'ibm-plex-sans', 'ibm-plex-sans-arabic'].map(
			(name) => `@fontsource/${name}`
		)
	];
	const files = [
		...(await readdir(here)).sort().map((name) => join(here, name)),
		join(ROOT, 'src/lib/cartography/characters.ts'),
		...packages.map((name) => join(ROOT, 'node_modules', name, 'package.json'))
	];
	const hash = createHash('sha256');
	for (const file of files) hash.update(await readFile(file));
	return hash.digest('hex');
}

/** Writes a file whole or not at all: another build may be reading it. */
async function write(name: string, bytes: string | Buffer): Promise<void> {
	const unfinished = join(FONT_FOLDER, `${name}.${process.pid}`);
	await writeFile(unfinished, bytes);
	await rename(unfinished, join(FONT_FOLDER, name));
}

async function writeFonts(): Promise<void> {
	const wanted = await fingerprint();
	const present = await readFile(join(FONT_FOLDER, 'fingerprint'), 'utf8').catch(() => '');
	if (present === wanted) return;
	await mkdir(FONT_FOLDER, { recursive: true });
	for (const [name, bytes] of await cutFonts()) await write(name, bytes);
	await write('fingerprint', wanted);
}

export function fonts(): Plugin {
	return {
		name: 'masar:fonts',
		async config() {
			await writeFonts();
			return { server: { fs: { allow: [FONT_FOLDER] } } };
		}
	};
}
