import { HOLD_SHELF, mainHolding } from './branches.ts';
import { Holds, homeOf } from './holds.ts';
import type { Bill, Hold, ItemStatus, WmsContext, WmsItem, WmsPatron } from './model.ts';
import { dueDate, fine, MAX_RENEWALS, mayTakeOneMore, mayUse } from './policy.ts';
import { Refusal, unknownItem, unknownUser, type Problem } from './refusal.ts';

/** Where a checked-in item goes. */
export interface Routing {
  /** `Re-shelve`, `Request:<id>`, `Process`, `Process: <words>`, `Withdrawn`. */
  readonly instruction: string;
  readonly holding: string;
  readonly shelving: string;
  /** For a hold: barcode of the patron it is for. */
  readonly requester?: string;
}

export interface CheckedIn {
  readonly item: WmsItem;
  readonly previousBorrower?: string;
  readonly routing: Routing;
  readonly bill?: Bill;
}

const OFFICE = 'Process: Return to resource sharing office';

/** What a circulation desk does in WMS (OCLC help: check in, check out, item statuses). */
export class Circulation {
  readonly holds: Holds;
  readonly #context: WmsContext;

  constructor(context: WmsContext) {
    this.#context = context;
    this.holds = new Holds(context);
  }

  /** @throws Refusal `Unknown Item`; `scheme` names the service whose error list OCLC would take it from. */
  item(barcode: string, scheme?: string): WmsItem {
    const { store } = this.#context;
    const item = store.items.get(barcode);
    if (item === undefined) throw unknownItem(store.institution.registryId, barcode, scheme);
    return item;
  }

  /** @throws Refusal `Unknown User`. */
  patron(barcode: string): WmsPatron {
    const { store } = this.#context;
    const patron = store.patrons.get(barcode);
    if (patron === undefined) throw unknownUser(store.institution.registryId, barcode);
    return patron;
  }

  /**
   * Checks an item in at a branch's desk. It always acts: a second check-in of the same item takes it one step on (reshelved, from in
   * transit to dispatched or on hold, from the hold shelf to the next in the queue).
   */
  checkIn(barcode: string, branch: string): CheckedIn {
    const item = this.item(barcode);
    const from = item.status;
    const previousBorrower = item.loan?.patron;
    const bill = this.endLoan(item);
    const routing = this.#route(item, branch);
    this.changed(item, 'CheckInItem', from, branch);
    return {
      item,
      routing,
      ...(previousBorrower === undefined ? {} : { previousBorrower }),
      ...(bill === undefined ? {} : { bill }),
    };
  }

