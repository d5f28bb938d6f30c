/** A story's scenes as the timeline takes them: each with its camera, and what it hatches. */
import { fit } from '$lib/globe/camera';
import type { Position, Scene, Story } from '$lib/model/story';
import type { TimelineScene } from '$lib/timeline/timeline';
import { hatchedBetween, hatchingOf } from './hatching';

function sightOf(scene: Scene, story: Story): Position[] {
	const whole = scene.view.places.flatMap((id): readonly Position[] => {
		const place = story.places[id];
		return place?.outline?.flatMap(([exterior]) => exterior ?? []) ?? (place ? [place.point] : []);
	});
	const points = scene.view.points.flatMap((id): Position[] => {
		const place = story.places[id];
		return place ? [place.point] : [];
	});
	return [...whole, ...points];
}

/** The scenes, each with the camera fitted to its view on a plate of 512 px. */
export function timelineScenes(story: Story): TimelineScene[] {
	const cameras = story.scenes.map((scene) => fit(sightOf(scene, story), scene.view));
	return story.scenes.flatMap(({ id, lit, countries, beats }, index): TimelineScene[] => {
		const [camera, next] = [cameras[index], cameras[index + 1]];
		if (!camera) return [];
		const hatched = hatchingOf(camera, story);
		const hatchedOnward = next ? hatchedBetween(camera, next, story) : [];
		return [{ id, lit, countries, beats, camera, hatched, hatchedOnward }];
	});
}
