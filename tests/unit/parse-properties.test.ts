import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { formatIssue, parsePlace, parseStory } from '../../src/lib/parse';
import type { Parsed, TextFile } from '../../src/lib/parse';
import { LANGUAGES } from '../../src/lib/model/story';
import { PAYLOADS } from '../payloads';
import { sample } from '../sampling';
import { damaged, damages, runs } from './cases';

const folder = join('tests', 'fixtures', 'good', 'minimal');
const good = new Map(
	readdirSync(folder, { recursive: true, encoding: 'utf8' })
		.filter((path) => /\.(yaml|md|geojson)$/.test(path))
		.toSorted()
		.map((path) => [path, readFileSync(join(folder, path), 'utf8')])
);

const goodFiles = new Map([...good].map(([path, text]) => [path, { path, text }]));

/** The same object for a file that is as it was, which the parser need not read again. */
function file(files: ReadonlyMap<string, string>, path: string): TextFile {
	const text = files.get(path) ?? '';
	const asItWas = goodFiles.get(path);
	return asItWas?.text === text ? asItWas : { path, text };
}

function parse(files: ReadonlyMap<string, string>): Parsed {
	const places = [...files.keys()].filter((path) => path.endsWith('.geojson'));
	return parseStory({
		yaml: file(files, 'story.yaml'),
		words: { ar: file(files, 'ar.md'), en: file(files, 'en.md') },
		places: places.map((path) => file(files, path))
	});
}

/** The good story with one file damaged, or made of anything. */
const files = fc
	.record({
		path: fc.constantFrom(...good.keys()),
		damages,
		anything: fc.option(fc.string({ unit: 'binary', maxLength: 200 }), { freq: 30 })
	})
	.map(({ path, damages: all, anything }) => {
		const text = anything ?? damaged(good.get(path) ?? '', all);
		return new Map([...good, [path, text]]);
	});

