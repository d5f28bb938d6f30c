/** What routes prerender: every page, scene, place and file of dossiers of the stories in data/. */
import { LANGUAGES, type Language } from '$lib/model/story';
import { countDossierFiles } from './dossiers';
import { storyIds, storyOf } from './library';

/** Every page there is: a story in a language. */
export function allPages(): { lang: Language; story: string }[] {
	return storyIds.flatMap((story) => LANGUAGES.map((lang) => ({ lang, story })));
}

/** Every scene of every story. */
export function allScenes(): { story: string; scene: string }[] {
	return storyIds.flatMap((story) => storyOf(story).scenes.map(({ id }) => ({ story, scene: id })));
}

/** Every place of every story. */
export function allPlaces(): { story: string; place: string }[] {
	return storyIds.flatMap((story) =>
		Object.keys(storyOf(story).places).map((place) => ({ story, place }))
	);
}

/** Every file of dossiers, and page of places, of the stories that have them: both have the same numbers. */
export function allDossierFiles(): { lang: Language; story: string; file: string }[] {
	return allPages().flatMap(({ lang, story }) =>
		Array.from({ length: countDossierFiles(storyOf(story)) }, (_, index) => ({
			lang,
			story,
			file: String(index + 1)
		}))
	);
}
