import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { LIST, thirdParty } from '../../scripts/third-party.mjs';

interface Locked {
	readonly version?: string;
	readonly resolved?: string;
	readonly integrity?: string;
	readonly link?: boolean;
	readonly hasInstallScript?: boolean;
}

// npm writes the file, and refuses to install from one of another shape.
const { packages } = JSON.parse(readFileSync('package-lock.json', 'utf8')) as {
	packages: Record<string, Locked>;
};
const { '': project, ...locked } = packages as typeof packages & {
	'': { devDependencies: Record<string, string>; dependencies?: Record<string, string> };
};

/** Packages that may run a script when they are installed, and why. */
const MAY_INSTALL: Readonly<Record<string, string>> = {
	'node_modules/esbuild': 'checks that its binary fits the system, or fetches it; tsx runs on it'
};

describe('the lock file', () => {
	test('names every package with a hash of its content, and none twice over', () => {
		expect(Object.keys(locked).length).toBeGreaterThan(300);
		for (const [path, { integrity, link }] of Object.entries(locked)) {
			expect(link, path).toBeUndefined();
			expect(integrity, path).toMatch(/^sha(?:512|384)-[\w+/]+={0,2}$/);
		}
	});

	test('has nothing from git, from a plain address or from a folder', () => {
		const wanted = { ...project.dependencies, ...project.devDependencies };
		for (const [name, range] of Object.entries(wanted)) {
			expect(range, name).toMatch(/^[\^~]?\d+(?:\.\d+)*$/);
		}
		for (const [path, { version, resolved = '' }] of Object.entries(locked)) {
			expect(version, path).toMatch(/^\d+\.\d+\.\d+/);
			expect(resolved, path).not.toMatch(/^(?:git|http:|file:)/);
		}
	});

	test('lets no package run a script at its installation but those with a reason', () => {
		const running = Object.entries(locked).filter(([, { hasInstallScript }]) => hasInstallScript);
		expect(running.map(([path]) => path)).toEqual(Object.keys(MAY_INSTALL));
	});
});

test('THIRD-PARTY.md is what npm run licences writes', async () => {
	expect(readFileSync(LIST, 'utf8')).toBe(await thirdParty());
});
