/** The outlines and points of a story's places, fetched once: for the live map, and for what a click means. */
import type { FeatureCollection } from 'geojson';
import type { Pointed, Target } from '../globe/hit-test';

export class Outlines {
	readonly #url: string;
	#asked: Promise<FeatureCollection> | null = null;
	#picking: {
		readonly pick: typeof import('../globe/hit-test');
		readonly targets: Target[];
	} | null = null;

	/** @param url - address of the story's places.json */
	constructor(url: string) {
		this.#url = url;
	}

	/** The places that a pointer means, smallest first; none until they are loaded. */
	placesAt(pointed: Pointed): readonly string[] {
		return this.#picking?.pick.placesAt(pointed, this.#picking.targets) ?? [];
	}

	/**
	 * The places as GeoJSON. After a failure the next call asks again.
	 *
	 * @throws Error when they cannot be fetched, or are no GeoJSON
	 */
	load(): Promise<FeatureCollection> {
		this.#asked ??= this.#fetch().catch((cause: unknown) => {
			this.#asked = null;
			throw cause;
		});
		return this.#asked;
	}

	async #fetch(): Promise<FeatureCollection> {
		// Neither is needed to read.
		const [{ readGeoJson, warn }, pick] = await Promise.all([
			import('../geojson/worker/reader'),
			import('../globe/hit-test')
		]);
		const { collection } = await readGeoJson(this.#url, { onFindings: warn });
		this.#picking = { pick, targets: pick.targetsOf(collection) };
		return collection;
	}
}
