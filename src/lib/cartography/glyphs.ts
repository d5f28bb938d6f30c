/** The small drawn marks of contacts, on a field of 24 by 24 units around its centre at 12, 12: strokes, not areas. */
import type { ContactKind } from '../model/story';

export const GLYPHS: Readonly<Record<ContactKind, string>> = {
	// A handset, from ear to mouth.
	telephone:
		'M8.2 5.6L6.2 6.7C5.6 10 7 13.3 9.2 15.3C11.4 17.4 14.4 18.6 17.3 18L18.5 16L15.4 13.9L13.8 15.1C12.2 14.5 9.9 12.2 9.4 10.6L10.7 9.1Z',
	// A screen with somebody in it, and a camera's eye above.
	video:
		'M5.5 8.5H18.5V17H5.5ZM9.3 17C9.3 14.9 10.4 13.8 12 13.8S14.7 14.9 14.7 17M10.5 11.6A1.5 1.5 0 1 0 13.5 11.6A1.5 1.5 0 1 0 10.5 11.6M11.2 6H12.8',
	// Two who face each other across a table.
	meeting:
		'M6.3 9.2A1.6 1.6 0 1 0 9.5 9.2A1.6 1.6 0 1 0 6.3 9.2M14.5 9.2A1.6 1.6 0 1 0 17.7 9.2A1.6 1.6 0 1 0 14.5 9.2M5.2 16.8C5.2 14.2 6.3 13 7.9 13S10.6 14.2 10.6 16.8M13.4 16.8C13.4 14.2 14.5 13 16.1 13S18.8 14.2 18.8 16.8',
	// Ranks on the march.
	troops: 'M6 9.8L12 6.4L18 9.8M6 13.8L12 10.4L18 13.8M6 17.8L12 14.4L18 17.8',
	// There and back.
	visit: 'M5.5 9.5H17.8M14.8 6.8L17.8 9.5L14.8 12.2M18.5 15.2H6.2M9.2 12.8L6.2 15.2L9.2 17.8'
};
