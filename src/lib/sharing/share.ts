/** Handing a link on: by the system's share sheet where there is one, else by the clipboard. */

/** `refused` where neither can be had: then the reader has to copy the link by hand. */
export type Outcome = 'shared' | 'dismissed' | 'copied' | 'refused';

/** What a browser may or may not have. */
export interface Means {
	readonly share?: (data: { title: string; url: string }) => Promise<void>;
	readonly clipboard?: { readonly writeText: (text: string) => Promise<void> };
}

const isDismissal = (cause: unknown) => cause instanceof Error && cause.name === 'AbortError';

/** @param means - the browser's `navigator`, which has all, some or none of it */
export async function shareLink(
	link: { title: string; url: string },
	means: Means
): Promise<Outcome> {
	if (means.share) {
		try {
			await means.share(link);
			return 'shared';
		} catch (cause) {
			if (isDismissal(cause)) return 'dismissed';
			// A frame may have the sheet's function without the leave to use it.
		}
	}
	try {
		if (!means.clipboard) return 'refused';
		await means.clipboard.writeText(link.url);
		return 'copied';
	} catch {
		return 'refused';
	}
}
