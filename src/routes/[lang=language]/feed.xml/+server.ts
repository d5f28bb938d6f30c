import { cardPng } from '$lib/server/card';
import { feedOf } from '$lib/server/feed';
import { site } from '$lib/server/site';
import { storyIds, storyOf } from '$lib/server/library';
import { LANGUAGES } from '$lib/model/story';
import type { EntryGenerator, RequestHandler } from './$types';

export const prerender = true;

export const entries: EntryGenerator = () => LANGUAGES.map((lang) => ({ lang }));

export const GET: RequestHandler = ({ params: { lang } }) => {
	const stories = storyIds.map(storyOf);
	const feed = feedOf(stories, lang, site, (story) => cardPng(story, lang).length);
	return new Response(feed, { headers: { 'content-type': 'application/rss+xml' } });
};
