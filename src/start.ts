/** Takes over the article of the page, with what it was made of at build time. */
import { hydrate } from 'svelte';
import Article from '$lib/components/Article.svelte';
import { trustOwnScripts } from '$lib/own-scripts';
import { readPageProps } from '$lib/page-props';
import { pageVenue } from '$lib/page-venue';

const page = readPageProps();
if (page) {
	const { target, story, base } = page;
	trustOwnScripts(new URL(`${base}/`, location.href).href);
	hydrate(Article, { target, props: { story, venue: pageVenue(base) } });
}
