/** What the painter calls the map for, against a map that records it and moves MapLibre's own camera. */
import fc from 'fast-check';
import type { Feature, FeatureCollection } from 'geojson';
import { expression } from 'maplibre-parts';
import { describe, expect, test } from 'vitest';
import { fieldOfView, onPlate } from '../../src/lib/globe/camera';
import { crowdOf, freeFrame, freeScene, NO_FILTERS } from '../../src/lib/timeline/exploration';
import {
	arrowFeatures,
	contactFeatures,
	labelFeatures,
	type LabelledScene
} from '../../src/lib/live/features';
import {
	contactKey,
	GATHERED_SOURCE,
	labelScale,
	labelSize,
	placeKey
} from '../../src/lib/live/style';
import type { PageStory } from '../../src/lib/reading/page-story';
import { Painter, type PaintedStory, type Viewport } from '../../src/lib/live/painter';
import { mapPlaces } from '../../src/lib/server/map-places';
import { pageStory } from '../../src/lib/server/page';
import type { Story } from '../../src/lib/model/story';
import { createTimeline, DWELL, type Frame } from '../../src/lib/timeline/timeline';
import { many, relay } from '../fixtures/stories';
import { runs } from './cases';
import { RecordedMap, styleOf } from './recorded-map';

const DESKTOP: Viewport = { width: 1280, height: 724, plate: { x: 902, y: 372, side: 590 } };
const PHONE: Viewport = { width: 390, height: 388, plate: { x: 195, y: 207, side: 250 } };

/** A story as the painter knows it. */
function paintedOf(story: Story): { painted: PaintedStory; page: PageStory } {
	const page = pageStory(story, 'en');
	const { places, contacts, language } = page;
	const scenes: LabelledScene[] = [...page.scenes, freeScene(page)];
	const outlined = Object.values(story.places).flatMap(({ id, outline }) => (outline ? [id] : []));
	const crowd = crowdOf(page);
	const painted = { places, contacts, scenes, language, crowd, outlined: new Set(outlined) };
	return { painted, page };
}

const { painted, page } = paintedOf(relay);
const timeline = createTimeline(page.scenes, { stepped: false });
const free = freeFrame(page, NO_FILTERS, timeline.frameAt(0).camera);
const disputed = new Set(relay.disputed);

function begin(frame = timeline.frameAt(0), viewport = DESKTOP, story = painted) {
	const record = new RecordedMap(viewport);
	const painter = new Painter(record.map, story, frame, viewport);
	return { painter, record };
}

const features: Feature[] = [
	...mapPlaces(relay).features,
	...labelFeatures(painted.scenes, painted.places),
	...arrowFeatures(painted.scenes, painted.contacts, relay.places),
	...contactFeatures(painted.contacts, relay.places)
];

/** The opacity of each layer that stands for it, of all that a feature's state changes. */
const OPACITY = {
	'places-area': 'fill-opacity',
	'places-hatch': 'fill-opacity',
	'places-edge': 'line-opacity',
	'places-dot': 'circle-opacity',
	'cities-dot': 'circle-opacity',
	'contacts-telephone': 'circle-opacity',
	'contacts-video': 'line-opacity',
	'contacts-meeting': 'line-opacity',
	'contacts-visit': 'line-opacity',
	'contacts-troops': 'line-opacity',
	'contacts-arrow': 'fill-opacity',
	labels: 'text-opacity'
} as const;

type State = Readonly<Record<string, number>>;

/** MapLibre's own reading of a filter or of a paint property. */
function reading(of: unknown): (feature: Feature, state: State) => unknown {
	if (typeof of === 'number') return () => of;
	const { value } = expression.createExpression(of, 'expression');
	return ({ properties }, state) =>
		value.evaluate({ zoom: 3 }, { type: 'Unknown', properties: properties ?? {} }, state);
}

/** The contacts that have arrowheads in a scene: both, parted by a space. */
const arrowed = new Set(
	features.flatMap(({ properties }) =>
		properties?.['role'] === 'arrow' ? [`${properties['scene']} ${properties['key']}`] : []
	)
);

const style = styleOf(painted.crowd, relay.disputed);

/**
 * What is drawn of the story, by MapLibre's own reading of the style: for each feature of each layer, its opacity, where
 * that is not 0.
 */
