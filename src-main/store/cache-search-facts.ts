import type { ReadableDb } from './db.ts';
import { wordsOf } from './fold.ts';

/** What of a typed search is a day or a month rather than words. */
export interface DayTyped {
  /** First moment of it and of what comes after it, UTC. */
  readonly from: string;
  readonly before: string;
  /** What else was typed. */
  readonly rest: string;
}

/** `2026-11-23` or `2026-11` standing by itself. */
const DAY = /(?<!\S)(\d{4})-(\d{2})(?:-(\d{2}))?(?!\S)/;

export function dayTyped(text: string): DayTyped | undefined {
  const found = DAY.exec(text);
  if (found === null) return undefined;
  const [typed, year, month, day] = found;
  const from = new Date(`${year ?? ''}-${month ?? ''}-${day ?? '01'}T00:00:00.000Z`);
  if (Number.isNaN(from.getTime())) return undefined;
  const before = new Date(from);
  if (day === undefined) before.setUTCMonth(before.getUTCMonth() + 1);
  else before.setUTCDate(before.getUTCDate() + 1);
  return { from: from.toISOString(), before: before.toISOString(), rest: text.replace(typed, ' ') };
}

/** Requests due, placed or last changed in that time; at most so many of each. */
export function onDay(db: ReadableDb, day: DayTyped, limit: number): readonly number[] {
  const columns = ['due', 'created', 'last_updated'];
  const each = columns.map(
    (column) => `SELECT n FROM (SELECT n FROM request WHERE ${column} >= ? AND ${column} < ? LIMIT ${String(limit)})`,
  );
  return db
    .read<{ n: number }>(each.join(' UNION '))
    .all(...columns.flatMap(() => [day.from, day.before]))
    .map((row) => row.n);
}

/** The newest requests in every state whose words, or whose code, begin as typed. */
export function inState(db: ReadableDb, words: readonly string[], limit: number): readonly number[] {
  const states = db
    .read<{ state: string; label: string }>('SELECT state, label FROM state_label')
    .all()
    .filter(({ state, label }) => {
      const named = [...wordsOf(label), ...wordsOf(state)];
      return words.every((word) => named.some((name) => name.startsWith(word)));
    });
  const newest = db.read<{ n: number }>(`SELECT n FROM request WHERE state = ? ORDER BY n DESC LIMIT ${String(limit)}`);
  return states.flatMap(({ state }) => newest.all(state).map((row) => row.n)).slice(0, limit);
}
