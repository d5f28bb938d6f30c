import { isOfFirstScreen } from '$lib/fonts';
import { directionOf } from '$lib/locale';
import { LANGUAGES } from '$lib/story';
import type { Handle } from '@sveltejs/kit';

export const handle: Handle = ({ event, resolve }) => {
	const language = LANGUAGES.find((known) => known === event.params['lang']) ?? LANGUAGES[0];
	return resolve(event, {
		preload: ({ type, path }) =>
			type === 'font' ? isOfFirstScreen(language, path) : type === 'js' || type === 'css',
		transformPageChunk: ({ html }) =>
			html.replace('%masar.lang%', language).replace('%masar.dir%', directionOf(language))
	});
};
