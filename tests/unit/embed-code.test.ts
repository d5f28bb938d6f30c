/** The HTML that an editor pastes into a page of their own. */
import { expect, test } from 'vitest';
import { embedCode, type EmbedOptions } from '../../src/lib/sharing/embed-code';

const TITLE = `A "quoted" <b>title</b> & more`;
const options: EmbedOptions = {
	site: 'https://news.example',
	story: 'relay',
	language: 'en',
	title: TITLE,
	mode: 'story',
	consent: false,
	width: '100%',
	height: 600
};

test.for(['story', 'boxed', 'frame'] as const)(
	'a title stays within its attribute, and its text a text: %s',
	(mode) => {
		const code = embedCode({ ...options, mode });
		const escaped = 'A &quot;quoted&quot; &lt;b&gt;title&lt;/b&gt; &amp; more';
		expect(code.split(escaped).length - 1).toBe(mode === 'frame' ? 1 : 2);
		expect(code.replaceAll(escaped, '')).not.toMatch(/quoted|<b>|title<|& /);
	}
);
