import { expect, test, type Page } from '@playwright/test';
import { PNG } from 'pngjs';
import { LABEL_SIZE } from '../../src/lib/cartography/labels';
import { mapWords } from '../../src/lib/cartography/labels/words';
import { LANGUAGES, type Language } from '../../src/lib/model/story';
import { addStyles, liveMap, whole } from './reading';

/** What MapLibre's drawing of Arabic gets wrong where it does: joined and not, marked, mixed, in brackets, with digits. */
const STRINGS: Readonly<Record<Language, readonly string[]>> = {
	ar: [
		'لا',
		'الآن',
		'الإمارات',
		'الأردن',
		'سلاسل لآلئ',
		'ألاسكا',
		'بلاد الأناضول',
		'هلالٌ',
		'كُورْسْك',
		'مَأْرِب',
		'بيونغ يانغ (كوريا الشمالية)',
		'(القرم)',
		'القرم [2014]',
		'«كييف»',
		'زابوريجيا – خيرسون',
		'15 أغسطس 2025',
		'13:00 بتوقيت جرينتش',
		'أنكوريج: 05:00',
		'2,400 كم',
		'قاعدة NATO في أوروبا',
		'NATO في أوروبا',
		'F-16 فوق البحر',
		'شارع 9 مايو',
		'دونيتسك، لوغانسك',
		'أين؟',
		'ترمب – بوتين',
		'كيم جونغ أون',
		'پاريس، ڤيينا، گرگان',
		'مضيق بيرنغ',
		'ـالبحر الأسودـ'
	],
	en: [
		'Washington, D.C.',
		'Kursk (oblast)',
		'“Kyiv” [2025]',
		'Zaporizhzhia – Kherson',
		'Sea of Ōkhotsk'
	]
};

/** What some of them look like where a drawing is at fault: mirrored, unjoined, in the wrong order. */
const FAULTS: Readonly<Record<string, string>> = {
	'(القرم)': ')القرم(',
	'«كييف»': '»كييف«',
	'القرم [2014]': '[2014] القرم',
	لا: 'ل\u200Cا',
	الأردن: 'ا\u200Cل\u200Cأ\u200Cر\u200Cد\u200Cن',
	'ترمب – بوتين': 'بوتين – ترمب',
	'15 أغسطس 2025': '2025 أغسطس 15',
	'Kursk (oblast)': 'Kursk )oblast('
};

const COLUMNS = 4;
/** Degrees from one word to the next. */
const APART = { lng: 6, lat: 1.2 } as const;
const MIDDLE = { lng: -118, lat: -8 } as const;
/** Device pixels for a CSS pixel. */
const SCALE = 2;
const SIZE = LABEL_SIZE.country;
/** How alike each part of a word has to be, where 1 is the same. */
const LIKE = 0.92;
/** Px of a word that are compared at once. */
const PART = 13;
/** Device pixels by which the two may lie apart. */
const SHIFT = { across: 12, down: 8 } as const;

test.use({ deviceScaleFactor: SCALE, viewport: { width: 1920, height: 1080 } });

/** The middle of a word, in px. */
interface Middle {
	readonly x: number;
	readonly y: number;
}

interface Spot extends Middle {
	/** In px. */
	readonly width: number;
}

/** The story in JSON, with other words for the names of its first scene, on an empty sea. */
function withNames(props: string, words: readonly string[]): string {
	const page = JSON.parse(props) as { story: { scenes: Record<string, unknown>[] } };
	const [first] = page.story.scenes;
	if (!first) throw new Error('The story has no scene.');
	first['camera'] = { ...MIDDLE, zoom: 4, bearing: 0, pitch: 0 };
	first['labels'] = words.map((text, index) => ({
		id: `word ${index}`,
		kind: 'country',
		text,
		detail: '',
		point: pointOf(index),
		side: 'middle',
		always: true,
		glyph: null,
		along: 0
	}));
	return JSON.stringify(page).replaceAll('<', '\\u003c');
}

function pointOf(index: number): [number, number] {
	return [
		MIDDLE.lng + ((index % COLUMNS) - (COLUMNS - 1) / 2) * APART.lng,
		MIDDLE.lat + (Math.floor(index / COLUMNS) - 3.5) * APART.lat
	];
}

/** Opens the story with these words on its first map, in black on white, and tells where in px each has its middle. */
async function openNames(page: Page, language: Language, words: readonly string[]) {
	await page.route(`**/${language}/relay/`, async (route) => {
		const response = await route.fetch();
		const html = await response.text();
		const parts = /^([^]*data-page-props="">)([^]*?)(<\/script>[^]*)$/.exec(html);
		if (!parts) throw new Error('The page has no story in it.');
		const [, before = '', props = '', after = ''] = parts;
		await route.fulfill({ response, body: before + withNames(props, words) + after });
	});
	await page.addInitScript(() => {
		const sheet = new CSSStyleSheet();
		sheet.replaceSync(
			'* { --sea: #fff !important; --halo: #fff !important; --ink-quiet: #000 !important; transition: none !important }'
		);
		document.adoptedStyleSheets = [sheet];
	});
	await page.goto(`/${language}/relay/`);
	await liveMap(page);
	await addStyles(
		page,
		'* { visibility: hidden !important } [data-map] canvas { visibility: visible !important } html, body { background: #fff !important }'
	);
	return page.evaluate(
		(points): Middle[] => {
			const map = document.querySelector<HTMLElement>('[data-map]');
			const { left = 0, top = 0 } = map?.getBoundingClientRect() ?? {};
			return points.map((point) => {
				const [x = NaN, y = NaN] = map?.masar?.project(point) ?? [];
				return { x: left + x, y: top + y };
			});
		},
		words.map((_, index) => pointOf(index))
	);
}

