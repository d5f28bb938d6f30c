/**
 * What has to be true before anything of the project can run: a Node that is new enough, the packages of the lock file,
 * and a built site that matches its sources. Imports nothing that has to be installed.
 */
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { basename, dirname, join, relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The root of the repository, an absolute path. */
export const ROOT = fileURLToPath(new URL('..', import.meta.url));

/** Everything that decides what the built site says. */
const BUILD_INPUTS = [
	'src',
	'data',
	'static',
	'scripts/chunks.mjs',
	'scripts/compress.mjs',
	'scripts/maplibre.mjs',
	'scripts/page-script.mjs',
	'scripts/policy.mjs',
	'scripts/fonts',
	'package.json',
	'package-lock.json',
	'svelte.config.js',
	'vite.config.ts',
	'vite.embed.config.ts',
	'tsconfig.json',
	'.env',
	'.env.local',
	'.env.production',
	'.env.production.local'
];

/** Ends the process with one sentence when this Node is older than `engines.node` in package.json asks for. */
export function requireNode() {
	const wanted = /** @type {{ engines: { node: string } }} */ (readJson(join(ROOT, 'package.json')))
		.engines.node;
	const [major = 0, minor = 0] = (wanted.match(/\d+/g) ?? []).map(Number);
	const [ownMajor = 0, ownMinor = 0] = process.versions.node.split('.').map(Number);
	if (ownMajor > major || (ownMajor === major && ownMinor >= minor)) return;
	console.error(
		`Masar needs Node ${major}.${minor} or newer, and this is Node ${process.versions.node}.`
	);
	process.exit(1);
}

/**
 * Installs the packages of package-lock.json, unless they are there already.
 *
 * @param {string} [root] the folder of package-lock.json
 * @throws {CommandFailed} when npm fails
 */
export async function install(root = ROOT) {
	if (isInstalled(root)) return;
	console.log('Installing packages (npm ci)');
	// Everything is a development dependency, which NODE_ENV=production would leave out.
	await npm(['ci', '--include=dev', '--no-audit', '--no-fund'], { cwd: root });
}

/**
 * Whether node_modules holds what package-lock.json asks for. npm writes what it has installed into
 * node_modules/.package-lock.json as its very last act, so this file is the stamp: it is missing after an interrupted
 * install, and it stays right when somebody installs by hand.
 *
 * @param {string} root
 * @returns {boolean}
 */
export function isInstalled(root) {
	/** @typedef {{ version?: string, integrity?: string, optional?: boolean, devOptional?: boolean, peer?: boolean }} Package */
	/** @typedef {{ packages: Record<string, Package> }} Lock */
	const wanted = /** @type {Lock} */ (readJson(join(root, 'package-lock.json')));
	/** @type {Lock} */
	let present;
	try {
		present = /** @type {Lock} */ (readJson(join(root, 'node_modules/.package-lock.json')));
	} catch {
		return false;
	}
	return Object.entries(wanted.packages).every(([path, entry]) => {
		if (path === '') return true;
		const found = present.packages[path];
		// An optional package may be missing: it can be for another system.
		if (!found) return entry.optional === true || entry.devOptional === true;
		return found.version === entry.version && found.integrity === entry.integrity;
	});
}

/**
 * Builds the site into build/, unless the build that is there was made from the same sources and settings.
 *
 * @param {(script: string) => Promise<void>} [runScript] runs a script of package.json; by default with this terminal
 * @returns {Promise<boolean>} whether it had to be built
 * @throws {CommandFailed} when the build fails
 */
export async function build(runScript = (name) => npm(['run', '--silent', name])) {
	const stamp = join(ROOT, '.svelte-kit/masar-build.json');
	const inputs = fingerprintOfInputs();
	const wanted = () => JSON.stringify({ inputs, output: fingerprintOfOutput() });
	if (readText(stamp) === wanted()) return false;
	await runScript('build');
	mkdirSync(dirname(stamp), { recursive: true });
	writeFileSync(stamp, wanted());
	return true;
}

/**
 * @returns {string} a hash that changes with any source, or any setting a build reads from the environment; the same in
 * every copy of the project
 */
export function fingerprintOfInputs() {
	const hash = createHash('sha256');
	for (const name of Object.keys(process.env).sort()) {
		if (
			/^(PUBLIC|MASAR|VITE)_|^BASE_PATH$/.test(name) &&
			!/^MASAR_(ALL|BROWSER|PORT|PUBLISHED_PORT)$/.test(name)
		) {
			hash.update(`${name}=${process.env[name]}\0`);
		}
	}
	for (const path of BUILD_INPUTS.flatMap((input) => filesUnder(join(ROOT, input)))) {
		hash.update(`${relative(ROOT, path).replaceAll(sep, '/')}\0`).update(readFileSync(path));
	}
	return hash.digest('hex');
}

/** @returns {string} a hash that changes when a built file is written, cut short or removed; nothing is read */
function fingerprintOfOutput() {
	const hash = createHash('sha256');
	for (const path of filesUnder(join(ROOT, 'build'))) {
		const { size, mtimeMs } = statSync(path);
		hash.update(`${path}\0${size}\0${mtimeMs}\0`);
	}
	return hash.digest('hex');
}

/**
 * @param {string} path a file, a folder or nothing at all
 * @returns {string[]} every file in it, in a stable order
 */
function filesUnder(path) {
	const stats = statSync(path, { throwIfNoEntry: false });
	if (!stats) return [];
	if (!stats.isDirectory()) return [path];
	return readdirSync(path)
		.sort()
		.flatMap((name) => filesUnder(join(path, name)));
}

/** A command that ended with something else than 0; `exitCode` is what it ended with. */
export class CommandFailed extends Error {
	/**
	 * @param {string} command
	 * @param {number} exitCode
	 */
	constructor(command, exitCode) {
		super(`${command} failed (exit code ${exitCode})`);
		this.exitCode = exitCode;
	}
}

/**
 * How npm is started: the same one that runs this script, if one does.
 *
 * @param {readonly string[]} args
 * @returns {{ command: string, args: string[], shell: boolean }}
 */
export function npmCommand(args) {
	const outer = process.env.npm_execpath;
	if (outer && basename(outer) === 'npm-cli.js') {
		return { command: process.execPath, args: [outer, ...args], shell: false };
	}
	// On Windows npm is a batch file, which only a shell can start.
	return { command: 'npm', args: [...args], shell: process.platform === 'win32' };
}

/**
 * Runs npm with this terminal and waits for its end.
 *
 * @param {readonly string[]} args
 * @param {{ cwd?: string, env?: NodeJS.ProcessEnv }} [options]
 * @throws {CommandFailed}
 */
export function npm(args, options = {}) {
	const name = `npm ${args.filter((arg) => !arg.startsWith('--')).join(' ')}`;
	const { command, args: given, shell } = npmCommand(args);
	return run(command, given, { ...options, name, shell });
}

/**
 * Runs a command with this terminal and waits for its end.
 *
 * @param {string} command
 * @param {readonly string[]} args
 * @param {object} [options]
 * @param {string} [options.cwd]
 * @param {NodeJS.ProcessEnv} [options.env] added to the present environment
 * @param {boolean} [options.shell]
 * @param {string} [options.name] what the command is called when it fails
 * @returns {Promise<void>}
 * @throws {CommandFailed}
 */
export function run(
	command,
	args,
	{ cwd = ROOT, env = {}, shell = false, name = `${command} ${args.join(' ')}` } = {}
) {
	return new Promise((resolve, reject) => {
		const child = spawn(command, args, {
			cwd,
			shell,
			stdio: 'inherit',
			env: { ...process.env, ...env }
		});
		child.on('error', reject);
		child.on('close', (code, signal) => {
			if (code === 0) resolve();
			else reject(new CommandFailed(name, signal ? 130 : (code ?? 1)));
		});
	});
}

/**
 * @param {string} path
 * @returns {unknown}
 */
function readJson(path) {
	return JSON.parse(readFileSync(path, 'utf8'));
}

/**
 * @param {string} path
 * @returns {string | undefined}
 */
function readText(path) {
	try {
		return readFileSync(path, 'utf8');
	} catch {
		return undefined;
	}
}