function drawn({ filters, states }: RecordedMap): Record<string, number> {
	const seen: Record<string, number> = {};
	for (const layer of style.layers) {
		const property = OPACITY[layer.id as keyof typeof OPACITY] as string | undefined;
		if (!property || !('source' in layer) || !('filter' in layer)) continue;
		const passes = reading(filters.get(layer.id) ?? layer.filter);
		const paint = Object.entries(layer.paint ?? {}).find(([name]) => name === property);
		const opacity = reading(paint?.[1] ?? 1);
		for (const [index, feature] of features.entries()) {
			const key = String(feature.properties?.['key']);
			const state = states.get(`story ${key}`) ?? {};
			const amount = passes(feature, state) === true ? Number(opacity(feature, state)) : 0;
			if (amount !== 0) seen[`${layer.id} ${index} ${key}`] = amount;
		}
	}
	return seen;
}

/** Keys of what a layer draws. */
const keysOf = (seen: Record<string, number>, layer: string) =>
	new Set(
		Object.keys(seen).flatMap((each) => {
			const [id, , ...key] = each.split(' ');
			return id === layer ? [key.join(' ')] : [];
		})
	);

/** All that differs to the eye: what is drawn and how the camera stands. */
function seenOn(record: RecordedMap) {
	const { center, zoom, bearing, pitch, fov } = record.camera.transform;
	const camera = [center.lng, center.lat, zoom, bearing, pitch, fov];
	const corners = [0, 20, 40].map((lat) => record.project([30, lat]));
	return {
		camera,
		corners,
		drawn: drawn(record),
		words: record.layout.get('labels text-size') ?? labelSize(1)
	};
}

const progress = fc.oneof(
	fc.double({ min: 0, max: timeline.length, noNaN: true }),
	fc.integer({ min: 0, max: page.scenes.length - 1 })
);
const viewports = fc.constantFrom(DESKTOP, PHONE, { ...DESKTOP, plate: PHONE.plate });

describe('a frame', () => {
	test('that is shown twice has the map do nothing the second time, anywhere in the story', () => {
		const { painter, record } = begin();
		for (let step = 0; step <= 300; step++) {
			const frame = timeline.frameAt((timeline.length * step) / 300);
			painter.show(frame);
			record.takeCalls();
			painter.show(frame);
			painter.show(frame, DESKTOP);
			expect(record.takeCalls()).toEqual([]);
		}
	});

	test('of a scroll in which nothing changes draws nothing', () => {
		const { painter, record } = begin();
		for (const [index, { beats }] of page.scenes.entries()) {
			const share = DWELL / Math.max(1, beats.length);
			for (const order of beats.keys()) {
				const at = (part: number) => timeline.frameAt(index + share * (order + part));
				painter.show(at(0.3));
				record.takeCalls();
				for (const part of [0.4, 0.6, 0.8, 1]) painter.show(at(part));
				expect(record.takeCalls(), `${index}, paragraph ${order}`).toEqual([]);
			}
		}
	});

	test('is drawn in one redraw, after all that it sets, and moves the camera at most once', () => {
		const { painter, record } = begin();
		for (let step = 1; step <= 400; step++) {
			painter.show(timeline.frameAt((timeline.length * step) / 400));
			const calls = record.takeCalls();
			if (calls.length === 0) continue;
			expect(calls.filter((call) => call === 'redraw')).toHaveLength(1);
			expect(calls.at(-1)).toBe('redraw');
			expect(calls.filter((call) => call === 'jumpTo').length).toBeLessThanOrEqual(1);
		}
	});

	test('looks the same however it is reached: by a jump, step by step or from the end, on any screen', () => {
		fc.assert(
			fc.property(
				fc.array(fc.tuple(progress, viewports), { minLength: 1, maxLength: 6 }),
				progress,
				viewports,
				(way, end, viewport) => {
					const { painter, record } = begin();
					for (const [at, on] of [...way, [end, viewport] as const]) {
						record.size = on;
						painter.show(timeline.frameAt(at), on);
					}
					const alone = begin(timeline.frameAt(end), viewport);
					expect(seenOn(record)).toEqual(seenOn(alone.record));
				}
			),
			{ ...runs(60), numRuns: 60 }
		);
	});

	test('lays out no outline but those that its scene has lit so far', () => {
		const { painter, record } = begin();
		let lit = new Set<string>();
		let scene = '';
		for (let step = 0; step <= 300; step++) {
			const frame = timeline.frameAt((timeline.length * step) / 300);
			painter.show(frame);
			if (frame.scene !== scene) lit = new Set();
			({ scene } = frame);
			for (const id of Object.keys(frame.lit)) lit.add(id);
			const passes = reading(record.filters.get('places-area'));
			const laidOut = features.flatMap((feature) =>
				passes(feature, {}) === true ? [String(feature.properties?.['place'])] : []
			);
			expect(laidOut.filter((id) => !lit.has(id))).toEqual([]);
		}
	});

	test('sets the state of what differs alone', () => {
		const { painter, record } = begin();
		record.takeCalls();
		let before = timeline.frameAt(0);
		for (let step = 1; step <= 500; step++) {
			const after = timeline.frameAt((timeline.length * step) / 500);
			painter.show(after);
			const differing = new Set(
				[before, after].flatMap(({ lit, hatched, contacts }) => [
					...Object.keys(lit),
					...Object.keys(hatched),
					...contacts.map(({ id }) => id)
				])
			);
			for (const id of differing) if (same(before, after, id)) differing.delete(id);
			const set = new Set(
				record.calls
					.splice(0)
					.filter(([method]) => method === 'setFeatureState')
					.map(([, , key]) => String(key).replace(/\/[^/]*$/, ''))
			);
			expect(set).toEqual(differing);
			before = after;
		}
	});
});

