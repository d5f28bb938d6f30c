/** The fonts of `<story-map>`: a shadow root cannot bring its own, so the document gets them, under their own names. */
import css from '$fonts/fonts.css?inline';

let registered = false;

/** Makes the story's fonts known to the document, once; each is fetched when words ask for it. */
export function registerFonts(): void {
	if (registered) return;
	registered = true;
	// A sheet made by script is one that a policy on style elements and files says nothing of.
	const sheet = new CSSStyleSheet();
	sheet.replaceSync(css);
	document.adoptedStyleSheets.push(sheet);
}
