import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { copyFileSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const here = dirname(fileURLToPath(import.meta.url));

/** The repository's root folder. */
export const root = join(here, '..', '..');

/** Where the fetched packages are kept: ignored by git, safe to delete. */
export const cache = join(root, '.cache', 'data');

/**
 * A package that is taken as one archive, without its dependencies: plotly.js would bring some
 * 300 packages for the sake of a single file of ours.
 */
const archive = {
	name: 'plotly.js',
	version: '3.3.1',
	integrity:
		'sha512-SrGSZ02HvCWQIYsbQX4sgjgGo7k4T+Oz8a+RQwE5Caz+yu1vputBM1UThmiOPY51B5HzO9ajym8Rl4pmLj+i9Q==',
	file: 'package/dist/plotly-geo-assets.js'
} as const;

/**
 * Brings the exact versions of the source packages into the cache, unless they are there already.
 * npm checks each package against the SHA-512 in `package-lock.json`; the archive is checked here.
 *
 * @throws Error if an archive's hash is not the one that is written down
 */
export function fetchPackages(): void {
	mkdirSync(cache, { recursive: true });
	installLocked();
	fetchArchive();
}

function installLocked(): void {
	const lock = readFileSync(join(here, 'package-lock.json'), 'utf8');
	const stamp = join(cache, 'installed.lock');
	if (existsSync(stamp) && readFileSync(stamp, 'utf8') === lock) return;

	for (const name of ['package.json', 'package-lock.json']) {
		copyFileSync(join(here, name), join(cache, name));
	}
	npm(['ci', '--ignore-scripts', '--no-audit', '--no-fund', '--prefix', cache], cache);
	writeFileSync(stamp, lock);
}

function fetchArchive(): void {
	const { name, version, integrity, file } = archive;
	const packed = join(cache, `${name}-${version}.tgz`);
	if (!existsSync(packed)) {
		npm(['pack', `${name}@${version}`, '--ignore-scripts', '--silent'], cache);
	}
	const found = `sha512-${createHash('sha512').update(readFileSync(packed)).digest('base64')}`;
	if (found !== integrity) {
		throw new Error(`${name} ${version}: integrity is ${found}, expected ${integrity}`);
	}
	if (existsSync(join(cache, file))) return;
	execFileSync('tar', ['-xzf', packed, '-C', cache, file, 'package/package.json'], {
		stdio: 'inherit'
	});
}

function npm(parameters: readonly string[], folder: string): void {
	// On Windows npm is a script, which only a shell can start.
	const shell = process.platform === 'win32';
	execFileSync('npm', parameters, { cwd: folder, stdio: ['ignore', 'ignore', 'inherit'], shell });
}
