/** The map as a drawing: a frame and the geography, to paths and labels. */
import {
	geoPath,
	geoProjection,
	type GeoContext,
	type GeoPermissibleObjects,
	type GeoProjection
} from 'd3-geo';
import type { FeatureCollection, MultiLineString, MultiPolygon } from 'geojson';
import { perspective, type Perspective } from '../globe/camera';
import { arrowheads, contactSegments, edges } from '../globe/outline';
import type { Contact, Place, Position } from '../model/story';
import type { Frame } from '../timeline/timeline';

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
	frame: Pick<Frame, 'camera' | 'lit' | 'hatched' | 'contacts'>,
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
	const outlined = (ids: Readonly<Record<string, number>>) =>
		Object.keys(ids).flatMap((id) => {
			const place = places[id];
			return place?.outline ? [{ ...place, outline: place.outline }] : [];
		});
	draw('sea', { type: 'Sphere' });
	level(basemap.world);
	if (frame.camera.zoom >= NEAR_ZOOM) basemap.near.forEach(level);
	// A country is where the story plays and comes a shade nearer; anything smaller is what it speaks of.
	const lit = outlined(frame.lit);
	const countries = lit.filter(({ kind }) => kind === 'country');
	const subjects = lit.filter(({ kind }) => kind !== 'country');
	for (const place of countries) draw('near', area(place));
	for (const place of subjects) draw('lit', area(place));
	for (const place of outlined(frame.hatched)) draw('hatch', area(place));
	for (const place of countries) draw('near-edge', lines(edges(place.outline)));
	for (const place of subjects) draw('lit-edge', lines(edges(place.outline)));
	for (const { id } of frame.contacts) {
		const contact = contacts.find((candidate) => candidate.id === id);
		if (!contact) continue;
		for (const { role, segments } of strokes(contact, places)) draw(role, lines(segments));
		for (const head of arrowheads(contact, places, frame.camera)) {
			// Wound as RFC 7946 has it; d3-geo would take that for all of the Earth but the head.
			const ring = head.map(([lng, lat]) => [lng, lat]).reverse();
			draw('arrow', { type: 'Polygon', coordinates: [ring] });
		}
	}
	return drawing;
}

/** Widths, in steps, by which a line of troops grows from its start to its end. */
const TROOPS_STEPS = 6;

/** The lines of a contact, parted where its width changes. */
function strokes(contact: Contact, places: Readonly<Record<string, Place>>) {
	const segments = contactSegments(contact, places);
	if (contact.kind !== 'troops') {
		return [{ role: `contact ${contact.kind}`, segments: segments.map(({ line }) => line) }];
	}
	return Array.from({ length: TROOPS_STEPS }, (_, step) => ({
		role: `contact troops w${step}`,
		segments: segments
			.filter(({ along }) => Math.min(TROOPS_STEPS - 1, Math.floor(along * TROOPS_STEPS)) === step)
			.map(({ line }) => line)
	}));
}
