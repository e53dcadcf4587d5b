import type { ReadableDb } from './db.ts';
import { StoreError } from './errors.ts';
import { RECORD_COLUMNS } from './journal-rows.ts';
import type { RecordRow } from './journal-rows.ts';
import { schemaVersion } from './migrate.ts';
import { assertAsWritten } from './sums.ts';

/** The version of the journal's schema from which records have sums. */
const SINCE_VERSION = 4;

/** Records read before others have their turn. */
const AT_ONCE = 1000;

/**
 * Has SQLite read every page. `whole` also compares each index with its table, which takes four times as long: an index that
 * went bad hides records without a word.
 * @throws StoreError `corrupted`
 */
export function assertPages(db: ReadableDb, depth: 'quick' | 'whole'): void {
  const check = depth === 'quick' ? 'quick_check' : 'integrity_check';
  const verdict = db.pragma(`${check}(1)`);
  if (verdict !== 'ok') throw new StoreError('corrupted', `${check}: ${String(verdict)}`);
}

/**
 * Reads every record of a journal and compares its sum, some at a time; nothing where the schema has no sums yet.
 * @throws StoreError `corrupted` at the first that is not what was written
 */
export function* checkSums(db: ReadableDb): Generator<void, void> {
  if (schemaVersion(db) < SINCE_VERSION) return;
  const page = db.read<RecordRow>(`SELECT ${RECORD_COLUMNS} FROM record WHERE seq > ? ORDER BY seq LIMIT ${AT_ONCE}`);
  for (let rows = page.all(0); rows.length > 0; rows = page.all(rows.at(-1)?.seq ?? 0)) {
    for (const row of rows) assertAsWritten(row);
    yield;
  }
}

/** The same in one go. */
export function assertSums(db: ReadableDb): void {
  const steps = checkSums(db);
  while (steps.next().done !== true);
}
