import { randomUUID } from 'node:crypto';
import { NewRecord } from '../contract/journal.ts';
import type { ScanLine, StepState, StoredRecord } from '../contract/journal.ts';
import type { Task } from '../contract/tasks.ts';
import { backUp, isBehind } from './backup.ts';
import { checkpoint } from './checkpoint.ts';
import type { Db, ReadableDb } from './db.ts';
import { eraseDue, erasedBody } from './erase.ts';
import type { Erased, EraseRules } from './erase.ts';
import { copiesOf, deleteInCopy, eraseInCopy } from './erase-copies.ts';
import { fold } from './fold.ts';
import { appendRecord } from './journal-append.ts';
import type { Appended, RecordContext } from './journal-append.ts';
import { findLine, heldLane, rebuildDerived, TASKS_LANE } from './journal-derived.ts';
import { archiveScans, deleteScans, importRecords, recordsOfScans, selectScans } from './journal-keep.ts';
import type { ImportCounts, Kept, SelectedScans, Selection } from './journal-keep.ts';
import { ARCHIVED_WORD, isStepRecord, LINE_COLUMNS, lineOf, RECORD_COLUMNS, recordOf } from './journal-rows.ts';
import type { LineRow, RecordRow, StepRecord } from './journal-rows.ts';
import { dismissRescueReport } from './rescue-report.ts';
import type { Soundness } from './soundness.ts';

export type { Appended, RecordContext } from './journal-append.ts';
export type { StepRecord } from './journal-rows.ts';

/** Scans erased in one transaction: few enough that a scan at the desk does not wait for it. */
const SCANS_AT_ONCE = 50;

/** Which lines to list, newest first; never what was archived, and never what was imported. */
export interface LinesQuery {
  /** Only scans at or after this time (the start of the shift), ISO 8601 UTC. */
  readonly since?: string;
  /** And those after this sequence number, whatever the clock said: what was scanned in this run. */
  readonly orAfterSeq?: number;
  /** Only scans after this sequence number. */
  readonly afterSeq?: number;
  readonly limit: number;
}

/** "Did I scan this?": every word must be in the label, the title or the number; an empty text finds all. */
export interface LineSearch {
  readonly text: string;
  /** First moment, ISO 8601 UTC. */
  readonly from?: string;
  /** First moment no longer wanted, ISO 8601 UTC. */
  readonly to?: string;
  readonly limit: number;
}

/** Which steps to list, by how they stand now; the newest change first. */
export interface StepsQuery {
  readonly states: readonly StepState[];
  /** Only steps whose newest record is at or after this time, ISO 8601 UTC. */
  readonly since: string;
  readonly limit: number;
  /** Only steps whose lane begins with this. */
  readonly lanes?: string;
}

/** A scan that waits for a system. */
export interface HeldScan {
  readonly line: ScanLine;
  readonly records: readonly StoredRecord[];
  /** A later scan of the same label for which something was sent, if there is one. */
  readonly scannedAgain: string | undefined;
}

/** What is due, and who writes the note of it. */
export interface EraseOrder {
  readonly rules: EraseRules;
  readonly context: RecordContext;
}

export interface JournalCounts {
  readonly records: number;
  readonly scans: number;
}

/** The journal, synchronously. Everything that returns has happened; what was appended is synced to disk. */
export class JournalStore {
  readonly #db: Db;
  readonly #soundness: Soundness | undefined;

  /** @param soundness notes what is learned of the file's soundness; left out where nobody asks later */
  constructor(db: Db, soundness?: Soundness) {
    this.#db = db;
    this.#soundness = soundness;
  }

  /** Appends one record, durable on return. Appending the same id again changes nothing. */
  append(record: NewRecord): Appended {
    const checked = NewRecord.parse(record);
    return this.#db.transaction(() => appendRecord(this.#db, checked));
  }

