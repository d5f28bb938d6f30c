/**
 * GeoJSON (RFC 7946) → the features that can be drawn, and everything that is wrong with the others, mended or suspicious.
 * Pure, and in steps that can be paused. docs/writing-a-story.md tells what is found.
 */
import { readCollection, unreadable } from './geodata/collection';
import type { Reading } from './geodata/collection';
import { RFC_7946 } from './geodata/report';
import type { Rules } from './geodata/report';
import { readText } from './geodata/text';
import type { Work } from './geodata/work';

export { readCollection, unreadable } from './geodata/collection';
export { RFC_7946, UNWRAPPED } from './geodata/report';
export { sizeOf } from './geodata/size';
export { LIMITS, offsetOf, readText, tooLarge } from './geodata/text';
export { finish, finishInSlices } from './geodata/work';
export type { GeoJsonFinding, Reading } from './geodata/collection';
export type { Rules, Severity } from './geodata/report';
export type { Json, ReadText } from './geodata/text';
export type { Work } from './geodata/work';

/** Reads the text of a GeoJSON file. Never throws. */
export function* readGeoJson(text: string, rules: Rules = RFC_7946): Work<Reading> {
	const read = yield* readText(text);
	return read.ok ? yield* readCollection(read.json, rules) : unreadable(read.finding);
}
