declare global {
	namespace App {
		interface PageState {
			/** How many entries of the history have been pushed one upon the other, up to this one. */
			pushed?: number;
		}
	}
	interface HTMLElement {
		/** On `[data-map]` once the map is live: what it shows, for those who embed or test it. */
		masar?: import('$lib/live-map').LiveView;
	}
}

export {};
