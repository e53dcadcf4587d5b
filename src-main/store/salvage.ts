import { closeSync, existsSync, fstatSync, openSync, readSync } from 'node:fs';
import { NewRecord } from '../contract/journal.ts';
import type { RecordRow } from './journal-rows.ts';
import { rowsOfPage } from './pages.ts';
import type { PageReader, RawRow } from './pages.ts';
import { isAsWritten } from './sums.ts';
import { committedFrames, readWal } from './wal.ts';

export interface Salvage {
  /** By sequence number. */
  readonly rows: readonly RecordRow[];
  /** The highest sequence number the file gave out, as far as it can be read. */
  readonly highestSeq: number;
}

/**
 * Reads what can be read of a damaged journal, page by page and from its write-ahead log; changes nothing. Every row is
 * checked as if it were to be appended. Records are never changed, so a page of an older moment tells nothing untrue.
 * @param isKnown records that need not be read again
 */
export function salvage(file: string, isKnown: (id: string) => boolean): Salvage {
  const byId = new Map<string, RecordRow>();
  let highestSeq = 0;
  for (const row of rawRows(file)) {
    highestSeq = Math.max(highestSeq, sequenceOf(row));
    const record = recordRowOf(row);
    if (record === undefined) continue;
    highestSeq = Math.max(highestSeq, record.seq);
    if (!isKnown(record.id)) byId.set(record.id, record);
  }
  return { rows: [...byId.values()].sort((a, b) => a.seq - b.seq), highestSeq };
}

/** Rows of all tables, from the oldest place they may stand to the newest. */
function* rawRows(file: string): Generator<RawRow> {
  const wal = readWal(`${file}-wal`);
  const frames = wal === undefined ? [] : committedFrames(wal);
  const newest = new Map(frames.map((frame) => [frame.page, frame.content]));
  if (existsSync(file)) {
    const descriptor = openSync(file, 'r');
    try {
      const pageSize = pageSizeOf(descriptor) ?? wal?.pageSize ?? 4096;
      const fromFile: PageReader = (page) => pageAt(descriptor, page, pageSize);
      const read: PageReader = (page) => newest.get(page) ?? fromFile(page);
      const pages = Math.ceil(fstatSync(descriptor).size / pageSize);
      for (let page = 1; page <= pages; page += 1) {
        const content = fromFile(page);
        if (content !== undefined) yield* rowsOfPage(content, page === 1, read);
      }
      for (const { page, content } of frames) yield* rowsOfPage(content, page === 1, read);
    } finally {
      closeSync(descriptor);
    }
    return;
  }
  for (const { page, content } of frames) yield* rowsOfPage(content, page === 1, (number) => newest.get(number));
}

function pageSizeOf(descriptor: number): number | undefined {
  const header = Buffer.alloc(100);
  if (readSync(descriptor, header, 0, 100, 0) < 100) return undefined;
  const size = header.readUInt16BE(16) === 1 ? 65_536 : header.readUInt16BE(16);
  const isPowerOfTwo = size >= 512 && (size & (size - 1)) === 0;
  return header.toString('latin1', 0, 15) === 'SQLite format 3' && isPowerOfTwo ? size : undefined;
}

/** A page cut short by the end of the file counts as far as it goes. */
function pageAt(descriptor: number, page: number, pageSize: number): Buffer | undefined {
  const content = Buffer.alloc(pageSize);
  const read = readSync(descriptor, content, 0, pageSize, (page - 1) * pageSize);
  return read === 0 ? undefined : content;
}

/** What SQLite keeps of AUTOINCREMENT: a row `('record', <highest>)` of `sqlite_sequence`. */
function sequenceOf({ cells }: RawRow): number {
  const [name, seq] = cells;
  return cells.length === 2 && name === 'record' && typeof seq === 'number' ? seq : 0;
}

function recordRowOf({ rowid, cells }: RawRow): RecordRow | undefined {
  // SQLite does not rewrite rows when a column is added: older ones have no cell for the sum.
  if ((cells.length !== 8 && cells.length !== 9) || rowid < 1) return undefined;
  const [seq, id, scanId, type, stepId, at, context, body, sum = null] = cells;
  if (seq !== null || (sum !== null && typeof sum !== 'number') || (stepId !== null && typeof stepId !== 'string'))
    return undefined;
  if (typeof id !== 'string' || typeof scanId !== 'string' || typeof type !== 'string') return undefined;
  if (typeof at !== 'string' || typeof context !== 'string' || typeof body !== 'string') return undefined;
  const checked = NewRecord.safeParse({ ...asObject(context), id, scanId, at, body: asObject(body) });
  if (!checked.success || checked.data.body.type !== type) return undefined;
  const row: RecordRow = { seq: rowid, id, scan_id: scanId, type, step_id: stepId ?? null, at, context, body, sum };
  return isAsWritten(row) ? row : undefined;
}

function asObject(json: string): object {
  try {
    const value: unknown = JSON.parse(json);
    return typeof value === 'object' && value !== null ? value : {};
  } catch {
    // Not JSON any more; the check of the record says no.
    return {};
  }
}
