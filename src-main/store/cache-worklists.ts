import type { CacheQuery, RequestSort, WorklistChoices, WorklistCount, WorklistPart } from '../contract/worklists.ts';
import { searchRequests } from './cache-search.ts';
import type { Bindable, ReadableDb } from './db.ts';

/** A piece of a query and what is bound to it. */
interface Piece {
  readonly sql: string;
  readonly bound: readonly Bindable[];
}

/** Typed words find at most this many; more than anybody reads. */
const FOUND = 1000;

/** Libraries and places offered to choose from; a library has fewer partners. */
const CHOICES = 500;

/** How many requests a worklist has, each once, and the oldest of them. */
export function countWorklist(db: ReadableDb, parts: readonly WorklistPart[]): WorklistCount {
  const pieces = parts.map((part) => partPiece(db, part));
  const bound = pieces.flatMap((piece) => piece.bound);
  const all = pieces.map((piece) => piece.sql).join(' UNION ALL ');
  const from = pieces.length === 1 ? all : `SELECT n, min(at) AS at FROM (${all}) GROUP BY n`;
  const row = db
    .read<{ count: number; first: string | null }>(`SELECT count(*) AS count, min(at) AS first FROM (${from})`)
    .get(...bound);
  return { count: row?.count ?? 0, ...(typeof row?.first === 'string' ? { first: row.first } : {}) };
}

/** How many requests a query means, and since when the oldest is in its state. */
export function countQuery(db: ReadableDb, query: CacheQuery): WorklistCount {
  const { where, bound } = whereOf(db, query, foundBy(db, query));
  const row = db
    .read<{ count: number; first: string | null }>(
      `SELECT count(*) AS count, min(since) AS first FROM request ${where}`,
    )
    .get(...bound);
  return { count: row?.count ?? 0, ...(typeof row?.first === 'string' ? { first: row.first } : {}) };
}

/** What open requests can be narrowed to: the states, libraries and pick locations that there are. */
export function choicesOf(db: ReadableDb): WorklistChoices {
  const column = (name: 'partner' | 'location'): string[] =>
    db
      .read<{ value: string }>(
        `SELECT ${name} AS value FROM request WHERE terminal = 0 AND ${name} <> ''
         GROUP BY ${name} ORDER BY ${name} COLLATE NOCASE LIMIT ${String(CHOICES)}`,
      )
      .all()
      .map((row) => row.value);
  const labels = new Map(
    db
      .read<{ state: string; label: string }>('SELECT state, label FROM state_label')
      .all()
      .map(({ state, label }) => [state, label]),
  );
  const states = openStates(db).map((code) => ({ code, label: labels.get(code) ?? code }));
  return { states, partners: column('partner'), locations: column('location') };
}

/** Row numbers of everything a query means, in its order. */
export function listRequests(db: ReadableDb, query: CacheQuery): readonly number[] {
  const found = foundBy(db, query);
  const { where, bound } = whereOf(db, query, found);
  const rows = db
    .read<{ n: number }>(`SELECT n FROM request ${where} ORDER BY ${ORDER[query.sort]}`)
    .all(...bound)
    .map((row) => row.n);
  if (found === undefined || query.sort !== 'best') return rows;
  const kept = new Set(rows);
  return found.filter((n) => kept.has(n));
}

const ORDER: Readonly<Record<RequestSort, string>> = {
  best: 'n',
  oldest: 'since, n',
  newest: 'last_updated DESC, n DESC',
  due: 'due IS NULL, due, n',
  title: 'title_folded, n',
  partner: 'partner COLLATE NOCASE, since, n',
  shelf: 'location COLLATE NOCASE, shelf, n',
};

/** Row numbers the typed words find, best first; undefined where nothing is typed. */
function foundBy(db: ReadableDb, query: CacheQuery): readonly number[] | undefined {
  return query.text.trim() === '' ? undefined : searchRequests(db, query.text, FOUND);
}

