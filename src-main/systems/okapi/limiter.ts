/** Lets at most `limit` tasks run at once; the others wait in order of arrival. */
export interface Limiter {
  /** Runs the task when a place is free. Answers undefined, without running it, when the signal ends the wait. */
  run<T>(task: () => Promise<T>, signal?: AbortSignal): Promise<T | undefined>;
}

export function createLimiter(limit: number): Limiter {
  let running = 0;
  const waiting: (() => void)[] = [];

  function place(signal?: AbortSignal): Promise<boolean> {
    if (signal?.aborted === true) return Promise.resolve(false);
    if (running < limit) {
      running += 1;
      return Promise.resolve(true);
    }
    return new Promise((resolve) => {
      const enter = (): void => {
        signal?.removeEventListener('abort', leave);
        resolve(true);
      };
      const leave = (): void => {
        waiting.splice(waiting.indexOf(enter), 1);
        resolve(false);
      };
      signal?.addEventListener('abort', leave, { once: true });
      waiting.push(enter);
    });
  }

  function free(): void {
    const next = waiting.shift();
    // The place passes straight to the next one, so `running` stays as it is.
    if (next === undefined) running -= 1;
    else next();
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
  };
}