describe('whatever the files of a story hold', () => {
	test('the story is read without throwing, and every issue has a file and a line of it', () => {
		fc.assert(
			fc.property(files, (damagedFiles) => {
				const parsed = parse(damagedFiles);
				const issues = parsed.ok ? parsed.warnings : parsed.issues;
				if (!parsed.ok && issues.length === 0) expect.fail('refused without an issue');
				for (const issue of issues) {
					const lines = damagedFiles.get(issue.file)?.split(/\r\n?|\n/).length;
					if (lines === undefined || issue.line < 1 || issue.line > lines) {
						expect.fail(`${formatIssue(issue)}: no such line`);
					}
					if (!/\S/.test(issue.found + issue.expected) || !/\S/.test(issue.mend)) {
						expect.fail(`${formatIssue(issue)}: says nothing`);
					}
				}
				if (parsed.ok !== issues.every(({ severity }) => severity === 'warning')) {
					expect.fail('an error in a good story, or none in a bad one');
				}
			}),
			runs(1_000)
		);
	});

	test('what nobody sees, or turns the words around it, never comes into a story', () => {
		// Letters, and marks that join or part them or lean to a side, are words like others.
		const harmless = [0x41, 0x634, 0x5d0, 0x200c, 0x200f];
		const points = fc.constantFrom(
			...harmless,
			...[0x202a, 0x202b, 0x202c, 0x202d, 0x202e, 0x2066, 0x2067, 0x2068, 0x2069],
			...[0, 0x1b, 0x7f, 0x85, 0x9b, 0x2028, 0x2029, 0xd800, 0xdfff, 0xfeff, 0xfffd, 0xffff]
		);
		// Words with some of the text before them, so that each is found once.
		const words = fc.constantFrom(
			...(
				['title: A short title', '## The opening', 'The day began', '[the north', '*very'] as const
			).map((found) => ['en.md', found] as const),
			...(
				[
					'ar: شاهد آخر',
					'en: Another witness',
					'en: First – Second',
					'ar: مصدر',
					'licence: Public domain'
				] as const
			).map((found) => ['story.yaml', found] as const),
			['places/north.geojson', '"name:en": "North'] as const,
			['places/north.geojson', '"source": "Drawn for'] as const
		);
		const hex = (point: number) => point.toString(16).padStart(4, '0');
		fc.assert(
			fc.property(points, words, fc.boolean(), (point, [path, found], isEscaped) => {
				const text = good.get(path) ?? '';
				if (!text.includes(found)) expect.fail(`${path} has no ${found}`);
				const raw = String.fromCharCode(point);
				const isYaml = path === 'story.yaml' || found.startsWith('title: ');
				const escape = path.endsWith('.md') && !isYaml ? `&#x${hex(point)};` : `\\u${hex(point)}`;
				const put = isEscaped ? escape : raw;
				// A YAML escape stands between quotation marks.
				const spoilt = isYaml
					? found.replace(/: (.*)/, (_, said: string) => `: "${said}${put}"`)
					: found + put;
				const all = text.replaceAll(found, () => spoilt);
				// What the map's words say of a place is to agree with its name: the place is read by itself.
				const parsed = path.startsWith('places/')
					? parsePlace({ path, text: all })
					: parse(new Map([...good, [path, all]]));
				const comesIn =
					parsed.ok && JSON.stringify(parsed).includes(JSON.stringify(raw).slice(1, -1));
				if (comesIn !== harmless.includes(point)) {
					expect.fail(`U+${hex(point)} after “${found}” comes in: ${comesIn}`);
				}
			}),
			runs(300)
		);
	});

	test('no payload is taken for an address, in a link or of a source', () => {
		const addressed = (address: string) =>
			parse(
				new Map(
					[...good].map(([path, text]) => [
						path,
						text.replaceAll('https://example.org/', () =>
							path.endsWith('.yaml') ? JSON.stringify(address) : `<${address}>`
						)
					])
				)
			);
		for (const payload of sample(PAYLOADS, 60, 5)) {
			const parsed = addressed(payload);
			const addresses = parsed.ok
				? [
						...parsed.story.sources.map(({ url }) => url ?? 'https:'),
						...LANGUAGES.flatMap((language) =>
							parsed.story.text[language].scenes.flatMap(({ paragraphs }) =>
								paragraphs.flat().flatMap((run) => (run.type === 'link' ? run.href : []))
							)
						)
					]
				: [];
			for (const each of addresses) expect(each, payload).toMatch(/^(?:https|mailto):/);
			expect(addressed(`https://example.org/?q=${encodeURIComponent(payload)}`).ok).toBe(true);
		}
	});

	test('a good story has places with points and outlines that are finite and in range', () => {
		const north = good.get('places/north.geojson') ?? '';
		fc.assert(
			fc.property(damages, (all) => {
				const path = 'places/north.geojson';
				const parsed = parsePlace({ path, text: damaged(north, all) });
				if (!parsed.ok) return;
				const { point, outline } = parsed.place;
				for (const [lng, lat] of [point, ...(outline ?? []).flat(2)]) {
					if (!(Math.abs(lng) <= 180 && Math.abs(lat) <= 90)) expect.fail(`[${lng}, ${lat}]`);
				}
			}),
			runs(3_000)
		);
	});

	test('nothing reaches the prototype of all objects', () => {
		const before = Object.getOwnPropertyNames(Object.prototype).toSorted();
		// One at a time: a mistake in story.yaml would hide what is read of it later.
		const paths = fc.constantFrom(...good.keys());
		const key = fc.constantFrom('__proto__', 'constructor', 'prototype', '"__proto__"');
		const value = fc.constantFrom(
			'{ polluted: true }',
			'{ prototype: { polluted: true } }',
			'polluted',
			'[]'
		);
		const where = fc.constantFrom(
			'story:',
			'view:',
			'- id:',
			'title:',
			'ar:',
			'"features"',
			'"place"',
			'"type"'
		);
		fc.assert(
			fc.property(paths, key, value, where, fc.nat(20), (path, name, held, marker, at) => {
				const text = good.get(path) ?? '';
				const isJson = path.endsWith('.geojson');
				const bare = name.replaceAll('"', '');
				const member = isJson ? `"${bare}": {"polluted": true},` : `${name}: ${held}\n`;
				const places = [...text.matchAll(new RegExp(`^.*${marker}`, 'gm'))];
				const index = places[at % Math.max(1, places.length)]?.index ?? 0;
				parse(new Map([...good, [path, text.slice(0, index) + member + text.slice(index)]]));
				expect('polluted' in {}).toBe(false);
			}),
			runs(400)
		);
		expect(Object.getOwnPropertyNames(Object.prototype).toSorted()).toEqual(before);
	});
});
