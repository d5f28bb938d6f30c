import { readFileSync } from 'node:fs';
import { geoArea, geoContains, geoDistance } from 'd3-geo';
import type { MultiPolygon } from 'geojson';
import { describe, expect, it } from 'vitest';
import { parsePlace } from '../../src/lib/parse';
import { originsOf, placeGeojson } from '../../src/lib/server/origins';
import { pageStory } from '../../src/lib/server/page';
import { bestSeenAt, lightingOf, viewOf } from '../../src/lib/server/sight';
import { LANGUAGES, type Camera, type Place } from '../../src/lib/model/story';
import { relay as story } from '../fixtures/stories';

/** Mean radius of the Earth, in km (IUGG). */
const EARTH = 6371.0088;

const page = pageStory(story, 'en');
const ids = Object.keys(story.places);

function place(id: string): Place {
	const found = story.places[id];
	if (!found) throw new Error(`The story has no place ${id}.`);
	return found;
}

function dossier(id: string) {
	const found = page.places.find((each) => each.id === id);
	const told = page.dossiers?.[id];
	if (!found || !told) throw new Error(`The page has no dossier of ${id}.`);
	return { ...found, ...told };
}

const mutable = ([lng, lat]: readonly [number, number]): [number, number] => [lng, lat];

/** The outline as d3-geo reads it: clockwise. */
function sphere(id: string): MultiPolygon {
	return {
		type: 'MultiPolygon',
		coordinates: (place(id).outline ?? []).map((polygon) =>
			polygon.map((ring) => ring.map(mutable).reverse())
		)
	};
}

describe('the figures of a dossier', () => {
	it.each(ids)('%s: its area is what d3-geo computes on the sphere', (id) => {
		const { area } = dossier(id).figures;
		if (!place(id).outline) expect(area).toBeNull();
		else {
			const independent = geoArea(sphere(id)) * EARTH ** 2;
			expect(Math.abs((area ?? 0) / independent - 1)).toBeLessThan(0.002);
		}
	});

	it.each(ids)('%s: its distances are what d3-geo computes on the sphere', (id) => {
		for (const { place: other, kilometres } of dossier(id).figures.distances) {
			const angle = geoDistance(mutable(place(id).point), mutable(place(other).point));
			expect(kilometres).toBeCloseTo(angle * EARTH, 2);
		}
	});

	it.each(ids)(
		'%s: tells how far Anchorage, where people meet, and the other ends of its contacts are',
		(id) => {
			const told = dossier(id).figures.distances.map(({ place }) => place);
			const others = dossier(id).contacts.flatMap(({ others }) => others);
			const expected = new Set(['anchorage', ...others].filter((other) => other !== id));
			expect(new Set(told)).toEqual(expected);
			expect(told).toHaveLength(expected.size);
		}
	);
});

describe('the contacts of a dossier', () => {
	it.each(ids)('%s: are those that end at it or within its outline', (id) => {
		const within = (end: string) =>
			end === id ||
			(place(id).outline !== null && geoContains(sphere(id), mutable(place(end).point)));
		for (const contact of story.contacts) {
			const ends = [...new Set(contact.legs.flatMap(({ from, to }) => [from, to]))];
			const told = dossier(id).contacts.find((each) => each.id === contact.id);
			expect(told !== undefined, contact.id).toBe(ends.some(within));
			expect(told?.others ?? []).toEqual(told ? ends.filter((end) => !within(end)) : []);
		}
	});

	it('a country has those of its capital, a state those of its city', () => {
		const contacts = (id: string) => dossier(id).contacts.map((contact) => contact.id);
		expect(contacts('alaska')).toEqual(['arrows']);
		expect(contacts('ukraine')).toEqual(['dashes']);
		expect(contacts('russia')).toEqual(['dots', 'arrows', 'widening', 'long-dashes']);
		expect(contacts('seoul')).toEqual([]);
	});
});

describe('the country of a dossier', () => {
	it('is Ukraine for Crimea, Sevastopol and the four oblasts, with word of the dispute', () => {
		const disputed = page.places.filter(({ disputed }) => disputed);
		expect(disputed.map(({ id }) => id).sort()).toEqual([
			'crimea',
			'donetsk',
			'kherson',
			'luhansk',
			'sevastopol',
			'zaporizhzhia'
		]);
		for (const { country } of disputed) expect(country).toBe('UA');
	});
});

