import { randomUUID } from 'node:crypto';
import { NewRecord } from '../contract/journal.ts';
import type { ScanLine, StoredRecord } from '../contract/journal.ts';
import type { Db, ReadableDb, Row } from './db.ts';
import { drop } from './erase.ts';
import { appendRecord } from './journal-append.ts';
import type { RecordContext } from './journal-append.ts';
import { LINE_COLUMNS, lineOf, recordOf, RECORD_COLUMNS } from './journal-rows.ts';
import type { LineRow, RecordRow } from './journal-rows.ts';
import { OPEN_STEPS } from './open-scans.ts';

/** Which scans are meant; each condition narrows it. */
export interface Selection {
  /** First moment, and first no longer meant, ISO 8601 UTC. */
  readonly since?: string;
  readonly to?: string;
  /** Or after this number, whatever the clock said then: the scans of this run. */
  readonly orAfterSeq?: number;
  /** Only scans of which something is open. */
  readonly pending?: boolean;
  /** Left out: archived and others. */
  readonly archived?: boolean;
  /** Left out: imported and others. */
  readonly imported?: boolean;
  readonly scanIds?: readonly string[];
}

export interface SelectedScans {
  /** Newest first. */
  readonly lines: readonly ScanLine[];
  readonly scans: number;
  /** Those of `lines` of which something is open. */
  readonly pending: readonly string[];
}

export interface ImportCounts {
  readonly scans: number;
  readonly added: number;
  readonly known: number;
  readonly deletedHere: number;
}

/** What became of scans that somebody wanted put away: all of them or, when something is open, none. */
export type Kept = { readonly scans: number } | { readonly pending: readonly string[] };

export function selectScans(db: ReadableDb, selection: Selection, limit: number): SelectedScans {
  const { where, values } = conditionsOf(selection);
  const lines = db
    .read<LineRow>(`SELECT ${LINE_COLUMNS} FROM line WHERE ${where} ORDER BY seq DESC LIMIT ?`)
    .all(...values, limit)
    .map(lineOf);
  const scans = db.read<{ n: number }>(`SELECT count(*) AS n FROM line WHERE ${where}`).get(...values)?.n ?? 0;
  return {
    lines,
    scans,
    pending: pendingOf(
      db,
      lines.map(({ scanId }) => scanId),
    ),
  };
}

/** Everything recorded of the selected scans, in the journal's order, a page at a time. */
export function recordsOfScans(
  db: ReadableDb,
  selection: Selection,
  page: { readonly afterSeq: number; readonly limit: number },
): readonly StoredRecord[] {
  const { where, values } = conditionsOf(selection);
  return db
    .read<RecordRow>(
      `SELECT ${RECORD_COLUMNS} FROM record WHERE seq > ? AND scan_id IN (SELECT scan_id FROM line WHERE ${where})
       ORDER BY seq LIMIT ?`,
    )
    .all(page.afterSeq, ...values, page.limit)
    .map(recordOf);
}

/** Takes in records of an export that are not here, in one transaction. Scans that a person deleted here stay deleted. */
export function importRecords(db: Db, records: readonly StoredRecord[]): ImportCounts {
  const checked = records.map(({ seq, ...record }) => NewRecord.parse({ ...record, origin: { how: 'imported', seq } }));
  return db.transaction(() => {
    const deleted = deletedHere(db);
    const counts = { scans: 0, added: 0, known: 0, deletedHere: 0 };
    for (const record of checked) {
      if (deleted.has(record.scanId)) counts.deletedHere += 1;
      else if (appendRecord(db, record).repeated) counts.known += 1;
      else {
        counts.added += 1;
        if (record.body.type === 'scan') counts.scans += 1;
      }
    }
    return counts;
  });
}

/** Hides scans from the lists or shows them again, with a record for each. */
export function archiveScans(db: Db, scanIds: readonly string[], archived: boolean, context: RecordContext): Kept {
  return db.transaction(() => {
    const pending = pendingOf(db, scanIds);
    if (archived && pending.length > 0) return { pending };
    const there = knownOf(db, scanIds);
    for (const scanId of there) {
      const body = { type: 'archived', archived } as const;
      appendRecord(db, NewRecord.parse({ ...context, id: randomUUID(), scanId, body }));
    }
    return { scans: there.length };
  });
}

