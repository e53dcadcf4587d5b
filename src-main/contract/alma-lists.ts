import { z } from 'zod';

/** A lending request of Alma's task list, as far as a desk needs it. */
export const AlmaLendingRow = z.object({
  requestId: z.string(),
  /** The number on the borrower's paperwork. */
  externalId: z.string().optional(),
  /** As Alma's own screens say it; the codes are each tenant's. */
  status: z.string(),
  title: z.string().optional(),
  author: z.string().optional(),
  /** Who asks. */
  partner: z.string().optional(),
  barcode: z.string().optional(),
  /** When it last changed: `YYYY-MM-DD` or ISO 8601 UTC. */
  changed: z.string().optional(),
});
export type AlmaLendingRow = Readonly<z.infer<typeof AlmaLendingRow>>;

/** A slip that waits in Alma's print queue. Its words may name a patron: they are shown and printed, and not kept. */
export const AlmaSlip = z.object({
  id: z.string(),
  /** What kind of letter it is, in the library's words. */
  kind: z.string().optional(),
  /** ISO 8601 UTC. */
  at: z.string().optional(),
  /** What stands on it, line by line. */
  words: z.array(z.string()),
});
export type AlmaSlip = Readonly<z.infer<typeof AlmaSlip>>;

/** What Alma lists for its resource sharing library. A list that could not be read has a sentence in place of its rows. */
export const AlmaLists = z.object({
  /** ISO 8601 UTC. */
  at: z.string(),
  lending: z.object({ rows: z.array(AlmaLendingRow), sentence: z.string().optional() }),
  slips: z.object({ rows: z.array(AlmaSlip), sentence: z.string().optional() }),
});
export type AlmaLists = Readonly<z.infer<typeof AlmaLists>>;

/** What became of a slip. `marked`: Alma no longer lists it as waiting. */
export const AlmaSlipDone = z.object({ printed: z.boolean(), marked: z.boolean(), sentence: z.string() });
export type AlmaSlipDone = Readonly<z.infer<typeof AlmaSlipDone>>;

const Slip = z.object({ id: z.string().min(1).max(100) });

export const ALMA_LIST_METHODS = {
  /** Lending work and waiting slips, asked of Alma when somebody looks. */
  'alma.lists': { input: z.object({}), output: AlmaLists },
  /** Prints a slip of Alma's queue here, and takes it out of the queue when it came out. */
  'alma.printSlip': { input: Slip, output: AlmaSlipDone },
  /** Takes a slip out of Alma's queue that was printed elsewhere. */
  'alma.markSlip': { input: Slip, output: AlmaSlipDone },
} as const satisfies Record<string, { input: z.ZodType; output: z.ZodType }>;
