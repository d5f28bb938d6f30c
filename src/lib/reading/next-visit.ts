/** Keeps what the next visit to a page begins with: where it was left, and the story itself. */
import { keepPlace } from './scroll-memory';
import { keepStory } from './offline';
import type { PageStory } from './page-story';

/** @param base - address that the site's files lie below, without a slash at its end */
export function keepForNextVisit({ id, scenes }: PageStory, base: string): void {
	keepPlace();
	const globes = scenes.map((scene) => `${base}/pictures/${id}/${scene.id}/locator.svg`);
	void keepStory(`${base}/data/${id}/places.json`, globes);
}
