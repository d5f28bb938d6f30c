/** How large names on the map are, and their marks: in pictures, on the live map, and where room is made for them. */

/** What a name is of. */
export type LabelKind = 'place' | 'country' | 'sea' | 'city' | 'contact';

/** Px of plate from which a scene's further names are shown. */
export const ROOMY_PLATE = 540;
/** Px of the smallest plate on which words have their full size; below it they shrink with the plate. */
export const FULL_SIZE_PLATE = 278;
/** Px of words, on plates on which they have their full size. */
export const LABEL_SIZE: Readonly<Record<LabelKind, number>> = {
	place: 15,
	country: 14,
	sea: 12,
	city: 11.5,
	contact: 12.5
};
/** The smaller line's size, as a part of the words' own. */
export const DETAIL_SCALE = 0.86;
/** Px from a point to the words beside it. */
export const LABEL_GAP: Readonly<Record<LabelKind, number>> = {
	place: 9,
	country: 0,
	sea: 0,
	city: 6,
	contact: 16
};
/** Px: radius of the dots of places and of the badges of contacts. */
export const DOT = { place: 4, city: 1.8, contact: 12 } as const;
/** Line height of labels of several lines, in ems. */
export const LABEL_LEADING = 1.2;