function whereOf(db: ReadableDb, query: CacheQuery, found: readonly number[] | undefined) {
  const conditions = conditionsOf(db, query, found);
  const where = conditions.length === 0 ? '' : `WHERE ${conditions.map((piece) => piece.sql).join(' AND ')}`;
  return { where, bound: conditions.flatMap((piece) => piece.bound) };
}

function conditionsOf(db: ReadableDb, query: CacheQuery, found: readonly number[] | undefined): readonly Piece[] {
  const { parts, side, partner, state, location, sinceBefore, dueBefore } = query;
  const pieces: Piece[] = [];
  const add = (sql: string, ...bound: readonly Bindable[]): void => void pieces.push({ sql, bound });
  if (parts !== undefined) {
    const inside = parts.map((part) => partPiece(db, part));
    const all = inside.map((piece) => `SELECT n FROM (${piece.sql})`).join(' UNION ');
    add(`n IN (${all})`, ...inside.flatMap((piece) => piece.bound));
  } else if (query.closed !== true && found === undefined) add('terminal = 0');
  if (found !== undefined) add('n IN (SELECT value FROM json_each(?))', JSON.stringify(found));
  if (side !== undefined) add('side = ?', side);
  if (partner !== undefined) add('partner = ?', partner);
  if (state !== undefined) add('state = ?', state);
  if (location !== undefined) add('location = ?', location);
  if (sinceBefore !== undefined) add('since < ?', sinceBefore);
  if (dueBefore !== undefined) add('due < ?', dueBefore);
  return pieces;
}

/** Flagged requests; what is counted as oldest stands since the flag does, and for overdue ones is their due date. */
const FLAGGED: Readonly<Record<NonNullable<WorklistPart['flag']>, string>> = {
  attention: 'SELECT n, since AS at FROM request WHERE terminal = 0 AND attention = 1',
  trouble: 'SELECT n, trouble_since AS at FROM request WHERE terminal = 0 AND trouble_since IS NOT NULL',
  unread: 'SELECT n, unread_since AS at FROM request WHERE unread_since IS NOT NULL',
  overdue: 'SELECT n, coalesce(due, since) AS at FROM request WHERE terminal = 0 AND overdue = 1',
};

/** Rows `n, at` of one part. Each goes through an index of open or flagged requests alone (migration 0002). */
function partPiece(db: ReadableDb, part: WorklistPart): Piece {
  return part.flag === undefined ? statesPiece(db, part) : { sql: FLAGGED[part.flag], bound: [] };
}

function statesPiece(db: ReadableDb, part: WorklistPart): Piece {
  const states = part.states ?? openStates(db).filter((state) => part.exceptStates?.includes(state) !== true);
  const inStates = 'terminal = 0 AND state IN (SELECT value FROM json_each(?))';
  const bound = [JSON.stringify(states)];
  if (part.dueFrom === undefined && part.dueBefore === undefined) {
    return { sql: `SELECT n, since AS at FROM request INDEXED BY request_work WHERE ${inStates}`, bound };
  }
  return {
    sql: `SELECT n, due AS at FROM request INDEXED BY request_out WHERE ${inStates} AND due >= ? AND due < ?`,
    bound: [...bound, part.dueFrom ?? '', part.dueBefore ?? '\u{10FFFF}'],
  };
}

/** Every state some open request is in: from one to the next in the index, without reading what lies between. */
function openStates(db: ReadableDb): readonly string[] {
  return db
    .read<{ state: string }>(
      `WITH RECURSIVE each(state) AS (
         SELECT min(state) FROM request WHERE terminal = 0
         UNION ALL
         SELECT (SELECT min(state) FROM request WHERE terminal = 0 AND state > each.state) FROM each
         WHERE each.state IS NOT NULL)
       SELECT state FROM each WHERE state IS NOT NULL`,
    )
    .all()
    .map((row) => row.state);
}
