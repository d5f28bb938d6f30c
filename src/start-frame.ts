/** Takes over the story in a frame, with what it was made of at build time. */
import { hydrate } from 'svelte';
import Frame from '$lib/components/Frame.svelte';
import { whenObserving } from '$lib/observing';
import { trustOwnScripts } from '$lib/own-scripts';
import { readPageProps } from '$lib/page-props';

const page = readPageProps();
if (page) {
	const { target, story, base } = page;
	trustOwnScripts(new URL(`${base}/`, location.href).href);
	whenObserving(() => hydrate(Frame, { target, props: { story, base } }));
}
