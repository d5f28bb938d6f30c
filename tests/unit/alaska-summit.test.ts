/** What is special to the story of the Alaska summit; the laws that every story is held to are elsewhere. */
import { expect, test } from 'vitest';
import { LANGUAGES } from '../../src/lib/model/story';
import { published } from '../fixtures/stories';

const story = published('alaska-summit');

test('it tells the report in sixteen scenes and seventeen paragraphs, in both languages', () => {
	expect(story.scenes).toHaveLength(16);
	for (const language of LANGUAGES) {
		const paragraphs = story.text[language].scenes.flatMap(({ paragraphs }) => paragraphs);
		expect(paragraphs).toHaveLength(17);
	}
});

test('its places are those of the report', () => {
	expect(Object.keys(story.places).sort()).toEqual([
		...['alaska', 'anchorage', 'bering-strait', 'berlin', 'crimea', 'donetsk', 'germany'],
		...['kherson', 'kremlin', 'kursk', 'kyiv', 'luhansk', 'moscow', 'new-york', 'north-korea'],
		...['pyongyang', 'russia', 'seoul', 'sevastopol', 'south-korea', 'ukraine'],
		...['un-headquarters', 'washington', 'zaporizhzhia']
	]);
});

test('each of them has a country but the strait, and a clock but the strait and Russia', () => {
	const places = Object.values(story.places);
	const without = (key: 'country' | 'timeZone') =>
		places.filter((place) => place[key] === null).map(({ id }) => id);
	expect(without('country')).toEqual(['bering-strait']);
	// No one clock holds at the strait, where two days meet, nor from Kaliningrad to Kamchatka.
	expect(without('timeZone')).toEqual(['bering-strait', 'russia']);
});

test('Crimea, Sevastopol and the four oblasts are disputed, and part of Ukraine', () => {
	expect(story.disputed.toSorted()).toEqual([
		...['crimea', 'donetsk', 'kherson', 'luhansk', 'sevastopol', 'zaporizhzhia']
	]);
	for (const id of story.disputed) expect(story.places[id]?.country).toBe('UA');
});
