import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import { afterAll, expect, test } from 'vitest';

const folder = mkdtempSync(join(tmpdir(), 'masar-'));
afterAll(() => {
	rmSync(folder, { recursive: true });
});

test('a site of more files than a process may open is compressed, every file of text twice', () => {
	mkdirSync(join(folder, 'pictures'));
	const text = (index: number) => `<svg><title>${index}</title></svg>`;
	const COUNT = 300;
	for (let index = 0; index < COUNT; index++)
		writeFileSync(join(folder, `pictures/${index}.svg`), text(index));
	writeFileSync(join(folder, 'font.woff2'), 'wOF2');
	const script = `import { compress } from './scripts/compress.mjs'; await compress(process.argv[1]);`;
	const { status, stderr } = spawnSync(
		'sh',
		[
			'-c',
			'ulimit -n 64 && exec "$0" --input-type=module -e "$1" "$2"',
			process.execPath,
			script,
			folder
		],
		{ encoding: 'utf8' }
	);
	expect(stderr).toBe('');
	expect(status).toBe(0);
	expect(readdirSync(folder).sort()).toEqual(['font.woff2', 'pictures']);
	expect(readdirSync(join(folder, 'pictures'))).toHaveLength(3 * COUNT);
	for (const index of [0, 7, COUNT - 1]) {
		const path = join(folder, `pictures/${index}.svg`);
		expect(brotliDecompressSync(readFileSync(`${path}.br`)).toString()).toBe(text(index));
		expect(gunzipSync(readFileSync(`${path}.gz`)).toString()).toBe(text(index));
	}
});
