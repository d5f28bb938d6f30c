/** What the engines open: the site of the fixture stories, and other people's pages on an origin of their own. */
import { createServer, request as ask, type RequestListener } from 'node:http';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { ROOT } from '../../scripts/setup.mjs';
import { serve } from '../../scripts/serve.mjs';

/** Where `scripts/build-fixtures.ts` has built the site. */
const BUILD = join(ROOT, '.cache/fixtures/build');

export interface Site {
	/** Without a slash at its end. */
	readonly address: string;
	/** Leaves requests for such paths without an answer, until it is called with null. */
	readonly hold: (paths: RegExp | null) => void;
	/** Puts a page on another origin than the site's, and gives its address. */
	readonly put: (name: string, html: string) => string;
	readonly close: () => Promise<void>;
}

async function listen(listener: RequestListener) {
	const server = createServer(listener);
	// Both addresses that browsers may take the name for.
	server.listen(0, 'localhost');
	await once(server, 'listening');
	// A server that listens on a port has an address with one.
	const { port } = server.address() as AddressInfo;
	return {
		address: `http://localhost:${port}`,
		async close() {
			server.closeAllConnections();
			server.close();
			await once(server, 'close');
		}
	};
}

/** Serves both until `close` is called. */
export async function openSite(): Promise<Site> {
	const inner = await serve({ dir: BUILD });
	let held: RegExp | null = null;
	const site = await listen((request, response) => {
		const path = request.url ?? '/';
		if (held?.test(path)) return;
		const { method = 'GET', headers } = request;
		ask(new URL(path, inner.address), { method, headers }, (answer) => {
			response.writeHead(answer.statusCode ?? 500, answer.headers);
			answer.pipe(response);
		})
			.on('error', () => response.destroy())
			.end();
	});
	const pages = new Map<string, string>();
	const host = await listen((request, response) => {
		const page = pages.get(request.url ?? '/');
		response.setHeader('Content-Type', 'text/html;charset=utf-8');
		response.writeHead(page === undefined ? 404 : 200).end(page);
	});
	return {
		address: site.address,
		hold(paths) {
			held = paths;
		},
		put(name, html) {
			pages.set(`/${name}`, html);
			return `${host.address}/${name}`;
		},
		async close() {
			await Promise.all([site.close(), host.close(), inner.close()]);
		}
	};
}
