/**
 * Lanes keep the order of what is done to one request or item: tasks of a lane run one after the other, lanes run side by
 * side, and a lane that is stuck holds back no other. A task may run in several lanes at once, where a thing turns out to
 * belong to a request: it waits for what is before it in each of them, and each waits for it. Since a task only ever waits
 * for tasks added before it, none can wait for each other. How many calls a system gets at once is not decided here but where the
 * call is made (see `slots.ts`), so a lane that only waits takes nothing from anybody.
 */
export interface Lanes {
  /**
   * Runs a task after every earlier task of the same lanes has ended, well or not.
   * @param lane one lane, or several that the task joins
   * @param task gets a signal that is aborted by `signal` or by {@link Lanes.stop}
   * @param signal aborted before the task's turn: it never runs, and its place in the lane is free
   * @returns what the task returns; rejects with what it throws, or with the signal's reason when it never ran
   */
  run<T>(lane: string | readonly string[], task: (signal: AbortSignal) => Promise<T>, signal?: AbortSignal): Promise<T>;
  /** Resolves when nothing runs or waits any more, tasks included that were added while waiting for it. */
  idle(): Promise<void>;
  /** Aborts what runs and drops what waits; tasks added later are refused. */
  stop(reason: Error): void;
}

export function createLanes(): Lanes {
  /** The last task of each busy lane, as a promise that never rejects. */
  const tails = new Map<string, Promise<void>>();
  const stopped = new AbortController();

  return {
    run: (lane, task, signal) => {
      const either = signal === undefined ? stopped.signal : AbortSignal.any([signal, stopped.signal]);
      const names = [...new Set(typeof lane === 'string' ? [lane] : lane)];
      const earlier = names.map((name) => tails.get(name)).filter((tail) => tail !== undefined);
      const before = earlier.length === 0 ? undefined : settled(Promise.all(earlier));
      const result = inTurn(before, task, either);
      // The next task also waits for the ones before this one: a dropped task ends early, its turn does not.
      const tail = settled(Promise.allSettled([before, result]));
      for (const name of names) tails.set(name, tail);
      void tail.then(() => {
        for (const name of names) if (tails.get(name) === tail) tails.delete(name);
      });
      return result;
    },
    idle: async () => {
      while (tails.size > 0) await Promise.all(tails.values());
    },
    stop: (reason) => {
      stopped.abort(reason);
    },
  };
}

/** Waits for the turn, but not after the signal: who gave up waiting is told at once. */
async function inTurn<T>(
  before: Promise<void> | undefined,
  task: (signal: AbortSignal) => Promise<T>,
  signal: AbortSignal,
): Promise<T> {
  signal.throwIfAborted();
  if (before !== undefined) await untilAborted(before, signal);
  signal.throwIfAborted();
  return task(signal);
}

/** Resolves with `promise`, or rejects as soon as the signal is aborted. */
function untilAborted(promise: Promise<void>, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const abort = () => {
      reject(signal.reason as Error);
    };
    signal.addEventListener('abort', abort, { once: true });
    void promise.then(() => {
      signal.removeEventListener('abort', abort);
      resolve();
    });
  });
}

async function settled(promise: Promise<unknown>): Promise<void> {
  await promise;
}
