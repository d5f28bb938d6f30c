/** The built site as its tests read it: files by their path from the root, in the bytes a reader downloads. */
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join, posix, resolve } from 'node:path';

const BUILD = resolve(import.meta.dirname, '../../build');

export const LANGUAGES = ['ar', 'en'] as const;

/** Ids of the stories that the site has. */
export const STORIES: readonly string[] = readdirSync(join(BUILD, 'data')).sort();

/** Every file of the site, without the compressed copies. */
export function siteFiles(): string[] {
	return readdirSync(BUILD, { recursive: true, encoding: 'utf8' }).filter(
		(path) => !/\.(?:br|gz)$/.test(path) && statSync(join(BUILD, path)).isFile()
	);
}

export function exists(path: string): boolean {
	return existsSync(join(BUILD, path));
}

export function read(path: string): string {
	return readFileSync(join(BUILD, path), 'utf8');
}

/** Bytes a reader downloads: the file compressed, where a compressed copy is served. */
export function size(path: string, encoding: 'br' | 'gz' = 'br'): number {
	const packed = join(BUILD, `${path}.${encoding}`);
	return statSync(existsSync(packed) ? packed : join(BUILD, path)).size;
}

export function sizeOf(paths: Iterable<string>): number {
	return [...paths].reduce((sum, path) => sum + size(path), 0);
}

/** What a page names, by its path from the site's root. */
export interface Page {
	readonly path: string;
	readonly html: string;
	/** Scripts that the words wait for. */
	readonly blocking: readonly string[];
	/** Scripts that are fetched with the page, and run after it. */
	readonly modules: readonly string[];
	readonly styles: readonly string[];
	/** The picture of the first scene; null where it stands in the page itself. */
	readonly picture: string | null;
}

export function readPage(path: string): Page {
	const html = read(path);
	const inside = (address: string) => posix.join(posix.dirname(path), address);
	const all = (pattern: RegExp) =>
		[...new Set([...html.matchAll(pattern)].map((match) => match[1] ?? ''))].map(inside);
	const [picture] = all(/<figure class="picture[^]*?<img[^>]* src="([^"#]+)/g);
	return {
		path,
		html,
		blocking: all(/<script(?![^>]*type="module")[^>]* src="([^"]+)"/g),
		modules: [
			...all(/<script type="module"[^>]* src="([^"]+)"/g),
			...all(/<link(?=[^>]*rel="modulepreload")[^>]* href="([^"]+)"/g),
			...all(/\bimport\("([^"]+)"\)/g)
		],
		styles: all(/<link(?=[^>]*rel="stylesheet")[^>]* href="([^"]+)"/g),
		picture: picture ?? null
	};
}
