import type { Decision, Expectation } from '../desk/types.ts';

/** How long a slip waits for its item, in milliseconds; after that a scanned item is only an item again. */
const EXPECTATION_MS = 5 * 60_000;

/** What the desk waits for next: a slip its item, for instance. Scans and choices are told apart by their place. */
export class Expecting {
  readonly #mono: () => number;
  #now: { readonly what: Expectation; readonly mono: number; readonly place: number } | undefined;

  constructor(mono: () => number) {
    this.#mono = mono;
  }

  /** Something is waited for. */
  get waits(): boolean {
    return this.#now !== undefined;
  }

  /** What the desk waits for; only what came before this place, however long its own look-up took. */
  before(place: number): Expectation | undefined {
    if (this.#now === undefined) return undefined;
    if (this.#mono() - this.#now.mono > EXPECTATION_MS) this.#now = undefined;
    return this.#now !== undefined && this.#now.place < place ? this.#now.what : undefined;
  }

  /** What the decision about the scan at this place waits for, unless a later one was first. */
  decided(decision: Decision, scanId: string, place: number): void {
    if (decision.expectation === 'keep' || (this.#now?.place ?? 0) > place) return;
    this.#now =
      decision.expectation === undefined
        ? undefined
        : { what: { ...decision.expectation, scanId }, mono: this.#mono(), place };
  }

  /** That scan was put aside: nothing waits for what follows it. */
  forget(scanId: string): void {
    if (this.#now?.what.scanId === scanId) this.#now = undefined;
  }
}
