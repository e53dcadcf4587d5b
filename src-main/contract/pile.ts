import { z } from 'zod';

/** One request of a list that a step was ordered for. */
export const PileOrder = z.object({
  /** The line in the shift it becomes. */
  scanId: z.uuid(),
  requestId: z.string(),
  /** The request's number, as it would be scanned. */
  label: z.string(),
  title: z.string().optional(),
  /** By its ReShare code. */
  action: z.string(),
  /** It was handed over; what came of it is in its line. */
  sent: z.boolean(),
});
export type PileOrder = Readonly<z.infer<typeof PileOrder>>;

/**
 * Things done together. `scans`: what was scanned between its start and its end. `orders`: one step each for requests
 * chosen from a list. What came of each is in the line of the shift; a pile only says what belongs to it.
 */
export const Pile = z.object({
  id: z.uuid(),
  kind: z.enum(['scans', 'orders']),
  /** ISO 8601 UTC. */
  startedAt: z.string(),
  /** Of scans: when it was ended. Of orders: when the last was handed over. */
  endedAt: z.string().optional(),
  orders: z.array(PileOrder),
  /** Orders: being worked through now. Otherwise those not sent wait until somebody goes on. */
  running: z.boolean(),
});
export type Pile = Readonly<z.infer<typeof Pile>>;

const Nothing = z.object({});
const Now = z.object({ pile: Pile.optional() });

export const PILE_METHODS = {
  /** The newest pile, finished or not; it outlives a restart. */
  'pile.get': { input: Nothing, output: Now },
  /** From now on everything scanned belongs to one pile. */
  'pile.start': { input: Nothing, output: Now },
  /** Ends a pile of scans; stops one of orders after those that are on their way. */
  'pile.end': { input: Nothing, output: Now },
  /** Orders the obvious step for each of these requests; those without one are left out and come back as they are. */
  'pile.order': {
    input: z.object({ requestIds: z.array(z.string().max(100)).min(1).max(500) }),
    output: z.object({ pile: Pile.optional(), leftOut: z.array(z.string()) }),
  },
  /** Goes on with the orders that were not sent. */
  'pile.resume': { input: Nothing, output: Now },
  /** Forgets the pile; its lines stay in the shift. */
  'pile.clear': { input: Nothing, output: Now },
} as const;
