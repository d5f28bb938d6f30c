import { LANGUAGES, type Language } from '$lib/model/story';

export function match(param: string): param is Language {
	return LANGUAGES.some((language) => language === param);
}
