import { f, t } from '../i18n/index.ts';
import type { WorklistCount, WorklistRow, WorklistTile } from './contract.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** "6 days", "3 h": how long ago, without more than is needed to choose what to do first. */
export function ageWords(iso: string, now: number): string {
  const age = Math.max(0, now - Date.parse(iso));
  if (age < HOUR) return t.worklists.minutes(f.number(Math.floor(age / MINUTE)));
  if (age < DAY) return t.worklists.hours(f.number(Math.floor(age / HOUR)));
  const days = Math.floor(age / DAY);
  return f.plural(days, t.worklists.days)(f.number(days));
}

/** How long the oldest has waited. */
export function countAge({ count, first }: WorklistCount, now: number): string {
  if (count === 0) return t.worklists.none;
  return first === undefined || Number.isNaN(Date.parse(first)) ? '' : t.worklists.oldest(ageWords(first, now));
}

/** The small line of a tile: the oldest, the first that is due, or how late the latest is. */
export function tileAge(tile: WorklistTile, now: number): string {
  const { count, first } = tile;
  if (count === 0 || first === undefined || Number.isNaN(Date.parse(first))) return countAge(tile, now);
  if (tile.id === 'due-soon') return t.worklists.firstDue(ageWords(new Date(now).toISOString(), Date.parse(first)));
  return tile.id === 'overdue' ? t.worklists.late(ageWords(first, now)) : countAge(tile, now);
}

/** The same as is seen on a tile, where the count stands before it and the words have no room. */
export function shortAge({ id, count, first }: WorklistCount & { readonly id: string }, now: number): string {
  if (count === 0 || first === undefined || Number.isNaN(Date.parse(first))) return '';
  if (id === 'due-soon') return t.worklists.dueIn(ageWords(new Date(now).toISOString(), Date.parse(first)));
  return ageWords(first, now);
}

/** The small line under a row's state. */
export function rowAge(row: WorklistRow, now: number): string {
  if (row.volumes > 1 && row.todo === 'receive') return t.worklists.volumes(f.number(row.volumes));
  if (row.due !== undefined && (row.todo === 'on-loan' || row.todo === 'late')) return f.day(row.due);
  return Number.isNaN(Date.parse(row.since)) ? '' : ageWords(row.since, now);
}
