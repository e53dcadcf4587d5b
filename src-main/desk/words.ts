import type { LoanCondition, RequestView } from '../contract/request.ts';
import type { Reading } from './types.ts';

const DAY = 86_400_000;

/** Longest barcode or foreign text shown in one piece, in characters. */
const SHOWN = 40;

/** Cuts other people's text to a length that fits a prompt, at a word where possible. */
export function shorten(text: string, limit = 160): string {
  const plain = text.replace(/[\p{C}\s]+/gu, ' ').trim();
  if (plain.length <= limit) return plain;
  const head = plain.slice(0, limit).replace(/[\uD800-\uDBFF]$/, '');
  const space = head.lastIndexOf(' ');
  return `${space > limit / 2 ? head.slice(0, space) : head}…`;
}

/** A day such as `4 December`, with the year when it is not this year; undefined for what is no date. */
export function day(iso: string | undefined, now: string, timeZone = 'UTC'): string | undefined {
  const at = iso === undefined ? Number.NaN : Date.parse(iso);
  if (Number.isNaN(at)) return undefined;
  const year = (ms: number): string => new Intl.DateTimeFormat('en-GB', { year: 'numeric', timeZone }).format(ms);
  const today = Date.parse(now);
  const sameYear = !Number.isNaN(today) && year(at) === year(today);
  return new Intl.DateTimeFormat('en-GB', {
    day: 'numeric',
    month: 'long',
    timeZone,
    ...(sameYear ? {} : { year: 'numeric' }),
  }).format(at);
}

/** `just now`, `12 minutes ago`, `3 days ago`. */
export function ago(then: string, now: string): string {
  const ms = Date.parse(now) - Date.parse(then);
  if (Number.isNaN(ms)) return 'some time ago';
  return minutesAgo(ms / 60_000);
}

/** The same from a number of minutes. */
export function minutesAgo(minutes: number): string {
  if (minutes < 1) return 'just now';
  if (minutes < 60) return count(Math.floor(minutes), 'minute', 'minutes', 'ago');
  if (minutes < 48 * 60) return count(Math.floor(minutes / 60), 'hour', 'hours', 'ago');
  return count(Math.floor((minutes * 60_000) / DAY), 'day', 'days', 'ago');
}

export function count(n: number, one: string, many: string, after = ''): string {
  return `${String(n)} ${n === 1 ? one : many}${after === '' ? '' : ` ${after}`}`;
}

function joined(words: readonly string[], before: string): string {
  const last = words.at(-1);
  if (last === undefined || words.length === 1) return last ?? '';
  return `${words.slice(0, -1).join(', ')} ${before} ${last}`;
}

/** `a`, `a and b`, `a, b and c`. */
export function list(words: readonly string[]): string {
  return joined(words, 'and');
}

/** `a`, `a or b`, `a, b or c`. */
export function either(words: readonly string[]): string {
  return joined(words, 'or');
}

/** The other library's name, else its symbol without the naming authority; undefined when ReShare names none. */
export function partnerName(request: RequestView): string | undefined {
  const name = request.partner.name?.trim();
  if (name !== undefined && name !== '') return shorten(name, 60);
  const symbol = request.partner.symbol?.replace(/^[^:]*:/, '').trim();
  return symbol === undefined || symbol === '' ? undefined : shorten(symbol, SHOWN);
}

/** The other library inside a sentence. */
export function partner(request: RequestView): string {
  return partnerName(request) ?? (request.side === 'borrowing' ? 'the lending library' : 'the borrowing library');
}

/** Where the patron collects the item: mod-rs appends ` --> AUTHORITY:SYMBOL` for shipping, which is not for people. */
export function pickup(request: RequestView): string | undefined {
  const text = request.pickupLocation?.replace(/\s*-->.*$/s, '').trim();
  return text === undefined || text === '' ? undefined : shorten(text, 60);
}

/** The request's number, or words for a request that has none yet. */
export function requestName(request: RequestView): string {
  return request.hrid ?? 'this request';
}

/** Upper case at the beginning, for names and numbers that may open a sentence. */
export function sentence(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/** `Whitfield, Peter · request RVR-3184 · due at lender 4 December`. */
export function byline(request: RequestView, now: string, timeZone?: string): string {
  const due = day(request.dueDate, now, timeZone);
  const place = request.side === 'borrowing' ? 'at lender ' : 'back ';
  const parts = [
    request.author === undefined ? undefined : shorten(request.author, 60),
    request.hrid === undefined ? undefined : `request ${request.hrid}`,
    due === undefined ? undefined : `due ${place}${due}`,
  ];
  return parts.filter((p) => p !== undefined && p !== '').join(' · ');
}

/** The barcode as shown; a library card shows only its end, and a burst only its beginning. */
export function shownBarcode(reading: Reading): string {
  if (reading.barcode === '') return '(nothing readable)';
  if (reading.kind === 'patron-card') return `card …${reading.barcode.slice(-4)}`;
  return shorten(reading.barcode, SHOWN);
}

/** Loan conditions (mod-rs reference data `loanConditions`) in words. */
const CONDITIONS: Readonly<Record<string, string>> = {
  libraryuseonly: 'use in the library only',
  noreproduction: 'no copying',
  signaturerequired: 'signature needed',
  speccollsupervreq: 'use under special collections supervision',
  watchlibraryuseonly: 'use in the library only, watched',
};

export function condition(c: LoanCondition): string {
  const words = CONDITIONS[c.code.toLowerCase()] ?? (c.code.toLowerCase() === 'other' ? undefined : c.code);
  const cost =
    c.cost === undefined ? undefined : `cost ${String(c.cost)}${c.currency === undefined ? '' : ` ${c.currency}`}`;
  const note = c.note === undefined || c.note.trim() === '' ? undefined : `“${shorten(c.note, 80)}”`;
  const parts = [words, cost, note].filter((p) => p !== undefined);
  return parts.length === 0 ? 'a condition without words' : parts.join(', ');
}
