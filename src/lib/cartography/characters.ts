/**
 * The characters that Masar's typefaces are cut down to: what a newsroom writes, so that the next story needs no other
 * cut. Whatever lies outside is set in the reader's own fonts.
 */

/** First and last code point. */
export type Span = readonly [first: number, last: number];

/**
 * Arabic script: the space, punctuation, letters, tashkeel, both kinds of Arabic digits' signs, and the letters that
 * Arabic papers write Persian, Kurdish, Urdu and Maghrebi names with. The space comes from the Arabic face, so that
 * words keep the distance the face was drawn for.
 */
export const ARABIC: readonly Span[] = [
	[0x20, 0x20],
	[0xa0, 0xa0],
	[0x60c, 0x60c],
	[0x61b, 0x61b],
	[0x61f, 0x61f],
	[0x621, 0x63a],
	[0x640, 0x655],
	[0x660, 0x66c],
	[0x670, 0x671],
	[0x67e, 0x67e],
	[0x686, 0x686],
	[0x695, 0x695],
	[0x698, 0x698],
	[0x6a4, 0x6a4],
	[0x6a8, 0x6a9],
	[0x6ad, 0x6ad],
	[0x6af, 0x6af],
	[0x6b5, 0x6b5],
	[0x6be, 0x6be],
	[0x6c6, 0x6c6],
	[0x6cc, 0x6cc],
	[0x6ce, 0x6ce],
	[0x6d5, 0x6d5]
];

/** Joined letters as characters of their own: MapLibre shapes Arabic into these before it asks for a glyph. */
export const ARABIC_FORMS: readonly Span[] = [
	[0xfb57, 0xfb59],
	[0xfb6b, 0xfb6d],
	[0xfb7b, 0xfb7d],
	[0xfb8b, 0xfb8b],
	[0xfb8f, 0xfb91],
	[0xfb93, 0xfb95],
	[0xfbfd, 0xfbff],
	[0xfe70, 0xfe74],
	[0xfe76, 0xfefc]
];

/** Latin script of western Europe, Western digits, typographic quotes, dashes and signs. */
export const LATIN: readonly Span[] = [
	[0x20, 0x7e],
	[0xa0, 0xff],
	[0x131, 0x131],
	[0x152, 0x153],
	[0x2013, 0x2014],
	[0x2018, 0x201a],
	[0x201c, 0x201e],
	[0x2022, 0x2022],
	[0x2026, 0x2026],
	[0x2032, 0x2033],
	[0x2039, 0x203a],
	[0x20ac, 0x20ac],
	[0x2122, 0x2122],
	[0x2191, 0x2191],
	[0x2193, 0x2193],
	[0x2212, 0x2212]
];

/** Latin letters of central Europe, Turkey and the Baltic: files of their own, which few pages ask for. */
export const LATIN_EXTENDED: readonly Span[] = [
	[0x100, 0x130],
	[0x134, 0x13e],
	[0x141, 0x148],
	[0x14a, 0x151],
	[0x154, 0x17e],
	[0x218, 0x21b]
];

/** Spans as CSS and MapLibre write them: `U+621-63A`. */
export function unicodeRange(spans: readonly Span[]): string[] {
	const hex = (point: number) => point.toString(16).toUpperCase();
	return spans.map(([first, last]) =>
		first === last ? `U+${hex(first)}` : `U+${hex(first)}-${hex(last)}`
	);
}

/** Every character of the spans, in order. */
export function charactersOf(spans: readonly Span[]): string {
	return spans
		.flatMap(([first, last]) =>
			Array.from({ length: last - first + 1 }, (_, index) => String.fromCodePoint(first + index))
		)
		.join('');
}