  /** Appends all or none, in order, durable on return. */
  appendMany(records: readonly NewRecord[]): readonly Appended[] {
    const checked = records.map((record) => NewRecord.parse(record));
    return this.#db.transaction(() => checked.map((record) => appendRecord(this.#db, record)));
  }

  lines(query: LinesQuery): readonly ScanLine[] {
    const { since, orAfterSeq = Number.MAX_SAFE_INTEGER, afterSeq = 0, limit } = query;
    // Without being told to use the index, SQLite may walk back through all years for a shift with fewer lines than asked.
    const rows =
      since === undefined
        ? this.#db
            .read<LineRow>(`SELECT ${LINE_COLUMNS} FROM line WHERE seq > ? AND ${OWN} ORDER BY seq DESC LIMIT ?`)
            .all(afterSeq, limit)
        : this.#db
            .read<LineRow>(
              `SELECT ${LINE_COLUMNS} FROM (
                 SELECT * FROM line WHERE seq > ?
                 UNION ALL SELECT * FROM line INDEXED BY line_at WHERE seq <= ? AND at >= ?
               ) WHERE seq > ? AND ${OWN} ORDER BY seq DESC LIMIT ?`,
            )
            .all(orAfterSeq, orAfterSeq, since, afterSeq, limit);
    return rows.map(lineOf);
  }

