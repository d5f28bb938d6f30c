import { createRequire } from 'node:module';
import { join } from 'node:path';
import type { FeatureCollection } from 'geojson';
import type { Topology } from 'topojson-specification';
import { cache } from './fetch';

interface Mapshaper {
	applyCommands(
		commands: string,
		inputs: Readonly<Record<string, string>>
	): Promise<Record<string, Buffer | string>>;
}

let loaded: Mapshaper | undefined;

function mapshaper(): Mapshaper {
	// The package is CommonJS without types, in a folder that exists only once it is fetched.
	loaded ??= createRequire(join(cache, 'package.json'))('mapshaper') as Mapshaper;
	return loaded;
}

/**
 * Runs mapshaper commands on named inputs and reads the one TopoJSON they end in.
 *
 * @param inputs GeoJSON or TopoJSON by file name, as `-i` names them
 * @param commands one command a line, from `-i` on, without the output command
 * @returns a topology that is not quantized: its arcs hold degrees
 */
export async function toTopology(
	inputs: Readonly<Record<string, FeatureCollection | Topology>>,
	commands: readonly string[]
): Promise<Topology> {
	const texts = Object.fromEntries(
		Object.entries(inputs).map(([name, value]) => [name, JSON.stringify(value)])
	);
	const line = [...commands, '-o out.json format=topojson no-quantization target=*'].join(' ');
	const output = (await mapshaper().applyCommands(line, texts))['out.json'];
	if (output === undefined) throw new Error(`mapshaper wrote nothing for: ${line}`);
	// Without quantization mapshaper writes a plain topology.
	return JSON.parse(output.toString()) as Topology;
}
