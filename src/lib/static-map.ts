/** The map as a drawing: a frame and the geography, to paths and labels. */
import {
	geoPath,
	geoProjection,
	type GeoContext,
	type GeoPermissibleObjects,
	type GeoProjection
} from 'd3-geo';
import type { FeatureCollection, MultiLineString, MultiPolygon } from 'geojson';
import { perspective, type Perspective } from './camera';
import { contactSegments, edges } from './outline';
import type { Camera, Contact, Language, Place, Position } from './story';
import type { Frame } from './timeline';

/** One level of the basemap, as GeoJSON. */
export interface BasemapLevel {
	/** The rectangle a near window covers; the world has none. */
	readonly sea: GeoPermissibleObjects | null;
	readonly land: GeoPermissibleObjects;
	readonly coast: GeoPermissibleObjects;
	readonly borders: FeatureCollection;
	readonly admin1: GeoPermissibleObjects | null;
	readonly lakes: GeoPermissibleObjects | null;
	/** The edges of the lakes, which windows may cut. */
	readonly shores: GeoPermissibleObjects | null;
	readonly rivers: GeoPermissibleObjects | null;
}

export interface Basemap {
	readonly world: BasemapLevel;
	/** Finer windows, for cameras on a plate of 512 px that are nearer than {@link NEAR_ZOOM}. */
	readonly near: readonly BasemapLevel[];
}

/** Zoom from which the near windows are drawn. */
export const NEAR_ZOOM = 2.9;

export interface DrawnPath {
	/** What it is, for the style sheet: `land`, `coast`, `border disputed`, `lit`, `contact telephone`. */
	readonly role: string;
	/** SVG path data in units of 1/1000 of the plate, from its centre. */
	readonly d: string;
}

/** Units a plate's side is drawn in. */
export const UNITS = 1000;
/** How far, in units, a picture reaches from the plate's centre. */
export const REACH = { x: 1700, y: 1150 } as const;

function projectionOf({ cap, projectVector }: Perspective): GeoProjection {
	const [lng, lat] = cap.centre;
	const turned = (degrees: number): [number, number] => {
		const radians = (degrees * Math.PI) / 180;
		return [Math.sin(radians), Math.cos(radians)];
	};
	const [sinLng, cosLng] = turned(lng);
	const [sinLat, cosLat] = turned(lat);
	return geoProjection((lambda, phi) => {
		const [x, y, z] = [
			Math.cos(phi) * Math.cos(lambda),
			Math.cos(phi) * Math.sin(lambda),
			Math.sin(phi)
		];
		const along = x * cosLat - z * sinLat;
		const point = projectVector([
			along * cosLng - y * sinLng,
			along * sinLng + y * cosLng,
			x * sinLat + z * cosLat
		]);
		return [point[0], -point[1]];
	})
		.scale(1)
		.translate([0, 0])
		.rotate([-lng, -lat])
		.clipAngle((cap.angle * 180) / Math.PI - 1e-6)
		.clipExtent([
			[-REACH.x, -REACH.y],
			[REACH.x, REACH.y]
		])
		.precision(0.5);
}

/** Distance, in units, that a path's next point has to be away to be drawn. */
const STEP = 1.5;

/** Takes down what d3-geo draws as short SVG path data: relative, in whole units, without steps too small to see. */
class Pen implements GeoContext {
	#data = '';
	#line: [number, number][] = [];

	beginPath(): void {
		this.#data = '';
	}

	moveTo(x: number, y: number): void {
		this.#endLine(false);
		this.#line = [[x, y]];
	}

	lineTo(x: number, y: number): void {
		this.#line.push([x, y]);
	}

	closePath(): void {
		this.#endLine(true);
	}

	arc(): void {
		throw new RangeError(
			'A picture draws lines and areas; d3-geo asked for an arc, which only a point would need.'
		);
	}

	/** The path since it was last taken. */
	take(): string {
		this.#endLine(false);
		const data = this.#data;
		this.#data = '';
		return data;
	}

	#endLine(closed: boolean): void {
		const line = this.#line;
		this.#line = [];
		let [lastX, lastY] = [NaN, NaN];
		const steps: string[] = [];
		line.forEach(([exactX, exactY], index) => {
			const [x, y] = [Math.round(exactX), Math.round(exactY)];
			const end = index === line.length - 1 && !closed;
			if (index > 0 && !end && Math.hypot(x - lastX, y - lastY) < STEP) return;
			if (index === 0) steps.push(`M${x} ${y}`);
			else
				steps.push(
					`${index === 1 || steps.length === 1 ? 'l' : x - lastX < 0 ? '' : ' '}${x - lastX}${y - lastY < 0 ? '' : ' '}${y - lastY}`
				);
			[lastX, lastY] = [x, y];
		});
		if (closed && steps.length < 3) return;
		if (steps.length > 1) this.#data += steps.join('') + (closed ? 'z' : '');
	}
}

/** A single position becomes a line too short to see, which round caps draw as a dot; d3-geo drops one of no length. */
const lines = (coordinates: readonly (readonly Position[])[]): MultiLineString => ({
	type: 'MultiLineString',
	coordinates: coordinates.map((line) =>
		(line.length === 1 ? [0, 0.01] : [0]).flatMap((north) =>
			line.map(([lng, lat]) => [lng, lat + north])
		)
	)
});

const area = (place: Place): MultiPolygon => ({
	type: 'MultiPolygon',
	coordinates: (place.outline ?? []).map((polygon) =>
		// RFC 7946 winds exteriors anticlockwise, d3-geo clockwise.
		polygon.map((ring) => ring.map(([lng, lat]) => [lng, lat]).reverse())
	)
});

