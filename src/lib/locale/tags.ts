/** How `Intl` is told which language is meant. */
import type { Language } from '../model/story';

/** Locales of `Intl`. The digits of the story are Western in Arabic too, with the separators that go with them. */
export const LOCALES: Readonly<Record<Language, string>> = { ar: 'ar-u-nu-latn', en: 'en-GB' };
