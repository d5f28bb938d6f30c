/** What a page of the site was made of at build time, for the script that takes it over. */
import type { PageStory } from './page-story';

export interface PageProps {
	/** Holds what was made. */
	readonly target: Element;
	readonly story: PageStory;
	/** Address that the site's files lie below, relative to the page's. */
	readonly base: string;
}

/** @returns null on a page that is not to be taken over */
export function readPageProps(): PageProps | null {
	const target = document.querySelector('[data-page]');
	const json = document.querySelector('[data-page-props]')?.textContent;
	if (!target || !json) return null;
	// The build wrote the page's own props.
	const props = JSON.parse(json) as Pick<PageProps, 'story' | 'base'>;
	return { target, ...props };
}
