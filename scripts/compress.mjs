/** Compressed copies beside the files of a built site, for hosts that send them as they are. */
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';

/** What is text: pictures of pixels and typefaces are compressed already. */
export const TEXT = /\.(?:html|m?js|json|css|svg|xml|txt)$/;
/** Files at a time. A story of thousands of places has more than a process may have open. */
const AT_ONCE = 8;

const brotli = promisify(brotliCompress);
const gzipped = promisify(gzip);

/**
 * Writes `.br` and `.gz` beside every file of text, as small as they can be.
 *
 * @param {string} folder
 */
export async function compress(folder) {
	const names = (await readdir(folder, { recursive: true })).filter((name) => TEXT.test(name));
	// All of them take from the same list.
	const waiting = names.values();
	const work = async () => {
		for (const name of waiting) {
			const path = join(folder, name);
			const content = await readFile(path);
			const params = {
				[constants.BROTLI_PARAM_MODE]: constants.BROTLI_MODE_TEXT,
				[constants.BROTLI_PARAM_QUALITY]: constants.BROTLI_MAX_QUALITY,
				[constants.BROTLI_PARAM_SIZE_HINT]: content.length
			};
			await writeFile(`${path}.br`, await brotli(content, { params }));
			await writeFile(
				`${path}.gz`,
				await gzipped(content, { level: constants.Z_BEST_COMPRESSION })
			);
		}
	};
	await Promise.all(Array.from({ length: AT_ONCE }, work));
}
