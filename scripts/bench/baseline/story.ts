/** What the baseline page is told: the chapters of its configuration, as the common templates have them. */
export interface Chapter {
	readonly id: string;
	readonly heading: string;
	readonly paragraphs: readonly string[];
	readonly center: [number, number];
	/** On a plate of 512 px, which is what such an author finds by hand on a screen of that size. */
	readonly zoom: number;
	readonly bearing: number;
	readonly pitch: number;
	/** Ids of the places and contacts that are shown. */
	readonly places: readonly string[];
	readonly contacts: readonly string[];
	readonly countries: readonly string[];
}

export interface BaselineStory {
	readonly language: 'ar' | 'en';
	readonly title: string;
	readonly standfirst: string;
	readonly chapters: readonly Chapter[];
	readonly contacts: readonly {
		readonly id: string;
		readonly kind: string;
		readonly lines: [number, number][][];
	}[];
}
