import { z } from 'zod';

/** What came of printing: what came out is being marked printed, one line of the shift each; the rest is not. */
export const PullSlipsDone = z.object({
  printed: z.number().int(),
  /** Printed, and now being marked; one that was marked before is printed again and not marked again. */
  marking: z.number().int(),
  /** Requests that wait for no pull slip. */
  leftOut: z.number().int(),
  /** Numbers of those that did not come out, in the order they would have. */
  notPrinted: z.array(z.string()),
  /** Why. */
  trouble: z.string().optional(),
  /** Why what came out could not be ordered to be marked; it waits to be printed as before. */
  unmarked: z.string().optional(),
});
export type PullSlipsDone = Readonly<z.infer<typeof PullSlipsDone>>;

/** What came of the library's own slips: those in the file are being marked printed, one line of the shift each. */
export const PullSlipsFile = z.object({
  /** Where the PDF is; left out when the person chose no place, and then nothing is marked either. */
  path: z.string().optional(),
  /** It was handed to the computer's own program for such files, to be printed there. */
  opened: z.boolean(),
  slips: z.number().int(),
  /** In the file, and now being marked; one that was marked before is in the file and not marked again. */
  marking: z.number().int(),
  /** Requests that wait for no pull slip. */
  leftOut: z.number().int(),
  /** Why what came out could not be ordered to be marked; it waits to be printed as before. */
  unmarked: z.string().optional(),
});
export type PullSlipsFile = Readonly<z.infer<typeof PullSlipsFile>>;

const Which = z.object({ requestIds: z.array(z.string().max(100)).min(1).max(200) });

export const PULL_SLIP_METHODS = {
  /** Prints Carrel's own pull slips in the order of the shelves and marks each that came out. */
  'pullslips.print': { input: Which, output: PullSlipsDone },
  /**
   * The library's own pull slips from ReShare as a PDF: asks for a file, writes and opens it, and marks what is in it. What
   * could not be made or written is marked nowhere.
   */
  'pullslips.report': { input: Which, output: PullSlipsFile },
} as const;
