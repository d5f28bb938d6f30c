import { error } from '@sveltejs/kit';
import { allDossierFiles, allPages } from '$lib/server/entries';
import { storyOf } from '$lib/server/library';
import { escapeText } from '$lib/server/markup';
import { paths, sharingOf } from '$lib/server/sharing';
import { site } from '$lib/server/site';

/** A site map has whole addresses, which only a site with a root has. */
export const prerender = site.root !== null;

export const GET = () => {
	if (site.root === null) error(404, 'There is no site map: PUBLIC_ORIGIN is not set.');
	const pages = allPages().map(({ lang, story }) => {
		const { published } = storyOf(story);
		const { canonical, alternates } = sharingOf(storyOf(story), lang, site);
		const links = alternates.map(
			({ language, href }) =>
				`<xhtml:link rel="alternate" hreflang="${language}" href="${escapeText(href)}"/>`
		);
		return `<url><loc>${escapeText(canonical)}</loc><lastmod>${published}</lastmod>${links.join('')}</url>`;
	});
	// In another language other places stand on the page of the same number: none is another's translation.
	const places = allDossierFiles().map(({ lang, story, file }) => {
		const address = site.address(paths.places(story, lang, file), '');
		return `<url><loc>${escapeText(address)}</loc><lastmod>${storyOf(story).published}</lastmod></url>`;
	});
	return new Response(
		`<?xml version="1.0" encoding="utf-8"?>\n<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:xhtml="http://www.w3.org/1999/xhtml">\n${[...pages, ...places].join('\n')}\n</urlset>\n`,
		{ headers: { 'content-type': 'application/xml' } }
	);
};
