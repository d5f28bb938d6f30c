/**
 * A static server for the built site, with the manners of a good host: compressed files, directories that end in a
 * slash, a 404 page, the headers of scripts/policy.mjs. Also `node scripts/serve.mjs [--dir] [--port] [--host] [--base]`.
 */
import { lookup } from 'node:dns/promises';
import { createReadStream, existsSync, statSync } from 'node:fs';
import { createServer } from 'node:http';
import { extname, join, resolve, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import sirv from 'sirv';
import { headersOf } from './policy.mjs';

/**
 * Media types that sirv does not know, or gives without the encoding. A classic script without one is read in the
 * encoding of the page that embeds it, and not every newspaper's page is UTF-8.
 *
 * @type {Readonly<Record<string, string>>}
 */
const MEDIA_TYPES = {
	'.css': 'text/css;charset=utf-8',
	'.geojson': 'application/geo+json',
	'.js': 'text/javascript;charset=utf-8',
	'.json': 'application/json;charset=utf-8',
	'.md': 'text/markdown;charset=utf-8',
	'.mjs': 'text/javascript;charset=utf-8',
	'.topojson': 'application/json;charset=utf-8',
	'.txt': 'text/plain;charset=utf-8',
	'.webmanifest': 'application/manifest+json',
	'.xml': 'text/xml;charset=utf-8'
};

/**
 * What was sent for a request.
 *
 * @typedef {object} Answer
 * @property {string} path as it was asked for, with its query
 * @property {number} status
 * @property {number} bytes of the body as it was sent, compressed
 */

/**
 * Serves a folder until `close` is called.
 *
 * @param {object} options
 * @param {string} options.dir the folder; its files are listed once, now
 * @param {number} [options.port] 0, the default, is any free port
 * @param {string} [options.host] a name or an address; all addresses of the name are served
 * @param {string} [options.base] the path the site is found under, such as `/news/maps/`
 * @param {boolean} [options.policy] false for pages that are none of the site's: without its policy on content
 * @param {(answer: Answer) => void} [options.onAnswered] is told of each answer
 * @returns {Promise<{ address: string, close: () => Promise<void> }>} the address ends in a slash
 * @throws {Error} `EADDRINUSE` when the port is taken; when there is nothing to serve
 */
export async function serve({
	dir,
	port = 0,
	host = 'localhost',
	base = '/',
	policy = true,
	onAnswered
}) {
	const root = resolve(dir);
	if (!statSync(root, { throwIfNoEntry: false })?.isDirectory()) {
		throw new Error(`There is no folder ${root}: run npm run build first`);
	}
	const prefix = `/${base}/`.replace(/\/{2,}/g, '/');
	const answer = requestHandler(root, prefix, policy);
	const servers = await listen(
		(request, response) => {
			if (onAnswered) response.once('finish', told(request.url ?? '/', response, onAnswered));
			answer(request, response);
		},
		host,
		port
	);
	return {
		address: `http://${nameOf(host)}:${portOf(servers)}${prefix}`,
		close: () => closeAll(servers)
	};
}

/**
 * @param {string} path
 * @param {import('node:http').ServerResponse} response
 * @param {(answer: Answer) => void} tell
 * @returns {() => void} what is to be done when it is answered
 */
function told(path, response, tell) {
	return () => {
		const { statusCode: status } = response;
		const bytes = status === 304 ? 0 : Number(response.getHeader('Content-Length') ?? 0);
		tell({ path, status, bytes });
	};
}

/**
 * @param {string} root
 * @param {string} prefix begins and ends with a slash
 * @param {boolean} policy whether the policy on content is sent
 * @returns {import('node:http').RequestListener}
 */
function requestHandler(root, prefix, policy) {
	const files = sirv(root, { brotli: true, gzip: true, etag: true, setHeaders });

	return (request, response) => {
		const [path = '/', query] = splitOnce(request.url ?? '/', '?');
		const search = query === undefined ? '' : `?${query}`;
		const inside = path.slice(prefix.length - 1);
		for (const [name, value] of Object.entries(headersOf(inside, originOf(request)))) {
			if (policy || name !== 'Content-Security-Policy') response.setHeader(name, value);
		}

		if (request.method !== 'GET' && request.method !== 'HEAD') {
			response.writeHead(405, { Allow: 'GET, HEAD' }).end();
			return;
		}
		if (`${path}/` === prefix) {
			redirect(response, prefix + search);
			return;
		}
		if (!path.startsWith(prefix)) {
			notFound(root, request, response);
			return;
		}
		if (isDirectoryWithoutSlash(root, inside)) {
			// One slash at the start: two would name another host.
			redirect(response, `${path.replace(/^\/+/, '/')}/${search}`);
			return;
		}
		request.url = inside + search;
		files(request, response, () => notFound(root, request, response));
	};
}

/**
 * @param {import('node:http').IncomingMessage} request
 * @returns {string | null} the origin that the page will have, where the request says it
 */
function originOf({ headers: { host = '' } }) {
	return /^[\w.:[\]-]+$/.test(host) ? `http://${host}` : null;
}

/**
 * @param {import('node:http').ServerResponse} response
 * @param {string} pathname
 */
function setHeaders(response, pathname) {
	const extension = extname(pathname);
	const type = MEDIA_TYPES[extension];
	if (type) response.setHeader('Content-Type', type);
	response.setHeader('Cache-Control', headersOf(pathname)['Cache-Control'] ?? '');
}

/**
 * @param {string} root
 * @param {string} pathname as it was asked for, still encoded
 * @returns {boolean} whether it names a page that lives in a directory, without the slash that makes its links work
 */
function isDirectoryWithoutSlash(root, pathname) {
	if (pathname.endsWith('/')) return false;
	let path;
	try {
		path = join(root, decodeURIComponent(pathname), 'index.html');
	} catch {
		return false;
	}
	// A NUL in a path is an error to the file system.
	if (path.includes('\0') || !path.startsWith(root + sep)) return false;
	// existsSync never throws, where statSync does for a file that is asked for as a folder.
	return existsSync(path);
}

/**
 * @param {import('node:http').ServerResponse} response
 * @param {string} location
 */
function redirect(response, location) {
	response.writeHead(308, { Location: location, 'Cache-Control': 'no-cache' }).end();
}

/**
 * @param {string} root
 * @param {import('node:http').IncomingMessage} request
 * @param {import('node:http').ServerResponse} response
 */
function notFound(root, request, response) {
	const page = join(root, '404.html');
	const size = statSync(page, { throwIfNoEntry: false })?.size;
	response.statusCode = 404;
	response.setHeader('Cache-Control', 'no-cache');
	if (size === undefined) {
		response.setHeader('Content-Type', 'text/plain;charset=utf-8');
		response.end('Not found\n');
		return;
	}
	response.setHeader('Content-Type', 'text/html;charset=utf-8');
	response.setHeader('Content-Length', size);
	if (request.method === 'HEAD') response.end();
	else createReadStream(page).pipe(response);
}

/**
 * Listens on every address of a host: `localhost` is two of them, and a browser may try either first.
 *
 * @param {import('node:http').RequestListener} handler
 * @param {string} host
 * @param {number} port
 * @returns {Promise<import('node:http').Server[]>} at least one
 */
async function listen(handler, host, port) {
	/** @type {import('node:http').Server[]} */
	const servers = [];
	/** @type {unknown} */
	let failure = new Error(`No address is known for ${host}`);
	for (const { address } of await lookup(host, { all: true })) {
		try {
			servers.push(await listenOn(handler, address, servers[0] ? portOf(servers) : port));
		} catch (error) {
			failure = error;
			// A machine can name an address it does not have, such as ::1 without IPv6. A taken port is a real failure.
			if (error instanceof Error && 'code' in error && error.code !== 'EADDRINUSE') continue;
			await closeAll(servers);
			throw error;
		}
	}
	if (servers.length === 0) throw failure;
	return servers;
}

/**
 * @param {import('node:http').RequestListener} handler
 * @param {string} address
 * @param {number} port
 * @returns {Promise<import('node:http').Server>}
 */
function listenOn(handler, address, port) {
	return new Promise((resolve, reject) => {
		const server = createServer(handler);
		server.once('error', reject);
		server.listen({ port, host: address }, () => {
			server.off('error', reject);
			resolve(server);
		});
	});
}

/** @param {readonly import('node:http').Server[]} servers */
async function closeAll(servers) {
	await Promise.all(
		servers.map(
			(server) =>
				new Promise((resolve) => {
					server.close(resolve);
					server.closeAllConnections();
				})
		)
	);
}

/**
 * @param {readonly import('node:http').Server[]} servers
 * @returns {number}
 */
function portOf([server]) {
	const address = server?.address();
	if (!address || typeof address === 'string') throw new Error('The server is not listening');
	return address.port;
}

/**
 * @param {string} host
 * @returns {string} what a browser on this machine can open
 */
function nameOf(host) {
	if (host === '0.0.0.0' || host === '::') return 'localhost';
	return host.includes(':') ? `[${host}]` : host;
}

/**
 * @param {string} text
 * @param {string} separator
 * @returns {[string, string?]}
 */
function splitOnce(text, separator) {
	const at = text.indexOf(separator);
	return at < 0 ? [text] : [text.slice(0, at), text.slice(at + separator.length)];
}

if (process.argv[1] && resolve(process.argv[1]) === fileURLToPath(import.meta.url)) {
	const { values } = parseArgs({
		options: {
			dir: { type: 'string', default: fileURLToPath(new URL('../build', import.meta.url)) },
			port: { type: 'string', default: process.env.PORT || '4173' },
			host: { type: 'string', default: process.env.HOST || 'localhost' },
			base: { type: 'string', default: '/' }
		}
	});
	try {
		const site = await serve({ ...values, port: Number(values.port) });
		console.log(`Serving ${values.dir} at ${site.address}`);
	} catch (error) {
		console.error(error instanceof Error ? error.message : error);
		process.exit(1);
	}
}
