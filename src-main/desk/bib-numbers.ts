import { eanHolds, isbn10Holds } from './checkdigits.ts';

/** An ISBN in the forms in which catalogues have it. 979 numbers have no ten-digit form. */
export interface Isbn {
  readonly isbn13: string;
  readonly isbn10?: string;
}

const ISBN_13 = /(?<!\d)97[89](?:[- ]?\d){10}(?!\d)/g;
const ISBN_10 = /(?<!\d)\d(?:[- ]?\d){8}[- ]?[\dXx](?![\dXx])/g;
const ISSN = /(?<!\d)(\d{4})[- ]?(\d{3}[\dXx])(?!\d)/g;

/** The first ISBN in free text whose check digit is right (ISO 2108), thirteen digits before ten; undefined without one. */
export function isbnIn(text: string): Isbn | undefined {
  const thirteen = bareMatches(text, ISBN_13).find(eanHolds);
  if (thirteen !== undefined) {
    return thirteen.startsWith('978') ? { isbn13: thirteen, isbn10: tenOf(thirteen) } : { isbn13: thirteen };
  }
  const ten = bareMatches(text, ISBN_10).find(isbn10Holds);
  return ten === undefined ? undefined : { isbn13: thirteenOf(ten), isbn10: ten };
}

function bareMatches(text: string, pattern: RegExp): readonly string[] {
  return [...text.matchAll(pattern)].map(([match]) => match.replace(/[- ]/g, '').toUpperCase());
}

function tenOf(isbn13: string): string {
  const body = isbn13.slice(3, 12);
  let sum = 0;
  for (let i = 0; i < 9; i += 1) sum += (10 - i) * Number(body.charAt(i));
  const check = (11 - (sum % 11)) % 11;
  return body + (check === 10 ? 'X' : String(check));
}

function thirteenOf(isbn10: string): string {
  const body = `978${isbn10.slice(0, 9)}`;
  let sum = 0;
  for (let i = 0; i < 12; i += 1) sum += Number(body.charAt(i)) * (i % 2 === 0 ? 1 : 3);
  return body + String((10 - (sum % 10)) % 10);
}

/** The first ISSN in free text whose check digit is right (ISO 3297, weights 8 to 2 modulo 11), as `1234-567X`. */
export function issnIn(text: string): string | undefined {
  for (const [, first = '', second = ''] of text.matchAll(ISSN)) {
    const bare = (first + second).toUpperCase();
    let sum = 0;
    for (let i = 0; i < 7; i += 1) sum += (8 - i) * Number(bare.charAt(i));
    const check = (11 - (sum % 11)) % 11;
    if (bare.charAt(7) === (check === 10 ? 'X' : String(check))) return `${bare.slice(0, 4)}-${bare.slice(4)}`;
  }
  return undefined;
}

/** The canonical LCCN (Library of Congress, info:lccn normalisation); undefined when the text is none. */
export function lccnOf(text: string): string | undefined {
  const [whole = ''] = text.replace(/\s/g, '').split('/');
  const at = whole.indexOf('-');
  const canonical = at < 0 ? whole : whole.slice(0, at) + whole.slice(at + 1).padStart(6, '0');
  return /^[a-z]{0,3}\d{8,10}$/i.test(canonical) ? canonical.toLowerCase() : undefined;
}

/** The bare OCLC number of any of its written forms; undefined for other series such as `(OCoLC-M)`. */
export function oclcNumberOf(text: string): string | undefined {
  return /^\s*(?:\(OCoLC\)\s*)?(?:oc[mn]|on)?0*([1-9]\d{0,14})\s*$/i.exec(text)?.[1];
}

/** As {@link oclcNumberOf}, of text that itself says that it is an OCLC number. */
export function markedOclcNumber(text: string): string | undefined {
  return /^\s*(?:\(OCoLC\)|oc[mn]\d|on\d)/i.test(text) ? oclcNumberOf(text) : undefined;
}

/** The forms in which catalogues write an OCLC number: bare, padded to eight digits, with its prefixes. */
export function oclcForms(number: string): readonly string[] {
  const padded = number.padStart(8, '0');
  const prefix = number.length <= 8 ? 'ocm' : number.length === 9 ? 'ocn' : 'on';
  return [...new Set([number, padded, `(OCoLC)${number}`, `(OCoLC)${padded}`, `${prefix}${padded}`])];
}
