/** The site that is being built. */
import * as settings from '$env/static/public';
import { siteOf } from '../sharing/site';

// What the environment does not set, the module does not export.
export const site = siteOf((settings as Readonly<Record<string, string>>)['PUBLIC_ORIGIN']);
