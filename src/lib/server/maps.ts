/** The maps of a story that the build makes: of its scenes and of its places, each with its names. */
import { perspective } from '$lib/globe/camera';
import { placeLabels, type MapLabel } from '$lib/cartography/labels';
import type { Camera, Language, Place, Story } from '$lib/model/story';
import { drawFrame, UNITS, type DrawnPath } from '$lib/picture/drawing';
import { PLACE_REACH } from '$lib/reading/page-story';
import type { Frame } from '$lib/timeline/timeline';
import { basemap } from './basemap';
import { contextOf, type StoryContext } from './context';
import { contactsOf } from './figures';
import { hatchingOf } from './hatching';
import { locatorSvg } from './locator';
import { marksOf, namesOf } from './names';
import { cameraOf } from './sight';

/** What a scene's picture shows: the frame in the middle of its first paragraph. */
function frameOf(story: Story, scene: string): Frame {
	const { frameAt, progressOf } = contextOf(story).timeline();
	return frameAt(progressOf(scene) ?? 0);
}

/** The camera of a scene's picture, on a plate of 512 px. */
export function cameraOfScene(story: Story, scene: string): Camera {
	return frameOf(story, scene).camera;
}

/** The picture of a scene, as paths. */
export function pictureOf(story: Story, scene: string): DrawnPath[] {
	return drawFrame(frameOf(story, scene), basemap(), story.places, story.contacts);
}

/** The small globe that shows where on Earth a scene's view lies, as an SVG file. */
export function locatorOf(story: Story, scene: string): string {
	return locatorSvg(cameraOfScene(story, scene), basemap().world.land);
}

/** The names on the picture of a scene. */
export function labelsOf(story: Story, id: string, language: Language): MapLabel[] {
	const context = contextOf(story);
	const found = context.scenesById().get(id);
	if (!found) return [];
	const { scene, plan } = found;
	const names = namesOf(context, language, {
		zoom: scene.camera.zoom,
		lit: [...scene.lit, ...scene.beats.flatMap(({ lit }) => lit)],
		countries: scene.countries,
		clocks: plan.clocks
	});
	return placeLabels(scene.camera, names, marksOf(context, scene, language), story.places);
}

/** The countries that a dossier's own small map may name. */
const countriesAround = (context: StoryContext, { country }: Place): string[] => [
	...new Set([...context.countries(), ...(country ? [country] : [])])
];

/** The small map of a place, as paths: the place, and the contacts that touch it. */
export function pictureOfPlace(story: Story, place: Place): DrawnPath[] {
	const context = contextOf(story);
	const camera = cameraOf(place);
	const frame = {
		camera,
		hatched: hatchingOf(camera, story),
		lit: { [place.id]: 1 },
		contacts: contactsOf(context, place).map(({ id }) => ({ id, drawn: 1, opacity: 1 })),
		countries: countriesAround(context, place)
	};
	return drawFrame(frame, basemap(), story.places, story.contacts);
}

/** The names on the small map of a place. */
export function labelsOfPlace(story: Story, place: Place, language: Language): MapLabel[] {
	const context = contextOf(story);
	const camera = cameraOf(place);
	const { project } = perspective(camera, UNITS);
	const names = namesOf(context, language, {
		zoom: camera.zoom,
		lit: [place.id],
		countries: countriesAround(context, place),
		clocks: null
	});
	return placeLabels(camera, names, [], story.places).filter(({ point }) => {
		const at = project(point);
		return at && Math.abs(at[0]) < PLACE_REACH.x && Math.abs(at[1]) < PLACE_REACH.y;
	});
}
