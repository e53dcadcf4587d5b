import type { HttpClient } from '../http/client.ts';
import { fail, type Failure } from './base.ts';

/** Keeps count of calls; in memory, or in a store that outlives a restart. Times are epoch milliseconds. */
export interface CallCounter {
  add(at: number): void;
  /** Calls counted at or after a time. */
  since(at: number): number;
}

/**
 * What a library's key may still ask. OCLC counts all calls of a WSKey over the last 24 hours, whichever program makes
 * them, so the count here is a lower bound.
 */
export interface Quota {
  readonly limit: number;
  /** Calls Carrel made in the last 24 hours. */
  used(): number;
  /** The refusal of a look-up when nothing is left. A change is still tried: OCLC has the last word. */
  exhausted(): Failure | undefined;
  /** The client, with every call that left counted. */
  counting(http: HttpClient): HttpClient;
}

const DAY_MS = 86_400_000;
const HOUR_MS = 3_600_000;

export function createQuota(parts: {
  readonly limit: number;
  readonly counter: CallCounter;
  readonly now: () => number;
}): Quota {
  const used = (): number => parts.counter.since(parts.now() - DAY_MS);
  return {
    limit: parts.limit,
    used,
    exhausted() {
      if (used() < parts.limit) return undefined;
      return fail(
        'not-sent',
        `Carrel has made the ${parts.limit} calls a day OCLC allows this library’s key, so it did not look this up. Look on the WMS screen; it gets better as the day goes on.`,
        { mender: 'library-administrator', retry: 'later' },
      );
    },
    counting: (http) => ({
      host: http.host,
      async send(request) {
        const answer = await http.send(request);
        if (answer.kind !== 'not-sent' && answer.kind !== 'cancelled') parts.counter.add(parts.now());
        return answer;
      },
      close: () => http.close(),
    }),
  };
}

/** Calls by the hour since the epoch. */
export type HourCounts = Readonly<Record<string, number>>;

export interface HourCounter extends CallCounter {
  /** What is counted now, for whoever keeps it. */
  hours(): HourCounts;
}

/** A counter by the hour, in memory, beginning with what was kept. The hour in which the 24 begin counts whole. */
export function createMemoryCounter(kept: HourCounts = {}): HourCounter {
  const hours = new Map(Object.entries(kept).map(([hour, count]) => [Number(hour), count]));
  return {
    add(at) {
      const hour = Math.floor(at / HOUR_MS);
      hours.set(hour, (hours.get(hour) ?? 0) + 1);
      for (const old of hours.keys()) if (old < hour - 24) hours.delete(old);
    },
    since(at) {
      const first = Math.floor(at / HOUR_MS);
      let sum = 0;
      for (const [hour, count] of hours) if (hour >= first) sum += count;
      return sum;
    },
    hours: () => Object.fromEntries(hours),
  };
}
