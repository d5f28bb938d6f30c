/**
 * The loader, /embed/v1.js: puts the story where its script stands, as a frame that sticks to the screen while the
 * host page's own scroll passes a container as high as the story. It runs in other people's pages, next to anything.
 */
import { DETAIL, HELLO, readGuestMessage, WELCOME, type HostMessage } from './protocol';

declare global {
	interface Window {
		/** The first loader of a page serves every later script, so that all stories share the live maps allowed. */
		masarEmbed1?: ((script: HTMLScriptElement) => void) | undefined;
	}
}

interface Embed {
	readonly script: HTMLScriptElement;
	readonly container: HTMLElement;
	readonly address: URL;
	readonly title: string;
	/** What the host says its own bar covers, in px; NaN to look for the bar. */
	readonly inset: number;
	bar: number;
	boxed: boolean;
	/** True until the reader has agreed to any request, where the host asks for that. */
	held: boolean;
	frame: HTMLIFrameElement | null;
	port: MessagePort | null;
	live: boolean | null;
	/** The last view that was posted. */
	view: string;
	/** How far from the screen it is, in screens; 0 on it. */
	distance: number;
}

const MOST_LIVE = 2;
/** Ms in which the story answers; else the frame is made as small as what it shows without scripts. */
const PATIENCE = 15_000;
const WORDS = {
	ar: ['قصة على خريطة', 'اعرض القصة من '],
	en: ['A story on a map', 'Show the story from ']
} as const;

const root = document.documentElement;
const embeds: Embed[] = [];
const watcher = new MutationObserver(tidy);
// An old browser has none; there the screen's own size has to do.
const sizes =
	(window.ResizeObserver as typeof ResizeObserver | undefined) &&
	new ResizeObserver(() => requestAnimationFrame(update));

/** Sets styles that no style sheet of the host's overrides. */
function dress(element: HTMLElement, css: string): void {
	element.style.cssText = `all:initial;display:block;${css};`.replace(/;/g, '!important;');
}

/** Px of the screen to a px of an element, in a host that is zoomed. */
const scaleOf = (element: HTMLElement) =>
	element.getBoundingClientRect().height / element.offsetHeight || 1;

const zoomOf = (element: HTMLElement) => element.currentCSSZoom || 1;

/** True where an element in the container would stick to the screen's top at any scroll position. */
function sticks(container: HTMLElement): boolean {
	// A page in a frame as high as itself does not scroll.
	if (parent !== window && innerHeight > 3000) return false;
	for (let above = container.parentElement; above && above !== root; above = above.parentElement) {
		// What the body says of its overflow is the screen's, unless the root element says something itself.
		const passed = above === document.body && getComputedStyle(root).overflow === 'visible';
		if (!passed && /auto|scroll|hidden/.test(getComputedStyle(above).overflow)) return false;
	}
	const track = document.createElement('div');
	const probe = document.createElement('div');
	dress(track, 'position:absolute;top:-99999px;height:199999px');
	dress(probe, 'position:sticky;top:9px;height:100px');
	container.appendChild(track).appendChild(probe);
	const { top, height } = probe.getBoundingClientRect();
	track.remove();
	const zoom = zoomOf(container);
	return Math.abs(height / 100 - zoom) < 0.01 && Math.abs(top - 9 * zoom) < 1;
}

/** Px that a bar of the host's covers at the top of the screen. */
function barOver(): number {
	for (const element of document.elementsFromPoint(innerWidth / 2, 1)) {
		const { top, bottom, width, height } = element.getBoundingClientRect();
		if (
			/fixed|sticky/.test(getComputedStyle(element).position) &&
			top < 2 &&
			width > innerWidth / 2 &&
			height < innerHeight / 3
		) {
			return bottom;
		}
	}
	return 0;
}

/** @param height - of the container, in px; 0 while the story has not told its own */
function size({ container, frame, boxed }: Embed, height: number): void {
	// At first as high as a long story, so that what follows it moves out of sight.
	const story = height ? `${height}px` : '1000vh';
	const box = '80vh;height:clamp(420px,80svh,680px)';
	dress(container, `position:relative;clear:both;height:${boxed ? box : story}`);
	if (!frame) return;
	dress(
		frame,
		boxed
			? 'width:100%;height:100%'
			: `width:100%;position:sticky;top:0;height:100vh;height:calc(100lvh/${zoomOf(container)})`
	);
}

function open(embed: Embed): void {
	const { address, boxed, title, container } = embed;
	const frame = document.createElement('iframe');
	if (boxed) address.searchParams.set('boxed', '');
	address.hash = `host=${encodeURIComponent(self.origin)}`;
	frame.title = title;
	frame.src = address.href;
	embed.frame = frame;
	embed.port = null;
	size(embed, 0);
	container.textContent = '';
	container.appendChild(frame);
	setTimeout(() => {
		if (embed.port || embed.frame !== frame) return;
		embed.boxed = true;
		size(embed, 0);
	}, PATIENCE);
}

