/** Masar's fonts for those that no style sheet reaches: the map, and the page's preloads. */
import sans400 from '$fonts/sans-400.woff2?url';
import sans600 from '$fonts/sans-600.woff2?url';
import sansExtended400 from '$fonts/sans-extended-400.woff2?url';
import sansExtended600 from '$fonts/sans-extended-600.woff2?url';
import sansArabic400 from '$fonts/sans-arabic-400.woff2?url';
import sansArabic600 from '$fonts/sans-arabic-600.woff2?url';
import { ARABIC, ARABIC_FORMS, LATIN, LATIN_EXTENDED, unicodeRange, type Span } from './characters';
import type { Language } from '../model/story';

/** A font file and the characters it is asked for, as MapLibre's `font-faces` have it. */
export interface FontFile {
	readonly url: string;
	readonly 'unicode-range': string[];
}

const file = (url: string, ...spans: readonly Span[]): FontFile => ({
	url,
	'unicode-range': unicodeRange(spans)
});

const inAll = (arabic: string, latin: string, extended: string): readonly FontFile[] => [
	file(arabic, ...ARABIC, ...ARABIC_FORMS),
	file(latin, ...LATIN),
	file(extended, ...LATIN_EXTENDED)
];

/** The map's two weights, which are the page's own files: no label costs a further one. */
export const MAP_FONTS: Readonly<Record<'regular' | 'strong', readonly FontFile[]>> = {
	regular: inAll(sansArabic400, sans400, sansExtended400),
	strong: inAll(sansArabic600, sans600, sansExtended600)
};

/** Faces of the first screen: its text, its title, its small print. */
const FIRST_SCREEN: Readonly<Record<Language, readonly string[]>> = {
	ar: ['naskh-400', 'sans-arabic-400', 'sans-arabic-600'],
	en: ['serif-400', 'sans-400', 'sans-600']
};

/** Whether a page in this language should ask for a font file at once, before its style sheet does. */
export function isOfFirstScreen(language: Language, address: string): boolean {
	return FIRST_SCREEN[language].some((face) => address.includes(`/${face}.`));
}
