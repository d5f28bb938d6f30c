import { isOfFirstScreen } from '$lib/cartography/fonts';
import { directionOf } from '$lib/locale';
import { scriptJson } from '$lib/server/markup';
import { newsArticle } from '$lib/server/news-article';
import { site } from '$lib/server/site';
import { storyIds, storyOf } from '$lib/server/library';
import { LANGUAGES, type Language } from '$lib/model/story';
import type { Handle } from '@sveltejs/kit';

/**
 * What search engines are told of a story. It stands in the page alone: put there by a component, it would be in what
 * the page hydrates from as well. It is data, which no policy on scripts applies to.
 */
function articleData(id: string | undefined, language: Language): string {
	if (id === undefined || !storyIds.includes(id)) return '';
	const article = scriptJson(newsArticle(storyOf(id), language, site));
	return `<script type="application/ld+json">${article}</script>`;
}

/**
 * The first paint waits for the style sheets, so they have the line to themselves: the typefaces are named at the end of
 * the body, for one that the head names holds up the first paint, and are asked for after the style sheets.
 */
const STYLE_SHEETS = /<link [^>]*rel="stylesheet"[^>]*>/g;
const TYPEFACES = /<link (?=[^>]*as="font")[^>]*>/g;

export const handle: Handle = ({ event, resolve }) => {
	const language = LANGUAGES.find((known) => known === event.params['lang']) ?? LANGUAGES[0];
	const isStory = event.route.id === '/[lang=language]/[story]';
	return resolve(event, {
		preload: ({ type, path }) =>
			type === 'font' ? isOfFirstScreen(language, path) : type === 'js' || type === 'css',
		transformPageChunk: ({ html }) => {
			const styles = html.match(STYLE_SHEETS) ?? [];
			const typefaces = html.match(TYPEFACES) ?? [];
			const page = html
				.replace(STYLE_SHEETS, '')
				.replace(TYPEFACES, '')
				.replace('%masar.styles%', styles.join('\n\t\t'))
				.replace(
					'%masar.typefaces%',
					typefaces.join('\n\t\t').replaceAll('<link ', '<link fetchpriority="low" ')
				)
				.replace('%masar.lang%', language)
				.replace('%masar.dir%', directionOf(language))
				// A function, for a text may hold what a replacement would expand.
				.replace('%masar.article%', () =>
					isStory ? articleData(event.params['story'], language) : ''
				);
			// It answers for addresses at any depth, from which no relative one would lead anywhere.
			return event.route.id === '/404' ? page.replaceAll('="./', '="/') : page;
		}
	});
};
