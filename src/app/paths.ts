/** What `$app/paths` is to the page's own script, which runs without Kit's client. */

// Vite would take a literal beside import.meta.url for the name of a file.
const script = import.meta.url;

/** Address of the site's root, without a slash at its end; the script is served from two folders below it. */
export const base = new URL('../..', script).href.replace(/\/$/, '');
