/** WebKitGTK's own small browser over W3C WebDriver, by plain requests. */
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expressionOf, PATIENCE, type Driver, type Key, type Settings, type Size } from './driver';
import { end, openScreen } from './screen';

/** Where its two programs are. */
export interface WebKitPaths {
	readonly driver: string;
	readonly browser: string;
}

/** Keys as WebDriver names them. */
const KEYS: Readonly<Record<Key, string>> = { Enter: '\uE007', Escape: '\uE00C', End: '\uE010' };

/** A port on which nobody listens. */
async function freePort(): Promise<number> {
	const server = createServer().listen(0, '127.0.0.1');
	await once(server, 'listening');
	// A server that listens on a port has an address with one.
	const { port } = server.address() as AddressInfo;
	server.close();
	await once(server, 'close');
	return port;
}

/** What the browser is told by the command line; the rest, GTK's settings tell. */
function argumentsFor({ dark, webgl, javascript }: Settings): string[] {
	return [
		'--automation',
		'--enable-write-console-messages-to-stdout=true',
		...(dark ? ['--dark-mode'] : []),
		...(webgl === false ? ['--enable-webgl=false'] : []),
		// The page has no script then, and the driver still has.
		...(javascript === false ? ['--enable-javascript-markup=false'] : [])
	];
}

/** Starts a driver, and waits until it answers. */
async function startDriver(path: string, env: NodeJS.ProcessEnv) {
	const port = await freePort();
	const driver: ChildProcess = spawn(path, [`--port=${port}`], {
		env,
		stdio: ['ignore', 'pipe', 'ignore'],
		// Its browser is its child: they are ended together.
		detached: true
	});
	async function call(method: string, path: string, body?: unknown): Promise<unknown> {
		const answer = await fetch(`http://127.0.0.1:${port}${path}`, {
			method,
			headers: { 'content-type': 'application/json' },
			...(body === undefined ? {} : { body: JSON.stringify(body) })
		});
		// Every answer of a driver is such an object.
		const { value } = (await answer.json()) as { value: unknown };
		if (value && typeof value === 'object' && 'error' in value && !answer.ok)
			throw new Error(`WebKit: ${JSON.stringify(value)}`);
		return value;
	}
	const last = performance.now() + PATIENCE;
	for (;;) {
		try {
			await call('GET', '/status');
			return { driver, call };
		} catch (cause) {
			if (performance.now() > last || driver.exitCode !== null) throw cause;
			await new Promise((resolve) => setTimeout(resolve, 50));
		}
	}
}

/** Starts WebKitGTK on a screen of its own. */
export async function launchWebKit(paths: WebKitPaths, settings: Settings = {}): Promise<Driver> {
	const screen = await openScreen();
	const home = mkdtempSync(join(tmpdir(), 'masar-webkit-'));
	mkdirSync(join(home, 'gtk-3.0'));
	writeFileSync(
		join(home, 'gtk-3.0/settings.ini'),
		`[Settings]\ngtk-enable-animations=${settings.still ? 0 : 1}\n`
	);
	let driver: ChildProcess | undefined;
	async function close() {
		try {
			if (driver?.pid !== undefined) {
				const { pid } = driver;
				await end(driver);
				try {
					process.kill(-pid, 'SIGKILL');
				} catch {
					// Nobody of them is left.
				}
			}
		} finally {
			await screen.close();
			rmSync(home, { recursive: true, force: true, maxRetries: 5 });
		}
	}
	try {
		const started = await startDriver(paths.driver, {
			...screen.env,
			LIBGL_ALWAYS_SOFTWARE: '1',
			XDG_CONFIG_HOME: home,
			XDG_CACHE_HOME: join(home, 'cache'),
			XDG_DATA_HOME: join(home, 'data'),
			// Root may make no sandbox in a container.
			...(process.getuid?.() === 0 && { WEBKIT_DISABLE_SANDBOX_THIS_IS_DANGEROUS: '1' })
		});
		driver = started.driver;
		return await openSession(started.driver, started.call, paths.browser, settings, close);
	} catch (cause) {
		await close();
		throw cause;
	}
}

async function openSession(
	process: ChildProcess,
	call: (method: string, path: string, body?: unknown) => Promise<unknown>,
	binary: string,
	settings: Settings,
	closeAll: () => Promise<void>
): Promise<Driver> {
	let errors: string[] = [];
	let rest = '';
	process.stdout?.on('data', (part: Buffer) => {
		const lines = (rest + part.toString()).split('\n');
		rest = lines.pop() ?? '';
		// The browser writes its console here.
		errors.push(...lines.filter((line) => /CONSOLE .*ERROR/.test(line)));
	});
	// The protocol says what each answer holds.
	const { sessionId } = (await call('POST', '/session', {
		capabilities: {
			alwaysMatch: {
				pageLoadStrategy: 'normal',
				'webkitgtk:browserOptions': { binary, args: argumentsFor(settings) }
			}
		}
	})) as { sessionId: string };
	const at = `/session/${sessionId}`;
	await call('POST', `${at}/timeouts`, { script: PATIENCE, pageLoad: PATIENCE, implicit: 0 });
	const run = (expression: string) =>
		call('POST', `${at}/execute/sync`, { script: `return ${expression}`, args: [] });
	const sizeNow = async () => (await run('({ width: innerWidth, height: innerHeight })')) as Size;

	const driver: Driver = {
		engine: 'WebKit',
		async open(address) {
			await call('POST', `${at}/url`, { url: address });
		},
		async reload() {
			await call('POST', `${at}/refresh`, {});
		},
		evaluate: (call, ...given) => run(expressionOf(call, given)) as Promise<never>,
		async evaluateInFrame(inside, ...given) {
			await call('POST', `${at}/frame`, { id: 0 });
			try {
				return (await run(expressionOf(inside, given))) as never;
			} finally {
				await call('POST', `${at}/frame`, { id: null });
			}
		},
		async resize({ width, height }) {
			// The window has a bar of its own, whose height a theme decides.
			let outer = { width, height: height + 60 };
			for (let turn = 0; turn < 6; turn += 1) {
				await call('POST', `${at}/window/rect`, outer);
				const inner = await sizeNow();
				if (inner.width === width && inner.height === height) break;
				// A window that is still being made tells of another size than it was given.
				outer = {
					width: Math.max(width, outer.width + width - inner.width),
					height: Math.max(height, outer.height + height - inner.height)
				};
			}
			return sizeNow();
		},
		print: null,
		async picture() {
			return Buffer.from(String(await call('GET', `${at}/screenshot`)), 'base64');
		},
		async press(key) {
			const value = KEYS[key];
			await call('POST', `${at}/actions`, {
				actions: [
					{
						type: 'key',
						id: 'keys',
						actions: [
							{ type: 'keyDown', value },
							{ type: 'keyUp', value }
						]
					}
				]
			});
		},
		async click(x, y) {
			await call('POST', `${at}/actions`, {
				actions: [
					{
						type: 'pointer',
						id: 'mouse',
						parameters: { pointerType: 'mouse' },
						actions: [
							{ type: 'pointerMove', x: Math.round(x), y: Math.round(y), duration: 0 },
							{ type: 'pointerDown', button: 0 },
							{ type: 'pointerUp', button: 0 }
						]
					}
				]
			});
		},
		errors() {
			const told = errors;
			errors = [];
			return Promise.resolve(told);
		},
		async close() {
			await call('DELETE', at).catch(() => null);
			await closeAll();
		}
	};
	return driver;
}
