/**
 * What a host page and the story in its frame say to each other. Every message is finite numbers, booleans and the
 * story's own ids: never markup, and never an address to go to. What is not exactly a known message is no message.
 */

/**
 * What the two say in the open, before they have a port: no more than that they are there. The number is raised when
 * an older loader and a newer frame would misunderstand each other.
 */
export const HELLO = 'masar:hello:1';
export const WELCOME = 'masar:welcome:1';

/** Heights and scroll positions end here, in px. */
export const GREATEST_LENGTH = 500_000;
const GREATEST_INSET = 1000;
const SMALLEST_SCREEN = 100;

/** From the host page to the frame. */
export type HostMessage =
	| {
			readonly type: 'view';
			/** How far the screen's top is below the story's, in px; negative above it. */
			readonly top: number;
			/** What the host's own bar covers at the top of the screen, in px. */
			readonly inset: number;
			/** Height of the screen while all of the browser's bars are shown, in px. */
			readonly screen: number;
	  }
	| { readonly type: 'live'; readonly live: boolean };

/** What happens in the story, with the id or number of what it happens to. */
export type StoryEvent =
	| { readonly type: 'scene' | 'place' | 'ready' | 'complete' | 'error'; readonly value: string }
	| { readonly type: 'paragraph'; readonly value: number };

/** From the frame to the host page. `scroll` asks for a scroll position; both lengths in px from the story's top. */
export type GuestMessage =
	{ readonly type: 'height' | 'scroll'; readonly value: number } | StoryEvent;

const clamp = (value: unknown, least: number, greatest: number) =>
	typeof value === 'number' && isFinite(value) ? Math.max(least, Math.min(greatest, value)) : null;

/** The value of a guest's message, clamped; null where it is not one for this type. */
function valueOf(type: string, value: unknown): number | string | null {
	if (type === 'height' || type === 'scroll') return clamp(value, 0, GREATEST_LENGTH);
	if (type === 'paragraph') {
		return Number.isInteger(value) ? clamp(value, 1, 9999) : null;
	}
	const known = /^(scene|place|ready|complete|error)$/.test(type);
	return known && typeof value === 'string' && /^[a-z0-9][a-z0-9-]{0,63}$/.test(value)
		? value
		: null;
}

/** True for an object whose own enumerable keys are exactly these, in the order of the alphabet. */
function hasKeys(data: unknown, keys: string): data is Readonly<Record<string, unknown>> {
	return typeof data === 'object' && data !== null && Object.keys(data).sort().join() === keys;
}

/** What the frame said, its numbers clamped; null where it is no message of this protocol. */
export function readGuestMessage(data: unknown): GuestMessage | null {
	if (!hasKeys(data, 'type,value')) return null;
	const { type } = data;
	const value = typeof type === 'string' ? valueOf(type, data['value']) : null;
	// valueOf knows the types, and gives each only a value of its own kind.
	return value === null ? null : ({ type, value } as GuestMessage);
}

/** What the host page said, its numbers clamped; null where it is no message of this protocol. */
export function readHostMessage(data: unknown): HostMessage | null {
	if (hasKeys(data, 'live,type')) {
		const { type, live } = data;
		return type === 'live' && typeof live === 'boolean' ? { type, live } : null;
	}
	if (!hasKeys(data, 'inset,screen,top,type') || data['type'] !== 'view') return null;
	const top = clamp(data['top'], -GREATEST_LENGTH, GREATEST_LENGTH);
	const inset = clamp(data['inset'], 0, GREATEST_INSET);
	const screen = clamp(data['screen'], SMALLEST_SCREEN, GREATEST_LENGTH);
	if (top === null || inset === null || screen === null) return null;
	return { type: 'view', top, inset, screen };
}

/** The name by which the page's own event of this type carries its value, where that is not the type's. */
export const DETAIL: Readonly<Record<string, string>> = {
	ready: 'story',
	complete: 'story',
	error: 'reason'
};
