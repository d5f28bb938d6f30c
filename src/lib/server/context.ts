/** What the build works out of a story once, for its pages, pictures, names and dossiers. */
import { eachLanguage, type Contact, type Scene, type Story } from '$lib/model/story';
import { createTimeline, type TimelineScene } from '$lib/timeline/timeline';
import { indexContacts } from './figures';
import { ownCities } from './names';
import { once, oncePer } from './once';
import { timelineScenes } from './scenes';
import { lightingOf, viewOf } from './sight';

/** A story with what follows from it; each member works its value out when it is first asked for. */
export class StoryContext {
	readonly story: Story;

	constructor(story: Story) {
		this.story = story;
	}

	/** The scenes as the timeline takes them. */
	readonly scenes = once(() => timelineScenes(this.story));

	/** Each scene as the timeline takes it and as it was planned, by its id. */
	readonly scenesById = once(() => {
		const plans = new Map(this.story.scenes.map((plan) => [plan.id, plan]));
		return new Map(
			this.scenes().flatMap((scene): [string, { scene: TimelineScene; plan: Scene }][] => {
				const plan = plans.get(scene.id);
				return plan ? [[scene.id, { scene, plan }]] : [];
			})
		);
	});

	/** How each scene sees the Earth, by its id. */
	readonly views = once(() => new Map(this.scenes().map(({ id, camera }) => [id, viewOf(camera)])));

	/** The timeline that stands still in each scene, as pictures do. */
	readonly timeline = once(() => createTimeline(this.scenes(), { stepped: true }));

	/** Where the story lights each place, by its id. */
	readonly lighting = once(() => lightingOf(this.story.scenes));

	/** The contacts by their places. */
	readonly contactIndex = once(() => indexContacts(this.story.contacts));

	/** Each contact with its place among all, by its id. */
	readonly contactsById = once(
		() =>
			new Map(
				this.story.contacts.map((contact, order): [string, { contact: Contact; order: number }] => [
					contact.id,
					{ contact, order }
				])
			)
	);

	/** ISO codes of the countries that any scene names. */
	readonly countries = once(() => new Set(this.story.scenes.flatMap(({ countries }) => countries)));

	/** Ids of the places that are countries, by ISO code. */
	readonly #countryPlaces = once(
		() =>
			new Map(
				Object.values(this.story.places).flatMap(({ id, kind, country }): [string, string][] =>
					kind === 'country' && country !== null ? [[country, id]] : []
				)
			)
	);

	/** Id of the place that is the country of an ISO code; the code itself where the story has no such place. */
	idOfCountry(code: string): string {
		return this.#countryPlaces().get(code) ?? code;
	}

	/** Ids of the basemap's cities that the story has itself, by the names of each language. */
	readonly ownCities = eachLanguage((language) =>
		once(() => ownCities(Object.values(this.story.places), language))
	);
}

/** The context of a story, made once. */
export const contextOf = oncePer((story: Story) => new StoryContext(story));
