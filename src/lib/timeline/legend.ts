/** What the key to the map holds: exactly what a frame draws. */
import { CONTACT_KINDS, type Contact, type ContactKind } from '../model/story';
import type { Frame } from './timeline';

export type LegendEntry = ContactKind | 'focus' | 'hatched';

/** What of a frame the key explains. */
export interface Explained extends Pick<Frame, 'contacts' | 'lit'> {
	/** Amount, 0 to 1, by which each place is hatched as disputed or occupied. */
	readonly hatched?: Readonly<Record<string, number>>;
}

const any = (amounts: Readonly<Record<string, number>>) =>
	Object.values(amounts).some((amount) => amount > 0);

/** The entries of the key, in the same order at every frame: what is nearly always there first, so that it stays put. */
export function legendOf(
	frame: Explained,
	contacts: ReadonlyMap<string, Pick<Contact, 'kind'>>
): LegendEntry[] {
	const drawn = new Set(
		frame.contacts
			.filter(({ drawn, opacity }) => drawn > 0 && opacity > 0)
			.map(({ id }) => contacts.get(id)?.kind)
	);
	return [
		...(any(frame.lit) ? (['focus'] as const) : []),
		...(any(frame.hatched ?? {}) ? (['hatched'] as const) : []),
		...CONTACT_KINDS.filter((kind) => drawn.has(kind))
	];
}
