declare module 'jsonld' {
	interface Options {
		readonly documentLoader: (
			url: string
		) => Promise<{ readonly document: unknown; readonly documentUrl: string }>;
	}
	const jsonld: {
		/** Takes a document's context away: every name becomes an address, every value an object. */
		readonly expand: (document: object, options: Options) => Promise<Record<string, unknown>[]>;
	};
	export default jsonld;
}
