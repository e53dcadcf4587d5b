import type { NewRecord, StoredRecord } from '../contract/journal.ts';
import type { WritableDb } from './db.ts';
import { derive } from './journal-derived.ts';
import { contextOf, recordOf, RECORD_COLUMNS } from './journal-rows.ts';
import type { RecordRow } from './journal-rows.ts';
import { sumOf } from './sums.ts';
import type { RecordText } from './sums.ts';

/** A record on disk. `repeated` when its id was there already: then `record` is the earlier one and nothing was added. */
export interface Appended {
  readonly record: StoredRecord;
  readonly repeated: boolean;
}

/** Who and where, for records the store writes by itself. */
export type RecordContext = Omit<NewRecord, 'id' | 'scanId' | 'body'>;

/** Appends a checked record; the caller holds the transaction. */
export function appendRecord(db: WritableDb, record: NewRecord): Appended {
  const earlier = db.read<RecordRow>(`SELECT ${RECORD_COLUMNS} FROM record WHERE id = ?`).get(record.id);
  if (earlier !== undefined) return { record: recordOf(earlier), repeated: true };
  const { body } = record;
  const seq = insertRow(db, {
    id: record.id,
    scan_id: record.scanId,
    type: body.type,
    step_id: body.type === 'step' ? body.stepId : null,
    at: record.at,
    context: contextOf(record),
    body: JSON.stringify(body),
  });
  const stored = { ...record, seq };
  derive(db, stored);
  return { record: stored, repeated: false };
}

/**
 * Writes a row with its sum.
 * @param seq its number; the next one when left out
 * @returns its number
 */
export function insertRow(db: WritableDb, row: RecordText, seq: number | null = null): number {
  const { id, scan_id, type, step_id, at, context, body } = row;
  return db
    .write(
      'INSERT INTO record (seq, id, scan_id, type, step_id, at, context, body, sum) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)',
    )
    .run(seq, id, scan_id, type, step_id, at, context, body, sumOf(row)).lastRowid;
}
