/** Times of syncing, milliseconds. */
export const TIMING = {
  /** Between two questions for changes. mod-rs has no push and no change feed. */
  poll: 30_000,
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
 */
export function pauseAfter(failures: number, random: number): number {
  const base = Math.min(TIMING.poll * 2 ** failures, TIMING.longestPause);
  return Math.round(base * (1 - TIMING.jitter + 2 * TIMING.jitter * random));
}
