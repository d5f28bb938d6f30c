/** Addresses of the site's files, for pages, feeds and other people's sites. */

export interface Site {
	/** The address the site is found under, with a slash at its end; null where nobody has said. */
	readonly root: string | null;
	/**
	 * Address of a file of the site: whole where the root is known, else relative to the file that names it.
	 *
	 * @param path - from the site's root, without a slash at its start
	 * @param from - the file or page that names it, written in the same way
	 */
	readonly address: (path: string, from: string) => string;
}

function readRoot(setting: string): string {
	const wrong = `PUBLIC_ORIGIN is “${setting}”; expected the address of the site, such as https://news.example or https://news.example/maps.`;
	if (!URL.canParse(setting)) throw new Error(wrong);
	const { protocol, origin, pathname, search, hash, username } = new URL(setting);
	const isWeb = protocol === 'https:' || protocol === 'http:';
	if (!isWeb || search || hash || username) throw new Error(wrong);
	return `${origin}${pathname.replace(/\/*$/, '/')}`;
}

/** How to get from one file to another of the same site, wherever the site is. */
function relative(path: string, from: string): string {
	const up = '../'.repeat(from.split('/').length - 1);
	return `${up}${path}` || './';
}

/**
 * @param setting - what PUBLIC_ORIGIN says: the site's address, a path included where it has one
 * @throws Error when that is not the address of a site
 */
export function siteOf(setting: string | undefined): Site {
	const root = setting ? readRoot(setting) : null;
	return {
		root,
		address: (path, from) => (root === null ? relative(path, from) : root + path)
	};
}
