/** A drawing as an SVG file that follows the reader's light or dark setting. */
import css from '../../app.css?raw';
import { REACH, type DrawnPath } from '../static-map';

/** Names of the colour roles in app.css that a picture uses. */
const ROLES = ['sea', 'land', 'lake', 'border', 'coast', 'focus', 'contact'] as const;

export type Theme = 'light' | 'dark';

/** The colour that app.css gives to a role. */
export function colourOf(role: string, theme: Theme): string {
	const block = new RegExp(`/\\* ${theme} \\*/([^}]*)`).exec(css)?.[1] ?? '';
	const value = new RegExp(`--${role}:\\s*([^;]+);`).exec(block)?.[1];
	if (!value)
		throw new Error(`app.css has no --${role} in its ${theme} theme; a picture needs it.`);
	return value;
}

const paletteOf = (theme: Theme) =>
	ROLES.map((role) => `--${role}:${colourOf(role, theme)}`).join(';');

const STYLE = `:root{${paletteOf('light')}}@media(prefers-color-scheme:dark){:root{${paletteOf('dark')}}}
path{fill:none;stroke-linejoin:round;stroke-linecap:round;vector-effect:non-scaling-stroke}
.sea,.lake{fill:var(--sea)}.land{fill:var(--land)}
.coast{stroke:var(--coast);stroke-width:.7}.river{stroke:var(--lake);stroke-width:.6}
.border{stroke:var(--border);stroke-width:.9}.disputed{stroke-dasharray:3 3}.admin1{stroke:var(--border);stroke-width:.5;opacity:.6}
.lit{fill:var(--focus);fill-opacity:.16}.lit-edge{stroke:var(--focus);stroke-width:1.4}
.contact{stroke:var(--contact);stroke-width:2.4}.telephone{stroke-width:3.4}.visit{stroke-width:1.6}.video,.visit{stroke-linecap:butt}.troops{stroke-width:3.6}`;

export function pictureSvg(paths: readonly DrawnPath[]): string {
	const drawn = paths.map(({ role, d }) => `<path class="${role}" d="${d}"/>`).join('');
	const box = [-REACH.x, -REACH.y, 2 * REACH.x, 2 * REACH.y].join(' ');
	return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="${box}"><style>${STYLE}</style>${drawn}</svg>\n`;
}

/** The same picture in the colours of one theme, for a renderer that knows no custom properties. */
export function fixedPictureSvg(paths: readonly DrawnPath[], theme: Theme): string {
	return pictureSvg(paths).replace(/var\(--([\w-]+)\)/g, (_, role: string) =>
		colourOf(role, theme)
	);
}