/** Gives a port to the frame that greets, at its first greeting and whenever its page has been loaded again. */
function onGreeting({ source, origin, data }: MessageEvent): void {
	const embed = embeds.find(({ frame }) => frame && frame.contentWindow === source);
	if (!embed || !source || origin !== embed.address.origin || data !== HELLO) return;
	const { port1, port2 } = new MessageChannel();
	if (embed.port) embed.port.close();
	embed.port = port1;
	embed.live = null;
	embed.view = '';
	port1.onmessage = ({ data }) => {
		hear(embed, data);
	};
	(source as Window).postMessage(WELCOME, origin, [port2]);
	update();
}

function hear(embed: Embed, data: unknown): void {
	const message = readGuestMessage(data);
	const { container, frame } = embed;
	if (!message || !frame) return;
	if (message.type === 'height') {
		size(embed, message.value);
	} else if (message.type === 'scroll') {
		if (embed.distance > 0 || embed.boxed) return;
		const furthest = container.offsetHeight - frame.offsetHeight;
		const top = Math.max(0, Math.min(message.value, furthest)) * scaleOf(container);
		scrollBy({ top: container.getBoundingClientRect().top + top, behavior: 'instant' });
		embed.view = '';
		update();
	} else {
		const { type, value } = message;
		const detail = { [DETAIL[type] || type]: value };
		container.dispatchEvent(
			new CustomEvent(`masar:${type}`, { bubbles: true, composed: true, detail })
		);
	}
}

/** Tells every story where the screen is, and which of them may run a live map. */
function update(): void {
	for (const embed of embeds) {
		const { container, inset } = embed;
		const { top, bottom, width } = container.getBoundingClientRect();
		embed.distance = width ? Math.max(0, top - innerHeight, -bottom) / innerHeight : Infinity;
		if (embed.held || embed.distance > 2) continue;
		if (!embed.frame) open(embed);
		const { port } = embed;
		if (embed.boxed || !port) continue;
		// A bar that comes and goes is taken at its largest: the story never jumps for it.
		embed.bar = inset >= 0 ? inset : Math.max(embed.bar, barOver());
		const scale = scaleOf(container);
		const view: HostMessage = {
			type: 'view',
			top: -top / scale,
			inset: embed.bar / scale,
			screen: root.clientHeight / scale
		};
		const told = JSON.stringify(view);
		if (embed.view !== told) port.postMessage(view);
		embed.view = told;
	}
	embeds
		.filter(({ port }) => port)
		.sort((a, b) => a.distance - b.distance)
		.forEach((embed, order) => {
			const message: HostMessage = { type: 'live', live: order < MOST_LIVE && embed.distance <= 1 };
			if (embed.port && message.live !== embed.live) embed.port.postMessage(message);
			embed.live = message.live;
		});
}

function listen(on: boolean): void {
	const change = on ? addEventListener : removeEventListener;
	change('message', onGreeting);
	change('scroll', update, true);
	change('resize', update);
	if (on) watcher.observe(document, { childList: true, subtree: true });
	else watcher.disconnect();
}

/** Forgets the stories that a page has taken out, and all listeners with the last of them. */
function tidy(): void {
	for (const embed of embeds.slice()) {
		const { script, container, port } = embed;
		if (script.isConnected && container.isConnected) continue;
		if (port) port.close();
		if (sizes) sizes.unobserve(container);
		container.remove();
		embeds.splice(embeds.indexOf(embed), 1);
	}
	if (!embeds.length) listen(false);
}

function start(script: HTMLScriptElement): void {
	const { dataset } = script;
	const language = (dataset['lang'] || root.lang).startsWith('en') ? 'en' : 'ar';
	const [name, invitation] = WORDS[language];
	const address = new URL(`${language}/${dataset['story'] || ''}/`, script.src);
	for (const wish of ['theme', 'motion', 'map']) {
		if (dataset[wish]) address.searchParams.set(wish, dataset[wish]);
	}
	const container = document.createElement('div');
	script.after(container);
	const embed: Embed = {
		script,
		container,
		address,
		title: dataset['title'] || name,
		inset: parseFloat(dataset['insetTop'] || ''),
		bar: 0,
		boxed: false,
		held: dataset['consent'] === 'click',
		frame: null,
		port: null,
		live: null,
		view: '',
		distance: 0
	};
	size(embed, 0);
	embed.boxed = dataset['mode'] === 'boxed' || !sticks(container);
	if (embed.held) {
		const button = document.createElement('button');
		button.type = 'button';
		button.lang = language;
		button.textContent = invitation + address.host;
		button.style.cssText = 'width:100%;padding:4em 1em;font:inherit';
		button.onclick = () => {
			embed.held = false;
			update();
			if (embed.frame) embed.frame.focus();
		};
		container.appendChild(button);
		dress(container, '');
	} else size(embed, 0);
	if (embeds.push(embed) < 2) listen(true);
	if (sizes) sizes.observe(container);
}

const serve = (window.masarEmbed1 = window.masarEmbed1 || start);
if (document.currentScript instanceof HTMLScriptElement) serve(document.currentScript);
