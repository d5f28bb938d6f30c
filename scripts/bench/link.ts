/**
 * A slow line between the browser and a server: every byte of every response, a worker's too, shares one bandwidth,
 * and nothing comes before a round trip has passed. Throttling in the browser's own tools leaves workers out.
 */
import { createServer, request, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';

/** Bytes that one response sends before it is another one's turn: what a packet holds. */
const PACKET = 1460;
/** How much an idle line may send at once when it is needed again, in ms of its bandwidth. */
const BURST_MS = 8;

export interface Line {
	readonly bitsPerSecond: number;
	/** Of a round trip; a new connection costs one more. */
	readonly latencyMs: number;
}

/** A response as it came over the line. Times are as `performance.timeOrigin + performance.now()` gives them. */
export interface Transfer {
	readonly path: string;
	/** Media type, without its parameters. */
	readonly type: string;
	readonly asked: number;
	/** Each packet: when it was sent, and its bytes. */
	readonly packets: (readonly [time: number, bytes: number])[];
}

export interface SlowServer {
	/** Ends in a slash. */
	readonly address: string;
	/** All responses since the last call. */
	readonly take: () => Transfer[];
	readonly close: () => Promise<void>;
}

export const now = () => performance.timeOrigin + performance.now();

interface Sending {
	readonly response: ServerResponse;
	readonly transfer: Transfer;
	readonly body: Buffer;
	sent: number;
}

/**
 * Puts a slow line in front of a server.
 *
 * @param target - address of the server, ending in a slash
 */
export async function openLine(
	target: string,
	{ bitsPerSecond, latencyMs }: Line
): Promise<SlowServer> {
	const bytesPerMs = bitsPerSecond / 8 / 1000;
	const sending: Sending[] = [];
	const opened = new WeakMap<Socket, number>();
	const transfers: Transfer[] = [];
	let credit = 0;
	let last = now();
	let timer: NodeJS.Timeout | undefined;

	function pump(): void {
		timer = undefined;
		const time = now();
		credit = Math.min(credit + (time - last) * bytesPerMs, Math.max(BURST_MS * bytesPerMs, PACKET));
		last = time;
		for (let next = sending[0]; next && credit >= 0; next = sending[0]) {
			sending.shift();
			const packet = next.body.subarray(next.sent, next.sent + PACKET);
			next.sent += packet.length;
			credit -= packet.length;
			next.transfer.packets.push([time, packet.length]);
			if (next.sent >= next.body.length) next.response.end(packet);
			else {
				next.response.write(packet);
				if (!next.response.destroyed) sending.push(next);
			}
		}
		if (sending.length > 0) timer = setTimeout(pump, 1);
	}

	function send(response: ServerResponse, transfer: Transfer, body: Buffer): void {
		sending.push({ response, transfer, body, sent: 0 });
		timer ??= setTimeout(pump, 0);
	}

	const server = createServer((incoming, response) => {
		const asked = now();
		const handshakeLeft = (opened.get(incoming.socket) ?? 0) + latencyMs - asked;
		const wait = latencyMs + Math.max(0, handshakeLeft);
		void fetchWhole(new URL(incoming.url ?? '/', target), incoming).then(({ answer, body }) => {
			const transfer: Transfer = {
				path: incoming.url ?? '/',
				type: (answer.headers['content-type'] ?? '').replace(/;.*/, ''),
				asked,
				packets: []
			};
			transfers.push(transfer);
			setTimeout(
				() => {
					response.writeHead(answer.statusCode ?? 502, answer.headers);
					transfer.packets.push([now(), Buffer.byteLength(answer.rawHeaders.join(': '))]);
					send(response, transfer, body);
				},
				asked + wait - now()
			);
		});
	});
	server.on('connection', (socket) => {
		socket.setNoDelay(true);
		opened.set(socket, now());
	});
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	// A server that listens on a port has an address of this form.
	const { port } = server.address() as AddressInfo;
	return {
		address: `http://127.0.0.1:${port}/`,
		take: () => transfers.splice(0),
		close: () =>
			new Promise((resolve) => {
				clearTimeout(timer);
				server.close(() => {
					resolve();
				});
				server.closeAllConnections();
			})
	};
}

function fetchWhole(
	url: URL,
	incoming: IncomingMessage
): Promise<{ answer: IncomingMessage; body: Buffer }> {
	return new Promise((resolve, reject) => {
		const outgoing = request(url, {
			method: incoming.method,
			headers: { ...incoming.headers, host: url.host }
		});
		outgoing.on('response', (answer) => {
			const parts: Buffer[] = [];
			answer.on('data', (part: Buffer) => parts.push(part));
			answer.on('end', () => {
				resolve({ answer, body: Buffer.concat(parts) });
			});
		});
		outgoing.on('error', reject);
		outgoing.end();
	});
}
