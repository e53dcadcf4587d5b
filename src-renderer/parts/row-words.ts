import type { ScanLine } from '../../src-main/contract/journal.ts';
import type { PromptKind } from '../../src-main/contract/prompt.ts';
import { t } from '../i18n/index.ts';
import { shortened } from './shortened.ts';

export interface RowWords {
  readonly kind: PromptKind;
  readonly title: string;
  readonly id: string;
  readonly tag: string;
  /** How it came about, where that is not as usual. */
  readonly note?: string;
}

/** What a row says of a line. */
export function rowWords(line: ScanLine): RowWords {
  const { prompt } = line;
  const code = line.barcode === '' ? line.raw : line.barcode;
  return {
    kind: line.cancelled ? 'saved' : (prompt?.kind ?? 'saved'),
    title: shortened(prompt?.rowTitle ?? code),
    id: shortened(prompt?.rowId ?? code),
    tag: line.cancelled ? t.row.cancelled : (prompt?.tag ?? t.row.recorded),
    ...(line.locked === true ? { note: t.row.whileLocked } : {}),
  };
}
