import { crc32 } from 'node:zlib';
import { StoreError } from './errors.ts';

/** Everything a record says, without its number: one that was rescued may get another. */
export interface RecordText {
  readonly id: string;
  readonly scan_id: string;
  readonly type: string;
  readonly step_id: string | null;
  readonly at: string;
  readonly context: string;
  readonly body: string;
}

/** A record with its sum, which is null in records of schema versions before 4. */
export interface SummedText extends RecordText {
  readonly sum: number | null;
}

/**
 * CRC-32 (ISO/IEC 13239, as in zip files) of what a record says. SQLite's own check reads how pages hang together, and does
 * not see a bit that changed inside a text.
 */
export function sumOf(row: RecordText): number {
  return crc32([row.id, row.scan_id, row.type, row.step_id ?? '', row.at, row.context, row.body].join('\0'));
}

/** Whether a record is what was written, as far as its sum tells. */
export function isAsWritten(row: SummedText): boolean {
  return row.sum === null || row.sum === sumOf(row);
}

/** @throws StoreError `corrupted` when the record is not what was written */
export function assertAsWritten(row: SummedText & { readonly seq: number }): void {
  if (!isAsWritten(row)) throw new StoreError('corrupted', `Record ${row.seq} is not what was written`);
}
