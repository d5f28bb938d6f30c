declare module 'virtual:page-script' {
	/** Path, from the site's root, of the script that takes over a story's page. */
	const path: string;
	export default path;
}

declare module 'virtual:frame-script' {
	/** Path, from the site's root, of the script that takes over a story in a frame. */
	const path: string;
	export default path;
}
