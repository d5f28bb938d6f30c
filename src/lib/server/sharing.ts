/** What other sites are told of a story: the head of its page, and oEmbed. */
import type { Card, Sharing } from '../sharing/metadata';
import type { Site } from '../sharing/site';
import { LANGUAGES, type Language, type Story } from '../model/story';
import { escapeText } from './markup';

/** In both scripts, whatever the language of the page. */
export const SITE_NAME = 'Masar · مسار';

/** Px of a card; what Open Graph's readers show whole. */
export const CARD_SIZE = { width: 1200, height: 630 } as const;

/** Paths from the site's root. */
export const paths = {
	page: (story: string, language: Language) => `${language}/${story}/`,
	places: (story: string, language: Language, page: string) =>
		`${language}/${story}/places/${page}/`,
	embed: (story: string, language: Language) => `embed/${language}/${story}/`,
	card: (story: string, language: Language) => `cards/${story}/${language}.png`,
	oembed: (story: string, language: Language) => `oembed/${language}/${story}.json`,
	feed: (language: Language) => `${language}/feed.xml`
} as const;

/** Facebook knows Arabic by one territory alone, ar_AR, which is no country. */
const LOCALES: Readonly<Record<Language, string>> = { ar: 'ar_AR', en: 'en_GB' };

/** @param from - the file that names the card, from the site's root */
export function cardOf(story: Story, language: Language, site: Site, from: string): Card {
	return {
		...CARD_SIZE,
		url: site.address(paths.card(story.id, language), from),
		alt: story.text[language].scenes[0]?.mapAlternative ?? ''
	};
}

export function sharingOf(story: Story, language: Language, site: Site): Sharing {
	const here = paths.page(story.id, language);
	const to = (path: string) => site.address(path, here);
	const page = (of: Language) => to(paths.page(story.id, of));
	return {
		siteName: SITE_NAME,
		canonical: page(language),
		address: site.root === null ? null : page(language),
		alternates: [
			...LANGUAGES.map((of) => ({ language: of, href: page(of) })),
			{ language: 'x-default', href: page(LANGUAGES[0]) }
		],
		locale: LOCALES[language],
		otherLocales: LANGUAGES.filter((of) => of !== language).map((of) => LOCALES[of]),
		card: cardOf(story, language, site, here),
		feed: to(paths.feed(language)),
		oembed: to(paths.oembed(story.id, language))
	};
}

/** Width and height of the embedded story, in px: one screen, which fits an article's column. */
const EMBED_SIZE = { width: 800, height: 640 } as const;

/** Seconds that a site may keep what oEmbed told it. */
const CACHE_AGE = 86_400;

/** A story as oEmbed 1.0 (oembed.com, 2.3.4) describes it. */
export function oembedOf(story: Story, language: Language, site: Site): Record<string, unknown> {
	const here = paths.oembed(story.id, language);
	const { title } = story.text[language];
	const card = cardOf(story, language, site, here);
	const source = escapeText(site.address(paths.embed(story.id, language), here));
	const { width, height } = EMBED_SIZE;
	return {
		version: '1.0',
		type: 'rich',
		title,
		html: `<iframe src="${source}" width="${width}" height="${height}" title="${escapeText(title)}" lang="${language}" loading="lazy" frameborder="0" allowfullscreen></iframe>`,
		width,
		height,
		thumbnail_url: card.url,
		thumbnail_width: card.width,
		thumbnail_height: card.height,
		author_name: SITE_NAME,
		provider_name: SITE_NAME,
		...(site.root !== null && { provider_url: site.root }),
		cache_age: CACHE_AGE
	};
}
