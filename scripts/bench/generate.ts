/** Makes stories of any size, the same ones every time: what grows with a story is measured on them. */
import type { StoryFiles } from '../../src/lib/parse';
import { randomFrom } from '../random';

export interface Size {
	readonly scenes: number;
	/** At least 3. */
	readonly places: number;
	readonly contacts: number;
}

/** Words of a paragraph, and letters to make words of. */
const WORDS = 45;
const LETTERS = { ar: 'ابتثجحخدذرزسشصضطظعغفقكلمنهوي', en: 'abcdefghijklmnoprstuvwy' } as const;
type Language = keyof typeof LETTERS;
const LANGUAGES: readonly Language[] = ['ar', 'en'];

/** Shares in a row of the map. */
const COLUMNS = 40;
/** A share's places stand in a square of so many degrees, of which a scene sees as much in a story of any size. */
const SQUARE = 2;
/** Degrees from one square to the next. */
const PITCH = 4;

const nameOf = (index: number, language: Language) =>
	`${language === 'ar' ? 'بلدة' : 'Town'} ${index + 1}`;
const town = (index: number) => `town-${index + 1}`;
/** Places that a scene lights at most. */
const LIT = 3;
/** Places of a scene's share: three, and more where the scenes are few. */
const shareSize = ({ scenes, places }: Size) => Math.max(LIT, Math.ceil(places / scenes));
/** A scene's share of the places; the next scene has the next ones. */
function shareOf(scene: number, size: Size): number[] {
	const count = shareSize(size);
	const start = (scene % Math.ceil(size.places / count)) * count;
	const end = Math.min(start + count, size.places);
	return Array.from({ length: end - start }, (_, step) => start + step);
}
/** Places in a row of a square that holds `count` of them. */
const sideOf = (count: number) => Math.ceil(Math.sqrt(count));
/** [longitude, latitude] */
function pointOf(index: number, size: Size): [number, number] {
	const count = shareSize(size);
	const [share, step] = [Math.floor(index / count), index % count];
	const side = sideOf(count);
	const at = (square: number, cell: number) => square * PITCH + (cell / (side - 1)) * SQUARE;
	const [x, y] = [
		at(share % COLUMNS, step % side),
		at(Math.floor(share / COLUMNS), Math.floor(step / side))
	];
	// In a story of any size a coordinate has as many digits.
	return [Number((x - 169.8641).toFixed(4)), Number((y - 49.8641).toFixed(4))];
}
/** Three corners of its square are lit in a scene; the others belong to the story, and are in its lists and on its free map. */
function litIn(scene: number, size: Size): number[] {
	const count = shareSize(size);
	const side = sideOf(count);
	const corners = [0, side - 1, Math.floor((count - 1) / side) * side];
	const share = shareOf(scene, size);
	return corners.flatMap((corner) => share[corner] ?? []);
}

function placeFile(index: number, size: Size): { path: string; text: string } {
	const place = town(index);
	const properties = {
		place,
		role: 'point',
		kind: 'city',
		'name:ar': nameOf(index, 'ar'),
		'name:en': nameOf(index, 'en'),
		country: 'US',
		timezone: 'America/Anchorage',
		source: 'set by hand'
	};
	const geometry = { type: 'Point', coordinates: pointOf(index, size) };
	const feature = { type: 'Feature', id: place, properties, geometry };
	return {
		path: `data/places/${place}.geojson`,
		text: JSON.stringify({ type: 'FeatureCollection', features: [feature] })
	};
}

function yamlOf(id: string, size: Size): string {
	const scenes = Array.from({ length: size.scenes }, (_, scene) => {
		const lit = litIn(scene, size).map(town).join(', ');
		const contacts = scene < size.contacts ? `contact-${scene + 1}` : '';
		return [
			`  - id: scene-${scene + 1}`,
			`    view: { points: [${shareOf(scene, size).map(town).join(', ')}] }`,
			'    countries: [US]',
			'    paragraphs:',
			`      - { paragraph: ${scene + 1}, lit: [${lit}], contacts: [${contacts}], date: 2025-08-12, attribution: { ar: التقرير, en: The report } }`
		].join('\n');
	});
	const contacts = Array.from({ length: size.contacts }, (_, index) => {
		const share = shareOf(index % size.scenes, size);
		const end = (step: number) => town(share[step % share.length] ?? 0);
		const first = Math.floor(index / size.scenes);
		const [from, to] = [end(first), end(first + 1)];
		return `  - { id: contact-${index + 1}, kind: telephone, legs: [{ from: ${from}, to: ${to} }], people: { ar: الأول – الثاني, en: First – Second }, when: 2025-08-12, paragraphs: [${(index % size.scenes) + 1}] }`;
	});
	return [
		`story: ${id}`,
		'published: 2025-08-12',
		'border-policy: { ar: حدود للقياس, en: Borders for measuring }',
		'scenes:',
		...scenes,
		...(contacts.length > 0 ? ['contacts:', ...contacts] : []),
		'sources:',
		'  - { name: { ar: مصدر, en: A source }, of: { ar: الأماكن, en: Places }, licence: Public domain, url: https://example.org/ }'
	].join('\n');
}

function wordsOf(language: Language, size: Size): string {
	const random = randomFrom(language === 'ar' ? 1 : 2);
	const letters = LETTERS[language];
	const word = () =>
		Array.from({ length: 2 + Math.floor(random() * 6) }, () =>
			letters.charAt(Math.floor(random() * letters.length))
		).join('');
	const words = (count: number) => Array.from({ length: count }, word).join(' ');
	const scenes = Array.from({ length: size.scenes }, (_, scene) => {
		const [first = 0] = litIn(scene, size);
		return [
			`## ${words(3)} {#scene-${scene + 1}}`,
			`![${words(12)}](map${scene === 0 ? '' : ` "${words(6)} ${nameOf(first, language)}"`})`,
			`${words(WORDS - 5)} [${words(1)}](place:${town(first)}) ${words(5)}. {#p${scene + 1}}`
		].join('\n\n');
	});
	const front = [
		'---',
		`title: ${words(5)}`,
		`standfirst: ${words(20)}`,
		'dateline: August 2025',
		'---'
	];
	return [front.join('\n'), ...scenes].join('\n\n');
}

/** The files of a story of this size. */
export function generateStory(size: Size, id = 'generated'): StoryFiles {
	const [ar, en] = LANGUAGES.map((language) => ({
		path: `data/stories/${id}/${language}.md`,
		text: wordsOf(language, size)
	}));
	if (!ar || !en) throw new RangeError('A story is told in two languages.');
	return {
		yaml: { path: `data/stories/${id}/story.yaml`, text: yamlOf(id, size) },
		words: { ar, en },
		places: Array.from({ length: size.places }, (_, index) => placeFile(index, size))
	};
}
