/** Opening and closing dossiers, with the address, the history and the focus in step. */
import { createContext, tick } from 'svelte';
import type { Outlines } from './outlines';
import type { PlaceDossiers } from '../reading/page-story';
import type { Reader } from '../reading/reader.svelte';
import type { Venue } from '../reading/venue';

/** What the keyboard's focus goes back to: what opened a dossier, or what stands for it by then. */
export interface Opener {
	readonly focus: (options?: FocusOptions) => void;
}

/** Gives the focus back once the page shows what it is without the dossier. */
function giveBack(opener: Opener | null): void {
	void tick().then(() => {
		opener?.focus({ preventScroll: true });
	});
}

/** Places between which a click could not tell, smallest first, and where on the screen it was, in px. */
export interface Choice {
	readonly places: readonly string[];
	readonly x: number;
	readonly y: number;
	readonly opener: Opener | null;
}

export const [getDossiers, setDossiers] = createContext<Dossiers>();

const PREFIX = 'place-';

/** The place that an address without its `#` names; null where it names something else. */
export function placeIn(address: string): string | null {
	return address.startsWith(PREFIX) ? address.slice(PREFIX.length) : null;
}

/** Links within the story: to its own addresses, and to places, whatever page their dossiers are on. */
export const LINKS = 'a[href^="#"], a[data-place]';

/** The address, without its `#`, that one of {@link LINKS} leads to. */
export function addressOf(link: HTMLElement | SVGElement): string {
	return (link.getAttribute('href') ?? '').replace(/.*#/, '');
}

export class Dossiers {
	readonly outlines: Outlines;
	choice = $state.raw<Choice | null>(null);
	/** The place whose dossier was left for an earlier one: its link is where the reader was. */
	leftFor = $state.raw<string | null>(null);
	/** The dossiers that have been fetched of a story whose page has none. */
	fetched = $state.raw<PlaceDossiers>({});
	/** Where on the screen, in px, the last click was: a dossier opens from there. */
	clicked: readonly [x: number, y: number] | null = null;

	readonly #places: readonly { readonly id: string }[];
	readonly #reader: Reader;
	readonly #address: Venue['address'];
	#opener: Opener | null = null;
	/** True while the history is on its way back to the entry below a closed dossier; it takes its time. */
	#leaving = false;
	/** What is to have the focus once the history is there: a browser may take it away on arrival. */
	#returns: Opener | null = null;

	constructor(
		places: readonly { readonly id: string }[],
		reader: Reader,
		address: Venue['address'],
		outlines: Outlines
	) {
		this.#places = places;
		this.#reader = reader;
		this.#address = address;
		this.outlines = outlines;
	}

	/** @returns false where there is no such place */
	open(place: string, opener: Opener | null): boolean {
		if (!this.#show(place, this.choice?.opener ?? opener)) return false;
		if (!this.#leaving) this.#name(place);
		return true;
	}

	/** Opens what the address already names. */
	arrive(place: string): boolean {
		return this.#show(place, null);
	}

	/** Answers a click on the map, at a point of the screen in px, that means these places. */
	pick(places: readonly string[], x: number, y: number, opener: Opener | null): void {
		const [only] = places;
		this.clicked = [x, y];
		this.choice = null;
		if (only === undefined) this.close();
		else if (places.length === 1) this.open(only, opener);
		else this.choice = { places, x, y, opener };
	}

	/** Closes the choice or the dossier that is open, and gives the focus back. */
	close(): void {
		const opener = this.choice ? this.choice.opener : this.#opener;
		if (!this.choice && this.#reader.place === null) return;
		if (this.choice) this.choice = null;
		else this.leave();
		if (this.#leaving) this.#returns = opener;
		else giveBack(opener);
	}

	/** Closes all without giving the focus back: the reader goes elsewhere. */
	leave(): void {
		this.choice = null;
		// A way back that is under way ends where this one would.
		if (!this.#shut() || this.#leaving) return;
		const entries = this.#address?.pushed() ?? 0;
		this.#leaving = entries > 0;
		if (entries > 0) this.#address?.back(entries);
		else this.#address?.replace(this.#reader.scene);
	}

	/**
	 * Follows the reader, or our own closing, through the history. The words stay where they are.
	 *
	 * @returns false where no dossier has to do with it
	 */
	travelTo(address: string): boolean {
		const place = placeIn(address);
		const { place: left } = this.#reader;
		if (this.#leaving) {
			this.#leaving = false;
			if (left !== null) this.#name(left);
			// Meanwhile the reader may have turned to something else.
			else if (document.activeElement === document.body) giveBack(this.#returns);
			this.#returns = null;
			return true;
		}
		if (place !== null) {
			if (!this.#show(place, null)) return false;
			this.leftFor = left;
			return true;
		}
		const opener = this.#opener;
		if (!this.#shut()) return false;
		giveBack(opener);
		return true;
	}

	#name(place: string): void {
		const address = PREFIX + place;
		if (this.#address?.read() !== address) this.#address?.push(address);
	}

	#show(place: string, opener: Opener | null): boolean {
		if (!this.#places.some(({ id }) => id === place)) return false;
		if (this.#reader.place === null) this.#opener = opener;
		this.choice = null;
		this.leftFor = null;
		this.#reader.place = place;
		return true;
	}

	/** @returns false where nothing was open */
	#shut(): boolean {
		if (this.#reader.place === null) return false;
		this.#reader.place = null;
		this.leftFor = null;
		this.#opener = null;
		return true;
	}
}
