/** A map without WebGL: MapLibre's own camera in our style's projection, and a record of every other call. */
import type { FeatureCollection } from 'geojson';
import { Camera, createProjectionFromName } from 'maplibre-parts';
import type { Crowd } from '../../src/lib/timeline/exploration';
import { mapStyle, paletteOf } from '../../src/lib/live/style';
import { CAMERA_LIMITS, type PaintedMap, type Viewport } from '../../src/lib/live/painter';

/** The style that the live map starts with, in some colours. */
export function styleOf(crowd: Crowd, disputed: readonly string[]) {
	return mapStyle(
		paletteOf(() => '#123456'),
		{ regular: [], strong: [] },
		crowd,
		disputed
	);
}

/** MapLibre's own camera, as the live map's options and style have it. */
export function mapCamera(): Camera {
	const camera = new Camera({
		...CAMERA_LIMITS,
		transformConstrain: null,
		requestRenderFrame: () => 0,
		cancelRenderFrame: () => undefined
	});
	const { projection } = styleOf({ places: false, contacts: false }, []);
	const { transform, cameraHelper } = createProjectionFromName(projection?.type, null, {});
	camera.migrateProjection(transform, cameraHelper);
	return camera;
}

type State = Readonly<Record<string, number>>;

export class RecordedMap {
	/** Every call that changes something, in order: a method's name and what it was given. */
	readonly calls: (readonly [method: string, ...given: unknown[]])[] = [];
	/** What is not 0 of the states of features, by source and key. */
	readonly states = new Map<string, State>();
	readonly filters = new Map<string, unknown>();
	readonly layout = new Map<string, unknown>();
	readonly data = new Map<string, FeatureCollection>();
	readonly camera = mapCamera();
	/** The size of the map's container. */
	size: Pick<Viewport, 'width' | 'height'>;

	constructor(size: Pick<Viewport, 'width' | 'height'>) {
		this.size = size;
		this.camera.resize(size.width, size.height, true);
	}

	/** Names of the methods that were called since the last time this was asked. */
	takeCalls(): string[] {
		return this.calls.splice(0).map(([method]) => method);
	}

	/** Where a position is drawn, in px from the map's left and top edge. */
	project([lng, lat]: readonly [number, number]): [number, number] {
		const { x, y } = this.camera.transform.locationToScreenPoint({ lng, lat });
		return [x, y];
	}

	/** As the painter knows it. */
	get map(): PaintedMap {
		const { camera } = this;
		const record = (method: string, ...given: unknown[]) => {
			this.calls.push([method, ...given]);
		};
		const fake: Record<keyof PaintedMap, (...given: never[]) => unknown> = {
			getBearing: () => camera.transform.bearing,
			getCenter: () => camera.transform.center,
			getPitch: () => camera.transform.pitch,
			getZoom: () => camera.transform.zoom,
			jumpTo: (options: Parameters<PaintedMap['jumpTo']>[0]) => {
				record('jumpTo', options);
				camera.jumpTo(options);
			},
			easeTo: (options: Parameters<PaintedMap['jumpTo']>[0]) => {
				record('easeTo', options);
				camera.jumpTo(options);
			},
			stop: () => {
				record('stop');
				camera.stop();
			},
			redraw: () => {
				record('redraw');
			},
			resize: () => {
				record('resize');
				camera.resize(this.size.width, this.size.height, true);
			},
			setVerticalFieldOfView: (degrees: number) => {
				// MapLibre does nothing where it is the same.
				if (degrees !== camera.transform.fov) record('setVerticalFieldOfView', degrees);
				camera.setVerticalFieldOfView(degrees);
			},
			setFeatureState: ({ source, id }: { source: string; id: string }, state: State) => {
				record('setFeatureState', source, id, state);
				const now = { ...this.states.get(`${source} ${id}`), ...state };
				const seen = Object.entries(now).filter(([, amount]) => amount !== 0);
				if (seen.length === 0) this.states.delete(`${source} ${id}`);
				else this.states.set(`${source} ${id}`, Object.fromEntries(seen));
			},
			setFilter: (layer: string, filter: unknown) => {
				record('setFilter', layer, filter);
				this.filters.set(layer, filter);
			},
			setLayoutProperty: (layer: string, property: string, value: unknown) => {
				record('setLayoutProperty', layer, property, value);
				this.layout.set(`${layer} ${property}`, value);
			},
			getSource: (source: string) => ({
				setData: (data: FeatureCollection) => {
					record('setData', source, data);
					this.data.set(source, data);
				}
			})
		};
		// The methods take and give what MapLibre's do, as far as the painter asks.
		return fake as unknown as PaintedMap;
	}
}
