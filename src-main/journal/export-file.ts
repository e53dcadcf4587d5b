import { ExportHead, ExportedRecord } from '../contract/keep.ts';
import type { StoredRecord } from '../contract/journal.ts';

export type ParsedExport =
  | { readonly ok: true; readonly head: ExportHead; readonly records: readonly StoredRecord[] }
  | { readonly ok: false; readonly why: 'foreign' | 'other-version' | 'truncated' }
  | { readonly ok: false; readonly why: 'damaged'; readonly line: number };

/** One record as a line of the file. Whole card numbers stay behind, encrypted or not: no other computer needs them. */
export function exportLine(record: StoredRecord): string {
  return JSON.stringify(record, (key, value: unknown) => (key === 'sealed' ? undefined : value));
}

export function exportHead(about: Omit<ExportHead, 'carrel' | 'version'>): string {
  return JSON.stringify({ carrel: 'journal-export', version: 1, ...about } satisfies ExportHead);
}

/** Reads a whole file; one line that is no record of this version is reason enough to take none. */
export function parseExport(text: string): ParsedExport {
  const lines = text.split('\n');
  const first = jsonOf(lines[0] ?? '');
  if (typeof first !== 'object' || first === null || !('carrel' in first) || first.carrel !== 'journal-export') {
    return { ok: false, why: 'foreign' };
  }
  const head = ExportHead.safeParse(first);
  if (!head.success) return { ok: false, why: 'other-version' };
  const records: StoredRecord[] = [];
  const written = lines.slice(1, lines.at(-1) === '' ? -1 : undefined);
  for (const [index, line] of written.entries()) {
    const isLast = index === written.length - 1;
    const value = jsonOf(line);
    if (value === undefined && isLast) return { ok: false, why: 'truncated' };
    const record = ExportedRecord.safeParse(value);
    if (!record.success) return { ok: false, why: 'damaged', line: index + 2 };
    records.push(record.data);
  }
  if (records.length < head.data.records) return { ok: false, why: 'truncated' };
  return { ok: true, head: head.data, records };
}

function jsonOf(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    // Not JSON: the caller says what that means where it stands.
    return undefined;
  }
}
