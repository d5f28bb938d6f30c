declare module 'virtual:page-script' {
	/** Path, from the site's root, of the script that takes over a story's page. */
	const path: string;
	export default path;
}
