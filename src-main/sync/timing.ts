/** Times of syncing, milliseconds. */
export const TIMING = {
  /** Between two questions for changes. mod-rs has no push and no change feed. */
  poll: 30_000,
  /** The same while a system tells of changes: what it does not tell, such as what other desks do, is found by this. */
  toldPoll: 2 * 60_000,
  /** From being told of a change to asking for it: one step of the other library is often several messages. */
  nudge: 500,
  /** Before listening again after the connection was lost; doubled with each loss, up to `longestPause`. */
  relisten: 2_000,
  /** A connection that lasted this long was a good one. */
  steady: 60_000,
  /** Before listening again where the system refused. */
  refusedPause: 30 * 60_000,
  /** Changes are asked for from this long before the newest one seen: commits may become visible out of order. */
  overlap: 60_000,
  /** Where to begin when nothing was ever seen; generous, because our clock and the server's may differ. */
  firstReach: 24 * 60 * 60_000,
  /** Between two complete listings: some changes do not move `lastUpdated`, and deletions show in no other way. */
  listing: 60 * 60_000,
  /** Longest pause after failures. */
  longestPause: 5 * 60_000,
  /** Share by which each pause varies, so that the desks of a consortium do not ask all at once. */
  jitter: 0.2,
} as const;

/**
 * How long to wait before the next question, milliseconds: doubled with every failure in a row, up to a limit.
 * @param random in [0, 1)
 * @param told the system tells of changes by itself
 */
export function pauseAfter(failures: number, random: number, told = false): number {
  const first = told ? TIMING.toldPoll : TIMING.poll;
  return spread(Math.min(first * 2 ** failures, TIMING.longestPause), random);
}

/** How long to wait before listening again, milliseconds. @param losses in a row */
export function relistenAfter(losses: number, random: number): number {
  return spread(Math.min(TIMING.relisten * 2 ** losses, TIMING.longestPause), random);
}

export function spread(ms: number, random: number): number {
  return Math.round(ms * (1 - TIMING.jitter + 2 * TIMING.jitter * random));
}
