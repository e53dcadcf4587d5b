/** Lets at most `limit` tasks run at once; the others wait in order of arrival. */
export interface Limiter {
  /**
   * Runs the task when a place is free. Answers undefined, without running it, when the signal or {@link Limiter.turnAway}
   * ends the wait.
   */
  run<T>(task: () => Promise<T>, signal?: AbortSignal): Promise<T | undefined>;
  /** Ends the wait of all who wait now. What runs goes on. */
  turnAway(): void;
}

interface Waiting {
  readonly enter: () => void;
  readonly leave: () => void;
}

export function createLimiter(limit: number): Limiter {
  let running = 0;
  const waiting: Waiting[] = [];

  function place(signal?: AbortSignal): Promise<boolean> {
    if (signal?.aborted === true) return Promise.resolve(false);
    if (running < limit) {
      running += 1;
      return Promise.resolve(true);
    }
    return new Promise((resolve) => {
      const end = (entered: boolean): void => {
        signal?.removeEventListener('abort', gaveUp);
        resolve(entered);
      };
      const one: Waiting = {
        enter: () => {
          end(true);
        },
        leave: () => {
          end(false);
        },
      };
      const gaveUp = (): void => {
        waiting.splice(waiting.indexOf(one), 1);
        one.leave();
      };
      signal?.addEventListener('abort', gaveUp, { once: true });
      waiting.push(one);
    });
  }

  function free(): void {
    const next = waiting.shift();
    // The place passes straight to the next one, so `running` stays as it is.
    if (next === undefined) running -= 1;
    else next.enter();
  }

  return {
    async run(task, signal) {
      if (!(await place(signal))) return undefined;
      try {
        return await task();
      } finally {
        free();
      }
    },
    turnAway() {
      for (const { leave } of waiting.splice(0)) leave();
    },
  };
}
