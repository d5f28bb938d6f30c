/** The style sheet of the fonts: Masar's faces, and the reader's own made to take the same room. */
import { createFontStack, type FontMetrics } from '@capsizecss/core';
import { unicodeRange } from '../../src/lib/cartography/characters.ts';
import type { Face } from './faces.ts';
import { ARABIC_WIDTHS, FALLBACKS } from './fallbacks.ts';

/** Heights of a face, in units of its em, and the average width of its Latin text. */
export type FaceMetrics = Pick<
	FontMetrics,
	'ascent' | 'descent' | 'lineGap' | 'unitsPerEm' | 'xWidthAvg'
>;

/** What a fallback answers for: all of the script, and not just what Masar's own face holds. */
const FALLBACK_RANGES = {
	arabic: 'U+20, U+A0, U+600-6FF, U+200C-200F',
	latin: 'U+20-24F, U+2000-22FF',
	'latin-extended': null
};

/** Shown at once in the fallback, and in Masar's face as soon as it is there. */
function faceRule(face: Face): string {
	return `@font-face {
  font-family: "${face.family}";
  src: url("./${face.file}.woff2") format("woff2");
  font-weight: ${face.weight};
  font-style: ${face.style};
  font-display: swap;
  size-adjust: ${face.scale * 100}%;
  unicode-range: ${unicodeRange(face.characters).join(', ')};
}`;
}

/**
 * Rules for the family `… Fallback`. All are one family: a browser skips those whose font the reader does not have, and
 * of the others takes the last.
 */
function fallbackRules(face: Face, metrics: FaceMetrics): string[] {
	const range = FALLBACK_RANGES[face.script];
	// A slanted fallback is an upright one that the browser slants.
	if (!range || face.style === 'italic') return [];
	const { ascent, descent, lineGap } = metrics;
	// Scaled letters are those of a larger em.
	const unitsPerEm = metrics.unitsPerEm / face.scale;
	const width = (ARABIC_WIDTHS[face.file] ?? metrics.xWidthAvg / metrics.unitsPerEm) * face.scale;
	const heights = { ascent, descent, lineGap, unitsPerEm };
	const own = { ...heights, familyName: face.family, xWidthAvg: width * unitsPerEm };
	return FALLBACKS[face.family][face.weight].toReversed().map((font) => {
		const { fontFaces } = createFontStack(
			[
				own,
				{
					...font,
					familyName: font.fullName,
					unitsPerEm: 1,
					xWidthAvg: font.width ?? width,
					// Nothing is left to the fallback's own heights, whatever they are.
					ascent: 0,
					descent: 0,
					lineGap: -1
				}
			],
			{
				fontFaceProperties: { fontWeight: face.weight, unicodeRange: range }
			}
		);
		return fontFaces;
	});
}

/** @param metrics - by the face's file */
export function fontStyleSheet(
	faces: readonly Face[],
	metrics: ReadonlyMap<string, FaceMetrics>
): string {
	const rules = faces.flatMap((face) => {
		const measured = metrics.get(face.file);
		if (!measured) throw new Error(`The face ${face.file} has not been measured.`);
		return [faceRule(face), ...fallbackRules(face, measured)];
	});
	return `${rules.join('\n')}\n`;
}
