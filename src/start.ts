/** Takes over the article of the page, with what it was made of at build time. */
import { hydrate } from 'svelte';
import Article from '$lib/components/Article.svelte';
import type { PageStory } from '$lib/page-story';
import { pageVenue } from '$lib/page-venue';

const target = document.querySelector('[data-page]');
const json = document.querySelector('[data-page-props]')?.textContent;
if (target && json) {
	// The build wrote the article's own props.
	const { story, base } = JSON.parse(json) as { story: PageStory; base: string };
	hydrate(Article, { target, props: { story, venue: pageVenue(base) } });
}
