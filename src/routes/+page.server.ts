import { storyIds, storyOf } from '$lib/server/library';
import { LANGUAGES } from '$lib/model/story';

export const load = () => ({
	stories: storyIds.flatMap((id) =>
		LANGUAGES.map((language) => ({ id, language, title: storyOf(id).text[language].title }))
	)
});