function same(a: Frame, b: Frame, id: string): boolean {
	const of = ({ lit, hatched, contacts }: Frame) => {
		const { drawn, opacity } = contacts.find((contact) => contact.id === id) ?? {};
		return [lit[id] ?? 0, hatched[id] ?? 0, drawn ?? 0, opacity ?? 0].join(' ');
	};
	return of(a) === of(b);
}

describe('what is drawn', () => {
	const middles = page.scenes.flatMap(({ id, beats }, index) =>
		Array.from({ length: Math.max(1, beats.length) }, (_, order) => {
			const share = DWELL / Math.max(1, beats.length);
			return { scene: id, frame: timeline.frameAt(index + share * (order + 0.6)) };
		})
	);

	test.each(middles)('in $scene is what the frame lights, hatches and draws', ({ frame }) => {
		const { painter, record } = begin();
		painter.show(frame);
		const seen = drawn(record);
		const kindOf = (id: string) => relay.places[id]?.kind;
		const lit = Object.keys(frame.lit);
		const outlined = lit.filter((id) => painted.outlined.has(id));
		const keys = (ids: readonly string[], role: 'area' | 'edge' | 'point') =>
			new Set(ids.map((id) => placeKey(id, role)));
		expect(keysOf(seen, 'places-area')).toEqual(keys(outlined, 'area'));
		expect(keysOf(seen, 'places-edge')).toEqual(keys(outlined, 'edge'));
		expect(keysOf(seen, 'places-dot')).toEqual(
			keys(
				lit.filter((id) => kindOf(id) !== 'country'),
				'point'
			)
		);
		expect(keysOf(seen, 'places-hatch')).toEqual(keys(Object.keys(frame.hatched), 'area'));
		for (const kind of ['telephone', 'video', 'meeting', 'troops', 'visit'] as const) {
			const ids = frame.contacts.flatMap(({ id }) =>
				relay.contacts.find((each) => each.id === id)?.kind === kind ? [contactKey(id)] : []
			);
			expect(keysOf(seen, `contacts-${kind}`)).toEqual(new Set(ids));
		}
	});

	test.each(middles)(
		'in $scene has the names of that scene and of no other',
		({ scene, frame }) => {
			const { painter, record } = begin();
			painter.show(frame);
			const labels = page.scenes.find(({ id }) => id === scene)?.labels ?? [];
			const shown = new Set(frame.contacts.map(({ id }) => id));
			const expected = labels.filter(
				({ id, kind }) =>
					(kind !== 'place' || (frame.lit[id] ?? 0) > 0) && (kind !== 'contact' || shown.has(id))
			);
			const seen = Object.keys(drawn(record)).map((each) => each.split(' '));
			const namedBy = (layer: string) =>
				seen
					.flatMap(([id, index]) => (id === layer ? [features[Number(index)]?.properties] : []))
					.map((label) => `${label?.['scene']} ${label?.['kind']} ${label?.['text']}`)
					.sort();
			const names = expected.map(({ kind, text }) => `${scene} ${kind} ${text}`).sort();
			expect(namedBy('labels')).toEqual(names);
			const cities = names.filter((name) => name.startsWith(`${scene} city `));
			expect(namedBy('cities-dot')).toEqual(cities);
			expect(namedBy('contacts-arrow').length > 0).toBe(
				frame.contacts.some(({ id }) => arrowed.has(`${scene} ${contactKey(id)}`))
			);
		}
	);

	test('hatches come and go with their scenes, and only disputed places have any', () => {
		const { painter, record } = begin();
		let most = 0;
		for (let step = 0; step <= 300; step++) {
			const frame = timeline.frameAt((timeline.length * step) / 300);
			painter.show(frame);
			for (const id of Object.keys(relay.places)) {
				const amount = record.states.get(`story ${placeKey(id, 'area')}`)?.['hatched'] ?? 0;
				expect(amount).toBe(frame.hatched[id] ?? 0);
				if (amount > 0) expect(disputed.has(id)).toBe(true);
				most = Math.max(most, amount);
			}
		}
		expect(most).toBe(1);
	});

	test('every contact that leaves is set to 0', () => {
		const { painter, record } = begin();
		const left = new Set<string>();
		let before = timeline.frameAt(0);
		for (let step = 1; step <= 300; step++) {
			const frame = timeline.frameAt((timeline.length * step) / 300);
			painter.show(frame);
			for (const { id } of before.contacts) {
				if (frame.contacts.some((contact) => contact.id === id)) continue;
				left.add(id);
				expect(record.states.has(`story ${contactKey(id)}`)).toBe(false);
			}
			before = frame;
		}
		expect(left.size).toBeGreaterThan(3);
	});
});

