/** A host looks for 404.html, not for a folder. */
export const trailingSlash = 'never';
