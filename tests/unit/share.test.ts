import { expect, test } from 'vitest';
import { shareLink } from '../../src/lib/sharing/share';

const link = { title: 'A story', url: 'https://example.org/en/story/#p7' };
const refuse = (name: string) => () => Promise.reject(new DOMException('refused', name));

test('a link goes to the system’s share sheet where there is one', async () => {
	const given: unknown[] = [];
	const share = (data: unknown) => {
		given.push(data);
		return Promise.resolve();
	};
	expect(
		await shareLink(link, { share, clipboard: { writeText: refuse('NotAllowedError') } })
	).toBe('shared');
	expect(given).toEqual([link]);
});

test('a sheet that the reader closes copies nothing', async () => {
	const copied: string[] = [];
	const writeText = (text: string) => Promise.resolve(void copied.push(text));
	expect(await shareLink(link, { share: refuse('AbortError'), clipboard: { writeText } })).toBe(
		'dismissed'
	);
	expect(copied).toEqual([]);
});

test('without a sheet, or leave to use it, the address is copied', async () => {
	for (const share of [undefined, refuse('NotAllowedError')]) {
		const copied: string[] = [];
		const writeText = (text: string) => Promise.resolve(void copied.push(text));
		expect(await shareLink(link, { ...(share && { share }), clipboard: { writeText } })).toBe(
			'copied'
		);
		expect(copied).toEqual([link.url]);
	}
});

test('where nothing can be copied, it says so', async () => {
	expect(await shareLink(link, {})).toBe('refused');
	expect(await shareLink(link, { clipboard: { writeText: refuse('NotAllowedError') } })).toBe(
		'refused'
	);
});
