/** Masar's typefaces: which file of which package each face is cut from, and which characters are kept. */
import {
	ARABIC,
	ARABIC_FORMS,
	LATIN,
	LATIN_EXTENDED,
	type Span
} from '../../src/lib/cartography/characters.ts';

export interface Face {
	/** Name of its files, without the extension; two faces may share them. */
	readonly file: string;
	/** Family in style sheets: Masar's own, so that a page which embeds Masar keeps its own fonts. */
	readonly family:
		'Masar Naskh' | 'Masar Serif' | 'Masar Serif Beside Naskh' | 'Masar Sans' | 'Masar Sans Arabic';
	/** Size of its letters, of what they are in the file. */
	readonly scale: number;
	/** Weights it answers for, as CSS writes them. */
	readonly weight: '400' | '600 700';
	readonly style: 'normal' | 'italic';
	/** What it sets; where its letters are rare, the fallbacks of the family's main face stand in for them too. */
	readonly script: 'arabic' | 'latin' | 'latin-extended';
	/** File below node_modules/@fontsource. */
	readonly source: string;
	readonly characters: readonly Span[];
}

const REGULAR = { weight: '400', style: 'normal', scale: 1 } as const;
const STRONG = { weight: '600 700', style: 'normal', scale: 1 } as const;

const naskh = (weight: number) => ({
	family: 'Masar Naskh' as const,
	script: 'arabic' as const,
	source: `noto-naskh-arabic/files/noto-naskh-arabic-arabic-${weight}-normal.woff2`,
	characters: ARABIC
});
const serif = (cut: string) => ({
	family: 'Masar Serif' as const,
	script: 'latin' as const,
	source: `ibm-plex-serif/files/ibm-plex-serif-latin-${cut}.woff2`,
	characters: LATIN
});
const serifExtended = (weight: number) => ({
	family: 'Masar Serif' as const,
	script: 'latin-extended' as const,
	source: `ibm-plex-serif/files/ibm-plex-serif-latin-ext-${weight}-normal.woff2`,
	characters: LATIN_EXTENDED
});
const sans = (weight: number) => ({
	family: 'Masar Sans' as const,
	script: 'latin' as const,
	source: `ibm-plex-sans/files/ibm-plex-sans-latin-${weight}-normal.woff2`,
	characters: LATIN
});
const sansExtended = (weight: number) => ({
	family: 'Masar Sans' as const,
	script: 'latin-extended' as const,
	source: `ibm-plex-sans/files/ibm-plex-sans-latin-ext-${weight}-normal.woff2`,
	characters: LATIN_EXTENDED
});
const sansArabic = (weight: number) => ({
	family: 'Masar Sans Arabic' as const,
	script: 'arabic' as const,
	source: `ibm-plex-sans-arabic/files/ibm-plex-sans-arabic-arabic-${weight}-normal.woff2`,
	characters: [...ARABIC, ...ARABIC_FORMS]
});

const OWN_SIZE: readonly Face[] = [
	{ file: 'naskh-400', ...REGULAR, ...naskh(400) },
	{ file: 'naskh-700', ...STRONG, ...naskh(700) },
	{ file: 'serif-400', ...REGULAR, ...serif('400-normal') },
	{ file: 'serif-400-italic', ...REGULAR, style: 'italic', ...serif('400-italic') },
	{ file: 'serif-600', ...STRONG, ...serif('600-normal') },
	{ file: 'serif-extended-400', ...REGULAR, ...serifExtended(400) },
	{ file: 'sans-400', ...REGULAR, ...sans(400) },
	{ file: 'sans-600', ...STRONG, ...sans(600) },
	{ file: 'sans-extended-400', ...REGULAR, ...sansExtended(400) },
	{ file: 'sans-extended-600', ...STRONG, ...sansExtended(600) },
	{ file: 'sans-arabic-400', ...REGULAR, ...sansArabic(400) },
	{ file: 'sans-arabic-600', ...STRONG, ...sansArabic(600) }
];

/** Latin words and numbers in Arabic text: at its own size the serif stands taller than the Naskh. */
const besideNaskh = (face: Face): Face => ({
	...face,
	family: 'Masar Serif Beside Naskh',
	scale: 0.92
});

export const FACES: readonly Face[] = [
	...OWN_SIZE,
	...OWN_SIZE.filter(({ family, style }) => family === 'Masar Serif' && style === 'normal').map(
		besideNaskh
	)
];
