import type { NewRecord, RecordBody, StoredRecord } from '../contract/journal.ts';
import type { Db, Row } from './db.ts';
import { derive } from './journal-derived.ts';
import { isStepRecord, recordOf, RECORD_COLUMNS } from './journal-rows.ts';
import type { RecordRow } from './journal-rows.ts';
import { OPEN_STEPS } from './open-scans.ts';
import { reduced, withoutCard } from './reduce.ts';
import { sumOf } from './sums.ts';

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
  SELECT 1 FROM open WHERE open.scan_id = due.scan_id OR instr(open.body, due.scan_id) > 0)`;

/** Records without a line (their scan was lost to damage) cannot be shown, so they are not kept for being shown. */
const DUE = `
WITH rules (drop_before, reduce_before, cards_before) AS (SELECT ?, ?, ?), open AS MATERIALIZED (${OPEN_STEPS})
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

/** Steps that carry a whole card number, encrypted: holds, and requests placed for a patron. Not while one may still be sent. */
const SEALED = `
SELECT ${RECORD_COLUMNS} FROM record
WHERE type = 'step' AND at < ? AND instr(body, '"sealed"') > 0 AND json_extract(body, '$.params.sealed') IS NOT NULL
AND NOT EXISTS (
  SELECT 1 FROM step JOIN record AS open ON open.seq = step.last_seq
  WHERE open.scan_id = record.scan_id AND step.state IN ('recorded', 'sending', 'unknown', 'held'))
ORDER BY seq LIMIT ?`;

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
    if (due.length === 0) return unsealDue(db, rules, limit, note);
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

/** What is left when nothing is due as a whole: card numbers in steps, which go sooner than the steps. */
function unsealDue(
  db: Db,
  { reduceCardsBefore }: EraseRules,
  limit: number,
  note: (erased: Erased) => void,
): readonly Erased[] {
  const byDay = Map.groupBy(db.read<RecordRow>(SEALED).all(reduceCardsBefore, limit), ({ at }) => at.slice(0, 10));
  return [...byDay].map(([day, rows]) => {
    const scans = new Set(rows.map((row) => row.scan_id));
    for (const scanId of scans) db.write(`INSERT INTO erasing (scan_id, how) VALUES (?, 'reduce')`).run(scanId);
    for (const row of rows) {
      const record = recordOf(row);
      if (isStepRecord(record)) rewrite(db, row, withoutCard(record.body));
    }
    db.write('DELETE FROM erasing').run();
    const erased: Erased = { rule: 'reduced', day, scans: scans.size, records: rows.length };
    note(erased);
    return erased;
  });
}

export function drop(db: Db, scanId: string): number {
  db.write('DELETE FROM step WHERE last_seq IN (SELECT seq FROM record WHERE scan_id = ?)').run(scanId);
  db.write('DELETE FROM line WHERE scan_id = ?').run(scanId);
  return db.write('DELETE FROM record WHERE scan_id = ?').run(scanId).changes;
}

function reduce(db: Db, scanId: string): number {
  const records = db
    .read<RecordRow>(`SELECT ${RECORD_COLUMNS} FROM record WHERE scan_id = ? ORDER BY seq`)
    .all(scanId)
    .map((row) => ({ row, record: recordOf(row) }));
  const isCard = records.some(({ record: { body } }) => body.type === 'scan' && body.kind === 'patron-card');
  db.write('DELETE FROM line WHERE scan_id = ?').run(scanId);
  for (const { row, record } of records) {
    const less: StoredRecord = { ...record, body: reduced(record.body, isCard) };
    rewrite(db, row, less.body);
    derive(db, less);
  }
  return records.length;
}

function rewrite(db: Db, row: RecordRow, less: RecordBody): void {
  const body = JSON.stringify(less);
  db.write('UPDATE record SET body = ?, sum = ? WHERE seq = ?').run(body, sumOf({ ...row, body }), row.seq);
}

/** The note that stays in the journal of what was erased. */
export function erasedBody({ rule, day, scans, records }: Erased): NewRecord['body'] {
  return { type: 'erased', rule, day, scans, records };
}
