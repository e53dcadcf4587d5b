import type { ScanLine } from '../contract/journal.ts';
import type { DeskSettings } from '../contract/settings.ts';
import type { SheetLine } from '../contract/sheet.ts';
import { readScan } from './barcodes.ts';
import { code128 } from './slip-code128.ts';
import { shorten } from './words.ts';

/** Readings that name a thing or a request, and nobody. */
const OF_A_THING: ReadonlySet<ScanLine['kind']> = new Set(['item', 'request', 'temporary-item', 'isbn']);

/** A scan on paper. Where its label is or may hold a library card, only what kind of thing it was stands there. */
export function sheetLine(
  line: ScanLine,
  { no, open, desk }: { readonly no: number; readonly open: boolean; readonly desk: DeskSettings },
): SheetLine {
  const { prompt, at, barcode, importedFrom } = line;
  const { verb = '', to } = prompt?.destination ?? {};
  const shown = mayStandOnPaper(line, desk);
  const widths = shown ? code128(barcode) : undefined;
  return {
    no,
    at,
    title: shorten((shown ? (prompt?.title ?? prompt?.rowTitle) : prompt?.kindText) ?? '', 140),
    destination: shorten(to === undefined ? verb : `${verb} → ${to}`, 80),
    open,
    ...(importedFrom === undefined ? {} : { importedFrom: shorten(importedFrom, 40) }),
    ...(shown ? { barcode: { text: barcode, ...(widths === undefined ? {} : { widths }) } } : {}),
  };
}

/** The prefixes of cards may have been set since the scan, so the label is read once more. */
function mayStandOnPaper({ kind, barcode }: ScanLine, desk: DeskSettings): boolean {
  return barcode !== '' && OF_A_THING.has(kind) && OF_A_THING.has(readScan(barcode, desk).kind);
}
