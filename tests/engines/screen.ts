/** A screen of the X Window System in memory, for browsers that draw only on one. */
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';

export interface Screen {
	/** The environment of whoever is to draw on it. */
	readonly env: NodeJS.ProcessEnv;
	readonly close: () => Promise<void>;
}

/** Ends a process, and waits until it is gone. */
export async function end(child: ChildProcess): Promise<void> {
	if (child.exitCode !== null || child.signalCode !== null) return;
	const gone = once(child, 'exit');
	child.kill('SIGTERM');
	const force = setTimeout(() => child.kill('SIGKILL'), 5000);
	await gone;
	clearTimeout(force);
}

/**
 * Starts a screen with a number that is free.
 *
 * @throws Error where it does not start
 */
export async function openScreen(): Promise<Screen> {
	// The number comes on the third file, once clients may come.
	const server = spawn(
		'Xvfb',
		['-displayfd', '3', '-screen', '0', '1600x1200x24', '-nolisten', 'tcp'],
		{ stdio: ['ignore', 'ignore', 'ignore', 'pipe'] }
	);
	const told = server.stdio[3];
	const number = await new Promise<string>((resolve, reject) => {
		let text = '';
		server.once('error', reject);
		server.once('exit', (code) => {
			reject(new Error(`Xvfb ended with ${code} before it had a screen`));
		});
		told?.on('data', (part: Buffer) => {
			text += part.toString();
			if (text.includes('\n')) resolve(text.trim());
		});
	});
	return {
		env: { ...process.env, DISPLAY: `:${number}` },
		close: () => end(server)
	};
}