describe('the place that the reader points at', () => {
	const hovered = (record: RecordedMap) =>
		[...record.states].flatMap(([key, state]) => (state['hover'] ? [key] : [])).sort();

	test('is marked wherever it is shown, and the one before no more', () => {
		const { painter, record } = begin();
		painter.point('alaska');
		const roles = ['area', 'edge', 'label', 'point'] as const;
		expect(hovered(record)).toEqual(roles.map((role) => `story ${placeKey('alaska', role)}`));
		record.takeCalls();
		painter.point('alaska');
		expect(record.takeCalls()).toEqual([]);
		painter.point('kursk');
		expect(hovered(record)).toEqual(roles.map((role) => `story ${placeKey('kursk', role)}`));
		painter.point(null);
		expect(hovered(record)).toEqual([]);
	});

	test('stays marked while the story moves on, and leaves nothing behind', () => {
		const { painter, record } = begin();
		painter.point('kursk');
		for (let at = 0; at < timeline.length; at += 0.37) painter.show(timeline.frameAt(at));
		expect(hovered(record)).toHaveLength(4);
		painter.point(null);
		painter.show(timeline.frameAt(2.2));
		expect(seenOn(record)).toEqual(seenOn(begin(timeline.frameAt(2.2)).record));
	});
});

describe('a viewport', () => {
	test('has every camera where the plate is: its centre at the plate’s, its zoom and field of view by the plate’s side', () => {
		const { painter, record } = begin();
		const sides = [180, 276, 277, 278, 400, 900];
		for (const [index, side] of sides.entries()) {
			const [width, height] = [side + 60 + 90 * index, side + 40];
			const plate = { x: width - side / 2 - 7, y: side / 2 + 11, side };
			const frame = timeline.frameAt(index + 0.2);
			record.size = { width, height };
			painter.show(frame, { width, height, plate });
			const { transform } = record.camera;
			const [x, y] = record.project([frame.camera.lng, frame.camera.lat]);
			expect(Math.hypot(x - plate.x, y - plate.y)).toBeLessThan(1e-6);
			expect(transform.zoom).toBeCloseTo(onPlate(frame.camera, side).zoom, 9);
			expect(transform.fov).toBeCloseTo(fieldOfView(height, side), 9);
		}
	});

	test('that moves its plate alone resizes nothing; a new size does, before the camera moves', () => {
		const { painter, record } = begin();
		const frame = timeline.frameAt(1.2);
		painter.show(frame);
		record.takeCalls();
		painter.show(frame, { ...DESKTOP, plate: { ...DESKTOP.plate, x: 700 } });
		expect(record.takeCalls()).toEqual(['jumpTo', 'redraw']);
		record.size = PHONE;
		painter.show(frame, PHONE);
		const calls = record.takeCalls();
		expect(calls.filter((call) => call === 'resize')).toHaveLength(1);
		expect(calls.indexOf('resize')).toBeLessThan(calls.indexOf('setVerticalFieldOfView'));
		expect(calls.indexOf('setVerticalFieldOfView')).toBeLessThan(calls.indexOf('jumpTo'));
	});

	test('with a small plate has smaller words and leaves out those without room; with a large one all again', () => {
		const { painter, record } = begin(timeline.frameAt(1.2));
		expect(record.layout.size).toBe(0);
		const large = drawn(record);
		record.size = PHONE;
		painter.show(painter.frame, PHONE);
		expect(record.layout.get('labels text-size')).toEqual(labelSize(labelScale(PHONE.plate.side)));
		const small = keysOf(drawn(record), 'labels').size + keysOf(drawn(record), 'cities-dot').size;
		const whole = keysOf(large, 'labels').size + keysOf(large, 'cities-dot').size;
		expect(small).toBeLessThanOrEqual(whole);
		record.size = DESKTOP;
		painter.show(painter.frame, DESKTOP);
		expect(record.layout.get('labels text-size')).toEqual(labelSize(1));
		expect(drawn(record)).toEqual(large);
	});
});

