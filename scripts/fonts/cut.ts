/** Cuts Masar's typefaces out of the packages they come from. */
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { fromBuffer } from '@capsizecss/unpack';
import subsetFont from 'subset-font';
import { charactersOf } from '../../src/lib/cartography/characters.ts';
import { FACES, type Face } from './faces.ts';
import { fontStyleSheet, type FaceMetrics } from './style-sheet.ts';

/** What shaping text needs; stylistic sets, fractions and the like go. */
const FEATURES = [
	...['ccmp', 'locl', 'rlig', 'liga', 'calt'],
	...['isol', 'init', 'medi', 'fina'],
	...['kern', 'mark', 'mkmk']
];

const require = createRequire(import.meta.url);

/** @throws Error when the package does not hold a character that the face is to have */
async function cut(face: Face): Promise<{ woff2: Buffer; ttf: Buffer; metrics: FaceMetrics }> {
	const source = await readFile(require.resolve(`@fontsource/${face.source}`));
	const text = charactersOf(face.characters);
	const options = { keepFeatures: FEATURES, noHinting: true };
	const ttf = await subsetFont(source, text, { ...options, targetFormat: 'sfnt' });
	const woff2 = await subsetFont(source, text, { ...options, targetFormat: 'woff2' });
	return { woff2, ttf, metrics: await fromBuffer(source) };
}

/**
 * All files of the fonts, by name: a WOFF2 of each face for the page, a TTF of each for what is drawn at build time, and
 * `fonts.css`. The same packages give the same bytes.
 */
export async function cutFonts(): Promise<Map<string, Buffer>> {
	const files = new Map<string, Buffer>();
	const metrics = new Map<string, FaceMetrics>();
	for (const face of FACES) {
		if (metrics.has(face.file)) continue;
		const { woff2, ttf, metrics: measured } = await cut(face);
		files.set(`${face.file}.woff2`, woff2);
		files.set(`${face.file}.ttf`, ttf);
		metrics.set(face.file, measured);
	}
	files.set('fonts.css', Buffer.from(fontStyleSheet(FACES, metrics)));
	return files;
}
