import { directionOf } from '$lib/locale';
import { LANGUAGES } from '$lib/story';
import type { Handle } from '@sveltejs/kit';

export const handle: Handle = ({ event, resolve }) => {
	const language = LANGUAGES.find((known) => known === event.params['lang']) ?? LANGUAGES[0];
	return resolve(event, {
		transformPageChunk: ({ html }) => {
			const page = html
				.replace('%masar.lang%', language)
				.replace('%masar.dir%', directionOf(language));
			// It answers for addresses at any depth, from which no relative one would lead anywhere.
			return event.route.id === '/404' ? page.replaceAll('="./', '="/') : page;
		}
	});
};
