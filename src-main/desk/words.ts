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

/** Other people's text ready to be shown, or undefined when there is nothing to show. */
export function given(text: string | undefined, limit: number): string | undefined {
  const shown = text === undefined ? '' : shorten(text, limit);
  return shown === '' ? undefined : shown;
}

/** Making a formatter takes far longer than using it, and a desk has one time zone. */
const FORMATS = new Map<string, Intl.DateTimeFormat>();

function format(ms: number, timeZone: string, options: Intl.DateTimeFormatOptions): string {
  const key = `${timeZone} ${Object.keys(options).join(' ')}`;
  const known = FORMATS.get(key) ?? new Intl.DateTimeFormat('en-GB', { ...options, timeZone });
  FORMATS.set(key, known);
  return known.format(ms);
}

/** A day such as `4 December`, with the year when it is not this year; undefined for what is no date. */
export function day(iso: string | undefined, now: string, timeZone = 'UTC'): string | undefined {
  const at = iso === undefined ? Number.NaN : Date.parse(iso);
  if (Number.isNaN(at)) return undefined;
  const today = Date.parse(now);
  const year = (ms: number): string => format(ms, timeZone, { year: 'numeric' });
  const sameYear = !Number.isNaN(today) && year(at) === year(today);
  return format(at, timeZone, { day: 'numeric', month: 'long', ...(sameYear ? {} : { year: 'numeric' }) });
}

/** `14:02`, with the day when it is not today. */
export function clockAt(iso: string, now: string, timeZone = 'UTC'): string {
  const at = Date.parse(iso);
  if (Number.isNaN(at)) return 'an unknown time';
  const clock = format(at, timeZone, { hour: '2-digit', minute: '2-digit' });
  const on = day(iso, now, timeZone);
  return on === day(now, now, timeZone) ? clock : `${on ?? ''}, ${clock}`;
}

/** A calendar day (`YYYY-MM-DD`) to be typed elsewhere: `4 December 2026`. */
export function dayWithYear(date: string): string {
  return format(Date.parse(`${date}T00:00:00Z`), 'UTC', { day: 'numeric', month: 'long', year: 'numeric' });
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
  return given(request.partner.name, 60) ?? given(request.partner.symbol?.replace(/^[^:]*:/, ''), SHOWN);
}

/** The other library inside a sentence. */
export function partner(request: RequestView): string {
  return partnerName(request) ?? (request.side === 'borrowing' ? 'the lending library' : 'the borrowing library');
}

/** Where the patron collects the item: mod-rs appends ` --> AUTHORITY:SYMBOL` for shipping, which is not for people. */
export function pickup(request: RequestView): string | undefined {
  return given(request.pickupLocation?.replace(/\s*-->.*$/s, ''), 60);
}

/** What ReShare calls the request's state: the label, or the code where nobody has named it. */
export function stateName(request: RequestView): string {
  return given(request.state.label, 60) ?? given(request.state.code, 60) ?? 'no state at all';
}

/** The request's number, or words for a request that has none yet. */
export function requestName(request: RequestView): string {
  return given(request.hrid, SHOWN) ?? 'this request';
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
    given(request.author, 60),
    request.hrid === undefined ? undefined : given(`request ${request.hrid}`, 60),
    due === undefined ? undefined : `due ${place}${due}`,
  ];
  return parts.filter((p) => p !== undefined).join(' · ');
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
  const words =
    CONDITIONS[c.code.toLowerCase()] ?? (c.code.toLowerCase() === 'other' ? undefined : given(c.code, SHOWN));
  const cost =
    c.cost === undefined
      ? undefined
      : `cost ${String(c.cost)}${c.currency === undefined ? '' : ` ${c.currency.toUpperCase()}`}`;
  const note = given(c.note, 80);
  const parts = [words, cost, note === undefined ? undefined : `“${note}”`].filter((p) => p !== undefined);
  return parts.length === 0 ? 'a condition without words' : parts.join(', ');
}
