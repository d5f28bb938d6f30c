/**
 * A slow line between the browser and a server: every byte of every response, a worker's too, shares one bandwidth,
 * and nothing comes before a round trip has passed. Throttling in the browser's own tools leaves workers out.
 */
import { createServer, request, type IncomingMessage, type ServerResponse } from 'node:http';
import { connect, createServer as createTcpServer, type AddressInfo, type Server } from 'node:net';

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
	/** Of the SOCKS proxy through which a browser has to reach it. */
	readonly proxy: string;
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
				asked + latencyMs - now()
			);
		});
	});
	server.on('connection', (socket) => {
		socket.setNoDelay(true);
	});
	const port = await listen(server);
	const tunnel = openTunnel(port, latencyMs);
	return {
		address: `http://127.0.0.1:${port}/`,
		proxy: `socks5://127.0.0.1:${await listen(tunnel)}`,
		take: () => transfers.splice(0),
		close: async () => {
			clearTimeout(timer);
			const closed = [server, tunnel].map((each) => new Promise((resolve) => each.close(resolve)));
			server.closeAllConnections();
			await Promise.all(closed);
		}
	};
}

async function listen(server: Server): Promise<number> {
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	// A server that listens on a port has an address of this form.
	return (server.address() as AddressInfo).port;
}

/**
 * A SOCKS 5 proxy (RFC 1928) that opens a connection after a round trip. On a connection that is open at once, and answers
 * late, a browser waits for each answer; on one that opens late it does as on any line: what waits for it is asked on
 * another one that has come free before.
 */
function openTunnel(port: number, latencyMs: number): Server {
	return createTcpServer((socket) => {
		socket.setNoDelay(true);
		socket.on('error', () => socket.destroy());
		socket.once('data', () => {
			const anyoneMayUseIt = [5, 0];
			socket.write(Buffer.from(anyoneMayUseIt));
			// It is asked for this server's address alone, and asks nothing more before it is answered.
			socket.once('data', () => {
				setTimeout(() => {
					const onward = connect({ port, host: '127.0.0.1', noDelay: true }, () => {
						const opened = [5, 0, 0, 1, 0, 0, 0, 0, 0, 0];
						socket.write(Buffer.from(opened));
						socket.pipe(onward).pipe(socket);
					});
					onward.on('error', () => socket.destroy());
					onward.on('close', () => socket.destroy());
					socket.on('close', () => onward.destroy());
				}, latencyMs);
			});
		});
	});
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
