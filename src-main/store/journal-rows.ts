import type { NewRecord, RecordBody, ScanBody, ScanLine, StepBody, StoredRecord } from '../contract/journal.ts';
import type { Prompt } from '../contract/prompt.ts';
import type { Row } from './db.ts';
import { fold } from './fold.ts';

/** A row of `record`. */
export interface RecordRow extends Row {
  readonly seq: number;
  readonly id: string;
  readonly scan_id: string;
  readonly at: string;
  readonly context: string;
  readonly body: string;
}

/** Columns of {@link RecordRow}, for SELECT. */
export const RECORD_COLUMNS = 'seq, id, scan_id, at, context, body';

/** A row of `line`, as far as it is shown. */
export interface LineRow extends Row {
  readonly scan_id: string;
  readonly seq: number;
  readonly at: string;
  readonly scan: string;
  readonly prompt: string | null;
  readonly cancelled: number;
}

/** Columns of {@link LineRow}, for SELECT. */
export const LINE_COLUMNS = 'scan_id, seq, at, scan, prompt, cancelled';

/** A record of a step. */
export type StepRecord = StoredRecord & { readonly body: StepBody };

/** Everything of a record that is no column of its own: it is never searched by, and may grow without a migration. */
type Context = Omit<NewRecord, 'id' | 'scanId' | 'at' | 'body'>;

/** What a line repeats of its scan record. */
type ScanPart = Pick<ScanLine, 'raw' | 'barcode' | 'kind' | 'source' | 'desk' | 'staff'>;

export function contextOf(record: NewRecord): string {
  const { id: _id, scanId: _scanId, at: _at, body: _body, ...context } = record;
  return JSON.stringify(context satisfies Context);
}

/** The record as it was appended. Only checked records get in, so what comes out needs no second check. */
export function recordOf(row: RecordRow): StoredRecord {
  const context = JSON.parse(row.context) as Context;
  const body = JSON.parse(row.body) as RecordBody;
  return { ...context, id: row.id, scanId: row.scan_id, at: row.at, body, seq: row.seq };
}

export function isStepRecord(record: StoredRecord): record is StepRecord {
  return record.body.type === 'step';
}

export function scanPartOf(record: NewRecord, body: ScanBody): string {
  const { raw, barcode, kind, source } = body;
  return JSON.stringify({ raw, barcode, kind, source, desk: record.desk, staff: record.staff } satisfies ScanPart);
}

export function lineOf(row: LineRow): ScanLine {
  const scan = JSON.parse(row.scan) as ScanPart;
  return {
    ...scan,
    scanId: row.scan_id,
    seq: row.seq,
    at: row.at,
    cancelled: row.cancelled === 1,
    ...(row.prompt === null ? {} : { prompt: JSON.parse(row.prompt) as Prompt }),
  };
}

/** What a line is found by: its label as scanned and as cleaned, and the title and number on its newest prompt. */
export function searchTextOf(scan: Pick<ScanBody, 'raw' | 'barcode'>, prompt: Prompt | undefined): string {
  const parts = [scan.barcode, scan.raw];
  if (prompt !== undefined) {
    parts.push(prompt.rowId, prompt.rowTitle, prompt.title ?? '', prompt.byline ?? '', prompt.destination.to ?? '');
  }
  return fold(parts.join('\n'));
}
