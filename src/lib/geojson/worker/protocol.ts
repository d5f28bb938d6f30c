import type { Feature } from 'geojson';
import type { GeoJsonFinding } from '../index';

export type Format = 'geojson' | 'topojson';

/** A file to be read. */
export interface Question {
	/** Absolute. */
	readonly url: string;
	readonly format: Format;
}

/** For each question any number of parts, then an end or a failure. */
export type Answer =
	| { readonly type: 'part'; readonly features: readonly Feature[] }
	| {
			readonly type: 'end';
			readonly leftOut: number;
			/** How many things were found. */
			readonly count: number;
			readonly first: readonly GeoJsonFinding[];
	  }
	| { readonly type: 'failure'; readonly reason: string };

/** What the worker is sent. */
export interface Order {
	readonly number: number;
	readonly question: Question;
}

/** What the worker sends: null once, when it is there. */
export type Message = { readonly number: number; readonly answer: Answer } | null;
