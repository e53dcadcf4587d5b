import type { RequestView } from '../contract/request.ts';
import { IN_PREPARATION } from '../desk/placing.ts';

/** Placed requests that changed without anybody at this computer having looked since. Kept in memory: it is no record. */
export class PlacingNews {
  /** By the chosen id, the newest change last. */
  #ids: readonly string[] = [];
  readonly #onChange: () => void;

  constructor(onChange: () => void) {
    this.#onChange = onChange;
  }

  /** Newest first. */
  get ids(): readonly string[] {
    return this.#ids.toReversed();
  }

  /** A reading brought a new state. The steps before a library is asked are no news unless a person is needed. */
  changed(id: string, { state }: Pick<RequestView, 'state'>): void {
    if (IN_PREPARATION.has(state.code) && !state.needsAttention) return;
    this.#ids = [...this.#ids.filter((one) => one !== id), id];
    this.#onChange();
  }

  /** Somebody has seen how it stands; without an id, how all of them stand. */
  looked(id?: string): void {
    const left = id === undefined ? [] : this.#ids.filter((one) => one !== id);
    if (left.length === this.#ids.length) return;
    this.#ids = left;
    this.#onChange();
  }
}
