declare global {
	interface HTMLElement {
		/** On `[data-map]` once the map is live: what it shows, for those who embed or test it. */
		masar?: import('$lib/live/live-map').LiveView;
	}
}

export {};
