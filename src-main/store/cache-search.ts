import type { ReadableDb } from './db.ts';
import { fold, wordsOf } from './fold.ts';

/** Matches that are ranked; of a very common word only the newest this many. Keeps every search short. */
const RANKED = 1000;

/** Words of a search that count; more than a person types. */
const MAX_WORDS = 12;

interface Candidate {
  readonly n: number;
  readonly terminal: number;
  readonly last_updated: string;
  readonly title_folded: string;
  readonly [column: string]: string | number | null;
}

/**
 * Finds requests by the beginnings of their words. Order: the identifier typed in full; a title that begins as typed;
 * open before terminal; newest change first.
 * @returns row numbers, best first
 */
export function searchRequests(db: ReadableDb, text: string, limit: number): readonly number[] {
  const words = [...new Set(wordsOf(text))].slice(0, MAX_WORDS);
  if (words.length === 0) return [];
  const exact = db
    .read<{ request: number }>('SELECT request FROM identifier WHERE folded = ?')
    .all(fold(text))
    .map((row) => row.request);
  const candidates = db
    .read<Candidate>(
      `SELECT n, terminal, last_updated, title_folded FROM request WHERE n IN (
         SELECT rowid FROM request_words WHERE request_words MATCH ? ORDER BY rowid DESC LIMIT ${RANKED})`,
    )
    .all(words.map((word) => `"${word}"*`).join(' AND '));
  const isExact = new Set(exact);
  const start = wordsOf(text).join(' ');
  const ranked = [...candidates].sort(
    (a, b) =>
      Number(isExact.has(b.n)) - Number(isExact.has(a.n)) ||
      Number(b.title_folded.startsWith(start)) - Number(a.title_folded.startsWith(start)) ||
      a.terminal - b.terminal ||
      compare(b.last_updated, a.last_updated) ||
      b.n - a.n,
  );
  return ranked.slice(0, limit).map((candidate) => candidate.n);
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
