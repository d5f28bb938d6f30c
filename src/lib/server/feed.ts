/** The web feed of a language: every story in it, newest first. */
import { Feed } from 'feed';
import { siteWordsOf } from '../locale/site';
import type { Site } from '../sharing/site';
import type { Inline, Language, Story } from '../model/story';
import { escapeText } from './markup';
import { cardOf, paths, SITE_NAME } from './sharing';

/** The library takes whole addresses alone: this host, which can't exist (RFC 6761), stands in for an unknown one. */
const NOWHERE = 'https://masar.invalid/';

const plain = (inlines: readonly Inline[]) => inlines.map(({ text }) => text).join('');

/** The report as a reader of feeds shows it: headings and paragraphs. */
function contentOf(story: Story, language: Language): string {
	const { standfirst, scenes } = story.text[language];
	const parts = scenes.flatMap(({ heading, part, paragraphs }) => {
		if (paragraphs.length === 0) return [];
		return [
			...(part ? [`<h2>${escapeText(part)}</h2>`] : []),
			`<h3>${escapeText(heading)}</h3>`,
			...paragraphs.map((inlines) => `<p>${escapeText(plain(inlines))}</p>`)
		];
	});
	return [`<p>${escapeText(standfirst)}</p>`, ...parts].join('\n');
}

/**
 * RSS 2.0.
 *
 * @param cardBytes - size of the file of a story's card
 */
export function feedOf(
	stories: readonly Story[],
	language: Language,
	site: Site,
	cardBytes: (story: Story) => number
): string {
	const here = paths.feed(language);
	const whole: Site =
		site.root === null ? { root: NOWHERE, address: (path) => NOWHERE + path } : site;
	const newestFirst = stories.toSorted((a, b) => b.published.localeCompare(a.published));
	const [newest] = newestFirst;
	const feed = new Feed({
		title: SITE_NAME,
		description: siteWordsOf(language).about,
		language,
		link: whole.address('', here),
		generator: false,
		...(site.root !== null && { feed: site.address(here, here) }),
		// The same stories give the same bytes.
		...(newest && { updated: new Date(newest.published) })
	});
	for (const story of newestFirst) {
		const { title, standfirst } = story.text[language];
		feed.addItem({
			title,
			guid: paths.page(story.id, language),
			link: whole.address(paths.page(story.id, language), here),
			date: new Date(story.published),
			description: escapeText(standfirst),
			content: contentOf(story, language),
			image: {
				url: cardOf(story, language, whole, here).url,
				type: 'image/png',
				length: cardBytes(story)
			}
		});
	}
	return feed.rss2().replaceAll(NOWHERE, site.address('', here));
}
