/** Takes over the story in a frame, with what it was made of at build time. */
import { hydrate } from 'svelte';
import Frame from '$lib/embedded/Frame.svelte';
import { trustOwnScripts } from '$lib/reading/trusted-types';
import { readPageProps } from '$lib/reading/page-props';

const page = readPageProps();
if (page) {
	const { target, story, base } = page;
	trustOwnScripts(new URL(`${base}/`, location.href).href);
	hydrate(Frame, { target, props: { story, base } });
}