/** Draws a frame: geography first, then what the story lights and draws. */
export function drawFrame(
	frame: Pick<Frame, 'camera' | 'lit' | 'contacts'>,
	basemap: Basemap,
	places: Readonly<Record<string, Place>>,
	contacts: readonly Contact[]
): DrawnPath[] {
	const pen = new Pen();
	const path = geoPath(projectionOf(perspective(frame.camera, UNITS)), pen);
	const drawing: DrawnPath[] = [];
	const draw = (role: string, object: GeoPermissibleObjects | null) => {
		if (!object) return;
		path(object);
		const d = pen.take();
		if (d) drawing.push({ role, d });
	};
	const level = (of: BasemapLevel) => {
		draw('sea', of.sea);
		draw('land', of.land);
		draw('lake', of.lakes);
		draw('river', of.shores);
		draw('river', of.rivers);
		draw('admin1', of.admin1);
		for (const status of ['agreed', 'disputed']) {
			const features = of.borders.features.filter(
				({ properties }) => properties?.['status'] === status
			);
			draw(`border ${status}`, { type: 'FeatureCollection', features });
		}
		draw('coast', of.coast);
	};
	draw('sea', { type: 'Sphere' });
	level(basemap.world);
	if (frame.camera.zoom >= NEAR_ZOOM) basemap.near.forEach(level);
	for (const id of Object.keys(frame.lit)) {
		const place = places[id];
		if (!place?.outline) continue;
		draw('lit', area(place));
		draw('lit-edge', lines(edges(place.outline)));
	}
	for (const { id } of frame.contacts) {
		const contact = contacts.find((candidate) => candidate.id === id);
		if (contact) {
			draw(
				`contact ${contact.kind}`,
				lines(contactSegments(contact, places).map(({ line }) => line))
			);
		}
	}
	return drawing;
}

/** Something that may be named on the map. */
export interface Nameable {
	readonly id: string;
	readonly kind: 'place' | 'country' | 'sea';
	readonly text: string;
	readonly point: Position;
}

export interface DrawnLabel {
	readonly id: string;
	readonly kind: Nameable['kind'];
	readonly text: string;
	/** Percent of the plate's side from its inline-independent left and top edge. */
	readonly x: number;
	readonly y: number;
	/** Side of the point on which the words stand. */
	readonly side: 'right' | 'left' | 'above' | 'below' | 'middle';
}

interface Box {
	readonly left: number;
	readonly right: number;
	readonly top: number;
	readonly bottom: number;
}

const overlap = (a: Box, b: Box) =>
	a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;

function boxOf(side: DrawnLabel['side'], x: number, y: number, width: number, height: number): Box {
	const gap = 14;
	const left = {
		right: x + gap,
		left: x - gap - width,
		above: x - width / 2,
		below: x - width / 2,
		middle: x - width / 2
	};
	const top = {
		right: y - height / 2,
		left: y - height / 2,
		above: y - gap - height,
		below: y + gap,
		middle: y - height / 2
	};
	return {
		left: left[side],
		right: left[side] + width,
		top: top[side],
		bottom: top[side] + height
	};
}

/**
 * Places names so that none overlaps another on a plate of about 340 px, the smallest they are read on.
 * Earlier names win; a place's dot is always returned by its label, or by an empty one where there is no room.
 */
export function placeLabels(camera: Camera, names: readonly Nameable[]): DrawnLabel[] {
	const { project } = perspective(camera, UNITS);
	const taken: Box[] = [];
	const labels: DrawnLabel[] = [];
	const dots = names.flatMap(({ kind, point }) => {
		const at = kind === 'place' ? project(point) : null;
		return at ? [{ left: at[0] - 10, right: at[0] + 10, top: at[1] - 10, bottom: at[1] + 10 }] : [];
	});
	for (const { id, kind, text, point } of names) {
		const at = project(point);
		if (!at || Math.abs(at[0]) > REACH.x || Math.abs(at[1]) > REACH.y) continue;
		const [x, y] = at;
		const sides: DrawnLabel['side'][] =
			kind === 'place' ? ['right', 'left', 'above', 'below'] : ['middle'];
		const side = sides.find((candidate) => {
			const box = boxOf(candidate, x, y, text.length * 24 + 8, 52);
			const others = dots.filter(
				(dot) => kind !== 'place' || Math.abs((dot.left + dot.right) / 2 - x) > 1
			);
			return ![...taken, ...others].some((other) => overlap(box, other));
		});
		if (side) taken.push(boxOf(side, x, y, text.length * 24 + 8, 52));
		if (!side && kind !== 'place') continue;
		labels.push({
			id,
			kind,
			text: side ? text : '',
			x: Math.round((x / UNITS) * 100_000) / 1000 + 50,
			y: Math.round((y / UNITS) * 100_000) / 1000 + 50,
			side: side ?? 'middle'
		});
	}
	return labels;
}

/** What a frame names, most important first. */
export function namesOf(
	frame: Pick<Frame, 'lit' | 'countries'>,
	language: Language,
	places: Readonly<Record<string, Place>>,
	others: readonly (Omit<Nameable, 'text'> & {
		readonly name: Readonly<Record<Language, string>>;
		readonly country: string | null;
	})[]
): Nameable[] {
	const lit = Object.keys(frame.lit).flatMap((id): Nameable[] => {
		const place = places[id];
		if (!place || place.kind === 'country') return [];
		return [{ id, kind: 'place', text: place.name[language], point: place.point }];
	});
	const rest = others.flatMap(({ id, kind, point, name, country }): Nameable[] => {
		if (kind === 'country' && !(country && frame.countries.includes(country))) return [];
		return [{ id, kind, text: name[language], point }];
	});
	return [...lit, ...rest];
}
