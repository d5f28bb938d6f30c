import { readFileSync } from 'node:fs';
import { expect, test, type Page } from '@playwright/test';
import { getDocument, OPS, type PDFPageProxy } from 'pdfjs-dist/legacy/build/pdf.mjs';
import { afterWordsOf } from '../../src/lib/locale/after';
import { LANGUAGES, type Inline, type Language } from '../../src/lib/model/story';
import { story, tries } from './reading';

/** Prints the story as Chromium does, once its pictures have come. */
async function print(page: Page, language: Language): Promise<Uint8Array> {
	await page.goto(`/${language}/relay/?map=static&theme=dark`);
	await page.waitForFunction(() => performance.getEntriesByName('masar:static-map').length > 0);
	await page.emulateMedia({ media: 'print' });
	await page.waitForFunction(() =>
		[...document.querySelectorAll<HTMLImageElement>('figure img')].every(
			(image) => image.complete && image.naturalWidth > 0
		)
	);
	return new Uint8Array(await page.pdf({ preferCSSPageSize: true, printBackground: true }));
}

/** Arabic letters that differ in their dots alone, which typefaces draw, and a PDF keeps, apart from the letter. */
const SHAPES: Readonly<Record<string, string>> = {
	ذ: 'د',
	ز: 'ر',
	ج: 'ح',
	خ: 'ح',
	ش: 'س',
	ض: 'ص',
	ظ: 'ط',
	غ: 'ع',
	ى: '',
	ی: '',
	ٮ: '',
	ں: '',
	ب: '',
	ت: '',
	ث: '',
	ن: '',
	ي: '',
	ف: '',
	ق: '',
	ه: '',
	ة: '',
	ە: ''
};

/** The letters of a text, without marks, dots and what stands between them. */
const lettersOf = (text: string) =>
	(text.normalize('NFKD').toLowerCase().match(/\p{L}/gu) ?? [])
		.map((letter) => SHAPES[letter] ?? letter)
		.join('');

/**
 * The letters of a page and of each of its halves, line by line, in the direction of the language: a PDF keeps glyphs
 * in the order in which they were drawn, each where it stands.
 */
async function columnsOf(page: PDFPageProxy, forward: boolean): Promise<string[]> {
	const { items } = await page.getTextContent();
	const middle = page.getViewport({ scale: 1 }).width / 2;
	const placed = items.flatMap((item) => {
		if (!('str' in item)) return [];
		const [, , , , x, y] = item.transform as number[];
		return x === undefined || y === undefined ? [] : [{ text: item.str, x, y: Math.round(y) }];
	});
	return [() => true, (x: number) => x < middle, (x: number) => x >= middle].map((within) => {
		const column = placed.filter(({ x }) => within(x));
		column.sort((a, b) => (Math.abs(a.y - b.y) > 4 ? b.y - a.y : forward ? a.x - b.x : b.x - a.x));
		return lettersOf(column.map(({ text }) => text).join(''));
	});
}

/** Share of a text's runs of four letters that stand in another. */
function found(text: string, among: string): number {
	const letters = lettersOf(text);
	const runs = Array.from({ length: Math.max(1, letters.length - 3) }, (_, at) =>
		letters.slice(at, at + 4)
	);
	return runs.filter((run) => among.includes(run)).length / runs.length;
}

const textOf = (inlines: readonly Inline[]) => inlines.map(({ text }) => text).join('');

const sea = /\/\* light \*\/[^}]*--sea:\s*(#[0-9a-f]{6})/.exec(
	readFileSync('src/styles/roles.css', 'utf8')
)?.[1];

for (const language of LANGUAGES) {
	if (tries(language, 'ar'))
		test(`${language}: the print holds every paragraph, a picture per scene and every place, and no interface`, async ({
			page
		}) => {
			const data = await print(page, language);
			for (const name of [
				'.bar',
				'.marginalia',
				'.rail',
				'.steps',
				'.permalink',
				'.credit',
				'.hint'
			])
				for (const each of await page.locator(name).all()) await expect(each).toBeHidden();
			const pictures = page.locator('figure.picture img');
			await expect(pictures).toHaveCount(story.scenes.length);
			for (const picture of await pictures.all()) await expect(picture).toBeVisible();
			expect(await page.evaluate(() => getComputedStyle(document.body).color)).toBe('rgb(0, 0, 0)');

			const pdf = await getDocument({ data, verbosity: 0 }).promise;
			const sheets: { letters: string; seas: number }[] = [];
			for (let number = 1; number <= pdf.numPages; number++) {
				const sheet = await pdf.getPage(number);
				const { fnArray, argsArray } = await sheet.getOperatorList();
				const seas = fnArray.filter((operator, index) => {
					if (operator !== OPS.setFillRGBColor) return false;
					return (argsArray[index] as unknown[] | null)?.[0] === sea;
				}).length;
				sheets.push({ letters: (await columnsOf(sheet, language === 'en')).join('|'), seas });
			}
			// The places repeat what the paragraphs say of them: a paragraph has to stand before them.
			const first = sheets.findIndex(
				({ letters }) => found(afterWordsOf(language).placesIntro, letters) > 0.9
			);
			expect(first).toBeGreaterThan(0);
			const report = sheets.slice(0, first);
			const told = report.map(({ letters }) => letters).join('|');
			const after = sheets
				.slice(first)
				.map(({ letters }) => letters)
				.join('|');
			const { title, standfirst, scenes } = story.text[language];
			for (const words of [title, standfirst])
				expect(found(words, told), words).toBeGreaterThan(0.9);
			for (const words of scenes.flatMap(({ paragraphs }) => paragraphs.map(textOf)))
				expect(found(words, told), words).toBeGreaterThan(0.9);
			for (const { name } of Object.values(story.places))
				expect(found(name[language], after), name[language]).toBeGreaterThan(0.9);
			const standing = report.map(
				({ letters }) => scenes.filter(({ heading }) => found(heading, letters) > 0.95).length
			);
			expect(standing.reduce((sum, count) => sum + count)).toBeGreaterThanOrEqual(
				scenes.length - 1
			);
			report.forEach(({ seas }, index) => {
				expect(seas, `pictures on page ${index + 1}`).toBeGreaterThanOrEqual(standing[index] ?? 0);
			});
		});

	test(`${language}: the letters of the other paragraphs do not make up for one`, () => {
		const texts = story.text[language].scenes.flatMap(({ paragraphs }) => paragraphs.map(textOf));
		texts.forEach((text, index) => {
			const others = texts.filter((_, other) => other !== index).map(lettersOf);
			expect(found(text, others.join('|')), text).toBeLessThan(0.85);
		});
	});
}
