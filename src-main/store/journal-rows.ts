import type { NewRecord, RecordBody, ScanBody, ScanLine, StepBody, StoredRecord } from '../contract/journal.ts';
import type { Prompt } from '../contract/prompt.ts';
import type { Row } from './db.ts';
import { fold } from './fold.ts';
import { assertAsWritten } from './sums.ts';
import type { SummedText } from './sums.ts';

/** A row of `record`. */
export interface RecordRow extends Row, SummedText {
  readonly seq: number;
}

/** Columns of {@link RecordRow}, for SELECT. */
export const RECORD_COLUMNS = 'seq, id, scan_id, type, step_id, at, context, body, sum';

/** A row of `line`, as far as it is shown. */
export interface LineRow extends Row {
  readonly scan_id: string;
  readonly seq: number;
  readonly at: string;
  readonly scan: string;
  readonly prompt: string | null;
  readonly cancelled: number;
  readonly archived: number;
}

/** Columns of {@link LineRow}, for SELECT. */
export const LINE_COLUMNS = 'scan_id, seq, at, scan, prompt, cancelled, archived';

/** A record of a step. */
export type StepRecord = StoredRecord & { readonly body: StepBody };

/** Everything of a record that is no column of its own: it is never searched by, and may grow without a migration. */
type Context = Omit<NewRecord, 'id' | 'scanId' | 'at' | 'body'>;

/** What a line repeats of its scan record. */
type ScanPart = Pick<ScanLine, 'raw' | 'barcode' | 'kind' | 'source' | 'desk' | 'staff' | 'locked' | 'importedFrom'>;

export function contextOf(record: NewRecord): string {
  const { id: _id, scanId: _scanId, at: _at, body: _body, ...context } = record;
  return JSON.stringify(context satisfies Context);
}

/**
 * The record as it was appended. Only checked records get in, so what comes out needs no second check.
 * @throws StoreError `corrupted` when it is not what was written
 */
export function recordOf(row: RecordRow): StoredRecord {
  assertAsWritten(row);
  const context = JSON.parse(row.context) as Context;
  const body = JSON.parse(row.body) as RecordBody;
  return { ...context, id: row.id, scanId: row.scan_id, at: row.at, body, seq: row.seq };
}

export function isImported({ origin }: Pick<NewRecord, 'origin'>): boolean {
  return origin?.how === 'imported';
}

export function isStepRecord(record: StoredRecord): record is StepRecord {
  return record.body.type === 'step';
}

export function scanPartOf(record: NewRecord, body: ScanBody): string {
  const { raw, barcode, kind, source } = body;
  const part: ScanPart = {
    raw,
    barcode,
    kind,
    source,
    desk: record.desk,
    staff: record.staff,
    ...(record.locked === undefined ? {} : { locked: record.locked }),
  };
  return JSON.stringify(isImported(record) ? { ...part, importedFrom: record.workstation } : part);
}

export function lineOf(row: LineRow): ScanLine {
  const scan = JSON.parse(row.scan) as ScanPart;
  return {
    ...scan,
    scanId: row.scan_id,
    seq: row.seq,
    at: row.at,
    cancelled: row.cancelled === 1,
    ...(row.archived === 1 ? { archived: true } : {}),
    ...(row.prompt === null ? {} : { prompt: JSON.parse(row.prompt) as Prompt }),
  };
}

/** The word that finds what is archived, besides being what is looked for. */
export const ARCHIVED_WORD = 'archived';

/**
 * What a line is found by: its label as scanned and as cleaned, the title and number on its newest prompt, and the words
 * "archived" and "imported" where they are true of it.
 */
export function searchTextOf(
  line: Pick<ScanLine, 'raw' | 'barcode' | 'archived' | 'importedFrom'>,
  prompt: Prompt | undefined,
): string {
  const parts = [line.barcode, line.raw];
  if (line.archived === true) parts.push(ARCHIVED_WORD);
  if (line.importedFrom !== undefined) parts.push('imported', line.importedFrom);
  if (prompt !== undefined) {
    parts.push(prompt.rowId, prompt.rowTitle, prompt.title ?? '', prompt.byline ?? '', prompt.destination.to ?? '');
  }
  return fold(parts.join('\n'));
}