/** Lays the words over the page as the browser itself writes them, and hides the map. */
function writeNames(
	page: Page,
	language: Language,
	words: readonly string[],
	middles: readonly Middle[]
): Promise<Spot[]> {
	return page.evaluate(
		({ words, middles, size, language }) => {
			document.querySelector('#words')?.remove();
			const layer = document.createElement('div');
			layer.id = 'words';
			layer.lang = language;
			layer.dir = language === 'ar' ? 'rtl' : 'ltr';
			const style = 'position: fixed; visibility: visible; white-space: nowrap; color: #000;';
			layer.style.cssText = 'position: fixed; inset: 0; background: #fff; z-index: 99999';
			layer.style.setProperty('visibility', 'visible', 'important');
			const spans = words.map((word, index) => {
				const span = document.createElement('span');
				span.textContent = word;
				const middle = middles[index] ?? { x: 0, y: 0 };
				span.style.cssText = `${style} left: ${middle.x}px; top: ${middle.y}px; translate: -50% -50%; line-height: 1.2`;
				span.style.font = `400 ${size}px var(--sans)`;
				span.style.fontKerning = 'none';
				span.style.fontVariantLigatures = 'none';
				span.style.setProperty('visibility', 'visible', 'important');
				layer.append(span);
				return { span, middle };
			});
			document.body.append(layer);
			return spans.map(({ span, middle }) => ({
				...middle,
				width: span.getBoundingClientRect().width
			}));
		},
		{ words, middles, size: SIZE, language }
	);
}

interface Ink {
	readonly width: number;
	/** 0 for white, 1 for black, row by row; blurred a little, for the two draw edges each in its own way. */
	readonly values: Float32Array;
}

async function inkOf(page: Page): Promise<Ink> {
	const { width, height, data } = PNG.sync.read(await page.screenshot());
	const raw = Float32Array.from(
		{ length: width * height },
		(_, at) => 1 - (data[at * 4] ?? 0) / 255
	);
	const around = [-1, 0, 1].flatMap((row) => [-1, 0, 1].map((column) => row * width + column));
	const values = raw.map((_, at) => around.reduce((sum, by) => sum + (raw[at + by] ?? 0), 0) / 9);
	return { width, values };
}

interface Box {
	readonly left: number;
	readonly right: number;
	readonly top: number;
	readonly bottom: number;
}

/** How alike two pictures are in a box of device pixels, at the shift at which they are most alike: 1 for the same. */
function likeness(a: Ink, b: Ink, { left, right, top, bottom }: Box): number {
	let best = 0;
	for (let down = -SHIFT.down; down <= SHIFT.down; down++) {
		for (let across = -SHIFT.across; across <= SHIFT.across; across++) {
			let [ab, aa, bb] = [0, 0, 0];
			for (let row = top; row < bottom; row++) {
				for (let column = left; column < right; column++) {
					const one = a.values[row * a.width + column] ?? 0;
					const other = b.values[(row + down) * b.width + column + across] ?? 0;
					ab += one * other;
					aa += one * one;
					bb += other * other;
				}
			}
			best = Math.max(best, ab / Math.sqrt(aa * bb || 1));
		}
	}
	return best;
}

/**
 * How alike a word is in two pictures, in its least alike part. It is looked at in parts, for MapLibre sets letters
 * without kerning, each by its own width: a long word ends a few px away from where the browser ends it.
 */
function leastLikeness(written: Ink, onMap: Ink, { x, y, width }: Spot): number {
	const count = Math.max(1, Math.round(width / PART));
	const parts = Array.from({ length: count }, (_, part) => {
		const edge = (at: number) => Math.round((x - width / 2 + (width * at) / count) * SCALE);
		const [left, right] = [edge(part) - SCALE, edge(part + 1) + SCALE];
		const [top, bottom] = [-1, 1].map((side) => Math.round((y + side * SIZE * 0.9) * SCALE));
		return likeness(written, onMap, { left, right, top: top ?? 0, bottom: bottom ?? 0 });
	});
	return Math.min(...parts);
}

/**
 * A word without the typeface's own ligatures, as "في" in one stroke, which MapLibre does not know; lam and alif, which
 * every Arabic hand joins, stay.
 */
const unligatured = (word: string) =>
	word.replace(/([ئبت-خس-غف-نهيپڤگ])(?=[ء-يپڤگ])(?!(?<=ل)[اأإآ])/g, '$1\u200D');

for (const language of whole ? LANGUAGES : (['ar'] as const)) {
	test(`${language}: the live map draws names as the browser writes the same words`, async ({
		page
	}) => {
		const words = STRINGS[language].map((word) => mapWords(word, language));
		const middles = await openNames(page, language, words);
		const onMap = await inkOf(page);
		const compared = async (writing: readonly string[]) => {
			const spots = await writeNames(page, language, writing, middles);
			const written = await inkOf(page);
			return spots.map((spot) => leastLikeness(written, onMap, spot));
		};

		for (const [index, likeness] of (await compared(words.map(unligatured))).entries())
			expect.soft(likeness, words[index]).toBeGreaterThan(LIKE);
		// What is wrong with a word is seen by the same measure.
		const faulty = Object.entries(FAULTS).filter(([word]) => words.includes(word));
		const wrong = await compared(words.map((word) => FAULTS[word] ?? unligatured(word)));
		for (const [word, fault] of faulty)
			expect.soft(wrong[words.indexOf(word)], fault).toBeLessThan(LIKE - 0.05);
	});
}
