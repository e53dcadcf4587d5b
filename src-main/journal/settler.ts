import type { RecordBody, StoredRecord } from '../contract/journal.ts';
import type { RequestSystem } from '../contract/outcome.ts';
import type { Result } from '../contract/result.ts';
import type { Doubt, Doubts } from './doubts.ts';
import { LOOK_AFTER_SECONDS, settleUnknown, type Settled } from './settle.ts';

export interface SettlerOptions {
  readonly system: RequestSystem;
  readonly doubts: Doubts;
  /** Appends a record of a scan; a success means that it is on disk. */
  readonly record: (scanId: string, body: RecordBody) => Promise<Result<StoredRecord>>;
  /** Waits; rejects when the signal is aborted. */
  readonly sleep: (ms: number, signal: AbortSignal) => Promise<void>;
}

/** Looks after steps that were sent without an answer, at 15, 45 and 90 seconds, until a look or a person settles them. */
export class Settler {
  readonly #o: SettlerOptions;
  readonly #stopped = new AbortController();

  constructor(options: SettlerOptions) {
    this.#o = options;
  }

  /** Resolves with how it ended; undefined when Carrel closed first, and the next start goes on with it. */
  async watch(doubt: Doubt): Promise<Settled | undefined> {
    const { system, doubts, sleep } = this.#o;
    let waited = 0;
    for (const after of LOOK_AFTER_SECONDS) {
      try {
        await sleep((after - waited) * 1000, this.#stopped.signal);
      } catch {
        // Aborted: only stop() does that.
        return undefined;
      }
      waited = after;
      const settled = await settleUnknown({
        doubt,
        record: (body) => this.#o.record(doubt.scanId, body),
        system,
        doubts,
        last: after === LOOK_AFTER_SECONDS.at(-1),
        signal: this.#stopped.signal,
      });
      if (settled.state !== 'unknown') return settled;
    }
    return { state: 'unknown' };
  }

  stop(): void {
    this.#stopped.abort();
  }
}
