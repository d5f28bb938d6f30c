/** Reads what an engine has printed. */
import { getDocument } from 'pdfjs-dist/legacy/build/pdf.mjs';

/** The last line of each column of each printed page, from left to right. */
export async function lastLines(data: Uint8Array): Promise<string[]> {
	const pdf = await getDocument({ data, verbosity: 0 }).promise;
	const lines: string[] = [];
	for (let number = 1; number <= pdf.numPages; number += 1) {
		const sheet = await pdf.getPage(number);
		const { width } = sheet.getViewport({ scale: 1 });
		const { items } = await sheet.getTextContent();
		const placed = items.flatMap((item) => {
			if (!('str' in item) || !item.str.trim()) return [];
			const [, , , , x = NaN, y = NaN] = item.transform as number[];
			return [{ text: item.str, x, y }];
		});
		for (const isLeft of [true, false]) {
			const column = placed.filter(({ x }) => x < width / 2 === isLeft);
			const lowest = Math.min(...column.map(({ y }) => y));
			const line = column.filter(({ y }) => y < lowest + 3).sort((a, b) => a.x - b.x);
			if (line.length > 0) lines.push(line.map(({ text }) => text).join(''));
		}
	}
	return lines;
}
