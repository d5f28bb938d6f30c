/** What the checks ask of a browser, whichever engine it has. Each engine has a module of its own that gives it. */

/** What a browser is started with. */
export interface Settings {
	/** The system asks for less motion. */
	readonly still?: boolean;
	/** The system is dark. */
	readonly dark?: boolean;
	readonly webgl?: false;
	readonly javascript?: false;
}

/** A window's inside, in CSS px. */
export interface Size {
	readonly width: number;
	readonly height: number;
}

export type Key = 'Enter' | 'Escape' | 'End';

/** What can be handed over to a page. */
export type Plain = string | number | boolean | null | readonly Plain[];

/** One tab of a browser that runs. */
export interface Driver {
	readonly engine: string;
	/** Goes to an address, and waits until the page has loaded. A new hash alone does not load it anew. */
	readonly open: (address: string) => Promise<void>;
	readonly reload: () => Promise<void>;
	/**
	 * Calls a function in the page, and gives what it returns or resolves to, as JSON has it.
	 *
	 * @param call - knows nothing but the page and what it is given
	 * @param given - what it is called with
	 */
	readonly evaluate: <Given extends readonly Plain[], Answer>(
		call: (...given: Given) => Answer,
		...given: Given
	) => Promise<Awaited<Answer>>;
	/** The same in the page's first frame. */
	readonly evaluateInFrame: Driver['evaluate'];
	/**
	 * Gives the window the size, or the nearest that the engine can have.
	 *
	 * @returns the size that it has now
	 */
	readonly resize: (size: Size) => Promise<Size>;
	/** What is seen of the window, as a PNG. */
	readonly picture: () => Promise<Buffer>;
	/** What the page prints, as a PDF; null where the engine's driver prints nothing. */
	readonly print: (() => Promise<Uint8Array>) | null;
	readonly press: (key: Key) => Promise<void>;
	/** Clicks with the mouse at a point of the window, in px. */
	readonly click: (x: number, y: number) => Promise<void>;
	/** The errors that the console has told of since this was last asked. */
	readonly errors: () => Promise<readonly string[]>;
	readonly close: () => Promise<void>;
}

/** Longest wait in ms for something that has to come; software draws the maps here. */
export const PATIENCE = 180_000;
/** Ms between two questions whether it has come. */
const STEP = 60;

/**
 * Waits until something is so in the page.
 *
 * @param what - what is waited for, as a sentence says it
 * @throws Error that names it, where it is not so in time
 */
export async function until<Given extends readonly Plain[]>(
	driver: Pick<Driver, 'engine' | 'evaluate'>,
	what: string,
	call: (...given: Given) => boolean | Promise<boolean>,
	...given: Given
): Promise<void> {
	const end = performance.now() + PATIENCE;
	let cause: unknown;
	while (performance.now() < end) {
		try {
			if (await driver.evaluate(call, ...given)) return;
			cause = undefined;
		} catch (error) {
			// Between two pages, and before a frame is there, there is nobody to ask.
			cause = error;
		}
		await new Promise((resolve) => setTimeout(resolve, STEP));
	}
	throw new Error(`${driver.engine}: ${what} did not come in ${PATIENCE} ms`, { cause });
}

/** A function and what it is given, as one expression of JavaScript. */
export function expressionOf(
	call: (...given: never[]) => unknown,
	given: readonly Plain[]
): string {
	return `(${call.toString()})(...${JSON.stringify(given)})`;
}
