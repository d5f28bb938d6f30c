import { readFileSync } from 'node:fs';
import { geoContains, geoDistance } from 'd3-geo';
import type { FeatureCollection, MultiPolygon, Point } from 'geojson';
import { describe, expect, test } from 'vitest';
import { LANGUAGES, type Language, type Place, type Story } from '../../src/lib/model/story';
import { contextOf } from '../../src/lib/server/context';
import { namesOf } from '../../src/lib/server/names';
import { publishedIds, published, relay } from '../fixtures/stories';

/** Mean radius of the Earth, in km (IUGG). */
const EARTH = 6371.0088;
/** Zoom from which every city of the basemap may be named. */
const NEAR = 6;

const labels = JSON.parse(readFileSync('data/basemap/labels.json', 'utf8')) as FeatureCollection<
	Point,
	{ kind: string; country: string | null; 'name:ar': string; 'name:en': string }
>;
const basemap = (kind: string) =>
	labels.features.filter(({ properties }) => properties.kind === kind);

const stories: readonly Story[] = [relay, ...publishedIds.map(published)];
const cases = stories.flatMap((story) =>
	LANGUAGES.map((language) => ({ story, language, name: `${story.id}, ${language}` }))
);

function named(story: Story, language: Language, countries: readonly string[] = []) {
	const shown = { zoom: NEAR, lit: [], countries, clocks: null };
	return namesOf(contextOf(story), language, shown);
}

const citiesNamed = (story: Story) =>
	named(story, 'en').flatMap(({ kind, id }) => (kind === 'city' ? [id] : []));

/** The outline as d3-geo reads it: clockwise. */
const sphere = ({ outline }: Place): MultiPolygon => ({
	type: 'MultiPolygon',
	coordinates: (outline ?? []).map((polygon) =>
		polygon.map((ring) => ring.map((position) => [...position]).reverse())
	)
});

/** The story with a city that is like Moscow but for what is given. */
function withCity(id: string, changes: Partial<Place>): Story {
	const { moscow } = relay.places;
	if (!moscow) throw new Error('The story has no place moscow.');
	return { ...relay, places: { ...relay.places, [id]: { ...moscow, ...changes, id } } };
}

describe.each(cases)('the names of $name', ({ story, language }) => {
	test('a country has the id of its place, or its ISO code where the story has none', () => {
		const places = Object.values(story.places);
		const codes = basemap('country').map(({ properties }) => properties.country ?? '');
		const ids = named(story, language, codes).flatMap(({ kind, id }) =>
			kind === 'country' ? [id] : []
		);
		const expected = codes.map(
			(code) =>
				places.find(({ kind, country }) => kind === 'country' && country === code)?.id ?? code
		);
		expect(ids.sort()).toEqual(expected.sort());
		expect(ids).toContain('russia');
		expect(ids).toContain('FR');
	});

	test('a city of the basemap has no name at a city of the story, nor at or in another place of the same name', () => {
		const places = Object.values(story.places);
		const texts = named(story, language).flatMap(({ kind, id }) => (kind === 'city' ? [id] : []));
		const expected = basemap('city').filter(({ properties, geometry: { coordinates } }) => {
			const [lng = NaN, lat = NaN] = coordinates;
			return !places.some((place) => {
				const near = geoDistance([lng, lat], [place.point[0], place.point[1]]) * EARTH < 5;
				if (place.kind === 'city') return near;
				const sameName = place.name[language] === properties[`name:${language}`];
				return sameName && (near || geoContains(sphere(place), [lng, lat]));
			});
		});
		expect(texts.sort()).toEqual(expected.map(({ properties }) => properties['name:en']).sort());
		expect(texts.length).toBeLessThan(basemap('city').length);
	});
});

test('a city of the story elsewhere takes no name from the one of the basemap that is called the same', () => {
	expect(citiesNamed(relay)).not.toContain('Moscow');
	expect(citiesNamed(withCity('moscow', { point: [-117, 46.73] }))).toContain('Moscow');
});

test('a city is the same by whatever name the story calls it', () => {
	const name = { ar: 'بيجين', en: 'Peking' };
	const story = withCity('peking', { point: [116.4, 39.91], name });
	expect(citiesNamed(relay)).toContain('Beijing');
	expect(citiesNamed(story)).not.toContain('Beijing');
});