describe('a free camera', () => {
	test('stays with the frames until the reader moves it, then where the reader has it, and comes back', () => {
		const { painter, record } = begin();
		painter.setFree(true);
		painter.show(free);
		painter.show(timeline.frameAt(1.7));
		expect(record.takeCalls()).toContain('jumpTo');
		painter.touch();
		const where = painter.look();
		painter.show(timeline.frameAt(3.7));
		expect(painter.look()).toEqual(where);
		expect(record.takeCalls()).not.toContain('jumpTo');
		painter.setFree(false);
		expect(seenOn(record)).toEqual(seenOn(begin(timeline.frameAt(3.7)).record));
		painter.show(timeline.frameAt(4.7));
		expect(seenOn(record)).toEqual(seenOn(begin(timeline.frameAt(4.7)).record));
	});

	test('is no longer the frames’ once it is brought to a place or nearer', () => {
		for (const move of [
			(painter: Painter) => {
				painter.lookAt({ lng: 10, lat: 50, zoom: 4, bearing: 0, pitch: 0 }, 0);
			},
			(painter: Painter) => {
				painter.zoomBy(1, 0);
			}
		]) {
			const { painter } = begin();
			painter.setFree(true);
			painter.show(free);
			move(painter);
			const where = painter.look();
			painter.show({ ...free, camera: timeline.frameAt(2).camera });
			expect(painter.look()).toEqual(where);
		}
	});

	test('looks, on a plate of any size, at what it was brought to', () => {
		for (const viewport of [DESKTOP, PHONE]) {
			const { painter } = begin(timeline.frameAt(0), viewport);
			painter.setFree(true);
			const camera = { lng: 10, lat: 50, zoom: 4, bearing: 20, pitch: 30 };
			painter.lookAt(camera, 0);
			const seen = painter.look();
			for (const key of ['lng', 'lat', 'zoom', 'bearing', 'pitch'] as const)
				expect(seen[key]).toBeCloseTo(camera[key], 9);
			painter.zoomBy(-1.5, 0);
			expect(painter.look().zoom).toBeCloseTo(2.5, 9);
		}
	});

	test('that is given or taken twice has the map do nothing the second time', () => {
		const { painter, record } = begin();
		record.takeCalls();
		painter.setFree(false);
		expect(record.takeCalls()).toEqual([]);
		painter.setFree(true);
		record.takeCalls();
		painter.setFree(true);
		expect(record.takeCalls()).toEqual([]);
	});

	test('has every place, contact and name of the story before it', () => {
		const { painter, record } = begin();
		painter.setFree(true);
		painter.show(free);
		const seen = drawn(record);
		expect(keysOf(seen, 'places-area')).toEqual(
			new Set([...painted.outlined].map((id) => placeKey(id, 'area')))
		);
		expect(keysOf(seen, 'labels').size).toBeGreaterThan(painted.contacts.length);
		for (const { id, kind } of painted.contacts)
			expect(keysOf(seen, `contacts-${kind}`)).toContain(contactKey(id));
	});
});