  lineOf(scanId: string): ScanLine | undefined {
    const row = findLine(this.#db, scanId);
    return row === undefined ? undefined : lineOf(row);
  }

  /** Newest first. Ignores case. Every character means itself; what is archived is found by that word. */
  searchLines(search: LineSearch): readonly ScanLine[] {
    const words = fold(search.text)
      .split(/\s+/u)
      .filter((word) => word !== '');
    const conditions = [
      ...(search.from === undefined ? [] : ['at >= ?']),
      ...(search.to === undefined ? [] : ['at < ?']),
      // instr() rather than LIKE: nothing to escape, and `%` or `_` on a label are only characters.
      ...(words.includes(ARCHIVED_WORD) ? [] : ['archived = 0']),
      ...words.map(() => 'instr(search_text, ?) > 0'),
    ];
    const where = conditions.length === 0 ? '' : `WHERE ${conditions.join(' AND ')}`;
    const values = [search.from, search.to, ...words].filter((value) => value !== undefined);
    return this.#db
      .read<LineRow>(`SELECT ${LINE_COLUMNS} FROM line ${where} ORDER BY seq DESC LIMIT ?`)
      .all(...values, search.limit)
      .map(lineOf);
  }

  /** Everything that was recorded of one scan, in order. */
  recordsOf(scanId: string): readonly StoredRecord[] {
    return this.#db
      .read<RecordRow>(`SELECT ${RECORD_COLUMNS} FROM record WHERE scan_id = ? ORDER BY seq`)
      .all(scanId)
      .map(recordOf);
  }

  /** The newest record of every step that is `recorded`, `sending` or `unknown`, in the order the steps were recorded. */
  unsettledSteps(): readonly StepRecord[] {
    return unsettled(this.#db);
  }

  /** The newest record of every step that stands in one of the states, newest first. */
  steps(query: StepsQuery): readonly StepRecord[] {
    const { lanes = '' } = query;
    return this.#db
      .read<RecordRow>(
        `SELECT ${STEP_RECORD_COLUMNS} FROM step JOIN record ON record.seq = step.last_seq
         WHERE step.state IN (SELECT value FROM json_each(?)) AND record.at >= ?
           AND substr(step.lane, 1, length(?)) = ? ORDER BY step.last_seq DESC LIMIT ?`,
      )
      .all(JSON.stringify(query.states), query.since, lanes, lanes, query.limit)
      .map(recordOf)
      .filter(isStepRecord);
  }

  /** Scans that wait for a system and were not released, oldest first, with everything recorded of them. */
  held(): readonly HeldScan[] {
    return this.#db
      .read<{ readonly scan_id: string }>(
        `SELECT record.scan_id FROM step JOIN record ON record.seq = step.first_seq
         WHERE step.state = 'held' ORDER BY step.first_seq`,
      )
      .all()
      .flatMap(({ scan_id }) => {
        const line = this.lineOf(scan_id);
        return line === undefined
          ? []
          : [{ line, records: this.recordsOf(scan_id), scannedAgain: this.#actedOn(line) }];
      });
  }

  /** The newest record of every task that is open, and of those that ended at or after a time (ISO 8601 UTC), oldest first. */
  tasks(endedSince: string): readonly Task[] {
    return this.#db
      .read<RecordRow>(
        `SELECT ${STEP_RECORD_COLUMNS} FROM step JOIN record ON record.seq = step.last_seq
         WHERE step.lane = ? AND (step.state = 'task-open' OR record.at >= ?) ORDER BY step.first_seq`,
      )
      .all(TASKS_LANE, endedSince)
      .map(recordOf)
      .flatMap(({ body }) => (body.type === 'task' ? [body.task] : []));
  }

  /** The highest number given to a held scan at a desk on a local day; 0 before the first. */
  heldNumber({ day, desk }: { readonly day: string; readonly desk: string }): number {
    const row = this.#db
      .read<{ readonly no: number | null }>(
        `SELECT max(json_extract(record.body, '$.no')) AS no FROM step JOIN record ON record.seq = step.first_seq
         WHERE step.lane = ?`,
      )
      .get(heldLane(day, desk));
    return row?.no ?? 0;
  }

  /** A later scan of the same label for which something was sent. */
  #actedOn(line: ScanLine): string | undefined {
    return this.#db
      .read<{ readonly scan_id: string }>(
        `SELECT line.scan_id FROM line JOIN record ON record.scan_id = line.scan_id
         WHERE line.barcode_folded = ? AND line.seq > ? AND record.type = 'step'
           AND json_extract(record.body, '$.state') = 'sending' LIMIT 1`,
      )
      .get(fold(line.barcode), line.seq)?.scan_id;
  }

  /**
   * To be called once at start, before anything is sent: whatever was `sending` when the program ended becomes `unknown`.
   * @returns the records appended
   */
  recover(context: RecordContext): readonly StepRecord[] {
    return this.#db.transaction(() =>
      unsettled(this.#db)
        .filter((step) => step.body.state === 'sending')
        .map((step) => appendRecord(this.#db, NewRecord.parse(interrupted(step, context))).record)
        .filter(isStepRecord),
    );
  }

  counts(): JournalCounts {
    const row = this.#db
      .read<{ records: number; scans: number }>(
        'SELECT (SELECT count(*) FROM record) AS records, (SELECT count(*) FROM line) AS scans',
      )
      .get();
    return { records: row?.records ?? 0, scans: row?.scans ?? 0 };
  }

  /** How many scans there are at or after a time, ISO 8601 UTC. */
  countSince(since: string): number {
    return (
      this.#db.read<{ n: number }>('SELECT count(*) AS n FROM line WHERE at >= ? AND imported = 0').get(since)?.n ?? 0
    );
  }

  /** The newest of the selected scans, and how many there are. */
  scansOf({ selection, limit }: { readonly selection: Selection; readonly limit: number }): SelectedScans {
    return selectScans(this.#db, selection, limit);
  }

  /** Everything recorded of the selected scans, in order, a page at a time: the next begins after the last `seq`. */
  recordsOfScans(order: {
    readonly selection: Selection;
    readonly afterSeq: number;
    readonly limit: number;
  }): readonly StoredRecord[] {
    return recordsOfScans(this.#db, order.selection, order);
  }

  /** Takes in the records of an export, all or none; those that are here already change nothing. */
  importRecords(records: readonly StoredRecord[]): ImportCounts {
    return importRecords(this.#db, records);
  }

  /** Hides scans from the lists, or shows them again; none of them when something of one is open. */
  archiveScans(order: {
    readonly scanIds: readonly string[];
    readonly archived: boolean;
    readonly context: RecordContext;
  }): Kept {
    return archiveScans(this.#db, order.scanIds, order.archived, order.context);
  }

  /** Deletes scans for a person's reason, which stays; none of them when something of one is open. */
  deleteScans(order: {
    readonly scanIds: readonly string[];
    readonly reason: string;
    readonly context: RecordContext;
  }): Kept {
    const kept = deleteScans(this.#db, order.scanIds, order.reason, order.context);
    this.#db.setPragma('wal_checkpoint', 'TRUNCATE');
    return kept;
  }

  /** Deletes scans in one of the {@link copies}. */
  deleteInCopy({ copy, scanIds }: { readonly copy: string; readonly scanIds: readonly string[] }): void {
    deleteInCopy(this.#db.file, copy, scanIds);
  }

  /** Makes the derived tables anew from the records. */
  repair(): void {
    rebuildDerived(this.#db);
  }

  /** Somebody read what the last rescue came to. */
  dismissRescue(): void {
    dismissRescueReport(this.#db.file);
  }

  /**
   * Reduces and drops what the rules say, a few scans at a time, and empties the write-ahead log of it.
   * @returns what was done; nothing when nothing more is due
   */
  erase({ rules, context }: EraseOrder): readonly Erased[] {
    const done = eraseDue(this.#db, rules, SCANS_AT_ONCE, (erased) => {
      const id = randomUUID();
      appendRecord(this.#db, NewRecord.parse({ ...context, id, scanId: id, body: erasedBody(erased) }));
    });
    if (done.length > 0) this.#db.setPragma('wal_checkpoint', 'TRUNCATE');
    return done;
  }

  /** Every other file that holds records of this journal: backups, and damaged ones that were set aside. */
  copies(): readonly string[] {
    return copiesOf(this.#db.file);
  }

  /** Does to one of those files what the rules say. */
  eraseCopy({ copy, rules }: { readonly copy: string; readonly rules: EraseRules }): void {
    eraseInCopy(this.#db.file, copy, rules);
  }

  /** Moves what the write-ahead log holds into the database file. For a pause between scans. */
  checkpoint(): void {
    checkpoint(this.#db);
  }

  /**
   * Backs up if anything was appended since the newest backup, in steps between which other calls have their turn.
   * @param label why, e.g. `hourly`
   * @returns the path of the backup made
   */
  async backUpIfBehind(label: string, now: string): Promise<string | undefined> {
    if (!isBehind(this.#db)) return undefined;
    const path = await backUp(this.#db, label, now);
    // The copy of every page was checked.
    this.#soundness?.checked(now);
    return path;
  }

  /** Damage was met: the next start reads every page. */
  damaged(): void {
    this.#soundness?.damaged();
  }

  /** Backs up if anything was appended since the newest backup, then closes. */
  async close(now: string): Promise<void> {
    try {
      await this.backUpIfBehind('close', now);
      this.#db.setPragma('optimize', '0x10002');
    } finally {
      this.#db.close();
    }
    this.#soundness?.closed();
  }
}

/** Lines the desk works with. */
const OWN = 'imported = 0 AND archived = 0';

const STEP_RECORD_COLUMNS = RECORD_COLUMNS.split(', ')
  .map((column) => `record.${column}`)
  .join(', ');

function unsettled(db: ReadableDb): readonly StepRecord[] {
  return db
    .read<RecordRow>(
      `SELECT ${STEP_RECORD_COLUMNS} FROM step JOIN record ON record.seq = step.last_seq
       WHERE step.state IN ('recorded', 'sending', 'unknown') ORDER BY step.first_seq`,
    )
    .all()
    .map(recordOf)
    .filter(isStepRecord);
}

function interrupted(step: StepRecord, context: RecordContext): NewRecord {
  return {
    ...context,
    id: randomUUID(),
    scanId: step.scanId,
    body: {
      ...step.body,
      state: 'unknown',
      sentence:
        'Carrel stopped while this was being sent. It may or may not have been done; Carrel looks before doing more.',
    },
  };
}
