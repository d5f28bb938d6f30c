/** What is in each script of the built site, and which scripts a page loads: read by the budgets and by the report. */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { ROOT } from './setup.mjs';

/** Beside the build's stamp: a build that is there has its list of chunks. */
const CHUNKS_FILE = join(ROOT, '.svelte-kit/chunks.json');

/**
 * A script of the site.
 *
 * @typedef {object} Chunk
 * @property {readonly string[]} imports paths, from the site's root, of the scripts it needs before it runs
 * @property {readonly string[]} dynamicImports paths of the scripts it may load later
 * @property {Readonly<Record<string, number>>} modules bytes of each source file in it, before minifying; paths are from
 *   the project's root
 *
 * @typedef {Readonly<Record<string, Chunk>>} Chunks by path from the site's root
 */

/**
 * Takes down what the build puts in each script for the browser, or all builds that this plugin takes part in.
 *
 * @returns {import('vite').Plugin}
 */
export function listChunks() {
	/** @type {Record<string, Chunk>} */
	const chunks = {};
	return {
		name: 'masar-chunks',
		apply: 'build',
		generateBundle(_, bundle) {
			if (this.environment.name !== 'client') return;
			for (const output of Object.values(bundle)) {
				if (output.type !== 'chunk') continue;
				const { fileName, imports, dynamicImports } = output;
				const modules = Object.entries(output.modules).map(([id, { renderedLength }]) => [
					nameOf(id),
					renderedLength
				]);
				chunks[fileName] = { imports, dynamicImports, modules: Object.fromEntries(modules) };
			}
			mkdirSync(dirname(CHUNKS_FILE), { recursive: true });
			writeFileSync(CHUNKS_FILE, JSON.stringify(chunks, null, '\t'));
		}
	};
}

/**
 * @param {string} id
 * @returns {string} a module's path from the project's root; a virtual module, which begins with a NUL, keeps its name
 */
function nameOf(id) {
	return id.startsWith('/') ? relative(ROOT, id) : id.replace('\0', '');
}

/**
 * The scripts of the build that is there.
 *
 * @returns {Chunks}
 * @throws {Error} when the site has not been built
 */
export function readChunks() {
	try {
		return JSON.parse(readFileSync(CHUNKS_FILE, 'utf8'));
	} catch (cause) {
		throw new Error('There is no list of chunks: run npm run build first', { cause });
	}
}

/**
 * These scripts and all that they need before they run, without what they may load later.
 *
 * @param {Chunks} chunks
 * @param {Iterable<string>} scripts
 * @returns {Set<string>}
 */
export function withImports(chunks, scripts) {
	/** @type {Set<string>} */
	const found = new Set();
	const waiting = [...scripts];
	for (let script = waiting.pop(); script !== undefined; script = waiting.pop()) {
		if (found.has(script)) continue;
		found.add(script);
		waiting.push(...(chunks[script]?.imports ?? []));
	}
	return found;
}
