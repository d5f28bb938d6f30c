/**
 * Lets the page start its own scripts where its policy asks for trusted types (`require-trusted-types-for 'script'`).
 * MapLibre, like any library, starts its worker from a plain address.
 */

/** What is used of a browser's trusted types, which TypeScript does not know. */
interface TrustedTypes {
	readonly createPolicy: (
		name: string,
		rules: { readonly createScriptURL: (url: string) => string | null }
	) => unknown;
}

/**
 * From now on scripts may come from files of the site, and nothing else may become a script or markup. Call it once, before
 * anything starts a worker, and not on somebody else's page.
 *
 * @param folder - absolute address that all of the site's scripts lie below
 */
export function trustOwnScripts(folder: string): void {
	const { trustedTypes } = globalThis as { readonly trustedTypes?: TrustedTypes };
	// In a frame with a sandbox MapLibre fetches its worker's text, and starts that.
	const hasOrigin = self.origin !== 'null';
	trustedTypes?.createPolicy('default', {
		createScriptURL(url) {
			const { href } = new URL(url, location.href);
			if (href.startsWith(folder)) return url;
			return !hasOrigin && href.startsWith('data:text/javascript;') ? url : null;
		}
	});
}