/** Deletes scans for good and leaves one record that says so. */
export function deleteScans(db: Db, scanIds: readonly string[], reason: string, context: RecordContext): Kept {
  return db.transaction(() => {
    const pending = pendingOf(db, scanIds);
    if (pending.length > 0) return { pending };
    const there = knownOf(db, scanIds);
    if (there.length === 0) return { scans: 0 };
    const records = erase(db, there);
    const id = randomUUID();
    const body = { type: 'deleted', reason, scans: there.length, records, scanIds: [...there] } as const;
    appendRecord(db, NewRecord.parse({ ...context, id, scanId: id, body }));
    return { scans: there.length };
  });
}

/** The guard against erasing what is open; see migration 0002. */
const GUARD = 'erasing_is_refused_while_pending';

/**
 * The same in a copy of the journal. What is over here may have been open when the copy was made; that a copy still says so
 * keeps nothing alive.
 */
export function deleteScansInCopy(db: Db, scanIds: readonly string[]): void {
  const guard = db
    .read<{ sql: string }>(`SELECT sql FROM sqlite_master WHERE type = 'trigger' AND name = ?`)
    .get(GUARD);
  db.transaction(() => {
    if (guard !== undefined) db.script(`DROP TRIGGER ${GUARD}`);
    erase(db, knownOf(db, scanIds));
    if (guard !== undefined) db.script(guard.sql);
  });
}

function erase(db: Db, scanIds: readonly string[]): number {
  let records = 0;
  for (const scanId of scanIds) {
    db.write(`INSERT INTO erasing (scan_id, how) VALUES (?, 'drop')`).run(scanId);
    records += drop(db, scanId);
  }
  db.write('DELETE FROM erasing').run();
  return records;
}

interface IdRow extends Row {
  readonly scan_id: string;
}

function idsIn(db: ReadableDb, sql: string, scanIds: readonly string[]): readonly string[] {
  return db
    .read<IdRow>(sql)
    .all(JSON.stringify(scanIds))
    .map((row) => row.scan_id);
}

function pendingOf(db: ReadableDb, scanIds: readonly string[]): readonly string[] {
  return idsIn(
    db,
    `SELECT DISTINCT scan_id FROM (${OPEN_STEPS}) WHERE scan_id IN (SELECT value FROM json_each(?))`,
    scanIds,
  );
}

function knownOf(db: ReadableDb, scanIds: readonly string[]): readonly string[] {
  return idsIn(db, 'SELECT scan_id FROM line WHERE scan_id IN (SELECT value FROM json_each(?)) ORDER BY seq', scanIds);
}

function deletedHere(db: ReadableDb): ReadonlySet<string> {
  const rows = db
    .read<IdRow>(
      `SELECT json_each.value AS scan_id FROM record, json_each(record.body, '$.scanIds') WHERE record.type = 'deleted'`,
    )
    .all();
  return new Set(rows.map((row) => row.scan_id));
}

function conditionsOf(selection: Selection): { readonly where: string; readonly values: readonly (string | number)[] } {
  const { since, to, orAfterSeq, pending, archived, imported, scanIds } = selection;
  const parts: (readonly [string, ...(string | number)[]])[] = [];
  if (since !== undefined) {
    parts.push(orAfterSeq === undefined ? ['at >= ?', since] : ['(at >= ? OR seq > ?)', since, orAfterSeq]);
  }
  if (to !== undefined) parts.push(['at < ?', to]);
  if (pending === true) parts.push([`scan_id IN (SELECT scan_id FROM (${OPEN_STEPS}))`]);
  if (archived !== undefined) parts.push(['archived = ?', archived ? 1 : 0]);
  if (imported !== undefined) parts.push(['imported = ?', imported ? 1 : 0]);
  if (scanIds !== undefined) {
    parts.push(['scan_id IN (SELECT value FROM json_each(?))', JSON.stringify(scanIds)]);
  }
  return {
    where: parts.length === 0 ? 'TRUE' : parts.map(([sql]) => sql).join(' AND '),
    values: parts.flatMap(([, ...values]) => values),
  };
}
