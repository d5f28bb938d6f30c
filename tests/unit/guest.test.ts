/** Whom a story in a frame listens to. */
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { greet } from '../../src/embed/guest';
import { HELLO, WELCOME } from '../../src/embed/protocol';

const HOST = 'https://news.example';
const parent = { postMessage: vi.fn() };
let frame: EventTarget;
let ended: AbortController;

beforeEach(() => {
	frame = new EventTarget();
	ended = new AbortController();
	parent.postMessage.mockClear();
	vi.stubGlobal('window', { parent });
	vi.stubGlobal('addEventListener', frame.addEventListener.bind(frame));
	vi.stubGlobal('removeEventListener', frame.removeEventListener.bind(frame));
});
afterEach(() => {
	vi.unstubAllGlobals();
});

const welcome = { source: parent as unknown, origin: HOST, data: WELCOME as unknown };

/** A message comes to the frame, with a port unless it says otherwise. */
function say(message: Partial<typeof welcome>, ports = [{ postMessage: vi.fn() }]) {
	frame.dispatchEvent(Object.assign(new Event('message'), { ...welcome, ...message, ports }));
	return ports[0];
}

test('greets the page around, and nobody of another origin', () => {
	void greet(HOST, () => undefined, ended.signal);
	expect(parent.postMessage.mock.calls).toEqual([[HELLO, HOST]]);
});

test.for<[string, Partial<typeof welcome>, never[]?]>([
	['of another origin', { origin: 'https://elsewhere.example' }],
	['from another window', { source: {} }],
	['in other words', { data: 'masar:welcome:0' }],
	['without a port', {}, []]
])('a welcome %s is none, and the one that comes later counts', async ([, message, ports]) => {
	const link = greet(HOST, () => undefined, ended.signal);
	const impostor = say(message, ports);
	const port = say({});
	(await link).post({ type: 'height', value: 1 });
	expect(port?.postMessage).toHaveBeenCalledOnce();
	expect(impostor?.postMessage ?? vi.fn()).not.toHaveBeenCalled();
});

test('the page around is listened to over the port that it gives, and by its known words alone', async () => {
	const heard: unknown[] = [];
	const link = greet(HOST, (message) => heard.push(message), ended.signal);
	const port = say({}) as unknown as { onmessage: (event: { data: unknown }) => void };
	await link;
	port.onmessage({ data: { type: 'live', live: true } });
	port.onmessage({ data: { type: 'live', live: '<b>' } });
	expect(heard).toEqual([{ type: 'live', live: true }]);
});

test('a story that is taken away listens to nobody', () => {
	void greet(HOST, () => undefined, ended.signal);
	ended.abort();
	const port = say({}) as unknown as { onmessage?: unknown };
	expect(port.onmessage).toBeUndefined();
});
