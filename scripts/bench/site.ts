/** The story as the site's own server code reads it, outside of a build. */
import { createServer } from 'vite';
import { ROOT } from '../setup.mjs';

export type Stories = Pick<typeof import('../../src/lib/server/library'), 'storyOf'> &
	Pick<typeof import('../../src/lib/server/page'), 'pageStory'> &
	Pick<typeof import('../../src/lib/server/maps'), 'pictureOf'>;

/** Runs `use` with what reads data/ and makes pages and pictures of it. */
export async function withStories<T>(use: (stories: Stories) => Promise<T>): Promise<T> {
	const vite = await createServer({
		root: ROOT,
		server: { middlewareMode: true, watch: null },
		appType: 'custom',
		logLevel: 'error'
	});
	try {
		const modules = await Promise.all(
			['library', 'page', 'maps'].map((name) => vite.ssrLoadModule(`/src/lib/server/${name}.ts`))
		);
		// The modules' own types, which a name in a string does not have.
		return await use(Object.assign({}, ...modules) as Stories);
	} finally {
		await vite.close();
	}
}
