import { textOf } from '../xml/find.ts';
import type { XmlElement } from '../xml/parse.ts';

/**
 * A date as a host sent it. The schema wants `xs:dateTime`; hosts send less, and Carrel never guesses:
 * - `instant`: with a zone, known to the second;
 * - `local`: without one, in the host's zone;
 * - `day`: a calendar day, never shifted through UTC;
 * - `unreadable`: shown as it came.
 */
export type NcipDate =
  | { readonly kind: 'instant'; readonly utc: string; readonly raw: string }
  | { readonly kind: 'local'; readonly local: string; readonly raw: string }
  | { readonly kind: 'day'; readonly day: string; readonly raw: string }
  | { readonly kind: 'unreadable'; readonly raw: string };

const SHAPE = /^(\d{4})-(\d\d)-(\d\d)(?:[T ](\d\d):(\d\d)(?::(\d\d)(?:\.\d+)?)?\s*(Z|[+-]\d\d:?\d\d)?)?$/;

/** Reads a date's text. Year-day-month, as some hosts once sent, is unreadable when it shows, and is not repaired. */
export function readDate(text: string): NcipDate {
  const raw = text.trim();
  const match = SHAPE.exec(raw);
  if (match === null) return { kind: 'unreadable', raw };
  const [, year = '', month = '', day = '', hour, minute = '', second = '00', zone] = match;
  const date = `${year}-${month}-${day}`;
  if (!isDay(date)) return { kind: 'unreadable', raw };
  if (hour === undefined) return { kind: 'day', day: date, raw };
  if (Number(hour) > 23 || Number(minute) > 59 || Number(second) > 59) return { kind: 'unreadable', raw };
  const local = `${date}T${hour}:${minute}:${second}`;
  if (zone === undefined) return { kind: 'local', local, raw };
  const offset = zone === 'Z' || zone.includes(':') ? zone : `${zone.slice(0, 3)}:${zone.slice(3)}`;
  const ms = Date.parse(local + offset);
  return Number.isNaN(ms) ? { kind: 'unreadable', raw } : { kind: 'instant', utc: new Date(ms).toISOString(), raw };
}

/** The date of a child element. */
export function dateOf(element: XmlElement | undefined, name: string): NcipDate | undefined {
  const text = textOf(element, name);
  return text === undefined ? undefined : readDate(text);
}

/**
 * The instant a date names, ISO 8601 UTC. A local time is read in `timeZone` (IANA name, the host's, a setting); an
 * hour the clocks show twice is read as one of the two. Undefined for a day, for what is unreadable, and without a zone to use.
 */
export function toInstant(date: NcipDate, timeZone?: string): string | undefined {
  if (date.kind === 'instant') return date.utc;
  if (date.kind !== 'local' || timeZone === undefined) return undefined;
  const asIfUtc = Date.parse(`${date.local}Z`);
  const first = asIfUtc - offsetMs(asIfUtc, timeZone);
  return new Date(asIfUtc - offsetMs(first, timeZone)).toISOString();
}

function isDay(date: string): boolean {
  const ms = Date.parse(`${date}T00:00:00Z`);
  return !Number.isNaN(ms) && new Date(ms).toISOString().startsWith(date);
}

/** How far a zone's clocks are ahead of UTC at an instant. */
function offsetMs(instant: number, timeZone: string): number {
  const parts = new Intl.DateTimeFormat('en-GB', {
    timeZone,
    hourCycle: 'h23',
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
  }).formatToParts(instant);
  const part = (type: string): string => parts.find((p) => p.type === type)?.value ?? '00';
  const shown = `${part('year')}-${part('month')}-${part('day')}T${part('hour')}:${part('minute')}:${part('second')}Z`;
  return Date.parse(shown) - instant;
}
