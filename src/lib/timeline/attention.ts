/** What the map shows while the reader attends to a place: still a value, and the way from one such value to another. */
import { flight } from '../globe/camera';
import type { Camera, Contact, Place } from '../model/story';
import type { Frame } from './timeline';

/** What has to be known of a place to attend to it. */
export interface Attended extends Pick<Place, 'id' | 'country'> {
	/** Shows it whole, on a plate of 512 px. */
	readonly camera: Camera;
	readonly contacts: readonly Pick<Contact, 'id'>[];
}

/**
 * The frame with a dossier's place in sight and lit, and the contacts that touch it drawn; and with the place lit that
 * the reader points at. Where the reader attends to nothing it is the frame itself.
 */
export function attend(frame: Frame, open: Attended | null, pointedAt: string | null): Frame {
	if (!open && (pointedAt === null || frame.lit[pointedAt] === 1)) return frame;
	const lit = {
		...frame.lit,
		...(pointedAt !== null && { [pointedAt]: 1 }),
		...(open && { [open.id]: 1 })
	};
	if (!open) return { ...frame, lit };
	const countries = new Set([...frame.countries, ...(open.country ? [open.country] : [])]);
	return {
		...frame,
		lit,
		camera: open.camera,
		contacts: open.contacts.map(({ id }) => ({ id, drawn: 1, opacity: 1 })),
		countries: [...countries]
	};
}

/** A camera, and the plate it is seen on: its centre from the map's left and top edge and its side, in px. */
export interface Look {
	readonly camera: Camera;
	readonly plate: { readonly x: number; readonly y: number; readonly side: number };
}

/** The way from one look at the map to another; at 0 and 1 it is exactly these. */
export function lookBetween(from: Look, to: Look): (fraction: number) => Look {
	const fly = flight(from.camera, to.camera);
	const mix = (a: number, b: number, fraction: number) => a + (b - a) * fraction;
	return (fraction) => {
		if (fraction <= 0) return from;
		if (fraction >= 1) return to;
		return {
			camera: fly(fraction),
			plate: {
				x: mix(from.plate.x, to.plate.x, fraction),
				y: mix(from.plate.y, to.plate.y, fraction),
				side: from.plate.side * (to.plate.side / from.plate.side) ** fraction
			}
		};
	};
}
