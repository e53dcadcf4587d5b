import type { ScanLine } from '../../src-main/contract/journal.ts';
import type { PromptKind } from '../../src-main/contract/prompt.ts';
import { t } from '../i18n/index.ts';

/** What a row says of a line. */
export function rowWords(line: ScanLine): { kind: PromptKind; title: string; id: string; tag: string } {
  const { prompt } = line;
  const code = line.barcode === '' ? line.raw : line.barcode;
  if (line.cancelled)
    return { kind: 'saved', title: prompt?.rowTitle ?? code, id: prompt?.rowId ?? code, tag: t.row.cancelled };
  if (!prompt) return { kind: 'saved', title: code, id: code, tag: t.row.recorded };
  return { kind: prompt.kind, title: prompt.rowTitle, id: prompt.rowId, tag: prompt.tag };
}
