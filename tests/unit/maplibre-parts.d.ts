/** What the tests use of MapLibre's own parts that its package does not export; scripts/maplibre.mjs bundles them. */
declare module 'maplibre-parts' {
	import type { JumpToOptions } from 'maplibre-gl';

	interface Location {
		readonly lng: number;
		readonly lat: number;
	}
	interface Pixel {
		readonly x: number;
		readonly y: number;
	}

	/** A projection with a camera in it. */
	interface Transform {
		readonly center: Location;
		readonly zoom: number;
		readonly bearing: number;
		readonly pitch: number;
		readonly fov: number;
		/** Px from the left and top edge, whether the location is seen or not. */
		locationToScreenPoint(location: Location): Pixel;
		screenPointToLocation(point: Pixel): Location;
		/** True for what lies beyond the horizon. */
		isLocationOccluded(location: Location): boolean;
		isPointOnMapSurface(point: Pixel): boolean;
	}

	export class Camera {
		constructor(options: Readonly<Record<string, unknown>>);
		readonly transform: Transform;
		migrateProjection(transform: Transform, helper: object): void;
		resize(width: number, height: number, constrain: boolean): void;
		jumpTo(options: JumpToOptions): unknown;
		stop(): unknown;
		setVerticalFieldOfView(degrees: number): unknown;
	}

	export function createProjectionFromName(
		name: unknown,
		constrain: null,
		state: object
	): { readonly transform: Transform; readonly cameraHelper: object };

	interface StyleExpression {
		evaluate(
			globals: { readonly zoom: number },
			feature: { readonly type: string; readonly properties: object },
			state: Readonly<Record<string, unknown>>
		): unknown;
	}

	export const expression: {
		createExpression(
			expression: unknown,
			root: string
		): { readonly result: 'success' | 'error'; readonly value: StyleExpression };
	};
}
