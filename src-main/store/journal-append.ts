import type { NewRecord, StoredRecord } from '../contract/journal.ts';
import type { WritableDb } from './db.ts';
import { derive } from './journal-derived.ts';
import { contextOf, recordOf, RECORD_COLUMNS } from './journal-rows.ts';
import type { RecordRow } from './journal-rows.ts';

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
  const { lastRowid } = db
    .write('INSERT INTO record (id, scan_id, type, step_id, at, context, body) VALUES (?, ?, ?, ?, ?, ?, ?)')
    .run(
      record.id,
      record.scanId,
      body.type,
      body.type === 'step' ? body.stepId : null,
      record.at,
      contextOf(record),
      JSON.stringify(body),
    );
  const stored = { ...record, seq: lastRowid };
  derive(db, stored);
  return { record: stored, repeated: false };
}
