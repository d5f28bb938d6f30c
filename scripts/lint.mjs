/** `npm run lint`: Prettier and ESLint at the same time, each of which keeps one core busy. Fails when either does. */
import { join } from 'node:path';
import { ROOT, run } from './setup.mjs';

const tool = (/** @type {string} */ path) => join(ROOT, 'node_modules', path);
const runs = await Promise.allSettled([
	run(process.execPath, [tool('prettier/bin/prettier.cjs'), '--check', '.']),
	run(process.execPath, [tool('eslint/bin/eslint.js'), '.'])
]);
for (const outcome of runs) {
	if (outcome.status === 'fulfilled') continue;
	console.error(String(outcome.reason));
	process.exitCode = 1;
}
