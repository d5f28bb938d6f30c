/** What a page is written from and no reader is sent: Kit keeps a file, beside each page, of all that it was given. */
export class Written<T> {
	/** @param from - left out of that file */
	constructor(readonly from: T) {}
}
