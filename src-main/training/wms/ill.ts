import type { Circulation } from './circulation.ts';
import type { Bill, Hold, WmsContext, WmsItem, WmsPatron } from './model.ts';
import { mayUse } from './policy.ts';
import { Refusal, unknownUser } from './refusal.ts';

/** A borrowed item that has arrived. */
export interface Arrival {
  /** ILL request id as the ILL system writes it: `ReShareRequestRVR-1201`. */
  readonly requestId: string;
  readonly patron: string;
  readonly barcode: string;
  readonly title: string;
  readonly author?: string;
  readonly callNumber?: string;
  readonly lender?: string;
  /** Registry id of the pickup branch; absent: the patron's home branch. */
  readonly pickup?: string;
  readonly due?: number;
}

export interface Lending {
  readonly barcode: string;
  /** Barcode of the institution's account, or its OCLC symbol. */
  readonly user: string;
  readonly bySymbol?: boolean;
  readonly requestId?: string;
}

/** What an ILL system does in WMS: temporary items in, own items out to libraries, and both back. */
export class IllDesk {
  readonly #context: WmsContext;
  readonly #circulation: Circulation;

  constructor(context: WmsContext, circulation: Circulation) {
    this.#context = context;
    this.#circulation = circulation;
  }

  /** Makes the temporary item at the configured location, and an item-level hold on it for the patron. */
  accept(arrival: Arrival): void {
    const { store } = this.#context;
    const now = this.#context.now();
    const patron = this.#circulation.patron(arrival.patron);
    mayUse(store, patron, now);
    const pickup = arrival.pickup ?? patron.homeBranch;
    if (!store.institution.branches.some((branch) => branch.id === pickup)) {
      throw new Refusal({
        type: 'Cannot Accept Item',
        detail: 'INVALID_PICKUP_LOCATION',
        element: '//PickupLocation',
        value: pickup,
      });
    }
    if (store.items.has(arrival.barcode)) {
      throw new Refusal({
        type: 'Cannot Accept Item',
        detail: 'An item with this barcode already exists',
        element: '//ItemIdentifierValue',
        value: arrival.barcode,
      });
    }
    const item = this.temporaryItem(arrival);
    const hold: Hold = {
      id: this.#context.uuid(),
      patron: patron.barcode,
      scope: 'Item',
      barcode: item.barcode,
      placed: now,
      pickup,
      status: 'waiting',
      receipts: 0,
      illRequestId: arrival.requestId,
    };
    store.holds.set(hold.id, hold);
    this.#circulation.changed(item, 'AcceptItem', 'Unavailable');
  }

  /** Puts a temporary item into the store without any hold. */
  temporaryItem(arrival: Arrival): WmsItem {
    const { store } = this.#context;
    const { requestId, lender, due } = arrival;
    const item: WmsItem = {
      barcode: arrival.barcode,
      title: arrival.title,
      ...(arrival.author === undefined ? {} : { author: arrival.author }),
      ...(arrival.callNumber === undefined ? {} : { callNumber: arrival.callNumber }),
      copy: '1',
      ...store.institution.temporary,
      temporary: {
        requestId,
        ...(lender === undefined ? {} : { lender }),
        ...(due === undefined ? {} : { due }),
      },
      status: 'Unavailable',
      history: [],
    };
    store.items.set(item.barcode, item);
    return item;
  }

  /** Lends an own item to a library's account; the date is the loan policy's. */
  checkOut({ barcode, user, bySymbol, requestId }: Lending): WmsItem {
    const account = bySymbol === true ? this.#accountOf(user) : user;
    const item = this.#circulation.checkOut(account, barcode);
    if (requestId !== undefined) item.lent = { requestId, account };
    return item;
  }

  /** @throws Refusal `Unknown Item`, `Item Not Checked Out`. */
  checkIn(barcode: string): void {
    const item = this.#circulation.item(barcode);
    if (item.loan === undefined) {
      throw new Refusal({
        type: 'Item Not Checked Out',
        detail: 'ITEM_NOT_CHECKED_OUT',
        element: '//ItemId',
        value: `${this.#context.store.institution.registryId}/${barcode}`,
      });
    }
    this.#end(item);
  }

  /** By the ILL request id nothing can go wrong: unknown, or not on loan, is success as well. */
  checkInRequest(requestId: string): void {
    for (const item of this.#context.store.items.values()) {
      const about = item.temporary?.requestId ?? item.lent?.requestId;
      if (about === requestId && item.loan !== undefined) this.#end(item);
    }
  }

  charge(patron: WmsPatron, type: string, amount: number): Bill {
    const bill: Bill = { id: this.#context.uuid(), patron: patron.barcode, type, amount, at: this.#context.now() };
    this.#context.store.bills.push(bill);
    this.#context.record({ action: 'CreateUserFiscalTransaction', result: 'done' });
    return bill;
  }

  /** No desk and no branch: the item is back where it lives, and a hold waits for the next check-in at a desk. */
  #end(item: WmsItem): void {
    const from = item.status;
    this.#circulation.endLoan(item);
    item.status = item.temporary === undefined ? 'Available' : 'Unavailable';
    delete item.to;
    this.#circulation.changed(item, 'CheckInItem', from);
  }

  #accountOf(symbol: string): string {
    const { store } = this.#context;
    const found = [...store.patrons.values()].find((one) => one.symbol === symbol);
    if (found === undefined) throw unknownUser(store.institution.registryId, symbol);
    return found.barcode;
  }
}
