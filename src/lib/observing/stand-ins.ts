/**
 * Stand-ins for the observers of sizes and of sight, for a browser without them: fetched only there, before anything of the
 * page runs. The story and MapLibre then take a change of the window for one of all that is watched.
 */

abstract class StandIn {
	readonly #tell: () => void;
	readonly #watched = new Set<Element>();

	constructor(callback: (entries: readonly object[], observer: unknown) => void) {
		this.#tell = () => {
			const entries = [...this.#watched].map((target) => this.entryOf(target));
			if (entries.length > 0) callback(entries, this);
		};
	}

	protected abstract entryOf(target: Element): object;

	observe(target: Element): void {
		if (this.#watched.size === 0) addEventListener('resize', this.#tell);
		this.#watched.add(target);
		// As the observers do, it tells once of how things are.
		requestAnimationFrame(this.#tell);
	}

	unobserve(target: Element): void {
		this.#watched.delete(target);
		if (this.#watched.size === 0) removeEventListener('resize', this.#tell);
	}

	disconnect(): void {
		for (const target of this.#watched) this.unobserve(target);
	}
}

class Sizes extends StandIn {
	protected entryOf(target: Element): object {
		return { target, contentRect: target.getBoundingClientRect() };
	}
}

/** Holds all for seen: to think so too often costs less than never. */
class Sight extends StandIn {
	protected entryOf(target: Element): object {
		return { target, isIntersecting: true, intersectionRatio: 1 };
	}
}

if (!('ResizeObserver' in globalThis)) Object.assign(globalThis, { ResizeObserver: Sizes });
if (!('IntersectionObserver' in globalThis))
	Object.assign(globalThis, { IntersectionObserver: Sight });

export {};
