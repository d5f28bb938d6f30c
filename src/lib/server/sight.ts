/** Where a story shows its places: which scenes and paragraphs light each, and which camera sees it best. */
import { fit, perspective, type Perspective } from '$lib/globe/camera';
import type { Camera, Place, Position, Scene } from '$lib/model/story';
import { oncePer } from './once';

/** How close a dossier's map may go, on a plate of 512 px: to an outline, and to what is only a point. */
const CLOSEST = { outline: 8, point: 5.4 } as const;

function cornersOf({ outline, point }: Pick<Place, 'outline' | 'point'>): readonly Position[] {
	return outline?.flatMap(([exterior]) => exterior ?? []) ?? [point];
}

/** The camera, on a plate of 512 px, that shows a place whole with what lies around it. */
export const cameraOf = oncePer((place: Place): Camera => {
	return fit(cornersOf(place), {
		places: [place.id],
		points: [],
		maxZoom: place.outline ? CLOSEST.outline : CLOSEST.point,
		projection: 'near',
		bearing: 0,
		pitch: 0
	});
});

/** How a scene sees the Earth. */
export interface SceneView {
	/** Of the camera, on a plate of 512 px. */
	readonly zoom: number;
	/** Onto a plate of side 1. */
	readonly project: Perspective['project'];
}

/** How a camera, on a plate of 512 px, sees the Earth. */
export function viewOf(camera: Camera): SceneView {
	return { zoom: camera.zoom, project: perspective(camera, 1).project };
}

/** How much of a place stands within a scene's plate: 2 all of it, 1 its point, 0 nothing. */
function inSight(place: Pick<Place, 'outline' | 'point'>, { project }: SceneView): number {
	const within = (position: Position) => {
		const at = project(position);
		return at !== null && Math.abs(at[0]) <= 0.5 && Math.abs(at[1]) <= 0.5;
	};
	return cornersOf(place).every(within) ? 2 : within(place.point) ? 1 : 0;
}

/** Where a story lights a place. */
export interface Lighting {
	/** Ids of the scenes that light it, each with the first of its paragraphs that does, or null where none does. */
	readonly scenes: Map<string, number | null>;
	/** Numbers of all paragraphs that light it. */
	readonly paragraphs: number[];
}

/** Where a story lights each of its places, by their ids. */
export function lightingOf(
	scenes: readonly Pick<Scene, 'id' | 'lit' | 'beats'>[]
): ReadonlyMap<string, Lighting> {
	const all = new Map<string, Lighting>();
	const of = (id: string): Lighting => {
		const lighting: Lighting = all.get(id) ?? { scenes: new Map(), paragraphs: [] };
		all.set(id, lighting);
		return lighting;
	};
	for (const scene of scenes) {
		for (const { paragraph, lit } of scene.beats) {
			for (const id of new Set(lit)) {
				const lighting = of(id);
				lighting.paragraphs.push(paragraph);
				if (!lighting.scenes.has(scene.id)) lighting.scenes.set(scene.id, paragraph);
			}
		}
		for (const id of scene.lit) {
			const lighting = of(id);
			if (!lighting.scenes.has(scene.id)) lighting.scenes.set(scene.id, null);
		}
	}
	return all;
}

/**
 * The address, without `#`, of where the story shows a place best: where it is lit, whole in sight or at least by its
 * point, in the closest view of these; there the first paragraph that lights it.
 *
 * @param views - of all scenes, by their ids
 * @param lighting - the place's; undefined where nothing lights it
 * @returns null where no scene lights it or has it in sight
 */
export function bestSeenAt(
	place: Pick<Place, 'outline' | 'point'>,
	views: ReadonlyMap<string, SceneView>,
	lighting: Lighting | undefined
): string | null {
	let best: { address: string; seen: number; zoom: number } | null = null;
	// Where one lights it, no scene that does not can be the best.
	for (const scene of (lighting?.scenes ?? views).keys()) {
		const view = views.get(scene);
		if (!view) continue;
		const seen = inSight(place, view);
		if (!lighting && seen === 0) continue;
		if (best && (seen < best.seen || (seen === best.seen && view.zoom <= best.zoom))) continue;
		const paragraph = lighting?.scenes.get(scene) ?? null;
		const address = paragraph === null ? scene : `p${paragraph}`;
		best = { address, seen, zoom: view.zoom };
	}
	return best?.address ?? null;
}
