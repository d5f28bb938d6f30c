/** Sees to it that sizes and sight can be observed, in a browser that cannot do so by itself. */

/** Calls `run`: at once, or where the browser has no observers, once there are stand-ins for them. */
export function whenObserving(run: () => unknown): void {
	if ('ResizeObserver' in window && 'IntersectionObserver' in window) run();
	else void import('./observing/stand-ins').then(run);
}
