/**
 * `npm start`: installs what is missing, builds what has changed, serves the site and says where.
 *
 * Settings: `--port`, `--host` or the environment's `PORT`, `HOST`. Without a port, the first free one from 4173 on.
 */
import { join } from 'node:path';
// Whole, not by name: a Node without parseArgs has to get as far as being told that it is too old.
import util from 'node:util';
import { CommandFailed, ROOT, build, install, requireNode } from './setup.mjs';

const FIRST_PORT = 4173;
const PORTS_TRIED = 50;

requireNode();
try {
	await start();
} catch (error) {
	console.error(error instanceof Error ? error.message : error);
	process.exit(error instanceof CommandFailed ? error.exitCode : 1);
}

async function start() {
	const { values } = util.parseArgs({
		options: { port: { type: 'string' }, host: { type: 'string' } }
	});
	const port = Number(values.port ?? (process.env.PORT || FIRST_PORT));
	if (!Number.isInteger(port) || port < 0 || port > 65_535) {
		throw new Error(`A port is a number from 0 to 65535, not ${values.port ?? process.env.PORT}.`);
	}
	const host = values.host ?? (process.env.HOST || undefined);
	await install();
	await build();
	const site = await serveOnFreePort(port, host);
	console.log(`Masar: ${site.address}`);
	for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
		process.once(signal, () => void site.close().then(() => process.exit(0)));
	}
}

/**
 * @param {number} first
 * @param {string | undefined} host
 */
async function serveOnFreePort(first, host) {
	// Not before the packages are there: it imports one of them.
	const { serve } = await import('./serve.mjs');
	for (let port = first; ; port++) {
		try {
			return await serve({ dir: join(ROOT, 'build'), port, ...(host && { host }) });
		} catch (error) {
			const taken = error instanceof Error && 'code' in error && error.code === 'EADDRINUSE';
			if (!taken || port === first + PORTS_TRIED) throw error;
		}
	}
}
