/**
 * Writes THIRD-PARTY.md: the licence of every package that the lock file names. `npm run licences`.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import * as checker from 'license-checker-rseidelsohn';
import { ROOT } from './setup.mjs';

/** Where the list is kept. */
export const LIST = join(ROOT, 'THIRD-PARTY.md');

/** Packages of which the reader downloads something, by what they are there for: docs/decisions/dependencies.md. */
const SHIPPED = [
	'@fontsource/ibm-plex-sans',
	'@fontsource/ibm-plex-sans-arabic',
	'@fontsource/ibm-plex-serif',
	'@fontsource/noto-naskh-arabic',
	'@turf/boolean-point-in-polygon',
	'maplibre-gl',
	'svelte',
	'topojson-client'
];

/**
 * @returns {Promise<string>} the list, from what is installed; packages that only some systems have are left out, so that it
 *   is the same on all of them
 */
export async function thirdParty() {
	/** @type {{ packages: Record<string, { version?: string, optional?: boolean, devOptional?: boolean }> }} */
	const lock = JSON.parse(readFileSync(join(ROOT, 'package-lock.json'), 'utf8'));
	const wanted = new Set(
		Object.entries(lock.packages).flatMap(([path, { version, optional, devOptional }]) =>
			path && !optional && !devOptional
				? [`${path.slice(path.lastIndexOf('node_modules/') + 13)}@${version ?? ''}`]
				: []
		)
	);
	const found = await promisify(checker.init)({ start: ROOT });
	const rows = Object.entries(found)
		.filter(([name]) => wanted.has(name))
		.map(([name, { licenses, repository }]) => {
			const at = name.lastIndexOf('@');
			const licence = [licenses ?? 'unknown'].flat().join(', ').replace('*', ' (by its text)');
			return {
				name: name.slice(0, at),
				version: name.slice(at + 1),
				licence,
				source: repository ?? ''
			};
		})
		.sort((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : a.version < b.version ? -1 : 1));
	const table = (/** @type {typeof rows} */ some) =>
		[
			'| package | version | licence | source |',
			'| --- | --- | --- | --- |',
			...some.map(
				({ name, version, licence, source }) => `| ${name} | ${version} | ${licence} | ${source} |`
			)
		].join('\n');
	return `# Third-party packages

Written by \`npm run licences\` from what package-lock.json names. Where geodata comes from, and under which licence, is told
in data/SOURCES.md; what asks to be credited is credited on the map.

## In what the reader downloads

${table(rows.filter(({ name }) => SHIPPED.includes(name)))}

## In what builds and tests it

${table(rows.filter(({ name }) => !SHIPPED.includes(name)))}
`;
}

if (process.argv[1] && resolve(process.argv[1]) === fileURLToPath(import.meta.url)) {
	writeFileSync(LIST, await thirdParty());
}
