/**
 * MapLibre from its sources, which its package brings along. Its worker and its main part share half of their code; the
 * bundles of the package hold that half twice, and here it is a script of its own, which both load.
 */
import { realpathSync } from 'node:fs';
import { join } from 'node:path';
import { build, transformWithOxc } from 'vite';
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

const PARTS = 'maplibre-parts';
const EXPORTS = [
	['Camera', join(SOURCE, 'ui/camera.ts')],
	['createProjectionFromName', join(SOURCE, 'geo/projection/projection_factory.ts')],
	['expression', '@maplibre/maplibre-gl-style-spec']
];

/**
 * For tests in Node: `maplibre-parts` has MapLibre's own camera, projections and expressions, which its package does not
 * export. They are bundled first: one by one, the two hundred modules take five times as long.
 *
 * @returns {import('vite').Plugin}
 */
export function mapLibreParts() {
	const entry = `\0${PARTS}`;
	return {
		name: 'masar-maplibre-parts',
		apply: 'serve',
		resolveId: (id) => (id === PARTS ? entry : undefined),
		async load(id) {
			if (id !== entry) return undefined;
			const code = EXPORTS.map(([name, from]) => `export { ${name} } from '${from}';`).join('\n');
			/** @type {import('vite').Plugin} */
			const entryPoint = {
				name: 'masar-maplibre-parts-entry',
				resolveId: (id) => (id.endsWith(PARTS) ? entry : undefined),
				load: (id) => (id === entry ? code : undefined)
			};
			const built = await build({
				configFile: false,
				publicDir: false,
				logLevel: 'error',
				plugins: [mapLibre(), entryPoint],
				build: {
					write: false,
					minify: false,
					target: 'esnext',
					rolldownOptions: { input: PARTS, preserveEntrySignatures: 'strict' }
				}
			});
			const [chunk] = 'output' in built ? built.output : [];
			return chunk?.code;
		}
	};
}
