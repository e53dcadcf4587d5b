import type { NewRecord, StoredRecord } from '../contract/journal.ts';
import type { Db, Row } from './db.ts';
import { derive } from './journal-derived.ts';
import { recordOf, RECORD_COLUMNS } from './journal-rows.ts';
import type { RecordRow } from './journal-rows.ts';
import { reduced } from './reduce.ts';

/** Until when what is kept: each a moment, ISO 8601 UTC; what is older is due. */
export interface EraseRules {
  readonly dropBefore: string;
  readonly reduceBefore: string;
  /** Scans of library cards: their whole number is only needed while something waits for it. */
  readonly reduceCardsBefore: string;
}

/** What one rule did to the scans of one day (UTC). */
export interface Erased {
  readonly rule: 'dropped' | 'reduced';
  readonly day: string;
  readonly scans: number;
  readonly records: number;
}

interface Due extends Row {
  readonly scan_id: string;
  readonly at: string;
  readonly rule: Erased['rule'];
}

/** Nothing of the scan is open, and nothing that is open speaks of it (a check-out that waits names its card's scan). */
const NOT_PENDING = `NOT EXISTS (
  SELECT 1 FROM step JOIN record AS open ON open.seq = step.last_seq
  WHERE step.state NOT IN ('done', 'confirmed', 'refused', 'not-sent', 'not-done', 'needs-person', 'released')
    AND (open.scan_id = due.scan_id OR instr(open.body, due.scan_id) > 0))`;

/** Records without a line (their scan was lost to damage) cannot be shown, so they are not kept for being shown. */
const DUE = `
WITH rules (drop_before, reduce_before, cards_before) AS (SELECT ?, ?, ?)
SELECT scan_id, at, rule FROM (
  SELECT scan_id, at, 'dropped' AS rule FROM line, rules WHERE at < drop_before
  UNION ALL
  SELECT scan_id, at, 'reduced' FROM line, rules WHERE reduced = 0 AND at >= drop_before
    AND at < CASE json_extract(scan, '$.kind') WHEN 'patron-card' THEN cards_before ELSE reduce_before END
  UNION ALL
  SELECT scan_id, max(at), 'dropped' FROM record, rules
  WHERE type NOT IN ('erased', 'deleted') AND NOT EXISTS (SELECT 1 FROM line WHERE line.scan_id = record.scan_id)
  GROUP BY scan_id HAVING max(at) < reduce_before
) AS due
WHERE ${NOT_PENDING} ORDER BY at LIMIT ?`;

/**
 * Reduces and drops what is due, at most so many scans at once, in one transaction.
 * @param note appended for each rule and day, in the same transaction; left out for copies of the journal
 * @returns what was done; nothing when nothing is due
 */
export function eraseDue(
  db: Db,
  rules: EraseRules,
  limit: number,
  note: (erased: Erased) => void = () => undefined,
): readonly Erased[] {
  return db.transaction(() => {
    const due = db.read<Due>(DUE).all(rules.dropBefore, rules.reduceBefore, rules.reduceCardsBefore, limit);
    const done = new Map<string, Erased>();
    for (const { scan_id, at, rule } of due) {
      db.write('INSERT INTO erasing (scan_id, how) VALUES (?, ?)').run(scan_id, rule === 'dropped' ? 'drop' : 'reduce');
      const records = rule === 'dropped' ? drop(db, scan_id) : reduce(db, scan_id);
      const day = at.slice(0, 10);
      const before = done.get(rule + day) ?? { rule, day, scans: 0, records: 0 };
      done.set(rule + day, { ...before, scans: before.scans + 1, records: before.records + records });
    }
    db.write('DELETE FROM erasing').run();
    for (const erased of done.values()) note(erased);
    return [...done.values()];
  });
}

export function drop(db: Db, scanId: string): number {
  db.write('DELETE FROM step WHERE last_seq IN (SELECT seq FROM record WHERE scan_id = ?)').run(scanId);
  db.write('DELETE FROM line WHERE scan_id = ?').run(scanId);
  return db.write('DELETE FROM record WHERE scan_id = ?').run(scanId).changes;
}

function reduce(db: Db, scanId: string): number {
  const rows = db.read<RecordRow>(`SELECT ${RECORD_COLUMNS} FROM record WHERE scan_id = ? ORDER BY seq`).all(scanId);
  db.write('DELETE FROM line WHERE scan_id = ?').run(scanId);
  for (const row of rows) {
    const record = recordOf(row);
    const less: StoredRecord = { ...record, body: reduced(record.body) };
    db.write('UPDATE record SET body = ? WHERE seq = ?').run(JSON.stringify(less.body), less.seq);
    derive(db, less);
  }
  return rows.length;
}

/** The note that stays in the journal of what was erased. */
export function erasedBody({ rule, day, scans, records }: Erased): NewRecord['body'] {
  return { type: 'erased', rule, day, scans, records };
}
