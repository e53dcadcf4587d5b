import type { Task } from '../contract/tasks.ts';
import { fail, ok, type Result } from '../contract/result.ts';
import { calendarDay } from '../desk/check-out-due.ts';
import { readDueDay } from '../desk/due-choice.ts';

const DAY_MS = 86_400_000;

/** Today and where: what a day is depends on both. */
export interface Clock {
  /** ISO 8601 UTC. */
  readonly now: string;
  readonly timeZone?: string | undefined;
}

/** The calendar day of a date as typed (`YYYY-MM-DD`) or as a system gave it (ISO 8601 UTC). */
export function dayOf(date: string, timeZone?: string): string | undefined {
  return /^\d{4}-\d{2}-\d{2}$/.test(date) ? date : calendarDay(date, timeZone);
}

/** A day staff typed for a new due date; refused when it has passed, or is before the one it replaces. */
export function readNewDay(text: string, before: string | undefined, { now, timeZone }: Clock): Result<string> {
  const day = readDueDay(text, now, timeZone);
  if (!day.ok) return day;
  const old = before === undefined ? undefined : dayOf(before, timeZone);
  if (old !== undefined && day.value < old) {
    return fail('bad-input', `That is before ${old}, the date it has now. Look at the lender’s answer again.`, {
      mender: 'desk',
      retry: 'now',
    });
  }
  return ok(day.value);
}

/** When the patron has to bring it: so many days before the lender wants it, and never before today. */
export function patronDay(task: Pick<Task, 'lenderDate'>, marginDays: number, clock: Clock): string | undefined {
  const lender = task.lenderDate === undefined ? undefined : dayOf(task.lenderDate.date, clock.timeZone);
  if (lender === undefined) return undefined;
  const today = calendarDay(clock.now, clock.timeZone) ?? clock.now.slice(0, 10);
  const day = new Date(Date.parse(`${lender}T00:00:00Z`) - marginDays * DAY_MS).toISOString().slice(0, 10);
  return day < today ? today : day;
}

/**
 * A calendar day here as the moment Alma wants (UTC): the loan keeps its time of day, which may lie on the next day in UTC.
 * Where it had none, the last minute of the day in UTC.
 */
export function momentOf(day: string, old: string | undefined, timeZone?: string): string {
  const time = old === undefined ? undefined : /^(\d{4}-\d{2}-\d{2})T(\d{2}:\d{2}:\d{2})/.exec(old);
  const oldDay = old === undefined ? undefined : dayOf(old, timeZone);
  if (time === undefined || time === null || oldDay === undefined) return `${day}T23:59:00Z`;
  const shift = Date.parse(`${time[1] ?? oldDay}T00:00:00Z`) - Date.parse(`${oldDay}T00:00:00Z`);
  const utcDay = new Date(Date.parse(`${day}T00:00:00Z`) + shift).toISOString().slice(0, 10);
  return `${utcDay}T${time[2] ?? '23:59:00'}Z`;
}
