import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { formatIssue, parsePlace, parseStory } from '../../src/lib/parse';
import type { Issue, Parsed, StoryFiles } from '../../src/lib/parse';
import { LANGUAGES } from '../../src/lib/model/story';
import { published, publishedIds } from '../fixtures/stories';

const FIXTURES = 'tests/fixtures';
const GOOD = join(FIXTURES, 'good', 'minimal');
const BAD = join(FIXTURES, 'bad');

/** Paths inside a folder, with the text of each file. */
function filesOf(folder: string): Map<string, string> {
	const paths = readdirSync(folder, { recursive: true, encoding: 'utf8' });
	const files = paths.filter((path) => /\.(yaml|md|geojson)$/.test(path)).toSorted();
	return new Map(files.map((path) => [path, readFileSync(join(folder, path), 'utf8')]));
}

function storyFiles(files: ReadonlyMap<string, string>): StoryFiles {
	const file = (path: string) => ({ path, text: files.get(path) ?? '' });
	const places = [...files.keys()].filter((path) => path.endsWith('.geojson'));
	return {
		yaml: file('story.yaml'),
		words: { ar: file('ar.md'), en: file('en.md') },
		places: places.map(file)
	};
}

/** The minimal story with some of its files replaced or others added. */
function minimalWith(changes: ReadonlyMap<string, string>): ReadonlyMap<string, string> {
	return new Map([...filesOf(GOOD), ...changes]);
}

function issuesOf(parsed: Parsed): readonly Issue[] {
	return parsed.ok ? parsed.warnings : parsed.issues;
}

function messages(parsed: Parsed): string {
	return issuesOf(parsed).map(formatIssue).join('\n');
}

/** The minimal story, one file of which is edited. */
function edited(path: string, from: string | RegExp, to: string): Parsed {
	const text = filesOf(GOOD).get(path) ?? '';
	const changed = text.replace(from, to);
	expect(changed, `the edit of ${path} changes nothing`).not.toBe(text);
	return parseStory(storyFiles(minimalWith(new Map([[path, changed]]))));
}

function goodStory(parsed: Parsed) {
	if (!parsed.ok) throw new Error(messages(parsed));
	return parsed.story;
}

describe('a story with a mistake gives exactly the messages in expected.txt', () => {
	for (const name of readdirSync(BAD).toSorted()) {
		const folder = join(BAD, name);
		const files = minimalWith(filesOf(folder));
		const parsed = parseStory(storyFiles(files));

		it(name.replaceAll('-', ' '), () => {
			expect(messages(parsed)).toBe(readFileSync(join(folder, 'expected.txt'), 'utf8').trim());
		});

		it(`${name.replaceAll('-', ' ')}: every issue is on a line of its file, in order`, () => {
			const issues = issuesOf(parsed);
			expect(issues.length).toBeGreaterThan(0);
			expect(parsed.ok).toBe(issues.every(({ severity }) => severity === 'warning'));
			for (const [index, { file, line }] of issues.entries()) {
				expect(line).toBeGreaterThanOrEqual(1);
				expect(line).toBeLessThanOrEqual((files.get(file) ?? '').split('\n').length);
				const before = issues[index - 1];
				if (before?.file === file) expect(before.line).toBeLessThanOrEqual(line);
			}
		});
	}
});

