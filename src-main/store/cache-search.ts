import { dayTyped, inState, onDay } from './cache-search-facts.ts';
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
  readonly [column: string]: string | number;
}

const CANDIDATES = 'SELECT n, terminal, last_updated, title_folded FROM request WHERE n IN';

/**
 * Finds requests by the beginnings of their words or of their state's, and by a day (`2026-11-23`, `2026-11`) on which they
 * are due, were placed or last changed. Order: the identifier typed in full; a title that begins as typed; open before
 * terminal; newest change first.
 * @returns row numbers, best first
 */
export function searchRequests(db: ReadableDb, text: string, limit: number): readonly number[] {
  const day = dayTyped(text);
  const found = day === undefined ? matching(db, text) : matchingOn(db, onDay(db, day, RANKED), day.rest);
  return ranked(db, text, found)
    .slice(0, limit)
    .map((candidate) => candidate.n);
}

function matching(db: ReadableDb, text: string): readonly Candidate[] {
  const words = [...new Set(wordsOf(text))].slice(0, MAX_WORDS);
  if (words.length === 0) return [];
  const typed = fold(text);
  const numbered = NUMBER_IN_PARTS.test(typed) ? byIdentifier(db, typed) : [];
  if (numbered.length > 0) return numbered;
  const worded = byWords(db, words);
  const stated = inState(db, words, RANKED);
  if (stated.length === 0) return worded;
  const known = new Set(worded.map(({ n }) => n));
  return [
    ...worded,
    ...byNumbers(
      db,
      stated.filter((n) => !known.has(n)),
    ),
  ];
}

/** Of the requests of a day, those the other words fit. */
function matchingOn(db: ReadableDb, numbers: readonly number[], rest: string): readonly Candidate[] {
  if (wordsOf(rest).length === 0) return byNumbers(db, numbers);
  const among = new Set(numbers);
  return matching(db, rest).filter(({ n }) => among.has(n));
}

function byNumbers(db: ReadableDb, numbers: readonly number[]): readonly Candidate[] {
  return db.read<Candidate>(`${CANDIDATES} (SELECT value FROM json_each(?))`).all(JSON.stringify(numbers));
}

/**
 * `RVR-31` typed on the way to `RVR-3184`: a number with a sign in it and no space. Its first part is the beginning of
 * every number of the library, so the word index would have to go through them all.
 */
const NUMBER_IN_PARTS = /^(?=\S*\d)\S*[\p{L}\p{N}][^\p{L}\p{N}\s]+[\p{L}\p{N}]\S*$/u;

function byIdentifier(db: ReadableDb, typed: string): readonly Candidate[] {
  return db
    .read<Candidate>(
      `${CANDIDATES} (SELECT request FROM identifier WHERE folded >= ? AND folded < ? ORDER BY folded LIMIT ${RANKED})`,
    )
    .all(typed, `${typed}\u{10FFFF}`);
}

function byWords(db: ReadableDb, words: readonly string[]): readonly Candidate[] {
  return db
    .read<Candidate>(
      `${CANDIDATES} (SELECT rowid FROM request_words WHERE request_words MATCH ? ORDER BY rowid DESC LIMIT ${RANKED})`,
    )
    .all(words.map((word) => `"${word}"*`).join(' AND '));
}

function ranked(db: ReadableDb, text: string, candidates: readonly Candidate[]): readonly Candidate[] {
  const exact = db.read<{ request: number }>('SELECT request FROM identifier WHERE folded = ?').all(fold(text));
  const isExact = new Set(exact.map((row) => row.request));
  const start = wordsOf(text).join(' ');
  return [...candidates].sort(
    (a, b) =>
      Number(isExact.has(b.n)) - Number(isExact.has(a.n)) ||
      Number(b.title_folded.startsWith(start)) - Number(a.title_folded.startsWith(start)) ||
      a.terminal - b.terminal ||
      compare(b.last_updated, a.last_updated) ||
      b.n - a.n,
  );
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
