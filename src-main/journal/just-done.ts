import type { StepState } from '../contract/journal.ts';
import type { RequestView } from '../contract/request.ts';
import { WORDS_ONLY } from '../desk/data/actions.ts';
import type { StepBefore } from '../desk/types.ts';
import { isSure } from './earlier.ts';
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
 * What this computer did to each request last, from whichever screen: the same thing scanned again a moment later is not a
 * thing that has moved on, so no scan takes the next step by itself. That holds from the moment a step is sent: another volume
 * of the request, scanned in the same breath, may be decided on before the answer is there.
 */
export class JustDone {
  readonly #mono: () => number;
  readonly #acts = new Map<string, Act>();
  /** Steps that were sent and are not over, by request; its lane lets one be sent at a time. */
  readonly #sent = new Map<string, Act>();

  /** @param mono monotonic milliseconds */
  constructor(mono: () => number) {
    this.#mono = mono;
  }

  /**
   * A step on a request is about to be sent.
   * @returns to be called when it is over, with how it ended; what did not happen leaves what was done before it
   */
  sending(requestId: string, action: string): (state: StepState) => void {
    if (!WORDS_ONLY.has(action)) this.#sent.set(requestId, { action, mono: this.#mono(), sure: false });
    return (state) => {
      this.#sent.delete(requestId);
      const sure = isSure({ state });
      if (sure || state === 'unknown') this.note(requestId, action, sure);
    };
  }

  /**
   * Notes an action on a request; one that only says or writes something moved no thing, and is left out.
   * @param sure false: it was sent, and nobody knows whether it happened
   * @param minutesAgo of an earlier run: how long ago, counting only time in which Carrel ran
   */
  note(requestId: string, action: string, sure: boolean, minutesAgo = 0): void {
    if (WORDS_ONLY.has(action)) return;
    const mono = this.#mono();
    renew(this.#acts, requestId, { action, mono: mono - minutesAgo * 60_000, sure });
    forgetOld(
      this.#acts,
      (act) => mono - act.mono > KEPT_MS,
      (act) => !act.sure,
    );
  }

  /** The last action on each of these requests that had one. What can still be done has not happened. */
  of(requests: readonly RequestView[]): readonly StepBefore[] {
    return [...new Map(requests.map((request) => [request.id, request])).values()].flatMap((request) => {
      const act = [this.#sent.get(request.id), this.#acts.get(request.id)].find(
        (one) =>
          one !== undefined && (one.sure || request.validActions?.some(({ code }) => code === one.action) !== true),
      );
      if (act === undefined) return [];
      return [{ requestId: request.id, action: act.action, minutesAgo: (this.#mono() - act.mono) / 60_000 }];
    });
  }
}