describe('a good story', () => {
	const parsed = parseStory(storyFiles(filesOf(GOOD)));
	const story = goodStory(parsed);

	it('has nothing to warn of', () => {
		expect(messages(parsed)).toBe('');
	});

	it('becomes the model, with what is left out filled in', () => {
		expect(story.id).toBe('minimal');
		expect(story.published).toBe('2025-01-31');
		expect(story.borderPolicy).toEqual({ ar: 'حدود للتجربة', en: 'Borders for a test' });
		expect(story.scenes).toEqual([
			{
				id: 'opening',
				view: {
					places: ['north'],
					points: [],
					maxZoom: 8,
					projection: 'globe',
					bearing: 0,
					pitch: 0
				},
				lit: ['south'],
				beats: [],
				countries: [],
				clocks: null,
				distances: [],
				startsPart: false
			},
			{
				id: 'middle',
				view: {
					places: [],
					points: ['north', 'south'],
					maxZoom: 6,
					projection: 'near',
					bearing: -10,
					pitch: 30
				},
				lit: [],
				beats: [
					{
						paragraph: 1,
						lit: ['north'],
						contacts: ['call'],
						date: '2025-01-30',
						attribution: { ar: 'شاهد', en: 'A witness' }
					},
					{
						paragraph: 2,
						lit: ['north', 'south'],
						contacts: [],
						date: '2024',
						attribution: { ar: 'شاهد آخر', en: 'Another witness' }
					}
				],
				countries: ['US'],
				clocks: null,
				distances: [],
				startsPart: false
			},
			{
				id: 'ending',
				view: {
					places: [],
					points: ['south'],
					maxZoom: 8,
					projection: 'near',
					bearing: 0,
					pitch: 0
				},
				lit: [],
				beats: [
					{
						paragraph: 3,
						lit: ['south'],
						contacts: [],
						date: '2025',
						attribution: { ar: 'التقرير', en: 'The report' }
					}
				],
				countries: [],
				clocks: null,
				distances: [],
				startsPart: true
			}
		]);
		expect(story.contacts).toEqual([
			{
				id: 'call',
				kind: 'telephone',
				legs: [{ from: 'north', to: 'south' }],
				people: { ar: 'الأول – الثاني', en: 'First – Second' },
				when: '2025-01-30T13:00Z',
				paragraphs: [1, 2]
			}
		]);
		expect(story.sources).toEqual([
			{
				name: { ar: 'مصدر', en: 'A source' },
				of: { ar: 'الحدود', en: 'Borders' },
				licence: 'Public domain',
				url: 'https://example.org/'
			}
		]);
	});

	it('has its words as runs, without markers and line breaks', () => {
		expect(story.text.en).toEqual({
			title: 'A short title',
			standfirst: 'One sentence that stands first.',
			dateline: 'Friday 31 January 2025',
			scenes: [
				{
					heading: 'The opening',
					part: '',
					mapAlternative: 'A plain map with the north in sight and the south lit below it.',
					mapChange: '',
					paragraphs: []
				},
				{
					heading: 'The middle',
					part: '',
					mapAlternative: 'A plain map with the north and the south, and a line between the two.',
					mapChange: 'The view has moved down until both lie in sight.',
					paragraphs: [
						[
							{ type: 'text', text: 'The day began in ' },
							{ type: 'mention', place: 'north', text: 'the north' },
							{ type: 'text', text: ', and it was ' },
							{ type: 'emphasis', text: 'very' },
							{ type: 'text', text: ' quiet.' }
						],
						[
							{ type: 'text', text: 'From there a call went to ' },
							{ type: 'mention', place: 'south', text: 'the south' },
							{ type: 'text', text: ', ' },
							{ type: 'strong', text: 'twice' },
							{ type: 'text', text: ', as ' },
							{ type: 'link', href: 'https://example.org/', text: 'a page' },
							{ type: 'text', text: ' says.' }
						]
					]
				},
				{
					heading: 'The end',
					part: 'The second part',
					mapAlternative: 'A plain map with the south alone in the middle of the picture.',
					mapChange: 'The North and the line have gone.',
					paragraphs: [
						[
							{ type: 'text', text: 'All was quiet again in ' },
							{ type: 'mention', place: 'south', text: 'the south' }
						]
					]
				}
			]
		});
		expect(story.text.ar.scenes[2]?.part).toBe('الجزء الثاني');
	});

	it('has the places it uses, with point and outline', () => {
		const shared = { country: 'US', timeZone: 'America/Anchorage' };
		const source = 'Drawn for a test';
		expect(story.places).toEqual({
			north: {
				id: 'north',
				kind: 'region',
				name: { ar: 'الشمال', en: 'North' },
				point: [-145, 63],
				outline: [
					[
						[
							[-150, 60],
							[-140, 60],
							[-140, 66],
							[-150, 66],
							[-150, 60]
						]
					]
				],
				origins: [
					{ role: 'outline', source },
					{ role: 'point', source }
				],
				...shared
			},
			south: {
				id: 'south',
				kind: 'city',
				name: { ar: 'الجنوب', en: 'South' },
				point: [-145.5, 40.25],
				outline: null,
				origins: [{ role: 'point', source }],
				...shared
			}
		});
	});

	it('survives JSON', () => {
		expect(JSON.parse(JSON.stringify(story))).toEqual(story);
	});

	it('is the same with Windows line ends', () => {
		const files = [...filesOf(GOOD)].map(([path, text]) => [path, text.replaceAll('\n', '\r\n')]);
		// The pairs keep their shape; map forgets it.
		const windows = new Map(files as [string, string][]);
		expect(goodStory(parseStory(storyFiles(windows)))).toEqual(story);
	});
});

