/** Words of the site around its stories. */
import type { Language } from '../model/story';

const ar = {
	home: 'القصص',
	about: 'أخبار تُروى على خريطة تتحرك مع القارئ.',
	notFound: 'هذه الصفحة غير موجودة.',
	toStory: 'إلى القصة'
};

type SiteWords = typeof ar;

const en: SiteWords = {
	home: 'Stories',
	about: 'News told on a map that moves with its reader.',
	notFound: 'There is no such page.',
	toStory: 'To the story'
};

const WORDS: Readonly<Record<Language, SiteWords>> = { ar, en };

export function siteWordsOf(language: Language): SiteWords {
	return WORDS[language];
}
