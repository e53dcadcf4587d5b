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
});
export type PullSlipsDone = Readonly<z.infer<typeof PullSlipsDone>>;

const Which = z.object({ requestIds: z.array(z.string().max(100)).min(1).max(200) });

export const PULL_SLIP_METHODS = {
  /** Prints Carrel's own pull slips in the order of the shelves and marks each that came out. */
  'pullslips.print': { input: Which, output: PullSlipsDone },
  /** The library's own pull slips from ReShare, as a PDF; marks nothing. */
  'pullslips.report': { input: Which, output: z.object({ base64: z.base64() }) },
} as const;
