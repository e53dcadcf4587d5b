import type { LoanDue } from './check-out-types.ts';
import { day } from './words.ts';

/** Which day counts for a borrowed item, and what staff have to change in the circulation system. Days are `YYYY-MM-DD`. */
export interface BorrowedDue {
  /** The stricter of the two dates. */
  readonly due: string;
  /** The circulation system's date is later than the one that counts: change it there. */
  readonly change: boolean;
  /** The lender's date. */
  readonly lender: string;
  /** The lender's date less the margin. */
  readonly latest: string;
  /** The lender's date less the margin has passed, so the item must be back sooner than the margin wants. */
  readonly tight: boolean;
}

const DAY = 86_400_000;

/** The calendar day of a moment where the desk stands. */
export function calendarDay(utc: string, timeZone = 'UTC'): string | undefined {
  const ms = Date.parse(utc);
  if (Number.isNaN(ms)) return undefined;
  const parts = new Intl.DateTimeFormat('en-CA', { timeZone, year: 'numeric', month: '2-digit', day: '2-digit' });
  return parts.format(ms);
}

/** The calendar day of a due date; undefined for one that cannot be read as a day. */
export function dueDay(due: LoanDue | undefined, timeZone?: string): string | undefined {
  if (due === undefined || due.kind === 'words') return undefined;
  return due.kind === 'day' ? due.day : calendarDay(due.utc, timeZone);
}

/** `29 November`, with the year when it is not this year. */
export function dayWords(date: string, now: string, timeZone?: string): string {
  const today = calendarDay(now, timeZone) ?? now;
  return day(`${date}T00:00:00Z`, `${today}T00:00:00Z`) ?? date;
}

function daysBefore(date: string, days: number): string {
  return new Date(Date.parse(`${date}T00:00:00Z`) - days * DAY).toISOString().slice(0, 10);
}

/**
 * The stricter of the circulation system's date and the lender's date less the library's return margin (OCLC integration
 * workflow: "the stricter date … to allow time for processing before returning the item to the lender").
 * @param lenderDue ISO 8601; undefined answers when it is none
 */
export function borrowedDue(
  lenderDue: string | undefined,
  system: string | undefined,
  marginDays: number,
  now: string,
  timeZone?: string,
): BorrowedDue | undefined {
  const lender = lenderDue === undefined ? undefined : calendarDay(lenderDue, timeZone);
  const today = calendarDay(now, timeZone);
  if (lender === undefined || today === undefined) return undefined;
  const wished = daysBefore(lender, marginDays);
  const tight = wished < today;
  const ours = tight ? (lender < today ? today : lender) : wished;
  return system !== undefined && system <= ours
    ? { due: system, change: false, lender, latest: wished, tight }
    : { due: ours, change: true, lender, latest: wished, tight };
}
