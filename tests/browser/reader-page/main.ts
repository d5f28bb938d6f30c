/** The reader of geodata without a map, so that what is measured is its own. */
import { readGeoJson, readTopoJson } from '../../../src/lib/geojson/worker/reader';

export const reader = { readGeoJson, readTopoJson };

Object.assign(window, { reader });
document.documentElement.dataset['ready'] = '';
