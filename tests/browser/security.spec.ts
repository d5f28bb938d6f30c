import { expect, test, type Page } from '@playwright/test';
import { headersOf } from '../../scripts/policy.mjs';
import { scrollTo, whole } from './reading';

declare global {
	interface Window {
		readonly violations: string[];
	}
}

// Every frame of the map is drawn in software here; fewer pixels run the same code.
test.use({ deviceScaleFactor: 0.5, viewport: { width: 800, height: 600 } });
test.setTimeout(120_000);

const WORDS = {
	ar: {
		explore: 'استكشف الخريطة',
		back: 'عودة إلى القصة',
		embed: 'ضمّن هذه القصة',
		preview: 'معاينة في تبويب جديد'
	},
	en: {
		explore: 'Explore the map',
		back: 'Back to the story',
		embed: 'Embed this story',
		preview: 'Preview in a new tab'
	}
} as const;

interface Watched {
	/** What the page, or any it opens, breaks of its policy, throws, or asks of others. */
	readonly faults: string[];
	readonly violations: () => Promise<string[]>;
}

async function watch(page: Page): Promise<Watched> {
	const faults: string[] = [];
	const context = page.context();
	await context.addInitScript(() => {
		const violations: string[] = [];
		Object.assign(window, { violations });
		addEventListener('securitypolicyviolation', (event) => {
			violations.push(`${event.violatedDirective}: ${event.blockedURI} ${event.sample}`);
		});
	});
	context.on('console', (message) => {
		if (message.type() === 'error') faults.push(message.text());
	});
	context.on('weberror', (error) => faults.push(error.error().message));
	context.on('request', (request) => {
		const { protocol, hostname } = new URL(request.url());
		if (protocol.startsWith('http') && hostname !== 'localhost') faults.push(request.url());
	});
	return { faults, violations: () => page.evaluate(() => window.violations) };
}

async function liveMap(page: Page): Promise<void> {
	await page.locator('[data-map][data-renderer="live"]').waitFor({ timeout: 60_000 });
}

for (const language of whole ? (['ar', 'en'] as const) : (['en'] as const)) {
	const words = WORDS[language];

	test(`${language}: a whole read, dossiers, exploration and sharing stay within the policy`, async ({
		page
	}) => {
		const { faults, violations } = await watch(page);
		const response = await page.goto(`/${language}/alaska-summit/`);
		const policy = headersOf('/')['Content-Security-Policy'];
		expect(response?.headers()['content-security-policy']).toBe(policy);
		await liveMap(page);
		const height = await page.evaluate(() => document.body.scrollHeight);
		for (let top = 0; top < height; top += 1200) await scrollTo(page, top);
		await page.locator('#p4 [data-place="kursk"]').click();
		await page.getByRole('dialog').locator('.contacts a[data-place]').first().click();
		await page.keyboard.press('Escape');
		const action = async (name: string) => {
			await page.locator('.menu summary').click();
			await page.locator('.menu').getByRole('button', { name }).click();
		};
		await action(words.explore);
		await page.getByRole('button', { name: words.back }).click();
		await page.locator('.menu summary').click();
		await page.locator('.menu [data-share]').last().click();
		await expect(page.locator('.shared')).toBeVisible();
		await action(words.embed);
		const opened = page.waitForEvent('popup');
		await page.getByRole('link', { name: words.preview }).click();
		const preview = await opened;
		await expect(preview.frameLocator('iframe').locator('article')).toBeVisible();
		expect(await preview.evaluate(() => window.violations)).toEqual([]);
		await preview.close();
		await page.keyboard.press('Escape');

		expect(await violations()).toEqual([]);
		expect(faults).toEqual([]);
		expect(await page.context().cookies()).toEqual([]);
		const kept = await page.evaluate(() => [
			...Object.keys(localStorage),
			...Object.keys(sessionStorage)
		]);
		expect(kept.filter((name) => !/^masar:(theme|motion)$/.test(name))).toEqual([]);
	});
}

test('a story in a frame stays within its policy, live map and all', async ({ page }) => {
	const { faults, violations } = await watch(page);
	const response = await page.goto('/embed/en/alaska-summit/');
	expect(response?.headers()['content-security-policy']).toContain('frame-ancestors *');
	await liveMap(page);
	expect(await violations()).toEqual([]);
	expect(faults).toEqual([]);
});

test('the policy is in force: what it forbids does not run, and is reported', async ({ page }) => {
	await watch(page);
	await page.goto('/en/alaska-summit/?map=static');
	await page.locator('.menu summary').waitFor();
	const outcomes = await page.evaluate(async () => {
		const attempt = (act: () => unknown) => {
			try {
				act();
				return 'done';
			} catch (cause) {
				return cause instanceof Error ? cause.name : 'thrown';
			}
		};
		const outcomes = [
			attempt(() => (document.createElement('p').innerHTML = '<b>a</b>')),
			attempt(() => new Worker('https://example.com/a.js')),
			attempt(() => new Worker('data:text/javascript;,1')),
			attempt(() => {
				document.createElement('script').src = 'https://example.com/a.js';
			})
		];
		const pixel = document.createElement('img');
		pixel.src = 'https://example.com/pixel.png';
		document.body.append(pixel);
		await new Promise((resolve) => setTimeout(resolve, 300));
		return outcomes;
	});
	expect(outcomes).toEqual(['TypeError', 'TypeError', 'TypeError', 'TypeError']);
	expect((await page.evaluate(() => window.violations)).join('\n')).toContain('img-src');
});
