import { GraphQLError } from 'graphql';

/** A part of an answer whose sub-request can be made to fail, so that partial data comes back with errors. */
export type TroublePart = 'search' | 'holdings' | 'items';

const PARTS: readonly TroublePart[] = ['search', 'holdings', 'items'];

/** What fails inside the shared inventory now; steered by the control `inventoryTrouble {part, times?}`. */
export class InventoryTroubles {
  readonly #left = new Map<TroublePart, number>();

  /** @throws RangeError when there is no such part */
  arm(part: string, times: number): void {
    const known = PARTS.find((one) => one === part);
    if (known === undefined) throw new RangeError(`No part ${part}; there are ${PARTS.join(', ')}`);
    this.#left.set(known, times);
  }

  clear(): void {
    this.#left.clear();
  }

  /** Fails in mod-graphql's words when the part is armed. */
  strike(part: TroublePart): void {
    const left = this.#left.get(part) ?? 0;
    if (left <= 0) return;
    this.#left.set(part, left - 1);
    throw new GraphQLError('500 Internal Server Error: proxyClient failure: Connection was closed', {
      extensions: { code: 'INTERNAL_SERVER_ERROR' },
    });
  }
}