  /**
   * Lends an item to an account. Lending it again to the account that has it counts as a renewal.
   *
   * @throws Refusal: unknown item or user, blocked account, too many loans, item not for loan, on hold or out to somebody else.
   */
  checkOut(user: string, barcode: string, branch?: string): WmsItem {
    // OCLC's own samples take this problem from the check-in list.
    const item = this.item(barcode, 'CheckInItem');
    const patron = this.patron(user);
    const now = this.#context.now();
    mayUse(this.#context.store, patron, now);
    const from = item.status;
    if (item.loan?.patron === user) {
      item.loan.due = dueDate(patron, item, now);
      item.loan.renewals += 1;
      this.changed(item, 'CheckOutItem', from, branch);
      return item;
    }
    this.#mayLeave(item, user);
    mayTakeOneMore(this.#context.store, patron);
    this.holds.fulfil(item, user);
    item.loan = { patron: user, since: now, due: dueDate(patron, item, now), renewals: 0 };
    item.lastIssuedTo = user;
    item.status = 'On Loan';
    delete item.to;
    this.changed(item, 'CheckOutItem', from, branch);
    return item;
  }

  /** @throws Refusal: not this account's loan, temporary, renewed often enough, or somebody waits for it. */
  renew(user: string, barcode: string): WmsItem {
    const item = this.item(barcode);
    const patron = this.patron(user);
    const { loan } = item;
    const refuse = (type: string, detail: string): Refusal =>
      new Refusal({ type, detail, element: '//ItemId', value: barcode });
    if (loan?.patron !== user) throw refuse('Item Not Checked Out', 'ITEM_NOT_CHECKED_OUT');
    mayUse(this.#context.store, patron, this.#context.now());
    if (item.temporary !== undefined) throw refuse('Item Not Renewable', 'ITEM_NOT_RENEWABLE');
    if (loan.renewals >= MAX_RENEWALS) throw refuse('Maximum Renewals Exceeded', 'MAXIMUM_RENEWALS_EXCEEDED');
    if (this.holds.waitingFor(item).length > 0) {
      throw refuse('Renewal Not Allowed - Item Has Outstanding Requests', 'ITEM_HAS_OUTSTANDING_REQUESTS');
    }
    loan.due = Math.max(loan.due, dueDate(patron, item, this.#context.now()));
    loan.renewals += 1;
    this.changed(item, 'RenewItem', item.status);
    return item;
  }

  /** Ends the loan, if there is one, and bills what came back late. */
  endLoan(item: WmsItem): Bill | undefined {
    const { loan } = item;
    delete item.loan;
    delete item.lent;
    const patron = loan === undefined ? undefined : this.#context.store.patrons.get(loan.patron);
    if (loan === undefined || patron === undefined) return undefined;
    const now = this.#context.now();
    const amount = fine(patron, loan.due, now);
    if (amount === 0) return undefined;
    const bill: Bill = {
      id: this.#context.uuid(),
      patron: patron.barcode,
      type: 'Fine',
      amount,
      at: now,
      item: item.barcode,
    };
    this.#context.store.bills.push(bill);
    return bill;
  }

  /** Writes what happened into the item's history and the ledger. */
  changed(item: WmsItem, event: string, from: ItemStatus, branch?: string): void {
    const line = { at: this.#context.now(), event, from, to: item.status };
    item.history.push(branch === undefined ? line : { ...line, branch });
    this.#context.record({ action: event, result: 'done', items: [item.barcode], from, to: item.status });
  }

  #route(item: WmsItem, branch: string): Routing {
    const here = { holding: item.holding, shelving: item.shelving };
    if (item.status === 'Withdrawn') return { instruction: 'Withdrawn', ...here };
    if (item.process !== undefined) {
      const words = item.process;
      delete item.process;
      item.status = 'In Processing';
      return { instruction: words === '' ? 'Process' : `Process: ${words}`, ...here };
    }
    const hold = this.holds.nextFor(item, branch);
    if (hold !== undefined) return this.#toHold(item, hold, branch);
    const home = homeOf(this.#context, item);
    if (item.temporary !== undefined) {
      this.#arriveOrGoOn(item, home, branch, 'Unavailable');
      return { instruction: OFFICE, ...here };
    }
    const shelved = ['Waiting To Be Reshelved', 'Available'].includes(item.status);
    this.#arriveOrGoOn(item, home, branch, shelved ? 'Available' : 'Waiting To Be Reshelved');
    return { instruction: 'Re-shelve', ...here };
  }

  #toHold(item: WmsItem, hold: Hold, branch: string): Routing {
    this.holds.catch(hold, item, branch);
    this.#arriveOrGoOn(item, hold.pickup, branch, 'On Hold');
    const pickup = this.#context.store.institution.branches.find((one) => one.id === hold.pickup);
    return {
      instruction: `Request:${hold.id}`,
      holding: pickup === undefined ? item.holding : mainHolding(pickup),
      shelving: HOLD_SHELF,
      requester: hold.patron,
    };
  }

  /** At its goal an item has arrived; elsewhere it travels, and one seen again on the way is dispatched. */
  #arriveOrGoOn(item: WmsItem, goal: string, branch: string, arrived: ItemStatus): void {
    if (goal === branch) {
      item.status = arrived;
      delete item.to;
      return;
    }
    const travelling = item.status === 'In Transit' || item.status === 'Dispatched';
    item.status = travelling && item.to === goal ? 'Dispatched' : 'In Transit';
    item.to = goal;
  }

  #mayLeave(item: WmsItem, user: string): void {
    const value = `${this.#context.store.institution.registryId}/${item.barcode}`;
    const refuse = (detail: string, required: Pick<Problem, 'requiredFee' | 'requiredRestriction'> = {}): Refusal =>
      new Refusal({
        type: 'Resource Cannot Be Provided',
        detail,
        element: '//ItemId',
        value,
        ...required,
      });
    if (item.restriction !== undefined || item.fee !== undefined) {
      throw refuse('RESOURCE_CANNOT_BE_PROVIDED', {
        ...(item.fee === undefined ? {} : { requiredFee: item.fee }),
        ...(item.restriction === undefined ? {} : { requiredRestriction: item.restriction }),
      });
    }
    if (item.loan !== undefined) throw refuse('ITEM_CHECKED_OUT_TO_ANOTHER_USER');
    if (item.status === 'Withdrawn' || item.status === 'In Processing') {
      throw new Refusal({
        type: 'Item Does Not Circulate',
        detail: 'ITEM_DOES_NOT_CIRCULATE',
        element: '//ItemId',
        value,
      });
    }
    const caught = this.holds.caughtBy(item);
    if (caught !== undefined && caught.patron !== user) throw refuse('ITEM_ON_HOLD_FOR_ANOTHER_USER');
  }
}
