/**
 * GeoJSON (RFC 7946) → the features that can be drawn, and everything that is wrong with the others, mended or suspicious.
 * Pure, and in steps that can be paused. docs/writing-a-story.md tells what is found.
 */
import { readCollection, unreadable } from './collection';
import type { Reading } from './collection';
import { RFC_7946 } from './report';
import type { Rules } from './report';
import { readText } from './text';
import type { Work } from './work';

export { readCollection, unreadable } from './collection';
export { RFC_7946, UNWRAPPED } from './report';
export { sizeOf } from './size';
export { LIMITS, offsetOf, readText, tooLarge } from './text';
export { finish, finishInSlices } from './work';
export type { GeoJsonFinding, Reading } from './collection';
export type { Rules, Severity } from './report';
export type { Json, ReadText } from './text';
export type { Work } from './work';

/** Reads the text of a GeoJSON file. Never throws. */
export function* readGeoJson(text: string, rules: Rules = RFC_7946): Work<Reading> {
	const read = yield* readText(text);
	return read.ok ? yield* readCollection(read.json, rules) : unreadable(read.finding);
}
