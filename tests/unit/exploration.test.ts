import { describe, expect, test } from 'vitest';
import {
	datesOf,
	findPlaces,
	freeFrame,
	freeLabels,
	kindsOf,
	passing,
	UNDATED,
	type Filters
} from '../../src/lib/timeline/exploration';
import { pageStory } from '../../src/lib/server/page';
import type { ContactKind } from '../../src/lib/model/story';
import { relay } from '../fixtures/stories';

const story = pageStory(relay, 'en');
const without = (kinds: ContactKind[] = [], dates: string[] = []): Filters => ({
	kinds: new Set(kinds),
	dates: new Set(dates)
});
const found = (query: string) => findPlaces(story.places, query).map(({ id }) => id);

describe('the filters of the free map', () => {
	test('without any, every place and every contact is there', () => {
		const { places, contacts } = passing(story, without());
		expect(new Set(places)).toEqual(new Set(story.places.map(({ id }) => id)));
		expect(contacts).toEqual(story.contacts.map(({ id }) => id));
	});

	test('a kind that is left out leaves out its contacts and nothing else', () => {
		for (const kind of kindsOf(story)) {
			const { contacts } = passing(story, without([kind]));
			const others = story.contacts.filter((contact) => contact.kind !== kind);
			expect(contacts).toEqual(others.map(({ id }) => id));
		}
	});

	test('only 2015 leaves the visit of that year, and the places that it joins or the paragraph names', () => {
		const others = datesOf(story).filter((date) => date !== '2015');
		const { places, contacts } = passing(story, without([], others));
		expect(contacts).toEqual(['long-dashes']);
		expect(new Set(places)).toEqual(new Set(['moscow', 'new-york', 'un-headquarters', 'alaska']));
	});

	test('with every date left out nothing is lit or drawn', () => {
		const camera = { lng: 0, lat: 0, zoom: 0, bearing: 0, pitch: 0 };
		const frame = freeFrame(story, without([], datesOf(story)), camera);
		expect(frame.lit).toEqual({});
		expect(frame.contacts).toEqual([]);
		expect(frame.hatched).toEqual({});
	});

	test('dates come in their order, what has none last', () => {
		expect(datesOf(story)).toEqual([
			'2015',
			'2025-08-10',
			'2025-08-12',
			'2025-08-13',
			'2025-08-15',
			UNDATED
		]);
	});
});

test('every place and every contact is named on the free map, in the page’s language', () => {
	for (const language of ['ar', 'en'] as const) {
		const labels = freeLabels(story, language);
		expect(labels).toHaveLength(story.places.length + story.contacts.length);
		for (const { text } of labels) expect(text).not.toBe('');
	}
});

describe('finding a place', () => {
	test('by its name in either language, whole or begun, whatever the case', () => {
		expect(found('Kursk')).toEqual(['kursk']);
		expect(found('كورسك')).toEqual(['kursk']);
		expect(found('WASH')).toEqual(['washington']);
		expect(found('korea')).toEqual(expect.arrayContaining(['north-korea', 'south-korea']));
	});

	test('by Arabic written without hamza, with marks, or without its article', () => {
		expect(found('الاسكا')).toContain('alaska');
		expect(found('اوكرانيا')).toContain('ukraine');
		expect(found('أُوكرانيا')).toContain('ukraine');
		expect(found('كرملين')).toContain('kremlin');
	});

	test('for nothing asked, all; for what is nowhere, none', () => {
		expect(found('  ')).toHaveLength(story.places.length);
		expect(found('atlantis')).toEqual([]);
		expect(found('[.*')).toEqual([]);
	});
});
