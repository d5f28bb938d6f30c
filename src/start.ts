/** Takes over the article of the page, with what it was made of at build time. */
import { createRawSnippet, hydrate, tick } from 'svelte';
import Article from '$lib/page/Article.svelte';
import { afterPage } from '$lib/reading/loading';
import { trustOwnScripts } from '$lib/reading/trusted-types';
import { readPageProps } from '$lib/reading/page-props';
import { pageVenue } from '$lib/reading/page-venue';
import { goBack } from '$lib/reading/scroll-memory';

const page = readPageProps();
if (page) {
	const { target, story, base } = page;
	trustOwnScripts(new URL(`${base}/`, location.href).href);
	// What follows the story is half of the page, and never changes: it stays as it is written. Svelte takes over the
	// element that is there; it would make this empty one only where there was none.
	const after = createRawSnippet(() => ({ render: () => '<div></div>' }));
	// From now on it counts where every scene stands; what the reader has scrolled to stays on the screen. A scene at
	// its very edge may not have been laid out yet, and grow.
	const seen =
		[...target.querySelectorAll('.scene, .after')].find(
			(part) => part.getBoundingClientRect().bottom > innerHeight / 2
		) ?? target;
	const { top } = seen.getBoundingClientRect();
	document.documentElement.removeAttribute('data-fresh');
	scrollBy(0, seen.getBoundingClientRect().top - top);
	goBack();
	// What the reader has asked for already (static/first-paint.js): a choice only where no other came after it.
	const asked = target.querySelectorAll<HTMLElement>('button[data-asked], [data-asked]:checked');
	hydrate(Article, { target, props: { story, venue: pageVenue(base), after } });
	void tick().then(() => {
		for (const each of asked) each.click();
	});
	afterPage(() => {
		import('$lib/reading/next-visit').then(({ keepForNextVisit }) => {
			keepForNextVisit(story, base);
		}, console.warn);
	});
}
