/** The story's side of an embedding: it runs in the frame, and knows no more of the host page than it is told. */
import { HELLO, readHostMessage, WELCOME, type GuestMessage, type HostMessage } from './protocol';

export interface HostLink {
	readonly post: (message: GuestMessage) => void;
}

/** The origin of the page whose loader made this frame, as it stands in the frame's address; null without a loader. */
export function hostOriginOf(hash: string): string | null {
	const value = /[#&]host=([^&]*)/.exec(hash)?.[1];
	if (!value) return null;
	try {
		const origin = decodeURIComponent(value);
		// The origin of a sandboxed or local page.
		return origin === 'null' || new URL(origin).origin === origin ? origin : null;
	} catch {
		return null;
	}
}

/**
 * Greets the loader in the page around and waits for its port, as long as it takes: a busy page answers late.
 *
 * @param origin - of the page around; nobody else hears the greeting or is listened to
 * @param signal - ends the wait
 */
export function greet(
	origin: string,
	onMessage: (message: HostMessage) => void,
	signal: AbortSignal
): Promise<HostLink> {
	return new Promise((resolve) => {
		function onWelcome(event: MessageEvent): void {
			const port = event.ports[0];
			const known = event.source === window.parent && event.origin === origin;
			if (!known || !port || event.data !== WELCOME) return;
			removeEventListener('message', onWelcome);
			port.onmessage = ({ data }) => {
				const message = readHostMessage(data);
				if (message) onMessage(message);
			};
			resolve({
				post: (message) => {
					port.postMessage(message);
				}
			});
		}

		addEventListener('message', onWelcome, { signal });
		// An opaque origin cannot be addressed. The greeting holds no secret.
		window.parent.postMessage(HELLO, origin === 'null' ? '*' : origin);
	});
}

/** The secret by which WordPress knows the frame that it made of an embed; null elsewhere. */
export function wordpressSecretOf(hash: string): string | null {
	return /[#&?]secret=([\w-]{1,64})/.exec(hash)?.[1] ?? null;
}

/** Tells a page around that speaks WordPress's or AMP's language how high the frame should be, in px. */
export function announceHeight(height: number, secret: string | null): void {
	window.parent.postMessage({ sentinel: 'amp', type: 'embed-size', height }, '*');
	if (secret) window.parent.postMessage({ message: 'height', value: height, secret }, '*');
}

/** Asks WordPress, whose sandbox holds back links, to follow one of ours; it checks that it leads to our own host. */
export function askWordpressToFollow(href: string, secret: string): void {
	window.parent.postMessage({ message: 'link', value: href, secret }, '*');
}
