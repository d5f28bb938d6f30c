/** Remembers what the build works out: no other module of the server has a cache of its own. */

/** Works something out when it is first asked for. What throws is worked out again. */
export function once<T>(workOut: () => T): () => T {
	let known: { readonly value: T } | undefined;
	return () => (known ??= { value: workOut() }).value;
}

/** Works something out of each object once, such as of each story. */
export function oncePer<K extends WeakKey, T>(workOut: (of: K) => T): (of: K) => T {
	const known = new WeakMap<K, () => T>();
	return (of) => {
		const found = known.get(of) ?? once(() => workOut(of));
		known.set(of, found);
		return found();
	};
}
