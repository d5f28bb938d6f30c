/** The fonts of `<story-map>`: a shadow root cannot bring its own, so the document gets them, under their own names. */
import plexArabic400 from '@fontsource/ibm-plex-sans-arabic/files/ibm-plex-sans-arabic-arabic-400-normal.woff2?url';
import plexArabic600 from '@fontsource/ibm-plex-sans-arabic/files/ibm-plex-sans-arabic-arabic-600-normal.woff2?url';
import plex400 from '@fontsource/ibm-plex-sans/files/ibm-plex-sans-latin-400-normal.woff2?url';
import plex600 from '@fontsource/ibm-plex-sans/files/ibm-plex-sans-latin-600-normal.woff2?url';
import serif400 from '@fontsource/ibm-plex-serif/files/ibm-plex-serif-latin-400-normal.woff2?url';
import naskh400 from '@fontsource/noto-naskh-arabic/files/noto-naskh-arabic-arabic-400-normal.woff2?url';

const ARABIC = 'U+0600-06FF, U+0750-077F, U+200C-200E, U+FB50-FDFF, U+FE70-FEFC';
const LATIN = 'U+0000-00FF, U+0131, U+0152-0153, U+2000-206F, U+20AC, U+2122';

const FACES = [
	['IBM Plex Sans Arabic', '400', ARABIC, plexArabic400],
	['IBM Plex Sans Arabic', '600', ARABIC, plexArabic600],
	['Noto Naskh Arabic', '400', ARABIC, naskh400],
	['IBM Plex Sans', '400', LATIN, plex400],
	['IBM Plex Sans', '600', LATIN, plex600],
	['IBM Plex Serif', '400', LATIN, serif400]
] as const;

let registered = false;

/** Makes the story's fonts known to the document, once; each is fetched when words ask for it. */
export function registerFonts(): void {
	if (registered) return;
	registered = true;
	for (const [family, weight, unicodeRange, url] of FACES) {
		document.fonts.add(
			new FontFace(family, `url("${url}")`, { weight, unicodeRange, display: 'swap' })
		);
	}
}
