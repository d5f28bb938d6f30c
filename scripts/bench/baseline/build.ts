/** Builds the baseline page: the same story, words, places and basemap, in the common way. */
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { brotliCompressSync } from 'node:zlib';
import { geoInterpolate } from 'd3-geo';
import { build, type Plugin } from 'vite';
import type { PageStory } from '../../../src/lib/reading/page-story';
import type { Inline, Position, Story } from '../../../src/lib/model/story';
import type { BaselineStory } from './story';

const textOf = (inlines: readonly Inline[]) => inlines.map(({ text }) => text).join('');

/** Pieces that a contact's great circle is cut into. */
const PIECES = 64;

function greatCircle(from: Position, to: Position): [number, number][] {
	const at = geoInterpolate([from[0], from[1]], [to[0], to[1]]);
	let last = from[0];
	return Array.from({ length: PIECES + 1 }, (_, piece) => {
		const [lng, lat] = at(piece / PIECES);
		// Unwrapped past the antimeridian, and below the cap that no tile holds.
		last += ((((lng - last) % 360) + 540) % 360) - 180;
		return [last, Math.min(lat, 84)];
	});
}

function configure(story: Story, page: PageStory): BaselineStory {
	return {
		language: page.language,
		title: page.title,
		standfirst: page.standfirst,
		chapters: page.scenes.map(({ id, heading, beats, lit, countries, camera }) => ({
			id,
			heading,
			paragraphs: beats.map(({ text }) => textOf(text)),
			center: [camera.lng, camera.lat],
			zoom: camera.zoom,
			bearing: camera.bearing,
			pitch: camera.pitch,
			places: [...new Set([...lit, ...beats.flatMap((beat) => beat.lit)])],
			contacts: [...new Set(beats.flatMap((beat) => beat.contacts))],
			countries
		})),
		contacts: story.contacts.map(({ id, kind, legs }) => ({
			id,
			kind,
			lines: legs.flatMap(({ from, to }) => {
				const [a, b] = [story.places[from], story.places[to]];
				return a && b ? [greatCircle(a.point, b.point)] : [];
			})
		}))
	};
}

function placesOf(story: Story) {
	const features = Object.values(story.places).flatMap(({ id, kind, name, point, outline }) => {
		const properties = { place: id, kind, 'name:ar': name.ar, 'name:en': name.en };
		const feature = (role: string, geometry: object) => ({
			type: 'Feature',
			properties: { ...properties, role },
			geometry
		});
		return [
			feature('point', { type: 'Point', coordinates: point }),
			...(outline ? [feature('area', { type: 'MultiPolygon', coordinates: outline })] : [])
		];
	});
	return { type: 'FeatureCollection', features };
}

function storyPlugin(story: Story, page: PageStory): Plugin {
	const name = 'virtual:story';
	return {
		name: 'baseline-story',
		resolveId: (id) => (id === name ? `\0${name}` : undefined),
		load: (id) =>
			id === `\0${name}` ? `export default ${JSON.stringify(configure(story, page))}` : undefined,
		generateBundle() {
			this.emitFile({
				type: 'asset',
				fileName: 'places.json',
				source: JSON.stringify(placesOf(story))
			});
		},
		transformIndexHtml: (html) =>
			html
				.replace('<html>', `<html lang="${page.language}">`)
				.replace('<body>', `<body dir="${page.language === 'ar' ? 'rtl' : 'ltr'}">`)
				.replace('>Baseline<', `>${page.title}<`)
	};
}

/** Writes the baseline page of a story to a folder: minified, and with compressed copies for the server. */
export async function buildBaseline(story: Story, page: PageStory, folder: string): Promise<void> {
	await build({
		configFile: false,
		root: import.meta.dirname,
		base: './',
		logLevel: 'warn',
		plugins: [storyPlugin(story, page)],
		build: {
			outDir: folder,
			emptyOutDir: true,
			target: 'es2022',
			assetsInlineLimit: 0,
			chunkSizeWarningLimit: 1200,
			rolldownOptions: { input: join(import.meta.dirname, 'index.html') }
		}
	});
	for (const file of readdirSync(folder, { recursive: true, encoding: 'utf8' })) {
		if (!/\.(?:html|js|css|json)$/.test(file)) continue;
		const path = join(folder, file);
		writeFileSync(`${path}.br`, brotliCompressSync(readFileSync(path)));
	}
}
