/** The HTML that an editor pastes into a page to embed a story. */
import type { Language } from '../model/story';

export interface EmbedOptions {
	/** Absolute address that the site's files lie below, without a slash at its end. */
	readonly site: string;
	readonly story: string;
	readonly language: Language;
	readonly title: string;
	/** `story` moves as the page scrolls; `boxed` is one screen with buttons; `frame` is boxed without a script. */
	readonly mode: 'story' | 'boxed' | 'frame';
	/** True to request nothing before the reader clicks. */
	readonly consent: boolean;
	/** Of a frame without a script: its width in px or as `100%`, its height in px. */
	readonly width: string;
	readonly height: number;
}

const ESCAPES: Readonly<Record<string, string>> = {
	'&': '&amp;',
	'<': '&lt;',
	'>': '&gt;',
	'"': '&quot;'
};

const escape = (text: string) => text.replace(/[&<>"]/g, (sign) => ESCAPES[sign] ?? sign);

function attributes(given: Readonly<Record<string, string | number>>): string {
	return Object.entries(given)
		.map(([name, value]) => (value === '' ? name : `${name}="${escape(String(value))}"`))
		.join(' ');
}

export function embedCode(options: EmbedOptions): string {
	const { site, story, language, title, mode, consent, width, height } = options;
	if (mode === 'frame') {
		const frame = { src: `${site}/embed/${language}/${story}/`, title, width, height };
		return `<iframe ${attributes({ ...frame, loading: 'lazy', frameborder: 0 })}></iframe>`;
	}
	const script = attributes({
		async: '',
		src: `${site}/embed/v1.js`,
		'data-story': story,
		'data-lang': language,
		'data-title': title,
		...(mode === 'boxed' && { 'data-mode': 'boxed' }),
		...(consent && { 'data-consent': 'click' })
	});
	const link = attributes({ href: `${site}/${language}/${story}/` });
	const image = attributes({
		src: `${site}/cards/${story}/${language}.png`,
		alt: '',
		width: 600,
		height: 315
	});
	return `<script ${script}></script>\n<noscript><a ${link}><img ${image} />${escape(title)}</a></noscript>`;
}

/** Address of a page that holds nothing but what the code makes: the story's own page may hold no frame. */
export function previewAddress(options: EmbedOptions): string {
	const { site, story, language: lang, title, mode, consent, width, height } = options;
	const query = new URLSearchParams({ story, lang, title, mode });
	if (mode === 'frame') query.set('size', `${width} ${height}`);
	else if (consent) query.set('consent', 'click');
	return `${site}/preview/?${query.toString()}`;
}
