/** Newest lines of a shift kept in memory; older ones are read from the journal when somebody comes back to them. */
export const LINES_AT_HAND = 500;

/**
 * Forgets the oldest entries that are over, so that a desk which is never restarted does not grow. Entries are in the order
 * of their last use ({@link renew}); those that must stay, such as what is in doubt, are stepped over.
 */
export function forgetOld<V>(
  entries: Map<string, V>,
  isOver: (value: V) => boolean,
  stays?: (value: V) => boolean,
): void {
  for (const [key, value] of entries) {
    if (stays?.(value) === true) continue;
    if (!isOver(value)) return;
    entries.delete(key);
  }
}

/** Sets an entry as the newest. */
export function renew<V>(entries: Map<string, V>, key: string, value: V): void {
  entries.delete(key);
  entries.set(key, value);
}

/** Keeps the newest so many entries. */
export function keepNewest(entries: Map<string, unknown> | Set<string>, most: number): void {
  for (const key of entries.keys()) {
    if (entries.size <= most) return;
    entries.delete(key);
  }
}
