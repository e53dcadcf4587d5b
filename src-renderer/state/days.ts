/** This moment, ISO 8601 UTC. */
export function nowIso(): string {
  return new Date().toISOString();
}

/** A local calendar day as people write it in a field: `YYYY-MM-DD`. */
export function dayOf(date: Date): string {
  const two = (value: number) => String(value).padStart(2, '0');
  return `${String(date.getFullYear()).padStart(4, '0')}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
}

/** The local calendar day of now. */
export function today(): string {
  return dayOf(new Date());
}

/** Local midnight at the start of the day; undefined if there is no such day. */
export function startOf(day: string): Date | undefined {
  const match = /^(\d{4})-(\d{1,2})-(\d{1,2})$/.exec(day.trim());
  if (!match) return undefined;
  const [year, month, date] = match.slice(1).map(Number) as [number, number, number];
  const start = new Date(year, month - 1, date);
  return start.getMonth() === month - 1 && start.getDate() === date ? start : undefined;
}

/** The day so many days later, by the calendar and not by hours (a day can have 23 or 25). */
export function shiftDay(day: string, by: number): string | undefined {
  const start = startOf(day);
  return start && dayOf(new Date(start.getFullYear(), start.getMonth(), start.getDate() + by));
}

/** From the first instant of the day to the first of the next, ISO 8601 UTC; undefined if there is no such day. */
export function rangeOf(day: string): { from: string; to: string } | undefined {
  const start = startOf(day);
  if (!start) return undefined;
  const end = new Date(start.getFullYear(), start.getMonth(), start.getDate() + 1);
  return { from: start.toISOString(), to: end.toISOString() };
}

/** A calendar day (`YYYY-MM-DD`) as a moment of that day here, wherever "here" is; a moment (ISO 8601) as it is. */
export function momentOf(date: string): string {
  return /^\d{4}-\d{2}-\d{2}$/.test(date) ? `${date}T12:00:00` : date;
}
