import { eanHolds, isbn10Holds, luhnHolds } from './checkdigits.ts';

/** Longest text taken for one label, in characters; ILL slips and item labels stay well under it. */
export const LABEL_LIMIT = 64;

/** Request number as mod-rs makes it: the library's prefix, a dash, a running number (`RVR-3184`, `DE-601-12`). */
const REQUEST = /^[A-Za-z][A-Za-z0-9]*(?:-[A-Za-z0-9]+)*-\d{1,9}$/;

/** Temporary item of a request with several volumes: request number, dash, last four of the lender's barcode. */
const TEMPORARY = /^(.+-\d{1,9})-([A-Za-z0-9]{4})$/;

/** An ISBN as printed: four or five groups with hyphens or spaces, perhaps with the word in front. */
const PRINTED_ISBN = /^(?:ISBN(?:-1[03])?[: ]*)?((?:97[89][- ])?\d{1,5}[- ]\d{1,7}[- ]\d{1,7}[- ][\dXx])$/i;
const LABELLED_ISBN = /^ISBN(?:-1[03])?[: ]*(\d{9}[\dXx]|\d{13})$/i;

export function isRequestNumber(text: string): boolean {
  return text.length <= LABEL_LIMIT && REQUEST.test(text);
}

/** The request number inside a temporary item label, or undefined when the text is not shaped like one. */
export function requestInTemporary(text: string): string | undefined {
  if (text.length > LABEL_LIMIT) return undefined;
  const before = TEMPORARY.exec(text)?.[1];
  return before !== undefined && REQUEST.test(before) ? before : undefined;
}

/** A 14-digit library label of a patron (2) or an item (3), check digit or not. */
export function isLibraryLabel(text: string): boolean {
  return /^[23]\d{13}$/.test(text);
}

/** As {@link isLibraryLabel} and its check digit is right. */
export function isCheckedLabel(text: string): boolean {
  return isLibraryLabel(text) && luhnHolds(text);
}

/** EAN-13 of a book (978, 979) or a serial (977) with a right check digit. */
export function isPublisherEan(text: string): boolean {
  return /^97[789]/.test(text) && eanHolds(text);
}

/**
 * The bare ISBN of a printed one (hyphens, spaces or the word ISBN taken away) when its check digit is right, or undefined.
 */
export function bareIsbn(text: string): string | undefined {
  if (text.length > LABEL_LIMIT) return undefined;
  const body = PRINTED_ISBN.exec(text)?.[1] ?? LABELLED_ISBN.exec(text)?.[1];
  const bare = body?.replace(/[- ]/g, '');
  return bare !== undefined && (isPublisherEan(bare) || isbn10Holds(bare)) ? bare : undefined;
}

/** Printed like a 13-digit ISBN, but the check digit is wrong: typed from the back cover with a slip of the finger. */
export function isMistypedIsbn(text: string): boolean {
  if (text.length > LABEL_LIMIT || bareIsbn(text) !== undefined) return false;
  const body = PRINTED_ISBN.exec(text)?.[1] ?? LABELLED_ISBN.exec(text)?.[1];
  return body !== undefined && /^97[89]\d{10}$/.test(body.replace(/[- ]/g, ''));
}

/** The EAN-13 in front of the two- or five-digit add-on that some covers carry, or undefined. */
export function eanBeforeAddOn(text: string): string | undefined {
  if (!/^(?:\d{18}|\d{15})$/.test(text)) return undefined;
  const ean = text.slice(0, 13);
  return isPublisherEan(ean) ? ean : undefined;
}
