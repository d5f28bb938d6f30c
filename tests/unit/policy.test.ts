import { readFileSync } from 'node:fs';
import { CspEvaluator } from 'csp_evaluator';
import { Severity } from 'csp_evaluator/dist/finding.js';
import { CspParser } from 'csp_evaluator/dist/parser.js';
import { describe, expect, test } from 'vitest';
import { forEdges, headersOf, PARTS, shippedFiles, textOf } from '../../scripts/policy.mjs';

/** What docs/hosting.md promises for every page. */
const ASKED =
	"default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; connect-src 'self'; worker-src 'self'; base-uri 'none'; form-action 'none'; require-trusted-types-for 'script'";

const policyOf = (path: string) => headersOf(path)['Content-Security-Policy'];

describe('the policy on content', () => {
	test('of the pages lets them use their own files alone, and nobody frame them', () => {
		for (const path of ['/', '/ar/relay/', '/404.html', '/nowhere', '/_app/a.js']) {
			expect(policyOf(path)).toBe(`${ASKED}; frame-ancestors 'none'`);
		}
	});

	test('of the embedded story lets anybody frame it', () => {
		expect(policyOf('/embed/ar/relay/')).toContain('frame-ancestors *');
	});

	test('of the embedded story names its origin, where that is known, for WebKit in a sandbox', () => {
		const named = headersOf('/embed/ar/relay/', 'https://news.example')['Content-Security-Policy'];
		for (const directive of ['script-src', 'style-src', 'img-src', 'font-src', 'connect-src'])
			expect(named).toContain(`${directive} 'self' https://news.example`);
		expect(headersOf('/ar/relay/', 'https://news.example')).toEqual(headersOf('/ar/relay/'));
	});

	test.for(PARTS)('below $path has nothing that the evaluator finds high', (part) => {
		const { csp } = new CspParser(textOf(part, 'https://news.example'));
		const findings = new CspEvaluator(csp).evaluate();
		const high = [Severity.HIGH, Severity.HIGH_MAYBE, Severity.SYNTAX, Severity.MEDIUM];
		expect(findings.filter(({ severity }) => high.includes(severity))).toEqual([]);
	});

	test('is found high by the evaluator where it lets anything run', () => {
		const { csp } = new CspParser("script-src 'unsafe-inline' *");
		const findings = new CspEvaluator(csp).evaluate();
		expect(findings.some(({ severity }) => severity === Severity.HIGH)).toBe(true);
	});
});

describe('what is shipped for hosts', () => {
	test.for(Object.entries(shippedFiles()))(
		'%s is what npm run policy writes',
		([path, content]) => {
			expect(readFileSync(path, 'utf8')).toBe(content);
		}
	);

	test('Caddy is not told to keep for ever that a file is missing', () => {
		const [, errors = ''] = readFileSync('deploy/Caddyfile', 'utf8').split('handle_errors {');
		expect(errors).toMatch(/^\s*header Cache-Control "no-cache"$/m);
	});

	test('nginx tells caches that a file is sent compressed or not, and sends geodata as what it is', () => {
		const file = readFileSync('deploy/nginx.conf', 'utf8');
		expect(file).toMatch(/^\s*gzip_vary on;$/m);
		expect(file).toMatch(/location ~ \\\.geojson\$ \{\s*default_type application\/geo\+json;/);
	});

	test.for([
		['deploy/nginx.conf', 'http://$http_host'],
		['deploy/Caddyfile', 'http://{http.request.hostport}']
	] as const)('%s holds every policy, and names the origin as %s', ([path, origin]) => {
		const file = readFileSync(path, 'utf8');
		for (const part of PARTS) expect(file).toContain(textOf(part, origin));
	});

	test('Netlify and Cloudflare Pages are told every policy, and the origin where it is known', () => {
		for (const origin of [null, 'https://news.example'])
			for (const part of PARTS) expect(forEdges(origin)).toContain(textOf(part, origin));
	});
});
