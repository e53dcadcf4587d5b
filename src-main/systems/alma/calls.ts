import { z } from 'zod';
import type { AlmaCalls } from '../../contract/alma-connection.ts';

/** As the count is written down. */
export const CallBook = z.object({
  /** The day it is about, UTC. */
  day: z.iso.date(),
  made: z.number().int().min(0),
  remaining: z.object({ count: z.number().int().min(0), at: z.iso.datetime() }).optional(),
  usedUpAt: z.iso.datetime().optional(),
});
export type CallBook = Readonly<z.infer<typeof CallBook>>;

/**
 * What is known of the daily number: Alma counts 1,000 calls for each licensed user, for the institution as a whole, and says
 * with every answer how many are left until midnight. Other programs use them up too, so Alma's word counts, not Carrel's.
 */
export interface CallCount {
  readonly calls: AlmaCalls;
  /** Calls went out; `remaining` is the answer's `X-Exl-Api-Remaining`. */
  note(sent: number, remaining: string | undefined): void;
  /** Alma refused a call with `DAILY_THRESHOLD`. */
  usedUp(): void;
  /** What to write down. */
  readonly book: CallBook;
}

/** Below this many left, nothing is asked that nobody waits for. */
export const FLOOR = 500;
/** How long Alma's last word is believed, milliseconds: other programs call too, and midnight brings new calls. */
const BELIEVED_MS = 60 * 60_000;
/** How long a refusal is taken for an answer to the next look-up as well, milliseconds. */
const USED_UP_MS = 15 * 60_000;

export function createCallCount(parts: {
  readonly kept?: CallBook | undefined;
  /** Wall clock, epoch milliseconds. */
  readonly now: () => number;
  readonly onChange?: (() => void) | undefined;
}): CallCount {
  const today = (): string => new Date(parts.now()).toISOString().slice(0, 10);
  let book: CallBook = parts.kept ?? { day: today(), made: 0 };
  const current = (): CallBook => {
    if (book.day !== today()) book = { day: today(), made: 0 };
    return book;
  };
  const put = (next: CallBook): void => {
    book = next;
    parts.onChange?.();
  };
  return {
    get calls() {
      const { made, remaining, usedUpAt } = current();
      const age = (at: string): number => parts.now() - Date.parse(at);
      const usedUp = usedUpAt !== undefined && age(usedUpAt) < USED_UP_MS;
      const low = remaining !== undefined && remaining.count < FLOOR && age(remaining.at) < BELIEVED_MS;
      return {
        made,
        ...(remaining === undefined ? {} : { remaining }),
        state: usedUp ? ('used-up' as const) : low ? ('low' as const) : ('fine' as const),
      };
    },
    note(sent, remaining) {
      const old = current();
      const count = remaining !== undefined && /^\d{1,9}$/.test(remaining.trim()) ? Number(remaining) : undefined;
      put({
        ...old,
        made: old.made + sent,
        ...(count === undefined ? {} : { remaining: { count, at: new Date(parts.now()).toISOString() } }),
      });
    },
    usedUp() {
      const at = new Date(parts.now()).toISOString();
      put({ ...current(), remaining: { count: 0, at }, usedUpAt: at });
    },
    get book() {
      return current();
    },
  };
}
