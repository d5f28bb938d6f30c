/** What is written below a scene of many places, when its page is made. */
import type { Language } from '../model/story';
import { PLURALS } from './plurals';

const ar = (places: number) =>
	({
		zero: '',
		one: 'ومكان آخر',
		two: 'ومكانان آخران',
		few: `و${places} أماكن أخرى`,
		many: `و${places} مكانًا آخر`,
		other: `و${places} مكان آخر`
	})[PLURALS.ar.select(places)];

const en = (places: number) => (places > 0 ? `and ${places} more` : '');

/** What the link to the places of a scene says that are not listed; empty where there are none. */
export function morePlaces(language: Language, places: number): string {
	return { ar, en }[language](places);
}
