import { forEdges } from '../../../scripts/policy.mjs';
import { site } from '$lib/server/site';

export const prerender = true;

/** What Netlify and Cloudflare Pages should send with each file. */
export const GET = () => new Response(forEdges(site.root && new URL(site.root).origin));
