/** Names as a map draws them: the live map and the pictures alike. */
import type { Language } from '../../model/story';

/** The kashida, which MapLibre leaves out, and the vowel signs, which it draws beside their letters and not on them. */
const TASHKEEL = /\u0640|[\u064B-\u0652]|\u0670/g;
/** MapLibre takes a line's direction from its first letter, whatever the page's is. */
const RIGHT_TO_LEFT = '\u200F';

/**
 * A name as it stands alone on a map: with a capital where its script has them, without vowel signs, and in an Arabic
 * text from right to left though its first letter be Latin.
 */
export function mapWords(name: string, language: Language): string {
	const bare = name.replace(TASHKEEL, '');
	const words = bare.slice(0, 1).toUpperCase() + bare.slice(1);
	const [first = ''] = words.match(/\p{L}/u) ?? [];
	return language === 'ar' && /\p{Script=Latin}/u.test(first) ? RIGHT_TO_LEFT + words : words;
}
