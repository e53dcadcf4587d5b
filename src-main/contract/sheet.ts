import { z } from 'zod';
import { Slip, type PrintOutcome } from './slip.ts';

/** Most scans on one sheet: a pile that one person works off; more are printed day by day. */
export const MOST_ON_SHEET = 500;

/** One scan on paper. It names no patron, and nothing of a library card stands on it. */
export const SheetLine = z.object({
  /** From 1, in the order scanned. */
  no: z.number().int(),
  /** When it was scanned, ISO 8601 UTC. */
  at: z.string(),
  title: z.string(),
  /** Where the prompt sent it: "Ship back → Northfield". */
  destination: z.string(),
  /** Something of it is open. */
  open: z.boolean(),
  /** The workstation where it was scanned, of a scan that was imported. */
  importedFrom: z.string().optional(),
  /** The label, to be scanned from the paper. Undefined where it may not stand there. */
  barcode: Slip.shape.barcode.optional(),
});
export type SheetLine = Readonly<z.infer<typeof SheetLine>>;

/** Scans as a list on A4, whose bars can be scanned instead of the labels. */
export const Sheet = z.object({
  desk: z.string(),
  workstation: z.string(),
  /** ISO 8601 UTC. */
  printedAt: z.string(),
  lines: z.array(SheetLine),
});
export type Sheet = Readonly<z.infer<typeof Sheet>>;

/** What the printed page draws a sheet from. */
export const SheetJob = z.object({ sheet: Sheet });
export type SheetJob = Readonly<z.infer<typeof SheetJob>>;

/** Puts sheets on A4. Both draw the same pages. */
export interface SheetPrinter {
  /** Prints without asking, on the operating system's default printer. Rejects only for a fault in Carrel. */
  print(job: SheetJob): Promise<PrintOutcome>;
  /** The same pages as a PDF. */
  pdf(job: SheetJob): Promise<Uint8Array>;
}
