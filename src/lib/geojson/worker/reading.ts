import type { Feature } from 'geojson';
import { feature } from 'topojson-client';
import type { Topology } from 'topojson-specification';
import { formatFinding, quote } from '../../model/finding';
import {
	finish,
	finishInSlices,
	LIMITS,
	readCollection,
	readGeoJson,
	readText,
	sizeOf,
	tooLarge,
	unreadable,
	UNWRAPPED
} from '../index';
import type { Reading, Work } from '../index';
import { partsOf } from './parts';
import type { Answer, Question } from './protocol';

type Say = (answer: Answer) => void;

/** Findings that are told; the others are counted. */
const MOST_TOLD = 20;

/** What is handed over at once, by weight: what the page takes in within a frame. */
const PART = 68_000;

/** Reads a file at once, and says what came of it. Never rejects. */
export function readAtOnce(question: Question, say: Say): Promise<void> {
	return answer(question, say, (work) => Promise.resolve(finish(work)));
}

/**
 * Reads a file in slices. Never rejects.
 *
 * @param slice longest time in ms before everything else has its turn
 */
export function readInSlices(question: Question, say: Say, slice: number): Promise<void> {
	const pause = () => new Promise<void>((resolve) => setTimeout(resolve));
	return answer(question, say, (work) =>
		finishInSlices(work, slice, () => performance.now(), pause)
	);
}

async function answer(
	{ url, format }: Question,
	say: Say,
	done: (work: Work<Reading>) => Promise<Reading>
): Promise<void> {
	try {
		const text = await load(url);
		const reading = await done(format === 'geojson' ? readGeoJson(text) : readTopology(text));
		for (const each of answersTo(reading)) say(each);
	} catch (cause) {
		say({ type: 'failure', reason: reasonOf(cause) });
	}
}

/** Longest wait in ms for a file, not for the reading of it; whoever asks again after that asks anew. */
const LIMIT = 20_000;

/** Fetches a text, and stops where it is larger than anything that is read. */
async function load(url: string): Promise<string> {
	const limit = new AbortController();
	const timer = setTimeout(() => {
		limit.abort(new Error(`it did not come in ${LIMIT} ms`));
	}, LIMIT);
	try {
		return await textOf(await fetch(url, { signal: limit.signal }));
	} finally {
		clearTimeout(timer);
	}
}

async function textOf(response: Response): Promise<string> {
	if (!response.ok) throw new Error(`it answered ${response.status}, expected 200`);
	const parts: BlobPart[] = [];
	let size = 0;
	const stream = response.body?.getReader();
	for (let part = await stream?.read(); part?.value; part = await stream?.read()) {
		size += part.value.byteLength;
		if (size > LIMITS.size) {
			void stream?.cancel();
			throw new Error(formatFinding(tooLarge(size)));
		}
		parts.push(part.value);
	}
	const bytes = await new Blob(parts).arrayBuffer();
	// The mark at its start is for the reader to see and say.
	return new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes);
}

/** Reads the text of a level of the basemap. Never throws. */
export function* readTopology(text: string): Work<Reading> {
	const read = yield* readText(text);
	if (!read.ok) return unreadable(read.finding);
	const { value, oddities } = read.json;
	try {
		// What is no topology has no objects, and unpacking it throws.
		const features = unpacked(value as Topology);
		yield;
		const collection = { type: 'FeatureCollection', features };
		return yield* readCollection({ value: collection, oddities }, UNWRAPPED);
	} catch (cause) {
		return unreadable([
			`TopoJSON that cannot be unpacked (${reasonOf(cause)})`,
			'a topology with all its arcs',
			'make it again with npm run data'
		]);
	}
}

/**
 * The features of all objects, each with its object's name as `role`.
 *
 * @throws Error where it is no topology, or one with arcs that are missing
 */
function unpacked(topology: Topology): Feature[] {
	// JSON may hold anything.
	const type: unknown = topology.type;
	if (type !== 'Topology') throw new Error(`its type is ${quote(type)}`);
	const features = Object.entries(topology.objects).flatMap(([role, object]): Feature[] => {
		const decoded = feature(topology, object);
		const list = decoded.type === 'FeatureCollection' ? decoded.features : [decoded];
		return list.map((item) => ({ ...item, properties: { ...item.properties, role } }));
	});
	// A window without a disputed border has an object of them all the same.
	return features.filter(({ geometry }) => sizeOf(geometry) > 0);
}

function* answersTo({ collection, findings, leftOut }: Reading): Generator<Answer> {
	if (collection === null) {
		const first = findings.find(({ severity }) => severity === 'error');
		const { found = 'nothing', expected = 'GeoJSON', mend = 'look at the file' } = first ?? {};
		yield { type: 'failure', reason: formatFinding([found, expected, mend]) };
		return;
	}
	for (const features of partsOf(collection.features, PART)) yield { type: 'part', features };
	yield { type: 'end', leftOut, count: findings.length, first: findings.slice(0, MOST_TOLD) };
}

function reasonOf(cause: unknown): string {
	return cause instanceof Error ? cause.message : String(cause);
}
