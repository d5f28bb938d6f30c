/**
 * MapLibre from its sources, which its package brings along. Its worker and its main part share half of their code; the
 * bundles of the package hold that half twice, and here it is a script of its own, which both load.
 */
import { realpathSync } from 'node:fs';
import { join } from 'node:path';
import { transformWithOxc } from 'vite';
import { ROOT } from './setup.mjs';

/** The version whose sources are known to build so; what to do with another is in docs/decisions/maplibre-from-source.md. */
export const MAPLIBRE_VERSION = '6.17.0';

/** Where it really is, as a build names its files: a copy of the project may have its packages by a link. */
const SOURCE = realpathSync(join(ROOT, 'node_modules/maplibre-gl/src'));
/** As it is imported. */
const WORKER = 'maplibre-gl/dist/maplibre-gl-worker.mjs?worker&url';
const WORKER_URL = '\0maplibre-worker-url';

/**
 * For a build: without it, as while developing, the bundles of the package are used.
 *
 * @returns {import('vite').Plugin}
 */
export function mapLibre() {
	return {
		name: 'masar-maplibre',
		apply: 'build',
		enforce: 'pre',
		resolveId(id) {
			if (id === 'maplibre-gl') return join(SOURCE, 'index.ts');
			return id === WORKER ? WORKER_URL : undefined;
		},
		load(id) {
			if (id !== WORKER_URL) return undefined;
			const worker = join(SOURCE, 'source/worker.ts');
			const file = this.emitFile({ type: 'chunk', id: worker, name: 'maplibre-gl-worker' });
			return `export default import.meta.ROLLUP_FILE_URL_${file}`;
		},
		transform(code, id) {
			if (!id.startsWith(SOURCE) || !id.endsWith('.ts')) return undefined;
			// Its classes declare anew what those they extend have set: such a field must not begin undefined.
			return transformWithOxc(code, id, {
				assumptions: { setPublicClassFields: true },
				typescript: { removeClassFieldsWithoutInitializer: true }
			});
		}
	};
}