describe('a crowd', () => {
	const crowd = paintedOf(many);
	const frames = createTimeline(crowd.page.scenes, { stepped: false });
	const all = freeFrame(crowd.page, NO_FILTERS, frames.frameAt(0).camera);
	const idsIn = (data: FeatureCollection | undefined) =>
		new Set(data?.features.map(({ properties }) => String(properties?.['key'])));

	test('of places is gathered on the free map alone, each place once, countries never', () => {
		expect(crowd.painted.crowd).toEqual({ places: true, contacts: true });
		const { painter, record } = begin(frames.frameAt(0), DESKTOP, crowd.painted);
		for (let at = 0; at < 6; at += 0.5) painter.show(frames.frameAt(at));
		expect(record.data.has(GATHERED_SOURCE)).toBe(false);
		expect(painter.gathers).toBe(false);
		painter.setFree(true);
		painter.show(all);
		expect(painter.gathers).toBe(true);
		const gathered = record.data.get(GATHERED_SOURCE)?.features ?? [];
		const expected = crowd.page.places.flatMap(({ id, kind }) =>
			kind !== 'country' && id in all.lit ? [id] : []
		);
		expect(gathered.map(({ properties }) => String(properties?.['place'])).sort()).toEqual(
			expected.sort()
		);
		const lit = [...record.states].flatMap(([key, state]) => (state['lit'] ? [key] : []));
		for (const key of lit)
			expect(crowd.painted.outlined).toContain(key.replace(/^story |\/[^/]*$/g, ''));
		record.takeCalls();
		painter.show(all);
		expect(record.takeCalls().filter((call) => call === 'setData')).toEqual([]);
		painter.setFree(false);
		painter.show(frames.frameAt(3));
		expect(record.data.get(GATHERED_SOURCE)?.features).toEqual([]);
	});

	test('of places has no mark for a country, which is named without one', () => {
		const crowded = { ...painted, crowd: { places: true, contacts: false } };
		const { painter, record } = begin(timeline.frameAt(0), DESKTOP, crowded);
		painter.setFree(true);
		painter.show(free);
		const gathered = record.data.get(GATHERED_SOURCE)?.features ?? [];
		const kinds = gathered.map(({ properties }) => {
			const id = String(properties?.['place']);
			return relay.places[id]?.kind;
		});
		expect(kinds).toContain('city');
		expect(kinds).not.toContain('country');
		expect(painted.places.some(({ kind }) => kind === 'country')).toBe(true);
	});

	test('of contacts has those of the scene and its neighbours at hand, asked for once a scene', () => {
		const { painter, record } = begin(frames.frameAt(0), DESKTOP, crowd.painted);
		for (const [index, { id }] of crowd.page.scenes.entries()) {
			record.takeCalls();
			for (let part = 0; part <= 4; part++) painter.show(frames.frameAt(index + part / 10));
			expect(record.takeCalls().filter((call) => call === 'setData').length, id).toBeLessThan(2);
			const around = crowd.page.scenes.slice(Math.max(0, index - 1), index + 2);
			const expected = around.flatMap(({ beats }) => beats.flatMap(({ contacts }) => contacts));
			expect(idsIn(record.data.get('contacts'))).toEqual(new Set(expected.map(contactKey)));
			for (const { id } of painter.frame.contacts) {
				expect(record.states.get(`story ${contactKey(id)}`)).toBeDefined();
				expect(record.states.get(`contacts ${contactKey(id)}`)).toBeDefined();
			}
		}
	});

	test('of contacts is whole on the free map, each line in one piece, and leaves it with the reader', () => {
		const { painter, record } = begin(frames.frameAt(2.2), DESKTOP, crowd.painted);
		painter.setFree(true);
		painter.show(all);
		const free = record.data.get('contacts')?.features ?? [];
		expect(new Set(free.map(({ properties }) => properties?.['whole'] as unknown))).toEqual(
			new Set([true])
		);
		expect(free).toHaveLength(all.contacts.length);
		for (const [key, { drawn }] of record.states) expect(drawn, key).toBeUndefined();
		painter.setFree(false);
		painter.show(frames.frameAt(2.2));
		const alone = begin(frames.frameAt(2.2), DESKTOP, crowd.painted).record;
		expect(record.data.get('contacts')).toEqual(alone.data.get('contacts'));
		expect(Object.fromEntries(record.states)).toEqual(Object.fromEntries(alone.states));
	});
});
