/** A drawing as an SVG file that follows the reader's light or dark setting. */
import css from '../../styles/roles.css?raw';
import { PLACE_REACH } from '../page-story';
import { REACH, type DrawnPath } from '../static-map';

/** Names of the colour roles in roles.css that a picture uses. */
const ROLES = ['sea', 'land', 'lake', 'border', 'coast', 'focus', 'contact'] as const;

function paletteOf(theme: 'light' | 'dark'): string {
	const block = new RegExp(`/\\* ${theme} \\*/([^}]*)`).exec(css)?.[1] ?? '';
	return ROLES.map((role) => {
		const value = new RegExp(`--${role}:\\s*([^;]+);`).exec(block)?.[1];
		if (!value)
			throw new Error(`roles.css has no --${role} in its ${theme} theme; a picture needs it.`);
		return `--${role}:${value}`;
	}).join(';');
}

const STYLE = `:root{${paletteOf('light')}}@media(prefers-color-scheme:dark){:root{${paletteOf('dark')}}}
path{fill:none;stroke-linejoin:round;stroke-linecap:round;vector-effect:non-scaling-stroke}
.sea,.lake{fill:var(--sea)}.land{fill:var(--land)}
.coast{stroke:var(--coast);stroke-width:.7}.river{stroke:var(--lake);stroke-width:.6}
.border{stroke:var(--border);stroke-width:.9}.disputed{stroke-dasharray:3 3}.admin1{stroke:var(--border);stroke-width:.5;opacity:.6}
.lit{fill:var(--focus);fill-opacity:.16}.lit-edge{stroke:var(--focus);stroke-width:1.4}
.contact{stroke:var(--contact);stroke-width:2.4}.telephone{stroke-width:3.4}.visit{stroke-width:1.6}.video,.visit{stroke-linecap:butt}.troops{stroke-width:3.6}`;

interface Box {
	/** Units from the plate's centre to the left and right, and to the top and bottom edge. */
	readonly x: number;
	readonly y: number;
}

function svg(paths: readonly DrawnPath[], { x, y }: Box): string {
	const drawn = paths.map(({ role, d }) => `<path class="${role}" d="${d}"/>`).join('');
	const box = [-x, -y, 2 * x, 2 * y].join(' ');
	return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="${box}"><style>${STYLE}</style>${drawn}</svg>\n`;
}

/** A scene's picture, as far as any screen may see it. */
export function pictureSvg(paths: readonly DrawnPath[]): string {
	return svg(paths, REACH);
}

/** A place's picture, cut to its dossier's. */
export function placePictureSvg(paths: readonly DrawnPath[]): string {
	return svg(paths, PLACE_REACH);
}
