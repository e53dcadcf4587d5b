/** How fast a host is asked, and when it is left alone for a while. */
export interface Pacer {
  /**
   * Runs the task when its turn comes; in order of arrival. Answers undefined, without having run it, when the signal
   * ended the wait.
   */
  run<T>(task: () => Promise<T>, signal?: AbortSignal): Promise<T | undefined>;
  /** Milliseconds for which the host wants no calls; 0 when it takes them. */
  heldMs(): number;
  /** The host said "not now": wait as long as it asked, or longer each time it says so again. */
  backOff(retryAfterS?: number): void;
  /** The host answered properly. */
  recovered(): void;
}

export interface PacerParts {
  readonly concurrent: number;
  /** On average; as many may go at once after a pause. */
  readonly perSecond: number;
  /** Monotonic clock, milliseconds. */
  readonly mono: () => number;
  /** Never rejects; a signal ends it early. */
  readonly sleep: (ms: number, signal?: AbortSignal) => Promise<void>;
  /** From 0 up to 1. */
  readonly random: () => number;
}

const FIRST_HOLD_MS = 30_000;
const LONGEST_HOLD_MS = 600_000;

export function createPacer(parts: PacerParts): Pacer {
  const burst = Math.max(1, Math.floor(parts.perSecond));
  let tokens = burst;
  let filledAt = parts.mono();
  let running = 0;
  let heldUntil = Number.NEGATIVE_INFINITY;
  let refusals = 0;
  const waiting: (() => void)[] = [];

  /** Waits for a place, in order of arrival; false when the signal ended the wait. */
  function enter(signal?: AbortSignal): Promise<boolean> {
    if (signal?.aborted === true) return Promise.resolve(false);
    if (running < parts.concurrent) {
      running += 1;
      return Promise.resolve(true);
    }
    return new Promise((resolve) => {
      const come = (): void => {
        signal?.removeEventListener('abort', giveUp);
        resolve(true);
      };
      const giveUp = (): void => {
        waiting.splice(waiting.indexOf(come), 1);
        resolve(false);
      };
      signal?.addEventListener('abort', giveUp, { once: true });
      waiting.push(come);
    });
  }

  /** Takes one call from the bucket; the time until it is really there. */
  function take(): number {
    const now = parts.mono();
    tokens = Math.min(burst, tokens + ((now - filledAt) / 1000) * parts.perSecond) - 1;
    filledAt = now;
    return tokens >= 0 ? 0 : (-tokens / parts.perSecond) * 1000;
  }

  function leave(): void {
    const next = waiting.shift();
    // The place passes straight to the next one, so `running` stays as it is.
    if (next === undefined) running -= 1;
    else next();
  }

  return {
    async run(task, signal) {
      if (!(await enter(signal))) return undefined;
      try {
        const lackMs = take();
        if (lackMs > 0) await parts.sleep(lackMs, signal);
        return signal?.aborted === true ? undefined : await task();
      } finally {
        leave();
      }
    },
    heldMs: () => Math.max(0, heldUntil - parts.mono()),
    backOff(retryAfterS) {
      const own = Math.min(LONGEST_HOLD_MS, FIRST_HOLD_MS * 2 ** refusals) * (1 + parts.random() / 2);
      refusals += 1;
      const ms = retryAfterS === undefined ? own : Math.min(retryAfterS * 1000, LONGEST_HOLD_MS);
      heldUntil = parts.mono() + ms;
    },
    recovered() {
      refusals = 0;
    },
  };
}
