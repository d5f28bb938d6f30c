import { HtmlValidate, StaticConfigLoader } from 'html-validate';
import { describe, expect, test } from 'vitest';
import { published } from '../fixtures/stories';
import { LANGUAGES, read, readPage, siteFiles, STORIES } from './files';

const pages = siteFiles().filter((path) => path.endsWith('.html'));
const styles = siteFiles().filter((path) => path.endsWith('.css'));

const checker = new HtmlValidate(
	new StaticConfigLoader({
		root: true,
		extends: ['html-validate:standard', 'html-validate:a11y'],
		// A list may be named; there are several of places on a page.
		rules: { 'aria-label-misuse': ['error', { allowAnyNamable: true }] }
	})
);

test('the HTML checker has nothing to say of any page', async () => {
	expect(pages.length).toBeGreaterThanOrEqual(6);
	for (const path of pages) {
		const { results } = await checker.validateString(read(path));
		const said = results.flatMap(({ messages }) =>
			messages.map(({ ruleId, message, line, column }) => `${ruleId}: ${message} ${line}:${column}`)
		);
		expect(said, path).toEqual([]);
	}
});

/** Words of a page, or of an attribute that is read out, with what they are said to be. */
interface Said {
	readonly text: string;
	/** The nearest language and direction around them. */
	readonly lang: string;
	readonly dir: string;
	/** Names of the elements around them, from the root. */
	readonly within: readonly string[];
}

const VOID = /^(?:area|base|br|col|embed|hr|img|input|link|meta|source|track|wbr)$/;
const READ_OUT = /\s(?:aria-label|alt|title|placeholder)="([^"]+)"/g;

/** Everything that a page says. The checker above holds its markup to be well made. */
function everythingSaid(html: string): readonly Said[] {
	const said: Said[] = [];
	const around = [{ name: '', lang: '', dir: '' }];
	const plain = html.replace(/<(script|style)\b[^]*?<\/\1>|<!--[^]*?-->/g, '');
	for (const [, tag, text] of plain.matchAll(/(<[^>]*>)|([^<]+)/g)) {
		const { lang, dir } = around.at(-1) ?? { lang: '', dir: '' };
		const within = around.map(({ name }) => name);
		if (text !== undefined) {
			if (text.trim() !== '') said.push({ text: text.trim(), lang, dir, within });
			continue;
		}
		if (tag === undefined) continue;
		const name = /^<\/?([\w-]+)/.exec(tag)?.[1] ?? '';
		if (name === '') continue;
		if (tag.startsWith('</')) {
			around.pop();
			continue;
		}
		const own = {
			name,
			lang: /\slang="([^"]*)"/.exec(tag)?.[1] ?? lang,
			// SVG names the direction of its words in an attribute of its own.
			dir: /\s(?:dir|direction)="([^"]*)"/.exec(tag)?.[1] ?? dir
		};
		for (const [, words = ''] of tag.matchAll(READ_OUT)) {
			said.push({ text: words, lang: own.lang, dir: own.dir, within });
		}
		if (!VOID.test(name) && !tag.endsWith('/>')) around.push(own);
	}
	return said;
}

const ARABIC = /\p{sc=Arabic}/u;
const LATIN = /\p{sc=Latin}/u;
const told = pages.flatMap((path) => everythingSaid(read(path)).map((said) => ({ path, ...said })));

describe('what the pages say', () => {
	test('is said to be in its language and to run its way, wherever it stands', () => {
		expect(told.filter(({ lang }) => lang === 'ar').length).toBeGreaterThan(300);
		expect(told.filter(({ lang }) => lang === 'en').length).toBeGreaterThan(300);
		const wrong = told.filter(({ text, lang, dir, within }) => {
			if (within.includes('head')) return false;
			const isArabic = ARABIC.test(text);
			const isLatin = LATIN.test(text);
			if (isArabic && isLatin) return true;
			if (isArabic) return lang !== 'ar' || dir !== 'rtl';
			return isLatin && (lang !== 'en' || dir !== 'ltr');
		});
		expect([...new Set(wrong.map(({ path, text, lang }) => `${path} (${lang}): ${text}`))]).toEqual(
			[]
		);
	});

	test('has Western digits, and the marks of its own language between its words', () => {
		const wrong = told.filter(
			({ text, lang }) =>
				/[\u0660-\u0669\u06F0-\u06F9]/.test(text) ||
				(lang === 'ar' && /[,;?"'“”](?!\d)/.test(text)) ||
				(lang === 'en' && /[،؛؟«»"']/.test(text))
		);
		expect(wrong.map(({ path, text }) => `${path}: ${text}`)).toEqual([]);
	});

	test('is joined in lists as the language joins them', () => {
		const arabic = told.filter(({ lang }) => lang === 'ar').map(({ text }) => text);
		// A comma before the last of several is English; “and” stands in one with the word after it.
		expect(arabic.filter((text) => /،\s*و\s/.test(text))).toEqual([]);
	});
});

test('no style spaces letters out or changes their case, but for English', () => {
	expect(styles.length).toBeGreaterThan(0);
	for (const path of styles) {
		for (const [, selectors = '', rule = ''] of read(path).matchAll(/([^{}]+)\{([^{}]*)\}/g)) {
			expect(rule, `${path}: ${selectors}`).not.toMatch(/letter-spacing/);
			if (/text-transform/.test(rule)) expect(selectors, path).toMatch(/:lang\(["']?en["']?\)/);
		}
	}
});

describe.each(
	STORIES.flatMap((story) => LANGUAGES.map((language) => [`${language}/${story}`, story] as const))
)('%s', (path, story) => {
	const { html } = readPage(`${path}/index.html`);
	const scenes = html.split(/(?=<section class="scene)/).slice(1);

	test('each scene says what its map shows, in words of its own, and leads to its places and to the next', () => {
		expect(scenes.length).toBe(published(story).scenes.length);
		const alternatives = scenes.map(
			(scene) => /<p class="on-the-map[^>]*>([^<]*)<\/p>/.exec(scene)?.[1]?.trim() ?? ''
		);
		expect(new Set(alternatives).size).toBe(scenes.length);
		for (const words of alternatives) expect(words.length).toBeGreaterThanOrEqual(40);
		const ids = scenes.map((scene) => /\sid="([^"]+)"/.exec(scene)?.[1] ?? '');
		for (const [index, scene] of scenes.entries()) {
			const skips = [...scene.matchAll(/<a class="skip" href="([^"]+)"/g)].flatMap(([, href]) =>
				// The last scene is followed by the stage, which can be skipped too.
				href === '#places-heading' ? [] : [href]
			);
			const next = ids[index + 1];
			expect(skips).toEqual([`#places-of-${ids[index] ?? ''}`, ...(next ? [`#${next}`] : [])]);
			expect(scene).toContain(`id="places-of-${ids[index] ?? ''}"`);
			// The words come before the links past them, and those before the first paragraph.
			expect(scene.indexOf('on-the-map')).toBeLessThan(scene.indexOf('class="skip"'));
		}
	});
});
