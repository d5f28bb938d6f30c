import { Written } from '$lib/written';
import type { Transport } from '@sveltejs/kit';

export const transport: Transport = {
	// No script takes a page's data over from its file.
	Written: { encode: (value) => value instanceof Written, decode: () => new Written(null) }
};
