import { LANGUAGES, type Language } from '$lib/story';

export function match(param: string): param is Language {
	return LANGUAGES.some((language) => language === param);
}
