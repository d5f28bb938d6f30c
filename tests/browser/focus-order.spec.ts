/** Where the Tab key enters a story in a frame of somebody's page, and where it goes on from. */
import { expect, type Frame, type Page } from '@playwright/test';
import { embedCode } from '../../src/lib/sharing/embed-code';
import { relay } from '../fixtures/stories';
import { FILLER, test } from './hosts';

const BEFORE = '<a href="#before" id="before">Before the story</a>';
const AFTER = '<a href="#after" id="after">After the story</a>';

/** Frames that no loader of ours leads. */
const FRAMES: readonly { readonly name: string; readonly html: (site: string) => string }[] = [
	{
		name: 'no-script',
		html: (site) =>
			embedCode({
				site,
				story: relay.id,
				language: 'en',
				title: 'A story',
				mode: 'frame',
				consent: false,
				width: '100%',
				height: 600
			})
	},
	{
		name: 'amp',
		html: (site) =>
			`<iframe sandbox="allow-scripts allow-popups" width="600" height="600" src="${site}/embed/en/${relay.id}/"></iframe>`
	}
];

async function openFramed(page: Page, address: string): Promise<Frame> {
	await page.goto(address);
	const handle = await page.waitForSelector('iframe');
	const frame = await handle.contentFrame();
	if (!frame) throw new Error('There is no frame of the story.');
	await frame.locator('.boxed .box-count').waitFor();
	// The map's own stops come after the page, and stand before the buttons.
	await frame.locator('[data-spot]').first().waitFor({ state: 'attached' });
	return frame;
}

/** All that the Tab key stops at, in their order: a button that cannot be pressed is none of it. */
const isAtStop = (frame: Frame, at: 'first' | 'last') =>
	frame.evaluate((end) => {
		const stops = [
			...document.querySelectorAll<HTMLElement>('a[href], button:enabled, summary')
		].filter((each) => each.tabIndex >= 0 && each.checkVisibility());
		// The frame knows its stop before it knows that it has the focus.
		return document.hasFocus() && stops.at(end === 'first' ? 0 : -1) === document.activeElement;
	}, at);

/**
 * Gives the host's page the focus, and waits until the frame has heard of it. Each is a process of its own: until then a
 * key goes to the frame.
 */
async function focusHost(page: Page, frame: Frame, id: 'before' | 'after'): Promise<void> {
	await page.locator(`#${id}`).focus();
	await expect(page.locator(`#${id}`)).toBeFocused();
	await frame.waitForFunction(() => !document.hasFocus());
}

for (const { name, html } of FRAMES) {
	test.describe(name, () => {
		test('from the host’s page the Tab key enters at the first stop, wherever the story was clicked before', async ({
			page,
			hosts
		}) => {
			const address = hosts.put(`order-${name}`, {
				html: `<!doctype html><title>Host</title>${BEFORE}${html(hosts.site)}${AFTER}${FILLER}`
			});
			const frame = await openFramed(page, address);
			for (const clicked of [null, '.box-count', '.box-text h1'] as const) {
				if (clicked) {
					await frame.locator(clicked).click();
					await frame.waitForFunction(() => document.hasFocus());
				}
				await focusHost(page, frame, 'before');
				await page.keyboard.press('Tab');
				await expect.poll(() => isAtStop(frame, 'first'), { message: `${clicked}` }).toBe(true);
				await focusHost(page, frame, 'after');
				await page.keyboard.press('Shift+Tab');
				await expect.poll(() => isAtStop(frame, 'last'), { message: `${clicked}` }).toBe(true);
			}
		});

		test('within the story the Tab key goes on from where it was clicked', async ({
			page,
			hosts
		}) => {
			const address = hosts.put(`order-within-${name}`, {
				html: `<!doctype html><title>Host</title>${BEFORE}${html(hosts.site)}${AFTER}${FILLER}`
			});
			const frame = await openFramed(page, address);
			await frame.locator('.box-count').click();
			await frame.waitForFunction(() => document.hasFocus());
			await page.keyboard.press('Tab');
			await expect(frame.getByRole('button', { name: 'Next' })).toBeFocused();
		});
	});
}
