import type { RequestView } from '../contract/request.ts';
import type { Evidence } from '../desk/types.ts';
import { forgetOld, renew } from './forget.ts';

/** What was surely done longer ago than this, in milliseconds of Carrel's running, tells nobody anything any more. */
const KEPT_MS = 24 * 60 * 60_000;

interface Act {
  readonly action: string;
  /** Monotonic milliseconds. */
  readonly mono: number;
  readonly sure: boolean;
}

/**
 * What this desk did to each request last: the same thing scanned again a moment later is not a thing that has moved on, so
 * no scan takes the next step by itself.
 */
export class JustDone {
  readonly #mono: () => number;
  readonly #acts = new Map<string, Act>();

  /** @param mono monotonic milliseconds */
  constructor(mono: () => number) {
    this.#mono = mono;
  }

  /**
   * Notes an action on a request.
   * @param sure false: it was sent, and nobody knows whether it happened
   * @param minutesAgo of an earlier run: how long ago, counting only time in which Carrel ran
   */
  note(requestId: string, action: string, sure: boolean, minutesAgo = 0): void {
    const mono = this.#mono();
    renew(this.#acts, requestId, { action, mono: mono - minutesAgo * 60_000, sure });
    forgetOld(
      this.#acts,
      (act) => mono - act.mono > KEPT_MS,
      (act) => !act.sure,
    );
  }

  /** The last action on the first of these requests that had one. What can still be done has not happened. */
  of(hits: readonly RequestView[]): Evidence['justDone'] {
    for (const hit of hits) {
      const act = this.#acts.get(hit.id);
      if (act === undefined) continue;
      if (!act.sure && hit.validActions?.some(({ code }) => code === act.action) === true) continue;
      return { action: act.action, minutesAgo: (this.#mono() - act.mono) / 60_000, requestId: hit.id };
    }
    return undefined;
  }
}
