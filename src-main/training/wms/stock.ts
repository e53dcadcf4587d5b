import { libraryBarcode } from '../barcodes.ts';
import type { Random } from '../random.ts';
import { library } from '../story/libraries.ts';
import { workNumber, type Work } from '../story/works.ts';
import { mainHolding, type WmsBranch } from './branches.ts';
import type { Hold, ItemStatus, WmsContext, WmsItem } from './model.ts';
import { endOfLibraryDay, nextFullHour, shelfUntil } from './policy.ts';

const DAY = 86_400_000;

export interface ItemSpec {
  /** Home branch. */
  readonly home: WmsBranch;
  readonly status?: ItemStatus;
  /** Another copy of this work; absent: a work of its own. */
  readonly work?: Work;
  readonly copy?: string;
  readonly volume?: string;
  readonly restriction?: string;
  readonly fee?: number;
}

/** Puts invented own items, loans and holds into the store while the story is being built. */
export class Stock {
  readonly #context: WmsContext;
  readonly #random: Random;
  #works = 20_000;
  #serial = 900_000;

  constructor(context: WmsContext, random: Random) {
    this.#context = context;
    this.#random = random;
  }

  work(): Work {
    return workNumber(this.#random, this.#works++);
  }

  barcode(): string {
    this.#serial += this.#random.between(3, 60);
    return libraryBarcode(3, library('riverside').barcodeCode, this.#serial);
  }

  item({ home, status, work = this.work(), copy = '1', volume, restriction, fee }: ItemSpec): WmsItem {
    const item: WmsItem = {
      barcode: this.barcode(),
      title: work.title,
      author: work.author,
      callNumber: work.callNumber,
      ocn: work.oclcNumber,
      copy,
      ...(volume === undefined ? {} : { volume }),
      ...(restriction === undefined ? {} : { restriction }),
      ...(fee === undefined ? {} : { fee }),
      holding: mainHolding(home),
      shelving: home.shelving,
      status: status ?? 'Available',
      history: [],
    };
    this.#context.store.items.set(item.barcode, item);
    return item;
  }

  /** Lends an item; `dueInDays` may lie in the past. */
  lend(item: WmsItem, patron: string, dueInDays = 9, status: ItemStatus = 'On Loan'): WmsItem {
    const now = this.#context.now();
    item.loan = {
      patron,
      since: now - 12 * DAY + Math.min(0, dueInDays) * DAY,
      due: endOfLibraryDay(now + dueInDays * DAY),
      renewals: 0,
    };
    item.lastIssuedTo = patron;
    item.status = status;
    return item;
  }

  /** Queues a hold placed some hours ago; on the item, or on its title. */
  hold(item: WmsItem, patron: string, pickup: WmsBranch, scope: Hold['scope'] = 'Item', hoursAgo = 30): Hold {
    const hold: Hold = {
      id: this.#random.uuid(),
      patron,
      scope,
      ...(scope === 'Item' ? { barcode: item.barcode } : {}),
      ...(scope !== 'Item' && item.ocn !== undefined ? { ocn: item.ocn } : {}),
      placed: this.#context.now() - hoursAgo * 3_600_000,
      pickup: pickup.id,
      status: 'waiting',
      receipts: 0,
    };
    this.#context.store.holds.set(hold.id, hold);
    return hold;
  }

  /** The item is already on the hold shelf for the hold. */
  onShelf(item: WmsItem, hold: Hold): void {
    const now = this.#context.now();
    hold.item = item.barcode;
    hold.status = 'on shelf';
    hold.receipts = 1;
    hold.shelfUntil = shelfUntil(now - DAY);
    hold.noticeAt = nextFullHour(now - DAY);
    item.status = 'On Hold';
  }

  /** The item is on its way to a branch; for a hold when one is given. */
  onTheWay(item: WmsItem, to: WmsBranch, hold?: Hold): void {
    item.status = 'In Transit';
    item.to = to.id;
    if (hold === undefined) return;
    hold.item = item.barcode;
    hold.status = 'in transit';
  }
}
