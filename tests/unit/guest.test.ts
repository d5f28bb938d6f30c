/** Whom a story in a frame listens to. */
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { greet } from '../../src/embed/guest';
import { HELLO, WELCOME } from '../../src/embed/protocol';

const HOST = 'https://news.example';
const parent = { postMessage: vi.fn() };
let frame: EventTarget;

beforeEach(() => {
	frame = new EventTarget();
	parent.postMessage.mockClear();
	vi.stubGlobal('window', { parent });
	vi.stubGlobal('addEventListener', frame.addEventListener.bind(frame));
	vi.stubGlobal('removeEventListener', frame.removeEventListener.bind(frame));
	vi.useFakeTimers();
});
afterEach(() => {
	vi.useRealTimers();
	vi.unstubAllGlobals();
});

const welcome = { source: parent as unknown, origin: HOST, data: WELCOME as unknown };

/** A message comes to the frame, with a port unless it says otherwise. */
function say(message: Partial<typeof welcome>, ports = [{ postMessage: vi.fn() }]) {
	frame.dispatchEvent(Object.assign(new Event('message'), { ...welcome, ...message, ports }));
	return ports[0];
}

test('greets the page around, and nobody of another origin', () => {
	void greet(HOST, () => undefined, 3000);
	expect(parent.postMessage.mock.calls).toEqual([[HELLO, HOST]]);
});

test.for<[string, Partial<typeof welcome>, never[]?]>([
	['of another origin', { origin: 'https://elsewhere.example' }],
	['from another window', { source: {} }],
	['in other words', { data: 'masar:welcome:0' }],
	['without a port', {}, []]
])('a welcome %s is none', async ([, message, ports]) => {
	const link = greet(HOST, () => undefined, 3000);
	say(message, ports);
	vi.advanceTimersByTime(3000);
	expect(await link).toBeNull();
});

test('the page around is listened to over the port that it gives, and by its known words alone', async () => {
	const heard: unknown[] = [];
	const link = greet(HOST, (message) => heard.push(message), 3000);
	const port = say({}) as unknown as { onmessage: (event: { data: unknown }) => void };
	expect(await link).not.toBeNull();
	port.onmessage({ data: { type: 'live', live: true } });
	port.onmessage({ data: { type: 'live', live: '<b>' } });
	expect(heard).toEqual([{ type: 'live', live: true }]);
});

test('after the wait nobody is there any more', async () => {
	const link = greet(HOST, () => undefined, 3000);
	vi.advanceTimersByTime(3000);
	say({});
	expect(await link).toBeNull();
});
