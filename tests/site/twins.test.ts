import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
	cpSync,
	mkdtempSync,
	readdirSync,
	readFileSync,
	rmSync,
	statSync,
	symlinkSync
} from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { expect, test } from 'vitest';
import { ROOT } from '../../scripts/setup.mjs';
import { whole } from '../sampling';
import { read, siteFiles } from './files';

const BUILD = join(ROOT, 'build');
const DAY = 86_400_000;

/** Each file of a built site, compressed copies too, with the hash of its bytes. */
function hashes(build: string): Record<string, string> {
	const files = readdirSync(build, { recursive: true, encoding: 'utf8' }).filter((path) =>
		statSync(join(build, path)).isFile()
	);
	return Object.fromEntries(
		files.toSorted().map((path) => [
			path,
			createHash('sha256')
				.update(readFileSync(join(build, path)))
				.digest('hex')
		])
	);
}

test('no built file names the folder or the time that it was built in', () => {
	const built = statSync(join(BUILD, 'index.html')).mtime;
	const [iso, http] = [built.toISOString().slice(0, 10), built.toUTCString().slice(0, 16)];
	const texts = siteFiles().filter((path) => !/\.(?:png|woff2?|ttf)$/.test(path));
	expect(texts.length).toBeGreaterThan(100);
	for (const path of texts) {
		const text = read(path);
		for (const trace of [ROOT, iso, http]) {
			expect(text.includes(trace), `${path}: ${trace}`).toBe(false);
		}
		const stamps = [...text.matchAll(/\b\d{13}\b/g)].filter(
			([stamp]) => Math.abs(Number(stamp) - built.getTime()) < DAY
		);
		expect(stamps, path).toEqual([]);
	}
});

test('no compressed copy has a time or a name in its head', () => {
	const packed = Object.keys(hashes(BUILD)).filter((path) => path.endsWith('.gz'));
	expect(packed.length).toBeGreaterThan(50);
	// RFC 1952: what is there, from the fourth byte on, and four bytes of the time.
	for (const path of packed) {
		expect([...readFileSync(join(BUILD, path)).subarray(3, 8)], path).toEqual([0, 0, 0, 0, 0]);
	}
});

if (whole) {
	test('a second clean build, in another folder, time zone and language, is the same to the byte', () => {
		const folder = mkdtempSync(join(tmpdir(), 'another '));
		const copy = join(folder, 'deeper', 'masar');
		const made = ['node_modules', 'build', '.svelte-kit', '.cache', '.git', 'test-results'];
		try {
			cpSync(ROOT, copy, {
				recursive: true,
				filter: (path) => !made.includes(basename(path))
			});
			symlinkSync(join(ROOT, 'node_modules'), join(copy, 'node_modules'));
			const env = { ...process.env, TZ: 'Pacific/Kiritimati', LANG: 'ar_EG.UTF-8', LC_ALL: '' };
			// The runner's own settings are not those of a build.
			for (const name of Object.keys(env).filter((each) => /^(?:VITE|NODE_ENV)/.test(each))) {
				Reflect.deleteProperty(env, name);
			}
			const { status, stderr } = spawnSync('npm', ['run', '--silent', 'build'], {
				cwd: copy,
				env,
				encoding: 'utf8'
			});
			expect(status, stderr).toBe(0);
			expect(hashes(join(copy, 'build'))).toEqual(hashes(BUILD));
		} finally {
			rmSync(folder, { recursive: true, force: true });
		}
	}, 300_000);
}
