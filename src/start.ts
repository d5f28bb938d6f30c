/** Takes over the article of the page, with what it was made of at build time. */
import { hydrate, type ComponentProps } from 'svelte';
import Article from '$lib/components/Article.svelte';

const target = document.querySelector('[data-page]');
const json = document.querySelector('[data-page-props]')?.textContent;
if (target && json) {
	// The build wrote the article's own props.
	const props = JSON.parse(json) as ComponentProps<typeof Article>;
	hydrate(Article, { target, props });
}
