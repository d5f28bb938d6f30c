/** Two engines that look for barriers on a page, by all of their rules, and what is known of their doubts. */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { AxeResults, ElementContext, RunOptions } from 'axe-core';
import type { Page } from '@playwright/test';

const require = createRequire(import.meta.url);
const axe = readFileSync(require.resolve('axe-core'), 'utf8');
const ace = readFileSync(require.resolve('accessibility-checker-engine/ace.js'), 'utf8');

/** Something an engine found, or could not decide. */
export interface Barrier {
	readonly rule: string;
	readonly isCertain: boolean;
	/** Where, and in what. */
	readonly at: string;
	readonly message: string;
}

/**
 * Doubts of the engines that were looked into: a rule, and what it may be in doubt about. Contrast that an engine cannot
 * see, on the map and where things overlap, is measured in pixels by contrast.spec.ts.
 */
const EXPLAINED: readonly { readonly rule: RegExp; readonly at: RegExp; readonly why: string }[] = [
	{
		rule: /^color-contrast(?:-enhanced)?$/,
		at: /./,
		why: 'an engine sees neither pictures nor what lies above what; contrast.spec.ts measures pixels'
	},
	{
		rule: /^hidden-content$/,
		at: /./,
		why: 'what other screens, paper or an open menu show is looked at there'
	},
	{
		rule: /^(?:element_tabbable_(?:unobscured|visible)|style_focus_visible)$/,
		at: /./,
		why: 'reach.spec.ts brings the focus there and looks'
	},
	{
		rule: /^style_(?:highcontrast_visible|color_misuse)$/,
		at: /stylesheet|<style|data-spot=/,
		why: 'asked of every style sheet; reach.spec.ts reads the page in forced colours'
	},
	{
		rule: /^figure_label_exists$/,
		at: /class="(?:picture pane|place-map)"/,
		why: 'the words of the scene say what its picture shows; a small map has a text alternative'
	},
	{ rule: /^list_structure_proper$/, at: /<dl class="sources"/, why: 'a dl may group in div' },
	{
		rule: /^input_label_visible$/,
		at: /<button/,
		why: 'a drawn sign is the label that is seen: a cross, a handle, an arrow'
	},
	{
		rule: /^widget_tabbable_exists$/,
		at: /data-spot=|data-place=/,
		why: 'arrows lead from the one place on the map that Tab reaches to the others'
	},
	{
		rule: /^canvas_content_described$/,
		at: /<canvas/,
		why: 'its label says how to steer it; the places on it are buttons, and the panel beside it lists them'
	},
	{
		rule: /^css-orientation-lock$/,
		at: /<html/,
		why: 'axe does not read the sheets of a shadow root; no sheet here asks for an orientation'
	},
	{
		rule: /^html_skipnav_exists$/,
		at: /<html/,
		why: 'one screen with buttons repeats nothing; of the whole page reach.spec.ts tries the links past the map'
	},
	{
		rule: /^text_sensory_misuse$/,
		at: /./,
		why: '“left” is the verb wherever the story has it'
	},
	{
		rule: /^target-size$/,
		at: /summary/,
		why: 'its pseudo-element makes it 44 px high, which reach.spec.ts measures'
	},
	{ rule: /^a_target_warning$/, at: /box-full/, why: 'its name says that a window opens' }
];

/** What is certain, and what is in doubt without an explanation, a line each. */
export function unexplained(barriers: readonly Barrier[]): readonly string[] {
	const lines = barriers
		.filter(
			({ rule, at, isCertain }) =>
				isCertain || !EXPLAINED.some((known) => known.rule.test(rule) && known.at.test(at))
		)
		.map(({ rule, at, isCertain, message }) =>
			`${isCertain ? '' : 'in doubt: '}${rule}: ${at} (${message})`.replace(/\s+/g, ' ')
		);
	return [...new Set(lines)];
}

/** All rules of axe, best practices and those that are off by default included, on the page or a part of it. */
export async function axeBarriers(
	page: Page,
	within: readonly string[] = []
): Promise<readonly Barrier[]> {
	if (!(await page.evaluate(() => 'axe' in window))) await page.evaluate(axe);
	return page.evaluate(async (within) => {
		// The script above has put it there.
		const { axe } = window as unknown as {
			axe: {
				getRules: () => { ruleId: string; tags: string[] }[];
				run: (context: ElementContext, options: RunOptions) => Promise<AxeResults>;
			};
		};
		const rules = axe.getRules().filter(({ tags }) => !tags.includes('deprecated'));
		const options: RunOptions = {
			resultTypes: ['violations', 'incomplete'],
			rules: Object.fromEntries(rules.map(({ ruleId }) => [ruleId, { enabled: true }]))
		};
		const context = within.length > 0 ? { include: within.map((each) => [each]) } : document;
		const { violations, incomplete } = await axe.run(context, options);
		const all = [
			...violations.map((result) => ({ result, isCertain: true })),
			...incomplete.map((result) => ({ result, isCertain: false }))
		];
		return all.flatMap(({ result, isCertain }) =>
			result.nodes.map(({ html, target, any, all, none }) => ({
				rule: result.id,
				isCertain,
				at: `${target.join(' ')} ${html.slice(0, 140)}`,
				message: [...any, ...all, ...none].map(({ message }) => message).join('; ')
			}))
		);
	}, within);
}

/** IBM's rules for WCAG 2.2 and its own, on the whole page. */
export async function aceBarriers(page: Page): Promise<readonly Barrier[]> {
	if (!(await page.evaluate(() => 'ace' in window)))
		await page.evaluate(`${ace}\nwindow.ace = ace;`);
	return page.evaluate(async () => {
		interface Report {
			results: {
				ruleId: string;
				value: readonly [string, string];
				message: string;
				snippet: string;
				path: { dom: string };
			}[];
		}
		// The script above has put it there.
		const { ace } = window as unknown as {
			ace: { Checker: new () => { check: (root: Document, rules: string[]) => Promise<Report> } };
		};
		const report = await new ace.Checker().check(document, ['WCAG_2_2', 'IBM_Accessibility']);
		return report.results
			.filter(({ value }) => value[1] !== 'PASS')
			.map(({ ruleId, value, message, snippet, path }) => ({
				rule: ruleId,
				isCertain: value[0] === 'VIOLATION' && value[1] === 'FAIL',
				at: `${path.dom} ${snippet.slice(0, 140)}`,
				message
			}));
	});
}
