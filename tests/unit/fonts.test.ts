import { readdirSync, readFileSync } from 'node:fs';
import { create, type Font } from 'fontkitten';
import { beforeAll, describe, expect, test } from 'vitest';
import { cutFonts } from '../../scripts/fonts/cut';
import { FACES, type Face } from '../../scripts/fonts/faces';
import { ARABIC_FORMS, charactersOf, unicodeRange } from '../../src/lib/cartography/characters';
import { wordsOf } from '../../src/lib/locale';
import { afterWordsOf } from '../../src/lib/locale/after';
import { boxedWordsOf } from '../../src/lib/locale/boxed';
import { dossierWordsOf } from '../../src/lib/locale/dossier';
import { embedWordsOf } from '../../src/lib/locale/embed';
import { exploreWordsOf } from '../../src/lib/locale/explore';
import { siteWordsOf } from '../../src/lib/locale/site';
import { LANGUAGES } from '../../src/lib/model/story';
import { publishedIds } from '../fixtures/stories';

let files: ReadonlyMap<string, Buffer>;

beforeAll(async () => {
	files = await cutFonts();
});

function fontOf(face: Face): Font {
	const bytes = files.get(`${face.file}.woff2`);
	if (!bytes) throw new Error(`There is no file of ${face.file}.`);
	const font = create(bytes);
	if (font.isCollection) throw new Error(`${face.file} is a collection.`);
	return font;
}

const pointsOf = (text: string) => Array.from(text, (character) => character.codePointAt(0) ?? 0);

function missingPoints(face: Face, text: string): number[] {
	const held = new Set(fontOf(face).characterSet);
	return pointsOf(text).filter((point) => !held.has(point));
}

/** The characters of `text` that no upright face of these families and this weight holds. */
function missingFrom(
	families: readonly Face['family'][],
	weight: Face['weight'],
	text: string
): string {
	const faces = FACES.filter(
		(face) => families.includes(face.family) && face.weight === weight && face.style === 'normal'
	);
	const held = new Set(faces.flatMap((face) => fontOf(face).characterSet));
	const missing = pointsOf(text.replace(/\s/g, ' ')).filter((point) => !held.has(point));
	return String.fromCodePoint(...new Set(missing));
}

const TEXT = ['Masar Naskh', 'Masar Serif Beside Naskh'] as const;
const INTERFACE = ['Masar Sans Arabic', 'Masar Sans'] as const;

/** Every name in a GeoJSON file's properties, in both languages. */
const namesIn = (path: string) =>
	[...readFileSync(path, 'utf8').matchAll(/"(?:name:)?(?:ar|en)":\s*"([^"]*)"/g)]
		.map(([, name]) => name)
		.join('');

describe('the fonts', () => {
	test('two cuts give the same bytes', async () => {
		const again = await cutFonts();
		expect([...again.keys()]).toEqual([...files.keys()]);
		for (const [name, bytes] of again) expect(files.get(name)?.equals(bytes), name).toBe(true);
	});

	test.for(FACES.map((face) => [`${face.family} ${face.file}`, face] as const))(
		'%s holds every character that the style sheet sends to it',
		([, face]) => {
			const missing = missingPoints(face, charactersOf(face.characters));
			expect(unicodeRange(missing.map((point) => [point, point]))).toEqual([]);
		}
	);

	test('the map’s faces hold the joined forms that MapLibre asks for', () => {
		const faces = FACES.filter(({ family }) => family === 'Masar Sans Arabic');
		expect(faces).toHaveLength(2);
		for (const face of faces) {
			expect(face.characters).toEqual(expect.arrayContaining([...ARABIC_FORMS]));
			expect(missingPoints(face, 'ﺍﺎﺏﺐﺑﺒﻻﻼﻲ'), face.file).toEqual([]);
		}
	});

	test.for(publishedIds)('the words of %s in both languages are set in Masar’s own faces', (id) => {
		const words = ['ar.md', 'en.md', 'story.yaml'].map((name) =>
			readFileSync(`data/stories/${id}/${name}`, 'utf8')
		);
		expect(missingFrom(TEXT, '400', words.join(''))).toBe('');
		for (const weight of ['400', '600 700'] as const) {
			expect(missingFrom(INTERFACE, weight, words.join(''))).toBe('');
		}
	});

	test('every name on the map and every word of the interface is set in Masar’s own faces', () => {
		const places = readdirSync('data/places').map((name) => namesIn(`data/places/${name}`));
		const labels = namesIn('data/basemap/labels.json');
		expect(labels).toContain('موسكو');
		expect(places.join('')).toContain('Kursk');
		const words = JSON.stringify(
			LANGUAGES.flatMap((language) =>
				[
					wordsOf,
					afterWordsOf,
					boxedWordsOf,
					dossierWordsOf,
					embedWordsOf,
					exploreWordsOf,
					siteWordsOf
				].map((of) => of(language))
			)
		);
		for (const weight of ['400', '600 700'] as const) {
			expect(missingFrom(INTERFACE, weight, labels + places.join('') + words)).toBe('');
		}
	});

	test('every face has a fallback that takes the same room', () => {
		const css = files.get('fonts.css')?.toString() ?? '';
		for (const { family } of FACES) expect(css).toContain(`font-family: "${family} Fallback"`);
		const fallbacks = css.split('@font-face').filter((rule) => rule.includes('local('));
		for (const rule of fallbacks) {
			expect(rule).toMatch(/ascent-override: \d+(?:\.\d+)?%/);
			expect(rule).toMatch(/descent-override: \d+(?:\.\d+)?%/);
			expect(rule).toContain('line-gap-override: 0%');
		}
	});

	test('no text waits unseen for its font', () => {
		const css = files.get('fonts.css')?.toString() ?? '';
		const own = css.split('@font-face').filter((rule) => rule.includes('url('));
		expect(own).toHaveLength(FACES.length);
		for (const rule of own) expect(rule).toContain('font-display: swap');
	});
});
