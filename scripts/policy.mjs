/**
 * What a host should send with the site: the policy on content of each part, and how long its files may be kept. The one
 * source of it: the tests' server sends it, `npm run policy` writes it into the files for nginx and Caddy, and the build
 * into the one for Netlify and Cloudflare Pages.
 */
import { writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

/** @typedef {Readonly<Record<string, string>>} Policy sources by directive */

/** @type {Policy} */
const OWN_FILES = {
	'default-src': "'none'",
	'script-src': "'self'",
	'style-src': "'self'",
	'img-src': "'self' data:",
	'font-src': "'self'",
	'connect-src': "'self'",
	'worker-src': "'self'",
	'base-uri': "'none'",
	'form-action': "'none'",
	'require-trusted-types-for': "'script'"
};

/**
 * The parts of the site that differ in their policy, by the path they lie below; what none names has the first.
 *
 * @type {readonly { path: string, policy: Policy }[]}
 */
export const PARTS = [
	{ path: '/', policy: { ...OWN_FILES, 'frame-ancestors': "'none'" } },
	{
		// In a frame with a sandbox, the map's worker can be started from its text alone, as a data: address.
		path: '/embed/',
		policy: { ...OWN_FILES, 'worker-src': "'self' data:", 'frame-ancestors': '*' }
	},
	{
		// Shows the code to embed a story at work: its frame is the site's own.
		path: '/preview/',
		policy: { ...OWN_FILES, 'frame-src': "'self'", 'frame-ancestors': "'none'" }
	}
];

/** Paths below which a file's name changes with its content. */
export const IMMUTABLE = ['/_app/immutable/', '/embed/parts/', '/embed/assets/'];

const FOREVER = 'public,max-age=31536000,immutable';

/** What is the same for every file. */
export const COMMON_HEADERS = {
	// Sandboxed frames and custom elements on other sites load the same modules, data and fonts.
	'Access-Control-Allow-Origin': '*',
	'Referrer-Policy': 'strict-origin-when-cross-origin',
	'X-Content-Type-Options': 'nosniff'
};

/**
 * Everything at the site's root that has the first part's policy: Netlify and Cloudflare Pages disagree about two rules
 * that name the same header for one path, so that no two may.
 */
const ROOT_PATHS = [
	'/',
	'/index.html',
	'/404',
	'/404.html',
	'/service-worker.js',
	'/first-paint.js',
	'/_app/*',
	'/ar/*',
	'/en/*',
	'/cards/*',
	'/data/*',
	'/oembed/*',
	'/pictures/*'
];

/**
 * @param {typeof PARTS[number]} part
 * @param {string | null} [origin] the site's own, where it is known. To WebKit (2.50) 'self' is nothing in a frame with a
 * sandbox, whose styles and scripts it would refuse
 * @returns {string} the policy as the header's value
 */
export function textOf({ path, policy }, origin = null) {
	const self = path === '/embed/' && origin !== null ? `'self' ${origin}` : "'self'";
	return Object.entries(policy)
		.map(([directive, sources]) => `${directive} ${sources.replace("'self'", self)}`)
		.join('; ');
}

/**
 * @param {string} path from the site's root, with a slash at its start
 * @param {string | null} [origin] the site's own, where it is known
 * @returns {Record<string, string>} every header that a host should send with the file
 */
export function headersOf(path, origin = null) {
	const [rest, ...parts] = PARTS;
	const part = parts.find((each) => path.startsWith(each.path)) ?? rest;
	const isImmutable = IMMUTABLE.some((each) => path.startsWith(each));
	return {
		...COMMON_HEADERS,
		'Cache-Control': isImmutable ? FOREVER : 'no-cache',
		...(part && { 'Content-Security-Policy': textOf(part, origin) })
	};
}

const NOTE = '# Written from scripts/policy.mjs: change it there. See docs/hosting.md.';

/**
 * @param {string | null} origin
 * @returns the first part and the others, each with its policy as text
 */
function textsFor(origin) {
	const [rest, ...others] = PARTS.map((part) => ({ path: part.path, text: textOf(part, origin) }));
	return { rest, others };
}

const pairs = Object.entries(COMMON_HEADERS);

/**
 * The rules for Netlify and Cloudflare Pages, which read them from the file `_headers` at the site's root.
 *
 * @param {string | null} origin the site's own, where it is known
 */
export function forEdges(origin) {
	const { rest, others } = textsFor(origin);
	const block = (/** @type {string} */ path, /** @type {readonly string[]} */ lines) =>
		[path, ...lines.map((line) => `  ${line}`)].join('\n');
	const policy = (/** @type {string | undefined} */ text) =>
		`Content-Security-Policy: ${text ?? ''}`;
	return [
		NOTE,
		block(
			'/*',
			pairs.map(([name, value]) => `${name}: ${value}`)
		),
		...ROOT_PATHS.map((path) => block(path, [policy(rest?.text)])),
		...others.map(({ path, text }) => block(`${path}*`, [policy(text)])),
		...IMMUTABLE.map((path) => block(`${path}*`, [`Cache-Control: ${FOREVER}`])),
		''
	].join('\n');
}

function forNginx() {
	// Of http a policy lets in https as well, which a proxy in front may speak.
	const { rest, others } = textsFor('http://$http_host');
	return `${NOTE}
# Stands in the http block: include /etc/nginx/masar.conf;

map $uri $masar_policy {
	default "${rest?.text ?? ''}";
${others.map(({ path, text }) => `	~^${path} "${text}";`).join('\n')}
}

map $uri $masar_cache {
	default "no-cache";
${IMMUTABLE.map((path) => `	~^${path} "${FOREVER}";`).join('\n')}
}

server {
	listen 80;
	server_name news.example;
	root /var/www/masar;
	index index.html;
	error_page 404 /404.html;
	charset utf-8;
	gzip_static on;
	gzip_vary on;
	# A proxy in front may have another port, or https.
	absolute_redirect off;

	add_header Content-Security-Policy $masar_policy always;
	add_header Cache-Control $masar_cache always;
${pairs.map(([name, value]) => `	add_header ${name} "${value}" always;`).join('\n')}

	location / {
		try_files $uri $uri/ =404;
	}
	location ~ \\.geojson$ {
		default_type application/geo+json;
	}
}
`;
}

function forCaddy() {
	const { rest, others } = textsFor('http://{http.request.hostport}');
	const all = (/** @type {readonly string[]} */ paths) => paths.map((path) => `${path}*`).join(' ');
	const header = (/** @type {string} */ matcher, /** @type {string} */ field) =>
		`	header ${matcher}${field}`;
	// Of two matchers none has to win: no file has more than one of a header.
	const policies = others.map(({ path, text }) =>
		header(`${path}* `, `Content-Security-Policy "${text}"`)
	);
	return [
		NOTE,
		'',
		'news.example {',
		'	root * /var/www/masar',
		...pairs.map(([name, value]) => header('', `${name} "${value}"`)),
		`	@rest not path ${all(others.map(({ path }) => path))}`,
		header('@rest ', `Content-Security-Policy "${rest?.text ?? ''}"`),
		...policies,
		`	@immutable path ${all(IMMUTABLE)}`,
		header('@immutable ', `Cache-Control "${FOREVER}"`),
		`	@changing not path ${all(IMMUTABLE)}`,
		header('@changing ', 'Cache-Control "no-cache"'),
		'	file_server {',
		'		precompressed br gzip',
		'	}',
		'	handle_errors {',
		'		# What is missing today may be there tomorrow.',
		'		header Cache-Control "no-cache"',
		'		rewrite * /404.html',
		'		file_server',
		'	}',
		'}',
		''
	].join('\n');
}

/**
 * The shipped files, by their paths in the project.
 *
 * @returns {Record<string, string>}
 */
export function shippedFiles() {
	return {
		'deploy/nginx.conf': forNginx(),
		'deploy/Caddyfile': forCaddy()
	};
}

const here = fileURLToPath(import.meta.url);
if (process.argv[1] && resolve(process.argv[1]) === here) {
	for (const [path, content] of Object.entries(shippedFiles())) {
		writeFileSync(join(here, '../..', path), content);
	}
}