describe('every issue at once', () => {
	it('reports mistakes in different files together', () => {
		const files = filesOf(join(BAD, 'errors-in-two-files'));
		const issues = issuesOf(parseStory(storyFiles(minimalWith(files))));
		expect(new Set(issues.map(({ file }) => file))).toEqual(
			new Set(['ar.md', 'places/south.geojson', 'story.yaml'])
		);
	});

	it('reports unknown places although a key of the same file is unknown too', () => {
		const parsed = edited('story.yaml', '    lit: [south]', '    light: [south]\n    lit: [sout]');
		expect(messages(parsed)).toContain('the key “light”');
		expect(messages(parsed)).toContain('the place “sout”');
	});

	it('reads the words and places although story.yaml cannot be read', () => {
		const files = new Map([
			['story.yaml', 'story: "'],
			['en.md', '<p>'],
			['places/north.geojson', '{']
		]);
		const issues = issuesOf(parseStory(storyFiles(minimalWith(files))));
		expect(new Set(issues.map(({ file }) => file))).toEqual(new Set(files.keys()));
	});

	it('finds something wrong in a story of empty files, and does not throw', () => {
		const parsed = parseStory(storyFiles(new Map()));
		expect(parsed.ok).toBe(false);
	});

	it('names the path of a mistake in a file that is one long line', () => {
		const text = JSON.stringify(JSON.parse(filesOf(GOOD).get('places/north.geojson') ?? ''));
		const bad = text.replace('[-145,63]', '[-145,95]');
		const parsed = parsePlace({ path: 'places/north.geojson', text: bad });
		const path = 'features[1].geometry.coordinates';
		expect(parsed).toMatchObject({ ok: false, issues: [{ line: 1, path }] });
	});
});

describe('hostile words', () => {
	for (const id of ['__proto__', 'constructor', 'toString', 'hasOwnProperty']) {
		it(`${id} is not a known place, scene or contact`, () => {
			const parsed = [
				edited('story.yaml', 'lit: [south]', `lit: [${id}]`),
				edited('story.yaml', 'contacts: [call]', `contacts: [${id}]`),
				edited('en.md', 'place:north', `place:${id}`),
				edited('en.md', '{#middle}', `{#${id}}`)
			];
			expect(parsed.map(({ ok }) => ok)).toEqual([false, false, false, false]);
			// Markdown makes **proto** of __proto__ in a heading.
			for (const each of parsed) expect(messages(each)).toContain(id.replaceAll('_', ''));
		});
	}

	it('a place may be called constructor', () => {
		const files = [...filesOf(GOOD)].map(([path, text]) => [
			path.replace('north', 'constructor'),
			text
				.replaceAll(/\bnorth\b(?=[\],)"])/g, 'constructor')
				.replace('from: north', 'from: constructor')
		]);
		// The pairs keep their shape; map forgets it.
		const story = goodStory(parseStory(storyFiles(new Map(files as [string, string][]))));
		expect(Object.keys(story.places).toSorted()).toEqual(['constructor', 'south']);
		expect(story.places['constructor']?.id).toBe('constructor');
	});

	it('no key of YAML or JSON reaches the prototype of objects', () => {
		edited('story.yaml', 'story: minimal', '__proto__: { polluted: true }\nstory: minimal');
		edited('places/north.geojson', '"features"', '"__proto__": { "polluted": true }, "features"');
		expect('polluted' in {}).toBe(false);
	});

	it('aliases that would grow without end are refused', () => {
		const lines = [
			'a: &a [x, x]',
			'b: &b [*a, *a]',
			'c: &c [*b, *b]',
			'd: [*c, *c]',
			'story: minimal'
		];
		const parsed = edited('story.yaml', 'story: minimal', lines.join('\n'));
		expect(messages(parsed)).toContain('story.yaml:2: found a YAML alias');
	});
});

describe('formatIssue', () => {
	const issue: Issue = {
		severity: 'error',
		file: 'story.yaml',
		line: 7,
		found: 'this',
		expected: 'that',
		mend: 'change it'
	};

	it('gives file, line, found, expected and what to do', () => {
		expect(formatIssue(issue)).toBe('story.yaml:7: found this, expected that; change it');
	});

	it('marks a warning and ends with the path', () => {
		expect(formatIssue({ ...issue, severity: 'warning', path: 'scenes[0].id' })).toBe(
			'story.yaml:7: warning: found this, expected that; change it (at scenes[0].id)'
		);
	});
});

describe.each(publishedIds)('%s, which is published', (id) => {
	it('has no errors, and as many paragraphs in each language as scenes light', () => {
		const { text, scenes } = published(id);
		const planned = scenes.map(({ beats }) => beats.length);
		for (const language of LANGUAGES) {
			expect(text[language].scenes.map(({ paragraphs }) => paragraphs.length)).toEqual(planned);
		}
	});
});
