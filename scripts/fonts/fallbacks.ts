/**
 * The reader's own fonts that stand in until Masar's arrive, and how wide their text runs.
 *
 * A width is the average advance of a character, in em. For Latin it is Capsize's `xWidthAvg`: from its metrics
 * collection 4.3.0, or read with Capsize from the fonts of Debian 12 (Liberation, DejaVu 2.37). For Arabic it is taken
 * over all words of the first story, spaces included, shaped with HarfBuzz: from DejaVu 2.37 and from Noto's packages.
 * Apple's and Microsoft's Arabic may not be passed on and could not be measured (null): there, heights alone are matched.
 */
import type { Face } from './faces.ts';

/** A font on the reader's device, in one weight. */
export interface LocalFont {
	readonly fullName: string;
	readonly postscriptName: string;
	/** In em; null where it is not known. */
	readonly width: number | null;
}

const local = (fullName: string, postscriptName: string, width: number | null): LocalFont => ({
	fullName,
	postscriptName,
	width
});

type ByWeight = Readonly<Record<Face['weight'], readonly LocalFont[]>>;

const SERIFS: ByWeight = {
	'400': [
		local('Georgia', 'Georgia', 0.4458),
		local('Noto Serif', 'NotoSerif-Regular', 0.481),
		local('Times New Roman', 'TimesNewRomanPSMT', 0.4063),
		local('Liberation Serif', 'LiberationSerif', 0.4063),
		local('DejaVu Serif', 'DejaVuSerif', 0.5166)
	],
	'600 700': [
		local('Georgia Bold', 'Georgia-Bold', 0.5186),
		local('Noto Serif Bold', 'NotoSerif-Bold', 0.512),
		local('Times New Roman Bold', 'TimesNewRomanPS-BoldMT', 0.4326),
		local('Liberation Serif Bold', 'LiberationSerif-Bold', 0.4326),
		local('DejaVu Serif Bold', 'DejaVuSerif-Bold', 0.5703)
	]
};

/** By family and weight, the most wanted first. */
export const FALLBACKS: Readonly<Record<Face['family'], ByWeight>> = {
	'Masar Serif': SERIFS,
	'Masar Serif Beside Naskh': SERIFS,
	'Masar Sans': {
		'400': [
			local('Arial', 'ArialMT', 0.4458),
			local('Roboto', 'Roboto-Regular', 0.4448),
			local('Liberation Sans', 'LiberationSans', 0.4458),
			local('DejaVu Sans', 'DejaVuSans', 0.5083)
		],
		'600 700': [
			local('Arial Bold', 'Arial-BoldMT', 0.48),
			local('Roboto Bold', 'Roboto-Bold', 0.4521),
			local('Liberation Sans Bold', 'LiberationSans-Bold', 0.48),
			local('DejaVu Sans Bold', 'DejaVuSans-Bold', 0.5742)
		]
	},
	'Masar Naskh': {
		'400': [
			local('Noto Naskh Arabic', 'NotoNaskhArabic-Regular', 0.38),
			local('Geeza Pro', 'GeezaPro', null),
			local('Times New Roman', 'TimesNewRomanPSMT', null),
			local('Noto Sans Arabic', 'NotoSansArabic-Regular', 0.4178),
			local('DejaVu Sans', 'DejaVuSans', 0.4474)
		],
		'600 700': [
			local('Noto Naskh Arabic Bold', 'NotoNaskhArabic-Bold', 0.393),
			local('Geeza Pro Bold', 'GeezaPro-Bold', null),
			local('Times New Roman Bold', 'TimesNewRomanPS-BoldMT', null),
			local('Noto Sans Arabic Bold', 'NotoSansArabic-Bold', 0.4586),
			local('DejaVu Sans Bold', 'DejaVuSans-Bold', 0.534)
		]
	},
	'Masar Sans Arabic': {
		'400': [
			local('Geeza Pro', 'GeezaPro', null),
			local('Segoe UI', 'SegoeUI', null),
			local('Arial', 'ArialMT', null),
			local('Noto Sans Arabic', 'NotoSansArabic-Regular', 0.4178),
			local('Noto Naskh Arabic', 'NotoNaskhArabic-Regular', 0.38),
			local('DejaVu Sans', 'DejaVuSans', 0.4474)
		],
		'600 700': [
			local('Geeza Pro Bold', 'GeezaPro-Bold', null),
			local('Segoe UI Bold', 'SegoeUI-Bold', null),
			local('Arial Bold', 'Arial-BoldMT', null),
			local('Noto Sans Arabic Bold', 'NotoSansArabic-Bold', 0.4586),
			local('Noto Naskh Arabic Bold', 'NotoNaskhArabic-Bold', 0.393),
			local('DejaVu Sans Bold', 'DejaVuSans-Bold', 0.534)
		]
	}
};

/** Widths of Arabic text in Masar's own faces, in em, measured in the same way: Capsize knows Latin's alone. */
export const ARABIC_WIDTHS: Readonly<Record<string, number>> = {
	'naskh-400': 0.38,
	'naskh-700': 0.393,
	'sans-arabic-400': 0.3856,
	'sans-arabic-600': 0.4051
};
