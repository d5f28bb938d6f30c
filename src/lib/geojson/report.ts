import type { Finding, Path } from '../model/finding';

/**
 * `error`: it cannot be drawn, and is left out. `mended`: it is drawn, after a change that is told.
 * `suspicion`: it is drawn as it is, but is probably not meant so.
 */
export type Severity = 'error' | 'mended' | 'suspicion';

/** Takes note of something found. */
export type Report = (severity: Severity, path: Path, finding: Finding) => void;

/** The same report, and whether an error has gone through it. */
export function watched(report: Report): {
	readonly report: Report;
	readonly failed: () => boolean;
} {
	let hasFailed = false;
	return {
		report(severity, path, finding) {
			if (severity === 'error') hasFailed = true;
			report(severity, path, finding);
		},
		failed: () => hasFailed
	};
}

/** How a feature is to be read where GeoJSON leaves it open, or where what is read is not quite GeoJSON. */
export interface Rules {
	/** Whether positions may have a third number. */
	readonly heights: boolean;
	/** Whether rings are turned to run as RFC 7946 says; or left as they are. */
	readonly winding: boolean;
	/** Whether longitudes are brought back to ±180 and geometries cut there; or left as they are. */
	readonly antimeridian: boolean;
}

/** GeoJSON as RFC 7946 has it. */
export const RFC_7946: Rules = { heights: true, winding: true, antimeridian: true };

/** Features unpacked from a level of the basemap, of which a window may go on over the antimeridian. */
export const UNWRAPPED: Rules = { heights: true, winding: false, antimeridian: false };
