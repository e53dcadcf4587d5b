import type { RequestSystem } from '../contract/outcome.ts';
import { DEFAULT_PARALLEL } from '../contract/settings.ts';

/** A bound on how many calls are in flight at once; the rest wait in the order they came. */
export interface Slots {
  /**
   * Runs a call when a slot is free, and holds the slot only while the call is in flight.
   * @param signal aborted while still waiting: rejects with its reason and the call is never made
   */
  take<T>(call: () => Promise<T>, signal?: AbortSignal): Promise<T>;
  /** Whoever waits now goes on at once, beyond the bound: for when no call is really made, because a breaker refuses it. */
  letThrough(): void;
}

export function createSlots(limit: number = DEFAULT_PARALLEL.reshare): Slots {
  const queue: (() => void)[] = [];
  let busy = 0;

  async function acquire(signal: AbortSignal | undefined): Promise<void> {
    signal?.throwIfAborted();
    if (busy < limit) busy += 1;
    else await handedOver(signal);
  }

  /** Waits in the queue; whoever releases a slot then hands it over without freeing it. */
  function handedOver(signal: AbortSignal | undefined): Promise<void> {
    return new Promise((resolve, reject) => {
      const abort = () => {
        queue.splice(queue.indexOf(enter), 1);
        reject(signal?.reason as Error);
      };
      const enter = () => {
        signal?.removeEventListener('abort', abort);
        resolve();
      };
      signal?.addEventListener('abort', abort, { once: true });
      queue.push(enter);
    });
  }

  /** Hands the slot to the next in the queue, or frees it. */
  function release(): void {
    const next = queue.shift();
    if (next === undefined) busy -= 1;
    else next();
  }

  return {
    letThrough: () => {
      busy += queue.length;
      for (const enter of queue.splice(0)) enter();
    },
    take: async (call, signal) => {
      await acquire(signal);
      try {
        return await call();
      } finally {
        release();
      }
    },
  };
}

/**
 * The same system, with the calls that steps make (`get` and `act`) taking a slot each. Looking up a scan takes none: a
 * desk whose actions are slow still learns at once what the next thing is.
 */
export function boundedSystem(system: RequestSystem, slots: Slots): RequestSystem {
  return {
    findByScan: (candidates, signal) => system.findByScan(candidates, signal),
    listChanged: (since, signal) => system.listChanged(since, signal),
    listOpen: (signal) => system.listOpen(signal),
    tenantRules: (signal) => system.tenantRules(signal),
    get: (id, signal) => slots.take(() => system.get(id, signal), signal),
    act: (id, action, params, signal) => slots.take(() => system.act(id, action, params, signal), signal),
  };
}
