import { branchOfHolding } from './branches.ts';
import type { Hold, WmsContext, WmsItem, WmsPatron } from './model.ts';
import { mayUse, nextFullHour, shelfUntil } from './policy.ts';
import { Refusal } from './refusal.ts';

const ENDED: readonly string[] = ['done', 'cancelled', 'expired'];

export interface HoldWish {
  readonly scope: Hold['scope'];
  readonly barcode?: string;
  readonly ocn?: string;
  /** Registry id of a branch. */
  readonly pickup: string;
}

/** The hold queue: who gets the item next, and what happens to a hold when an item is caught for it. */
export class Holds {
  readonly #context: WmsContext;

  constructor(context: WmsContext) {
    this.#context = context;
  }

  /** Open holds that this item could fill, first in the queue first. */
  waitingFor(item: WmsItem): readonly Hold[] {
    return [...this.#context.store.holds.values()]
      .filter((hold) => hold.status === 'waiting' && wants(hold, item))
      .sort((a, b) => a.placed - b.placed || a.id.localeCompare(b.id));
  }

  /** The hold the item is caught for now. */
  caughtBy(item: WmsItem): Hold | undefined {
    return [...this.#context.store.holds.values()].find(
      (hold) => hold.item === item.barcode && !ENDED.includes(hold.status),
    );
  }

  openOf(patron: string): readonly Hold[] {
    return [...this.#context.store.holds.values()].filter(
      (hold) => hold.patron === patron && !ENDED.includes(hold.status),
    );
  }

  /** 1 for the first in the queue; 0 once an item is caught. */
  position(hold: Hold): number {
    if (hold.status !== 'waiting') return 0;
    const queue = [...this.#context.store.holds.values()].filter(
      (other) =>
        other.status === 'waiting' &&
        other.placed < hold.placed &&
        (hold.barcode === undefined ? other.ocn === hold.ocn : other.barcode === hold.barcode),
    );
    return queue.length + 1;
  }

  /**
   * The hold this item goes to when it is checked in at a branch. Checking it in again on its hold shelf sends it to the next in the
   * queue, and the first goes to the end; without anybody else the same hold is caught, and its receipt printed, once more.
   */
  nextFor(item: WmsItem, branch: string): Hold | undefined {
    const caught = this.caughtBy(item);
    const next = this.waitingFor(item)[0];
    if (caught === undefined) return next;
    const now = this.#context.now();
    if (caught.shelfUntil !== undefined && caught.shelfUntil < now) {
      this.#release(caught, 'expired');
      return next;
    }
    if (caught.status === 'on shelf' && caught.pickup === branch && next !== undefined) {
      this.#release(caught, 'waiting');
      caught.placed = now;
      return next;
    }
    return caught;
  }

  /** Catches the item for the hold: on the shelf when it is at its pickup branch, else on its way there. */
  catch(hold: Hold, item: WmsItem, branch: string): void {
    hold.item = item.barcode;
    if (hold.pickup !== branch) {
      hold.status = 'in transit';
      return;
    }
    const now = this.#context.now();
    hold.status = 'on shelf';
    hold.receipts += 1;
    hold.shelfUntil ??= shelfUntil(now);
    hold.noticeAt ??= nextFullHour(now);
  }

  /** The patron has the item: what it was held or asked for by this patron is done. */
  fulfil(item: WmsItem, patron: string): void {
    const caught = this.caughtBy(item);
    const hold = caught?.patron === patron ? caught : this.waitingFor(item).find((one) => one.patron === patron);
    if (hold === undefined) return;
    hold.item = item.barcode;
    hold.status = 'done';
  }

  /** @throws Refusal: blocked account, unknown pickup branch, no item that may be held, asked for already. */
  place(patron: WmsPatron, wish: HoldWish): Hold {
    const { store } = this.#context;
    mayUse(store, patron, this.#context.now());
    this.#branch(wish.pickup);
    const candidates = [...store.items.values()].filter((item) =>
      wish.scope === 'Item' ? item.barcode === wish.barcode : item.ocn !== undefined && item.ocn === wish.ocn,
    );
    if (!candidates.some(holdable)) {
      throw new Refusal({ type: 'Element Rule Violated', detail: 'NO_HOLDABLE_ITEMS' });
    }
    const twice = this.openOf(patron.barcode).some((hold) => candidates.some((item) => wants(hold, item)));
    if (twice) throw new Refusal({ type: 'Duplicate Request', detail: 'DUPLICATE_REQUEST', element: '//ItemId' });
    const hold: Hold = {
      id: this.#context.uuid(),
      patron: patron.barcode,
      scope: wish.scope,
      ...(wish.scope === 'Item' && wish.barcode !== undefined ? { barcode: wish.barcode } : {}),
      ...(wish.scope === 'Bibliographic Item' && wish.ocn !== undefined ? { ocn: wish.ocn } : {}),
      placed: this.#context.now(),
      pickup: wish.pickup,
      status: 'waiting',
      receipts: 0,
    };
    store.holds.set(hold.id, hold);
    return hold;
  }

  /** @throws Refusal: no such request, another patron's, or one that is over. */
  cancel(id: string, patron: string | undefined): Hold {
    const hold = this.get(id);
    if (patron !== undefined && hold.patron !== patron) throw unknownRequest(id);
    if (ENDED.includes(hold.status)) {
      throw new Refusal({
        type: 'Request Already Processed',
        detail: 'REQUEST_ALREADY_PROCESSED',
        element: '//RequestId',
        value: id,
      });
    }
    this.#release(hold, 'cancelled');
    return hold;
  }

  /** @throws Refusal: no such request, unknown branch. */
  movePickup(id: string, pickup: string): Hold {
    const hold = this.get(id);
    this.#branch(pickup);
    hold.pickup = pickup;
    return hold;
  }

  get(id: string): Hold {
    const hold = this.#context.store.holds.get(id);
    if (hold === undefined) throw unknownRequest(id);
    return hold;
  }

  #release(hold: Hold, status: Hold['status']): void {
    hold.status = status;
    delete hold.item;
    delete hold.shelfUntil;
    delete hold.noticeAt;
  }

  #branch(id: string): void {
    if (this.#context.store.institution.branches.some((one) => one.id === id)) return;
    throw new Refusal({
      type: 'Element Rule Violated',
      detail: 'INVALID_PICKUP_LOCATION',
      element: '//PickupLocation',
      value: id,
    });
  }
}

function unknownRequest(id: string): Refusal {
  return new Refusal({ type: 'Unknown Request', detail: 'UNKNOWN_REQUEST', element: '//RequestId', value: id });
}

function wants(hold: Hold, item: WmsItem): boolean {
  if (hold.barcode !== undefined) return hold.barcode === item.barcode;
  return hold.ocn !== undefined && hold.ocn === item.ocn && holdable(item);
}

/** Whether a patron may have to wait for it: not what never leaves the house, and nothing that is gone. */
function holdable(item: WmsItem): boolean {
  return item.restriction === undefined && !['Withdrawn', 'Lost', 'Missing'].includes(item.status);
}

/** Registry id of the branch an item lives at. */
export function homeOf(context: WmsContext, item: WmsItem): string {
  return branchOfHolding(context.store.institution, item.holding).id;
}
