/** A drawing as an SVG file that follows the reader's light or dark setting. */
import css from '../../styles/roles.css?raw';
import { PLACE_REACH } from '../reading/page-story';
import { REACH, type DrawnPath } from '../picture/drawing';

/** Names of the colour roles in roles.css that a picture uses. */
const ROLES = [
	'sea',
	'land',
	'land-near',
	'lake',
	'border',
	'border-near',
	'coast',
	'focus',
	'hatch',
	'contact'
] as const;

export type Theme = 'light' | 'dark';

/** The colour that roles.css gives to a role. */
export function colourOf(role: string, theme: Theme): string {
	const block = new RegExp(`/\\* ${theme} \\*/([^}]*)`).exec(css)?.[1] ?? '';
	const value = new RegExp(`--${role}:\\s*([^;]+);`).exec(block)?.[1];
	if (!value)
		throw new Error(`roles.css has no --${role} in its ${theme} theme; a picture needs it.`);
	return value;
}

/** What roles.css gives colour roles in a theme, as declarations. */
export function rolesOf(theme: Theme, roles: readonly string[]): string {
	return roles.map((role) => `--${role}:${colourOf(role, theme)}`).join(';');
}

const STYLE = `:root,#light:target{${rolesOf('light', ROLES)}}@media(prefers-color-scheme:dark){:root{${rolesOf('dark', ROLES)}}}#dark:target{${rolesOf('dark', ROLES)}}
path{fill:none;stroke-linejoin:round;stroke-linecap:round;vector-effect:non-scaling-stroke}
.sea,.lake{fill:var(--sea)}.land{fill:var(--land)}.near{fill:var(--land-near)}
.coast{stroke:var(--coast);stroke-width:.7}.river{stroke:var(--lake);stroke-width:.6}
.border{stroke:var(--border);stroke-width:.9}.disputed{stroke-dasharray:3 3}.admin1{stroke:var(--border);stroke-width:.5;opacity:.6}
.near-edge{stroke:var(--border-near);stroke-width:1.1}
.lit{fill:var(--focus);fill-opacity:.16}.lit-edge{stroke:var(--focus);stroke-width:1.1}
.hatch{fill:url(#hatch)}#hatch path{stroke:var(--hatch);stroke-width:1.1;stroke-linecap:butt}
.contact{stroke:var(--contact);stroke-width:2.4}.telephone{stroke-width:3.4}.visit{stroke-width:1.6}.video,.visit{stroke-linecap:butt}
.w0{stroke-width:1.8}.w1{stroke-width:2.6}.w2{stroke-width:3.4}.w3{stroke-width:4.1}.w4{stroke-width:4.9}.w5{stroke-width:5.6}
.arrow{fill:var(--contact)}`;

const HATCH =
	'<defs><pattern id="hatch" width="12" height="12" patternUnits="userSpaceOnUse" patternTransform="rotate(45)"><path d="M6 -1V13"/></pattern></defs>';

interface Box {
	/** Units from the plate's centre to the left and right, and to the top and bottom edge. */
	readonly x: number;
	readonly y: number;
}

/**
 * A drawing as an SVG file. It follows the system's light or dark setting; an address that ends in `#light` or `#dark`
 * shows that theme whatever the setting.
 */
function svg(paths: readonly DrawnPath[], { x, y }: Box): string {
	const drawn = paths.map(({ role, d }) => `<path class="${role}" d="${d}"/>`).join('');
	const box = [-x, -y, 2 * x, 2 * y].join(' ');
	const hatch = paths.some(({ role }) => role === 'hatch') ? HATCH : '';
	return `<svg xmlns="http://www.w3.org/2000/svg" id="dark" viewBox="${box}"><style>${STYLE}</style><g id="light">${hatch}${drawn}</g></svg>\n`;
}

/** A scene's picture, as far as any screen may see it. */
export function pictureSvg(paths: readonly DrawnPath[]): string {
	return svg(paths, REACH);
}

/** A place's picture, cut to its dossier's. */
export function placePictureSvg(paths: readonly DrawnPath[]): string {
	return svg(paths, PLACE_REACH);
}

/** The same picture in the colours of one theme, for a renderer that knows no custom properties. */
export function fixedPictureSvg(paths: readonly DrawnPath[], theme: Theme): string {
	return pictureSvg(paths).replace(/var\(--([\w-]+)\)/g, (_, role: string) =>
		colourOf(role, theme)
	);
}
