/** A story as schema.org describes news, for search engines. */
import type { NewsArticle, Organization, WithContext } from 'schema-dts';
import type { Site } from '../sharing/site';
import type { Language, Story } from '../model/story';
import { cardOf, paths, SITE_NAME } from './sharing';

/** Places that are named: it stands before the words, and what there is to find of a story is told by its first places. */
const MOST_PLACES = 100;

export function newsArticle(
	story: Story,
	language: Language,
	site: Site
): WithContext<NewsArticle> {
	const here = paths.page(story.id, language);
	const address = site.address(here, here);
	const { title, standfirst } = story.text[language];
	const card = cardOf(story, language, site, here);
	const masar: Organization = {
		'@type': 'Organization',
		name: SITE_NAME,
		...(site.root !== null && { url: site.root })
	};
	return {
		'@context': 'https://schema.org',
		'@type': 'NewsArticle',
		headline: title,
		description: standfirst,
		inLanguage: language,
		datePublished: story.published,
		isAccessibleForFree: true,
		url: address,
		mainEntityOfPage: address,
		image: {
			'@type': 'ImageObject',
			url: card.url,
			width: { '@type': 'QuantitativeValue', value: card.width, unitText: 'px' },
			height: { '@type': 'QuantitativeValue', value: card.height, unitText: 'px' },
			caption: card.alt
		},
		author: masar,
		publisher: masar,
		contentLocation: Object.values(story.places)
			.slice(0, MOST_PLACES)
			.map(({ name, point: [longitude, latitude] }) => ({
				'@type': 'Place',
				name: name[language],
				geo: { '@type': 'GeoCoordinates', latitude, longitude }
			}))
	};
}
