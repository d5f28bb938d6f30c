/** `npm run report`: what is in each script of the built site, largest first. */
import { statSync } from 'node:fs';
import { join } from 'node:path';
import { readChunks } from './chunks.mjs';
import { ROOT } from './setup.mjs';

/** Modules of a chunk that are named; the rest is summed. */
const NAMED = 12;

/** @param {number} bytes */
const kilobytes = (bytes) => (bytes / 1000).toFixed(1).padStart(8);

/** @param {string} file */
const packed = (file) =>
	statSync(join(ROOT, 'build', `${file}.br`), { throwIfNoEntry: false })?.size ?? 0;

const chunks = Object.entries(readChunks())
	.map(([file, { modules }]) => ({ file, modules, size: packed(file) }))
	.sort((a, b) => b.size - a.size);

console.log('kB: a script as it is served (brotli), then its modules before minifying\n');
for (const { file, modules, size } of chunks) {
	console.log(`${kilobytes(size)}  ${file}`);
	const parts = Object.entries(modules)
		.filter(([, length]) => length > 0)
		.sort(([, a], [, b]) => b - a);
	for (const [name, length] of parts.slice(0, NAMED)) {
		console.log(`          ${kilobytes(length)}  ${name}`);
	}
	const rest = parts.slice(NAMED);
	if (rest.length === 0) continue;
	const total = rest.reduce((sum, [, length]) => sum + length, 0);
	console.log(`          ${kilobytes(total)}  ${rest.length} more`);
}
