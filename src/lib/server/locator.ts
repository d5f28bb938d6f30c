/** A small globe that shows where on Earth a scene's view lies, as an SVG file. */
import { geoOrthographic, geoPath, type GeoContext, type GeoPermissibleObjects } from 'd3-geo';
import { perspective, PLATE } from '../globe/camera';
import type { Camera, Position } from '../model/story';
import { rolesOf } from './picture';

/** Radius of the globe, in units of the drawing. */
const RADIUS = 60;
/** Highest latitude at the middle of the globe: beyond it north is no longer up. */
const HIGHEST = 48;
/** Area, in square units, below which an island is not drawn. */
const SPECK = 5;
/** Distance, in units, that a point has to be away from the last to be drawn. */
const STEP = 1.6;
/** Half a side, in units, below which the mark of a view is not drawn. */
const SMALLEST_MARK = 5;

type Point = readonly [x: number, y: number];

function areaOf(ring: readonly Point[]): number {
	return Math.abs(
		ring.reduce((sum, [x, y], index) => {
			const [nextX, nextY] = ring[(index + 1) % ring.length] ?? [x, y];
			return sum + (x * nextY - nextX * y) / 2;
		}, 0)
	);
}

/** Collects the rings that d3-geo draws. */
class Rings implements GeoContext {
	readonly rings: Point[][] = [];
	beginPath(): void {
		this.rings.length = 0;
	}
	moveTo(x: number, y: number): void {
		this.rings.push([[x, y]]);
	}
	lineTo(x: number, y: number): void {
		this.rings.at(-1)?.push([x, y]);
	}
	closePath(): void {
		// Every ring of an area is closed.
	}
	arc(): void {
		throw new RangeError(
			'A locator draws areas; d3-geo asked for an arc, which a point would need.'
		);
	}
}

function pathData(rings: readonly (readonly Point[])[]): string {
	return rings
		.filter((ring) => areaOf(ring) >= SPECK)
		.map((ring) => {
			let last: Point = [Infinity, Infinity];
			const kept = ring.filter((point) => {
				if (Math.hypot(point[0] - last[0], point[1] - last[1]) < STEP) return false;
				last = point;
				return true;
			});
			let [x, y] = [0, 0];
			return `${kept
				.map((point, index) => {
					const [nextX, nextY] = [Math.round(point[0]), Math.round(point[1])];
					const step = `${index ? 'l' : 'M'}${nextX - (index ? x : 0)} ${nextY - (index ? y : 0)}`;
					[x, y] = [nextX, nextY];
					return step;
				})
				.join('')
				.replaceAll(' -', '-')}z`;
		})
		.join('');
}

/** The edge of what a view shows: where the plate's sides lie on the globe, or the edge of the disc beyond them. */
function footprint(camera: Camera): Position[] {
	const { unproject, cap } = perspective(camera, PLATE);
	const half = PLATE / 2;
	const corners: Point[] = [
		[-half, -half],
		[half, -half],
		[half, half],
		[-half, half]
	];
	const edge = corners.flatMap(([x, y], index): Position[] => {
		const [nextX, nextY] = corners[(index + 1) % corners.length] ?? [x, y];
		return Array.from({ length: 12 }, (_, step): Position => {
			const [atX, atY] = [x + ((nextX - x) * step) / 12, y + ((nextY - y) * step) / 12];
			for (let part = 1; part > 0; part -= 0.004) {
				const position = unproject([atX * part, atY * part]);
				if (position) return position;
			}
			return cap.centre;
		});
	});
	return edge;
}

/** @param camera - of the scene, on a plate of 512 px */
export function locatorSvg(camera: Camera, land: GeoPermissibleObjects): string {
	const projection = geoOrthographic()
		.scale(RADIUS)
		.translate([0, 0])
		.rotate([-camera.lng, -Math.max(-HIGHEST, Math.min(HIGHEST, camera.lat))])
		.precision(0.8);
	const rings = new Rings();
	geoPath(projection, rings)(land);
	const mark = footprint(camera).map(([lng, lat]): Point => projection([lng, lat]) ?? [0, 0]);
	const reach = Math.max(...mark.map(([x, y]) => Math.hypot(x, y)));
	const [middleX, middleY] = projection([camera.lng, camera.lat]) ?? [0, 0];
	const grow = Math.max(
		1,
		SMALLEST_MARK /
			Math.max(
				1e-6,
				...mark.map(([x, y]) => Math.max(Math.abs(x - middleX), Math.abs(y - middleY)))
			)
	);
	const marked = mark.map(
		([x, y], index) =>
			`${index ? 'L' : 'M'}${Math.round(middleX + (x - middleX) * grow)} ${Math.round(middleY + (y - middleY) * grow)}`
	);
	const seen =
		reach > RADIUS * 0.97
			? `<circle class="mark" r="${RADIUS - 2}"/>`
			: `<path class="mark" d="${marked.join('')}z"/>`;
	return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="-64 -64 128 128"><style>${STYLE}</style><g id="light"><g id="dark"><circle class="sea" r="${RADIUS}"/><path class="land" d="${pathData(rings.rings)}"/>${seen}<circle class="rim" r="${RADIUS}"/></g></g></svg>\n`;
}

const ROLES = ['locator-sea', 'locator-land', 'focus', 'coast'] as const;
/** A theme that the reader chose is named by the address, as `#dark`; otherwise the system's holds. */
const STYLE = `:root{${rolesOf('light', ROLES)}}@media(prefers-color-scheme:dark){:root{${rolesOf('dark', ROLES)}}}#light:target{${rolesOf('light', ROLES)}}#dark:target{${rolesOf('dark', ROLES)}}
.sea{fill:var(--locator-sea)}.land{fill:var(--locator-land)}.rim{fill:none;stroke:var(--coast);stroke-width:2}.mark{fill:var(--focus);fill-opacity:.14;stroke:var(--focus);stroke-width:4;stroke-linejoin:round}`;
