/** Has the browser keep the story for a visit without a network: the page's side of static/service-worker.js. */
import { lineNow, sparesLine } from './loading';

/** Ms for which the live map is waited for; without it, the story's pictures are kept. */
const PATIENCE = 20_000;
const LIVE = 'masar:live-map';

/** What the worker is told: the addresses of files, and whether to add the scripts that a whole read fetches. */
interface Wanted {
	readonly files: readonly string[];
	readonly all: boolean;
}

/** Addresses of the map's data that the scenes need, told with the mark that the live map is there. */
const basemapNow = (): readonly string[] | undefined => {
	const [mark] = performance.getEntriesByName(LIVE);
	return mark instanceof PerformanceMark ? (mark.detail as readonly string[]) : undefined;
};

/** Waits until the live map is there, whose files come first; undefined where it does not come. */
async function liveMap(): Promise<readonly string[] | undefined> {
	const { search } = location;
	if (/[?&]map=static\b/.test(search) || document.querySelector('.notice')) return undefined;
	if (basemapNow()) return basemapNow();
	await new Promise<void>((resolve) => {
		const observer = new PerformanceObserver(() => {
			if (basemapNow()) end();
		});
		const patience = setTimeout(end, PATIENCE);
		function end() {
			observer.disconnect();
			clearTimeout(patience);
			resolve();
		}
		observer.observe({ type: 'mark' });
	});
	return basemapNow();
}

/** Absolute address that the site's files lie below: this is one of _app/immutable/chunks/. */
const root = new URL(/* @vite-ignore */ '../../../', import.meta.url).href;

/**
 * Registers the worker for the page, and tells it what to keep: what has come already, and where no line is to be spared,
 * what a whole read would fetch.
 *
 * @param places - address of what a live map fetches in a worker of its own, of which the page does not hear
 * @param globes - addresses of the scenes' small globes
 */
export async function keepStory(places: string, globes: readonly string[]): Promise<void> {
	if (!('serviceWorker' in navigator)) return;
	const basemap = await liveMap();
	try {
		await navigator.serviceWorker.register(`${root}service-worker.js`);
		const { active } = await navigator.serviceWorker.ready;
		const come = performance.getEntriesByType('resource').map(({ name }) => name);
		const spares = sparesLine(lineNow());
		const unheard = basemap ? [places, ...basemap] : [];
		const pictures = basemap
			? globes
			: Array.from(document.querySelectorAll<HTMLImageElement>('.picture img'), ({ src }) => src);
		const files = [...come, ...unheard, ...(spares ? [] : pictures)]
			.map((address) => new URL(address, location.href).href.replace(/#.*/, ''))
			.filter((address) => address.startsWith(root) && !address.endsWith('/service-worker.js'));
		const wanted: Wanted = { files, all: !!basemap && !spares };
		active?.postMessage(wanted);
	} catch (cause) {
		// A browser that keeps nothing reads on all the same.
		console.warn(cause);
	}
}
