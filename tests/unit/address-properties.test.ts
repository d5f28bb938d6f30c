import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { hostOriginOf, wordpressSecretOf } from '../../src/embed/guest';
import { Dossiers, placeIn } from '../../src/lib/dossier/dossiers.svelte';
import { Outlines } from '../../src/lib/dossier/outlines';
import { pageVenue } from '../../src/lib/reading/page-venue';
import { Reader } from '../../src/lib/reading/reader.svelte';
import { pageAddress } from '../../src/lib/reading/venue';
import { relay as story } from '../fixtures/stories';
import { PAYLOADS } from '../payloads';
import { damaged, damages, runs } from './cases';

const places = Object.values(story.places).map(({ id }) => ({ id }));
const inText = story.scenes.flatMap(({ id, beats }) => [
	id,
	...beats.map(({ paragraph }) => `p${paragraph}`)
]);
const known = [...inText, ...places.map(({ id }) => `place-${id}`)];

const PAGE = 'https://news.example/en/relay/';

/** The address bar and the history, as far as a page's venue asks for them. */
beforeEach(() => {
	visit('');
	const go = (_state: unknown, _title: string, to: string) => {
		vi.stubGlobal('location', new URL(to, location.href));
	};
	vi.stubGlobal('history', { state: null, pushState: go, replaceState: go, go: () => undefined });
});
afterEach(() => {
	vi.unstubAllGlobals();
});

function visit(rest: string): void {
	vi.stubGlobal('location', new URL(PAGE + rest));
}

const words = fc.oneof(
	fc.constantFrom(...known, '', 'place-', 'p0', 'p-1', 'p1e1', 'p١', 'place-place-kyiv'),
	fc.constantFrom('__proto__', 'constructor', 'toString', 'hasOwnProperty', 'place-__proto__'),
	fc.tuple(fc.constantFrom(...known), damages).map(([text, all]) => damaged(text, all)),
	fc.constantFrom(...PAYLOADS),
	fc.string({ unit: 'binary', maxLength: 60 })
);
/** As they may stand in an address: encoded, or as somebody has typed them. */
const written = fc
	.oneof(
		words,
		words.map((text) => encodeURIComponent(text.toWellFormed())),
		fc.array(fc.constantFrom('%', '%E0', '%ff', '%2', '%00', '#', '?', '&', 'a'), { maxLength: 8 })
	)
	.map((text) => (typeof text === 'string' ? text : text.join('')));

const camera = { lng: 0, lat: 0, zoom: 1, bearing: 0, pitch: 0 };
const reader = new Reader(
	story.scenes.map((scene) => ({ ...scene, hatched: {}, hatchedOnward: [], camera }))
);
const venue = pageVenue('../..');

describe('whatever stands behind the # of a page’s address', () => {
	test('is read without throwing, and leads to a scene, a paragraph or a place that there is, or nowhere', () => {
		const dossiers = new Dossiers(places, reader, venue.address, new Outlines(''));
		fc.assert(
			fc.property(written, (hash) => {
				visit(`#${hash}`);
				const address = venue.address?.read() ?? '';
				const progress = reader.progressOf(address);
				const leads = progress !== null;
				if (leads !== inText.includes(address))
					expect.fail(`${address} leads into the text: ${leads}`);
				reader.progress = progress ?? 0;
				if (leads && ![reader.scene, `p${reader.paragraph}`].includes(address)) {
					expect.fail(`${address} leads to ${reader.scene}, p${reader.paragraph}`);
				}
				const place = placeIn(address);
				const opens = place !== null && dossiers.open(place, null);
				if (opens !== (known.includes(address) && !leads))
					expect.fail(`${address} opens: ${opens}`);
				if (reader.place !== (opens ? place : null))
					expect.fail(`${address} opens ${reader.place}`);
				dossiers.leave();
			}),
			runs(3_000)
		);
	});

	test('is read as it was put there: by us, by a link of ours, or encoded by anyone', () => {
		fc.assert(
			fc.property(fc.constantFrom(...known), words, (own, anything) => {
				venue.address?.replace(own);
				const ours = venue.address?.read();
				vi.stubGlobal('location', new URL(pageAddress('../..', 'ar', story.id, own), PAGE));
				const linked = venue.address?.read();
				if (ours !== own || linked !== own || location.pathname !== `/ar/${story.id}/`) {
					expect.fail(`${own} is read as ${ours} and ${linked} on ${location.pathname}`);
				}
				const text = anything.toWellFormed();
				visit(`#${encodeURIComponent(text)}`);
				if (venue.address?.read() !== text) expect.fail(`${text} is read as another`);
			}),
			runs(3_000)
		);
	});
});

test('whatever stands in the query of an address, a wish is one of those that there are', () => {
	const wishes = {
		theme: ['auto', 'light', 'dark'],
		motion: ['auto', 'full', 'reduce'],
		map: ['live', 'static']
	};
	const name = fc.oneof(fc.constantFrom('theme', 'motion', 'map', '__proto__', 'theme[]'), written);
	const value = fc.oneof(fc.constantFrom(...Object.values(wishes).flat(), 'DARK', ''), written);
	fc.assert(
		fc.property(fc.array(fc.tuple(name, value), { maxLength: 4 }), (pairs) => {
			visit(`?${pairs.map((pair) => pair.join('=')).join('&')}`);
			const asked = new URLSearchParams(location.search);
			for (const [wish, choice] of Object.entries(venue.wishes())) {
				const among: readonly string[] = wishes[wish as keyof typeof wishes];
				const wanted = asked.get(wish) ?? '';
				const right = among.includes(wanted) ? wanted : among[0];
				if (choice !== right) expect.fail(`${wish} is ${choice} after ${location.search}`);
			}
		}),
		runs(3_000)
	);
});

test('whatever stands in a frame’s address, its host is an origin or nobody, and WordPress’s secret is a word', () => {
	const origins = fc.webUrl({ validSchemes: ['https', 'http'] }).map((url) => new URL(url).origin);
	fc.assert(
		fc.property(written, origins, fc.constantFrom('#', '&', '#at=p7&'), (hash, origin, before) => {
			const host = hostOriginOf(`${before}host=${hash}`);
			if (host !== null && host !== 'null' && new URL(host).origin !== host) expect.fail(host);
			const right = hostOriginOf(`${before}host=${encodeURIComponent(origin)}`);
			if (right !== origin) expect.fail(`${origin} is read as ${right}`);
			const secret = wordpressSecretOf(`${before}secret=${hash}`);
			if (secret !== null && !/^[\w-]{1,64}$/.test(secret)) expect.fail(secret);
		}),
		runs(3_000)
	);
});
