import { site } from '$lib/server/site';

export const prerender = true;

export const GET = () => {
	const map = site.root === null ? '' : `\nSitemap: ${site.root}sitemap.xml\n`;
	return new Response(`User-agent: *\nAllow: /\n${map}`);
};
