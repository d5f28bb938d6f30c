/**
 * Rebuilds `data/basemap` and `data/places` from exact versions of npm packages. The same inputs
 * give the same bytes.
 */
import { mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { brotliCompressSync } from 'node:zlib';
import { fetchPackages, root } from './fetch';
import { buildLabels } from './labels';
import { buildMasters, buildWindows } from './near';
import { buildPlaces } from './places';
import { buildWorld, buildWorldAreas } from './world';

const started = Date.now();

function report(line: string): void {
	const seconds = ((Date.now() - started) / 1000).toFixed(1);
	console.log(`${seconds.padStart(6)} s  ${line}`);
}

/** Writes a folder's files as they are given, and removes others of the same kind. */
function writeFolder(name: string, extension: string, files: ReadonlyMap<string, unknown>): void {
	const folder = join(root, 'data', name);
	mkdirSync(folder, { recursive: true });
	for (const file of readdirSync(folder)) {
		if (file.endsWith(extension)) rmSync(join(folder, file));
	}
	let total = 0;
	for (const [id, content] of files) {
		const text = `${JSON.stringify(content)}\n`;
		writeFileSync(join(folder, `${id}${extension}`), text);
		const packed = brotliCompressSync(text).length;
		total += packed;
		report(
			`data/${name}/${id}${extension}  ${kilobytes(Buffer.byteLength(text))}, ${kilobytes(packed)} brotli`
		);
	}
	report(`data/${name}  ${kilobytes(total)} brotli in all`);
}

function kilobytes(bytes: number): string {
	return `${(bytes / 1000).toFixed(1)} kB`;
}

fetchPackages(report);
report('simplifying the windows and the places');
const masters = await buildMasters();
report('simplifying the world');
const areas = await buildWorldAreas();
report('cutting levels');
const basemap = new Map<string, unknown>([
	['world', await buildWorld(areas)],
	...(await buildWindows(masters)),
	['labels', await buildLabels(areas)]
]);
writeFolder('basemap', '.json', basemap);
writeFolder('places', '.geojson', buildPlaces({ ...masters, world: areas }));
