import { setTimeout as sleep } from 'node:timers/promises';
import type { Result } from '../contract/result.ts';
import { forgetOld, renew } from '../journal/forget.ts';
import type { Routing } from '../systems/wms/ncip/blocks/routing.ts';

/** How long a card is kept after the check-in that named it, milliseconds: the slip is printed within that time. */
const KEPT_MS = 10 * 60_000;

/** A slip waits this long for a name, milliseconds, and is then printed without one. */
const PATIENCE_MS = 3_000;

export interface HoldNamesOptions {
  /** Looks a patron up by the whole number of the card. Left out where the key may not. */
  readonly lookUp?: (card: string) => Promise<Result<{ readonly name?: string } | undefined>>;
  /** Monotonic milliseconds. */
  readonly mono: () => number;
  readonly patienceMs?: number;
}

/**
 * For whom an item waits, for the hold slip and nothing else. WMS's check-in answer names the card of the patron it routes
 * an item to (NCIP RoutingInformation/UserId). The card stays in memory for a few minutes; it is looked up only when a slip
 * is printed that may carry a name, and neither goes into the journal, the cache or the log.
 */
export class HoldNames {
  readonly #o: HoldNamesOptions;
  readonly #cards = new Map<string, { readonly card: string; readonly mono: number }>();

  constructor(options: HoldNamesOptions) {
    this.#o = options;
  }

  /** What a check-in said of an item; an earlier answer about it counts no more. */
  checkedIn(barcode: string, routing: Pick<Routing, 'kind' | 'requester'> | undefined): void {
    const mono = this.#o.mono();
    const card = routing?.kind === 'request' ? routing.requester?.value : undefined;
    if (card === undefined) this.#cards.delete(fold(barcode));
    else renew(this.#cards, fold(barcode), { card, mono });
    this.#forget(mono);
  }

  /** The whole name of the patron for whom an item waits; undefined when nobody can say so in time. */
  async of(barcode: string): Promise<string | undefined> {
    this.#forget(this.#o.mono());
    const card = this.#cards.get(fold(barcode))?.card;
    if (card === undefined || this.#o.lookUp === undefined) return undefined;
    const enough = new AbortController();
    const late = sleep(this.#o.patienceMs ?? PATIENCE_MS, undefined, { signal: enough.signal, ref: false });
    // Ended on purpose when the name is there.
    late.catch(() => undefined);
    const found = await Promise.race([this.#o.lookUp(card), late]);
    enough.abort();
    return found?.ok === true ? found.value?.name : undefined;
  }

  #forget(mono: number): void {
    forgetOld(this.#cards, (entry) => mono - entry.mono > KEPT_MS);
  }
}

function fold(barcode: string): string {
  return barcode.toUpperCase();
}
