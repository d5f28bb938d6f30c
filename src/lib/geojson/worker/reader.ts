/**
 * Reads geodata that arrives while the page is read, in a worker, so that nothing waits for it: what is wrong is left out,
 * counted and told, and the rest is handed over. Where there can be no worker, it is read here, in slices.
 */
import type { Feature, FeatureCollection } from 'geojson';
import type { GeoJsonFinding } from '../index';
import type { Answer, Format, Message, Question } from './protocol';

/** What was wrong in a file. */
export interface Findings {
	readonly url: string;
	/** How many features are left out. */
	readonly leftOut: number;
	/** How many things were found: wrong, mended or suspicious. */
	readonly count: number;
	/** The first of them. */
	readonly first: readonly GeoJsonFinding[];
}

export interface ReadOptions {
	/** Called once, where anything was found. */
	readonly onFindings?: (findings: Findings) => void;
}

export interface Arrival {
	/** What can be drawn. */
	readonly collection: FeatureCollection;
	/** How many features are left out. */
	readonly leftOut: number;
}

/** Tells whoever looks into the browser's console what is missing. */
export function warn({ url, leftOut, first }: Findings): void {
	console.warn(`${leftOut} features of ${url} are left out.`, first);
}

/** Longest wait in ms for the worker to say that it is there. */
const PATIENCE = 5000;

/**
 * Fetches and reads GeoJSON.
 *
 * @throws Error where the file does not come, or is no GeoJSON
 */
export function readGeoJson(url: string, options: ReadOptions = {}): Promise<Arrival> {
	return read(url, 'geojson', options);
}

/**
 * Fetches and unpacks a level of the basemap (TopoJSON); each feature has its object's name as `role`.
 *
 * @throws Error where the file does not come, or is no TopoJSON
 */
export function readTopoJson(url: string, options: ReadOptions = {}): Promise<Arrival> {
	return read(url, 'topojson', options);
}

async function read(given: string, format: Format, { onFindings }: ReadOptions): Promise<Arrival> {
	// A worker would take a relative address as relative to itself.
	const url = new URL(given, location.href).href;
	const features: Feature[] = [];
	const end = await new Promise<End>((resolve, reject) => {
		ask({ question: { url, format }, features, resolve, reject });
	});
	const { leftOut, count, first } = end;
	if (count > 0) onFindings?.({ url, leftOut, count, first });
	return { collection: { type: 'FeatureCollection', features }, leftOut };
}

type End = Extract<Answer, { type: 'end' }>;

/** A file that is being read. */
interface Task {
	readonly question: Question;
	/** What has come so far. */
	readonly features: Feature[];
	readonly resolve: (end: End) => void;
	readonly reject: (error: Error) => void;
}

/** @returns whether it was the last answer */
function take({ question, features, resolve, reject }: Task, answer: Answer): boolean {
	switch (answer.type) {
		case 'part':
			for (const feature of answer.features) features.push(feature);
			return false;
		case 'end':
			resolve(answer);
			return true;
		case 'failure':
			reject(new Error(`${question.url}: ${answer.reason}`));
			return true;
	}
}

/** The worker, and what it has to read. */
interface Office {
	readonly worker: Worker;
	readonly tasks: Map<number, Task>;
}

let office: Office | undefined;
let lastNumber = 0;
/** True once no worker is to be had: to ask for one again would be one more error in the console. */
let alone = false;

function ask(task: Task): void {
	if (!alone) office ??= openOffice();
	if (!office) {
		void readHere(task);
		return;
	}
	lastNumber += 1;
	office.tasks.set(lastNumber, task);
	office.worker.postMessage({ number: lastNumber, question: task.question });
}

/** Starts the worker; it ends with its last task. */
function openOffice(): Office | undefined {
	let worker: Worker;
	try {
		// From another origin and in a sandbox some browsers throw, and others tell of an error later.
		alone = new URL(import.meta.url).origin !== self.origin;
		if (alone) return undefined;
		worker = new Worker(new URL('./worker.ts', import.meta.url), {
			type: 'module',
			name: 'geodata'
		});
	} catch {
		// Under a policy of the page around.
		alone = true;
		return undefined;
	}
	const tasks: Office['tasks'] = new Map();
	const close = () => {
		clearTimeout(timer);
		worker.terminate();
		if (office?.worker === worker) office = undefined;
	};
	const giveUp = () => {
		close();
		for (const task of tasks.values()) void readHere(task);
		tasks.clear();
	};
	const timer = setTimeout(giveUp, PATIENCE);
	worker.addEventListener('error', () => {
		alone = true;
		giveUp();
	});
	worker.addEventListener('messageerror', giveUp);
	worker.addEventListener('message', ({ data }: MessageEvent<Message>) => {
		// It is there: from now on it may take its time.
		clearTimeout(timer);
		const task = data && tasks.get(data.number);
		if (!data || !task || !take(task, data.answer)) return;
		tasks.delete(data.number);
		if (tasks.size === 0) close();
	});
	return { worker, tasks };
}

/** Longest time in ms that the page waits for a slice of the work. */
const SLICE = 12;

async function readHere(task: Task): Promise<void> {
	task.features.length = 0;
	try {
		const { readInSlices } = await import('./reading');
		await readInSlices(task.question, (answer) => take(task, answer), SLICE);
	} catch (cause) {
		task.reject(cause instanceof Error ? cause : new Error(String(cause)));
	}
}
