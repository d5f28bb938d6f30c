import { Resvg } from '@resvg/resvg-js';
import icon from '../../../static/favicon.svg?raw';

export const prerender = true;

/** Apple's home screens round the corners themselves. */
const square = icon.replace(/ rx="\d+"/, '');

export const GET = () => {
	const png = new Resvg(square, { fitTo: { mode: 'width', value: 180 } }).render().asPng();
	return new Response(new Uint8Array(png), { headers: { 'content-type': 'image/png' } });
};
