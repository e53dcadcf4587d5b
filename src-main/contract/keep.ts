import { z } from 'zod';
import { NewRecord, ScanLine } from './journal.ts';

/** Which scans are meant. `pending`: something of them is still open. `shift`: as the desk's list has it. */
export const KeepRange = z.discriminatedUnion('range', [
  z.object({ range: z.literal('shift') }),
  /** From the first moment to the first no longer meant, ISO 8601 UTC: a local calendar day. */
  z.object({ range: z.literal('day'), from: z.iso.datetime(), to: z.iso.datetime() }),
  z.object({ range: z.literal('pending') }),
  z.object({ range: z.literal('all') }),
  z.object({ range: z.literal('archived') }),
  z.object({ range: z.literal('chosen'), scanIds: z.array(z.uuid()).min(1).max(1000) }),
]);
export type KeepRange = Readonly<z.infer<typeof KeepRange>>;

/** `jsonl`: every record, and what an import reads. `csv`: a row for each scan, for a spreadsheet. */
export const ExportFormat = z.enum(['jsonl', 'csv']);
export type ExportFormat = z.infer<typeof ExportFormat>;

/** Whoever has the file can try passphrases as fast as they like, so a short one protects nothing. */
export const SHORTEST_PASSPHRASE = 12;
export const Passphrase = z.string().min(SHORTEST_PASSPHRASE).max(200);

/** Protected by a passphrase, unless a person says that everybody may read it. */
export const Protection = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('passphrase'), passphrase: Passphrase }),
  z.object({ kind: z.literal('none') }),
]);
export type Protection = Readonly<z.infer<typeof Protection>>;

/** First line of an export as JSON Lines; each further line is one record as the journal has it, in its order. */
export const ExportHead = z.object({
  carrel: z.literal('journal-export'),
  version: z.literal(1),
  /** ISO 8601 UTC. */
  exportedAt: z.string(),
  workstation: z.string(),
  appVersion: z.string(),
  scans: z.number().int(),
  /** So that a file cut short at the end of a line is found out. */
  records: z.number().int(),
});
export type ExportHead = Readonly<z.infer<typeof ExportHead>>;

/** A record of a scan; notes on what was erased belong to the journal in which it happened. */
export const ExportedRecord = NewRecord.extend({ seq: z.number().int().min(1) }).refine(
  ({ body }) => body.type !== 'erased' && body.type !== 'deleted',
);

export const ExportDone = z.object({
  /** Where the file lies; undefined when the person chose no place. */
  path: z.string().optional(),
  scans: z.number().int(),
  records: z.number().int(),
});
export type ExportDone = Readonly<z.infer<typeof ExportDone>>;

export const ImportDone = z.object({
  /** Undefined when the person chose no file; then nothing else is said. */
  path: z.string().optional(),
  /** Where the file was written, and when (ISO 8601 UTC). */
  workstation: z.string().optional(),
  exportedAt: z.string().optional(),
  /** Scans that were not here before. */
  scans: z.number().int(),
  /** Records added, those that were here already, and those of scans that a person deleted here. */
  added: z.number().int(),
  known: z.number().int(),
  deletedHere: z.number().int(),
});
export type ImportDone = Readonly<z.infer<typeof ImportDone>>;

export const KeepList = z.object({
  /** The newest of them, newest first. */
  lines: z.array(ScanLine),
  /** How many there are altogether. */
  scans: z.number().int(),
  /** Those of `lines` of which something is open: they can be neither archived nor deleted. */
  pending: z.array(z.string()),
});
export type KeepList = Readonly<z.infer<typeof KeepList>>;

const ScanIds = z.array(z.uuid()).min(1).max(1000);

export const KEEP_METHODS = {
  'keep.list': { input: z.object({ range: KeepRange, limit: z.number().int().min(1).max(500) }), output: KeepList },
  /** Asks for a place, then writes a new file there; nothing is ever overwritten. */
  'keep.export': {
    input: z.object({ range: KeepRange, format: ExportFormat, protection: Protection }),
    output: ExportDone,
  },
  /** Prints the scans as a list with bars, on A4. */
  'keep.sheet': { input: z.object({ range: KeepRange }), output: z.object({ scans: z.number() }) },
  /** The same pages as a PDF. */
  'keep.sheetPdf': { input: z.object({ range: KeepRange }), output: z.object({ base64: z.string() }) },
  /** Asks for a file, then takes in what is not here yet: all of it or nothing. Nothing is done because of it. */
  'keep.import': { input: z.object({ passphrase: z.string().max(200).optional() }), output: ImportDone },
  /** Hides scans from the lists, or shows them again. What is open stays. */
  'keep.archive': {
    input: z.object({ scanIds: ScanIds, archived: z.boolean() }),
    output: z.object({ scans: z.number() }),
  },
  /** Deletes scans for good, also from the backups. Who, when, why and how many stays in the journal. */
  'keep.delete': {
    input: z.object({ scanIds: ScanIds, reason: z.string().trim().min(3).max(300) }),
    output: z.object({ scans: z.number() }),
  },
} as const;

/** Lets a person choose files, and shows one. Each choice answers undefined when they chose none. */
export interface FilePicker {
  /** @param name what the file is called unless the person changes it */
  forSaving(name: string): Promise<string | undefined>;
  forReading(): Promise<string | undefined>;
  /** Opens a file in the program this computer has for it. False where there is none, or it would not. */
  open(path: string): Promise<boolean>;
}