describe('what the report says in a dossier', () => {
	it.each(LANGUAGES)('%s: is every paragraph that mentions the place, and no other', (language) => {
		const { scenes, places } = pageStory(story, language);
		for (const { id, paragraphs } of places) {
			const mentioning = scenes
				.flatMap(({ beats }) => beats)
				.filter(({ text }) => text.some((run) => run.type === 'mention' && run.place === id))
				.map(({ paragraph }) => paragraph);
			expect(paragraphs, id).toEqual(mentioning);
		}
	});
});

describe('where the map shows a place best', () => {
	it.each(ids)('%s: is where it is lit, or where it is at least in sight', (id) => {
		const { bestSeen, shownWith } = dossier(id);
		const scenes = story.scenes.filter(({ lit }) => lit.includes(id)).map((scene) => scene.id);
		const lit = [...shownWith.map((paragraph) => `p${paragraph}`), ...scenes];
		const all = story.scenes.map((scene) => scene.id);
		expect(lit.length > 0 ? lit : all).toContain(bestSeen);
	});

	it('is lit there before it is not, whole before by its point, near before far', () => {
		expect(dossier('kursk').bestSeen).toBe('p4');
		expect(dossier('crimea').bestSeen).toBe('p8');
		expect(dossier('bering-strait').bestSeen).toBe('p7');
		expect(dossier('pyongyang').bestSeen).toBe('p2');
		const at = (zoom: number, lng = 0): Camera => ({ lng, lat: 0, zoom, bearing: 0, pitch: 0 });
		const spot = { id: 'spot', point: [0, 0] as const, outline: null };
		const field = {
			...spot,
			outline: [
				[
					[
						[-5, -5],
						[5, -5],
						[5, 5],
						[-5, 5],
						[-5, -5]
					]
				]
			] as const
		};
		const best = (
			place: Pick<Place, 'id' | 'outline' | 'point'>,
			cameras: Record<string, Camera>,
			lit: string[] = []
		) =>
			bestSeenAt(
				place,
				new Map(Object.entries(cameras).map(([id, camera]) => [id, viewOf(camera)])),
				lightingOf(lit.map((id) => ({ id, lit: ['spot'], beats: [] }))).get(place.id)
			);
		expect(best(spot, { far: at(1), near: at(3) })).toBe('near');
		expect(best(spot, { far: at(1), near: at(3) }, ['far'])).toBe('far');
		expect(best(field, { part: at(6), whole: at(3) })).toBe('whole');
		expect(best(spot, { elsewhere: at(3, 170) })).toBeNull();
	});
});

describe('the geometry of a dossier', () => {
	it.each(ids)('%s: every part names its origin and licence', (id) => {
		const { origins } = dossier(id);
		expect(origins.map(({ role }) => role)).toEqual(
			place(id).outline ? ['outline', 'point'] : ['point']
		);
		for (const { name, licence, url } of origins) {
			expect(licence).toBe(
				name === null ? 'MIT' : name.en === 'GeoNames' ? 'CC BY 4.0' : 'Public domain'
			);
			expect(url === null).toBe(name === null);
		}
	});

	it('a place drawn from what story.yaml does not name as a source is refused', () => {
		const path = 'data/places/kursk.geojson';
		const text = readFileSync(path, 'utf8').replaceAll('Natural Earth', 'an atlas');
		const drawn = parsePlace({ path, text });
		if (!drawn.ok) throw new Error('The place has issues.');
		expect(() => originsOf(drawn.place, story.sources)).toThrow(/expected a source of story\.yaml/);
	});

	it.each(ids)('%s: what is downloaded is the geometry of the data, with its licence', (id) => {
		const { features } = placeGeojson(place(id), story.sources);
		const bare = features.map(({ properties, ...feature }) => {
			const { licence, ...rest } = properties ?? {};
			expect(licence).toMatch(/^(MIT|CC BY 4\.0|Public domain)$/);
			return { ...feature, properties: rest };
		});
		const text = JSON.stringify({ type: 'FeatureCollection', features: bare });
		const read = parsePlace({ path: `data/places/${id}.geojson`, text });
		expect(read.ok && read.place).toEqual(place(id));
	});
});

describe('the places of a scene', () => {
	it.each(page.scenes.map((scene) => [scene.id, scene] as const))(
		'%s: are those that it mentions or lights, each once',
		(_, scene) => {
			const named = scene.beats.flatMap(({ text, lit }) => [
				...text.flatMap((run) => (run.type === 'mention' ? [run.place] : [])),
				...lit
			]);
			expect(new Set(scene.places)).toEqual(new Set([...scene.lit, ...named]));
			expect(new Set(scene.places).size).toBe(scene.places.length);
		}
	);
});
