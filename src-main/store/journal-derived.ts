import type { StoredRecord } from '../contract/journal.ts';
import type { ReadableDb, WritableDb } from './db.ts';
import { fold } from './fold.ts';
import {
  isImported,
  LINE_COLUMNS,
  lineOf,
  recordOf,
  RECORD_COLUMNS,
  scanPartOf,
  searchTextOf,
} from './journal-rows.ts';
import type { LineRow, RecordRow } from './journal-rows.ts';

/**
 * Carries one record over into `line` and `step`. Appending calls it in the record's own transaction, and
 * {@link rebuildDerived} for every record in order, so both come to the same.
 */
export function derive(db: WritableDb, record: StoredRecord): void {
  const { body } = record;
  const imported = isImported(record);
  if (imported && !belongsToLine(db, record)) return;
  switch (body.type) {
    case 'scan':
      // The first record of a scan is the scan; the renderer may hand the same one over again after a reload.
      db.write(
        `INSERT INTO line (scan_id, seq, at, scan, barcode_folded, search_text, reduced, imported)
         VALUES (?, ?, ?, ?, ?, ?, ?, ?)
         ON CONFLICT (scan_id) DO NOTHING`,
      ).run(
        record.scanId,
        record.seq,
        record.at,
        scanPartOf(record, body),
        fold(body.barcode),
        searchTextOf(imported ? { ...body, importedFrom: record.workstation } : body, undefined),
        body.reduced === true ? 1 : 0,
        imported ? 1 : 0,
      );
      return;
    case 'prompt': {
      const line = findLine(db, record.scanId);
      if (line === undefined) return;
      db.write('UPDATE line SET prompt = ?, search_text = ? WHERE scan_id = ?').run(
        JSON.stringify(body.prompt),
        searchTextOf(lineOf(line), body.prompt),
        record.scanId,
      );
      return;
    }
    case 'cancelled':
      db.write('UPDATE line SET cancelled = 1 WHERE scan_id = ?').run(record.scanId);
      release(db, record);
      return;
    case 'archived': {
      const line = findLine(db, record.scanId);
      if (line === undefined) return;
      const shown = lineOf({ ...line, archived: body.archived ? 1 : 0 });
      db.write('UPDATE line SET archived = ?, search_text = ? WHERE scan_id = ?').run(
        body.archived ? 1 : 0,
        searchTextOf(shown, shown.prompt),
        record.scanId,
      );
      return;
    }
    case 'step':
      db.write(
        `INSERT INTO step (step_id, lane, first_seq, last_seq, state) VALUES (?, ?, ?, ?, ?)
         ON CONFLICT (step_id) DO UPDATE SET last_seq = excluded.last_seq, state = excluded.state`,
      ).run(body.stepId, body.lane, record.seq, record.seq, body.state);
      return;
    case 'held':
      // Held anew, it has a new number, and that one is the highest given.
      db.write(
        `INSERT INTO step (step_id, lane, first_seq, last_seq, state) VALUES (?, ?, ?, ?, 'held')
         ON CONFLICT (step_id) DO UPDATE SET lane = excluded.lane, first_seq = excluded.first_seq,
           last_seq = excluded.last_seq, state = excluded.state`,
      ).run(heldId(record.scanId), heldLane(body.day, record.desk), record.seq, record.seq);
      return;
    case 'released':
      release(db, record);
      return;
    case 'task': {
      const state = body.task.overall === 'done' || body.task.overall === 'abandoned' ? 'released' : 'task-open';
      db.write(
        `INSERT INTO step (step_id, lane, first_seq, last_seq, state) VALUES (?, '${TASKS_LANE}', ?, ?, ?)
         ON CONFLICT (step_id) DO UPDATE SET last_seq = excluded.last_seq, state = excluded.state`,
      ).run(`task:${body.task.id}`, record.seq, record.seq, state);
      return;
    }
    case 'choice':
    case 'erased':
    case 'deleted':
      return;
  }
}

/**
 * Work in two systems stands among the steps as well: while it is open nothing of it is ever erased, and what is over has the
 * state of whatever no longer waits.
 */
export const TASKS_LANE = 'two-systems';

/** A scan that waits for a system stands among the steps: it is something that is still to come to an end. */
export function heldId(scanId: string): string {
  return `held:${scanId}`;
}

/** Held scans of one desk and day share a lane; their numbers run in it. */
export function heldLane(day: string, desk: string): string {
  return `held:${day}:${desk}`;
}

function release(db: WritableDb, record: StoredRecord): void {
  db.write(`UPDATE step SET state = 'released', last_seq = ? WHERE step_id = ?`).run(record.seq, heldId(record.scanId));
}

/**
 * Of what was imported, only what is shown is carried over: a step of another workstation, or of a journal that is gone, is
 * nobody's to act on here. And a scan that is this journal's own is told by its own records alone.
 */
function belongsToLine(db: ReadableDb, { scanId, body }: StoredRecord): boolean {
  if (body.type === 'scan') return true;
  if (body.type !== 'prompt' && body.type !== 'cancelled' && body.type !== 'archived') return false;
  return db.read('SELECT 1 AS found FROM line WHERE scan_id = ? AND imported = 1').get(scanId) !== undefined;
}

/** Makes `line` and `step` anew from the records, in one transaction. */
export function rebuildDerived(db: WritableDb): void {
  db.transaction(() => {
    db.write('DELETE FROM line').run();
    db.write('DELETE FROM step').run();
    const page = db.read<RecordRow>(`SELECT ${RECORD_COLUMNS} FROM record WHERE seq > ? ORDER BY seq LIMIT 1000`);
    for (let rows = page.all(0); rows.length > 0; rows = page.all(rows.at(-1)?.seq ?? 0)) {
      for (const row of rows) derive(db, recordOf(row));
    }
  });
}

export function findLine(db: ReadableDb, scanId: string): LineRow | undefined {
  return db.read<LineRow>(`SELECT ${LINE_COLUMNS} FROM line WHERE scan_id = ?`).get(scanId);
}
