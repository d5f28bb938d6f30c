declare module 'virtual:story' {
	const story: import('./story').BaselineStory;
	export default story;
}
