/** The outlines and points of a story's places, fetched once: for the live map, and for what a click means. */
import type { FeatureCollection } from 'geojson';
import { readGeoJson, warn } from './geodata-reader';
import { targetsOf, type Target } from './pick';

export class Outlines {
	readonly #url: string;
	#asked: Promise<FeatureCollection> | null = null;
	#targets: readonly Target[] = [];

	/** @param url - address of the story's places.json */
	constructor(url: string) {
		this.#url = url;
	}

	/** What can be hit; nothing until they are loaded. */
	get targets(): readonly Target[] {
		return this.#targets;
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
		const { collection } = await readGeoJson(this.#url, { onFindings: warn });
		this.#targets = targetsOf(collection);
		return collection;
	}
}
