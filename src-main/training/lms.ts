import type { Faults } from './faults.ts';
import type { Ledger } from './ledger.ts';

/** An item as the library's circulation system knows it. */
export interface LmsItem {
  readonly barcode: string;
  readonly title: string;
  readonly callNumber?: string;
  /** Request number, for an item that exists only while it is borrowed from another library. */
  readonly temporaryFor?: string;
  readonly home: string;
  status: 'available' | 'on hold' | 'checked out' | 'unavailable';
  /** Patron or institution it is checked out to. */
  borrower?: string;
  /** Epoch milliseconds. */
  due?: number;
}

export type LmsResult = { readonly ok: true; readonly due?: number } | { readonly ok: false; readonly problem: string };

/** What ReShare tells of a borrowed item when it asks for a temporary item. */
export interface AcceptedItem {
  readonly hrid: string;
  readonly title: string;
  /** Slug of the pickup place in ReShare's directory. */
  readonly pickup: string;
  /** Card number. */
  readonly patron?: string;
  readonly author?: string;
  readonly callNumber?: string;
}

/** ReShare's calls to a circulation system. */
export interface LmsCalls {
  acceptItem(barcode: string, item: AcceptedItem): LmsResult;
  checkOutItem(barcode: string, borrower: string, hrid: string): LmsResult;
  checkInItem(barcode: string, hrid: string): LmsResult;
}

type Operation = 'acceptItem' | 'checkOutItem' | 'checkInItem';

const DAY = 86_400_000;

/**
 * The circulation system behind one library's ReShare, reached by NCIP in real life. ReShare's actions really change these items,
 * and one that is set to fail goes on failing until it is mended.
 */
export class HostLms implements LmsCalls {
  readonly items = new Map<string, LmsItem>();
  readonly #broken = new Map<string, { readonly operation: Operation; readonly problem: string }>();
  readonly #tenant: string;
  readonly #ledger: Ledger;
  readonly #faults: Faults;
  readonly #now: () => number;
  #system: LmsCalls | undefined;

  constructor(tenant: string, ledger: Ledger, faults: Faults, now: () => number) {
    this.#tenant = tenant;
    this.#ledger = ledger;
    this.#faults = faults;
    this.#now = now;
  }

  add(item: LmsItem): void {
    this.items.set(item.barcode, item);
  }

  /** From now on a system of its own has the items; what is broken here, and faults, still come first. */
  attach(system: LmsCalls): void {
    this.#system = system;
    this.items.clear();
  }

  /** From now on the system refuses this item. */
  breakItem(barcode: string, operation: Operation, problem: string): void {
    this.#broken.set(barcode, { operation, problem });
  }

  /** The item is known by another label from now on, with what is broken about it. */
  relabel(from: string, to: string): void {
    const item = this.items.get(from);
    if (item !== undefined && !this.items.has(to)) {
      this.items.delete(from);
      this.items.set(to, { ...item, barcode: to });
    }
    const broken = this.#broken.get(from);
    if (broken === undefined) return;
    this.#broken.delete(from);
    this.#broken.set(to, broken);
  }

  mend(barcode: string): void {
    this.#broken.delete(barcode);
  }

  /** NCIP AcceptItem: creates the temporary item and its hold for the patron. */
  acceptItem(barcode: string, request: AcceptedItem): LmsResult {
    return this.#run('acceptItem', barcode, request.hrid, () => {
      if (this.#system !== undefined) return this.#system.acceptItem(barcode, request);
      if (this.items.has(barcode)) return { ok: false, problem: 'Item already exists' };
      this.add({
        barcode,
        title: request.title,
        temporaryFor: request.hrid,
        home: request.pickup,
        status: 'on hold',
      });
      return { ok: true };
    });
  }

  /** NCIP CheckOutItem to an institution's account; answers the due date the system set, 42 days at this library. */
  checkOutItem(barcode: string, borrower: string, hrid: string): LmsResult {
    return this.#run('checkOutItem', barcode, hrid, () => {
      if (this.#system !== undefined) return this.#system.checkOutItem(barcode, borrower, hrid);
      const item = this.items.get(barcode);
      if (item === undefined) return { ok: false, problem: 'Unknown Item' };
      if (item.status === 'checked out') return { ok: false, problem: 'Item is already checked out' };
      item.status = 'checked out';
      item.borrower = borrower;
      item.due = endOfDay(this.#now() + 42 * DAY);
      return { ok: true, due: item.due };
    });
  }

  /** NCIP CheckInItem. mod-rs counts "Unknown Item" as done, so an unknown barcode is no failure here. */
  checkInItem(barcode: string, hrid: string): LmsResult {
    return this.#run('checkInItem', barcode, hrid, () => {
      if (this.#system !== undefined) return this.#system.checkInItem(barcode, hrid);
      const item = this.items.get(barcode);
      if (item !== undefined) {
        item.status = item.temporaryFor === undefined ? 'available' : 'unavailable';
        delete item.borrower;
        delete item.due;
      }
      return { ok: true };
    });
  }

  #run(operation: Operation, barcode: string, hrid: string, effect: () => LmsResult): LmsResult {
    const broken = this.#broken.get(barcode);
    const struck = this.#faults.takeLms(this.#tenant, operation, barcode);
    const result: LmsResult =
      broken?.operation === operation
        ? { ok: false, problem: broken.problem }
        : struck
          ? { ok: false, problem: 'Temporary Processing Failure' }
          : effect();
    this.#ledger.record({
      tenant: this.#tenant,
      kind: 'lms',
      action: operation,
      result: result.ok ? 'done' : 'failed',
      items: [barcode],
      hrid,
    });
    return result;
  }
}

/** The last second of the UTC day a moment falls in, as due dates are written. */
export function endOfDay(epochMs: number): number {
  return Math.floor(epochMs / DAY) * DAY + DAY - 1000;
}
