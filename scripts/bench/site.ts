/** The story as the site's own server code reads it, outside of a build. */
import { createServer } from 'vite';
import { ROOT } from '../setup.mjs';

export type Stories = typeof import('../../src/lib/server/stories');

/** Runs `use` with the module that reads data/. */
export async function withStories<T>(use: (stories: Stories) => Promise<T>): Promise<T> {
	const vite = await createServer({
		root: ROOT,
		server: { middlewareMode: true, watch: null },
		appType: 'custom',
		logLevel: 'error'
	});
	try {
		// The module's own type, which a name in a string does not have.
		return await use((await vite.ssrLoadModule('/src/lib/server/stories.ts')) as Stories);
	} finally {
		await vite.close();
	}
}
