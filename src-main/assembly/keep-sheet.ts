import type { KeepRange } from '../contract/keep.ts';
import { fail, ok, type Result } from '../contract/result.ts';
import type { DeskSettings } from '../contract/settings.ts';
import { MOST_ON_SHEET, type SheetJob, type SheetPrinter } from '../contract/sheet.ts';
import type { PrintOutcome } from '../contract/slip.ts';
import { sheetLine } from '../desk/sheet.ts';
import type { RemoteJournal } from '../store/calls.ts';
import type { Selection } from '../store/journal-keep.ts';
import type { RecordContext } from '../store/journal-store.ts';
import { selectionOf } from './keep-range.ts';
import { SHEET_TROUBLE } from './keep-words.ts';

export interface KeepSheetParts {
  readonly journal: Pick<RemoteJournal, 'scansOf'>;
  readonly paper: SheetPrinter;
  readonly desk: () => DeskSettings;
  readonly shift: () => Selection;
  readonly context: () => RecordContext;
  readonly now: () => Date;
  readonly onFault: (error: unknown) => void;
}

/** Prints the sheet of a range. @returns how many scans are on it; a failure that says why nothing was printed */
export async function printSheet(parts: KeepSheetParts, range: KeepRange): Promise<Result<{ readonly scans: number }>> {
  const job = await jobOf(parts, range);
  if (!job.ok) return job;
  let outcome: PrintOutcome;
  try {
    outcome = await parts.paper.print(job.value);
  } catch (error) {
    parts.onFault(error);
    outcome = { outcome: 'failed', reason: SHEET_TROUBLE.notDrawn };
  }
  if (outcome.outcome === 'printed') return ok({ scans: job.value.sheet.lines.length });
  const { notPrinted, notKnown } = SHEET_TROUBLE;
  const say = outcome.outcome === 'failed' ? notPrinted : notKnown;
  return fail('refused', say(outcome.reason), { mender: 'desk' });
}

/** The same pages as a PDF, in base64. */
export async function sheetPdf(parts: KeepSheetParts, range: KeepRange): Promise<Result<{ readonly base64: string }>> {
  const job = await jobOf(parts, range);
  if (!job.ok) return job;
  return ok({ base64: Buffer.from(await parts.paper.pdf(job.value)).toString('base64') });
}

/** In the order scanned, as a pile on the desk lies. */
async function jobOf(parts: KeepSheetParts, range: KeepRange): Promise<Result<SheetJob>> {
  const selection = selectionOf(range, parts.shift());
  const { lines, scans, pending } = await parts.journal.scansOf({ selection, limit: MOST_ON_SHEET });
  if (scans === 0) return fail('not-found', SHEET_TROUBLE.nothing, { mender: 'desk' });
  if (scans > MOST_ON_SHEET) return fail('refused', SHEET_TROUBLE.tooMany(scans, MOST_ON_SHEET), { mender: 'desk' });
  const desk = parts.desk();
  const open = new Set(pending);
  const { workstation, desk: name } = parts.context();
  return ok({
    sheet: {
      desk: name,
      workstation,
      printedAt: parts.now().toISOString(),
      lines: lines
        .toReversed()
        .map((line, index) => sheetLine(line, { no: index + 1, open: open.has(line.scanId), desk })),
    },
  });
}
