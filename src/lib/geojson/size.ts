import type { Geometry } from 'geojson';

/** How many positions a geometry has. */
export function sizeOf(geometry: Geometry): number {
	switch (geometry.type) {
		case 'Point':
			return 1;
		case 'MultiPoint':
		case 'LineString':
			return geometry.coordinates.length;
		case 'MultiLineString':
		case 'Polygon':
			return geometry.coordinates.reduce((sum, line) => sum + line.length, 0);
		case 'MultiPolygon':
			return geometry.coordinates.flat().reduce((sum, ring) => sum + ring.length, 0);
		case 'GeometryCollection':
			return geometry.geometries.reduce((sum, each) => sum + sizeOf(each), 0);
	}
}
