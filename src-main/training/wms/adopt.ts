import type { LmsItem } from '../lms.ts';
import type { PracticeRequest } from '../modrs/request.ts';
import type { Tenant } from '../world.ts';
import { mainHolding, type WmsBranch } from './branches.ts';
import type { IllDesk } from './ill.ts';
import type { Hold, WmsContext, WmsItem } from './model.ts';
import type { WmsThing } from './pile-types.ts';
import { dueDate } from './policy.ts';
import { illRequestId } from './reshare.ts';
import type { Stock } from './stock.ts';

/** A library of the ReShare story, and the requests whose things are already spoken for by its cast. */
export interface Story {
  readonly library: Tenant;
  /** Request ids. */
  readonly reserved: ReadonlySet<string>;
}

/** How many borrowed books are still on their way to their patrons; every other one is already on the hold shelf. */
const NOT_YET_FETCHED = 8;

/**
 * Takes over the items of a library of the ReShare story: own books as they are lent and shelved there, and the temporary items of what
 * it borrows. Returns the temporary items one may meet at a desk.
 */
export function adopt(context: WmsContext, ill: IllDesk, stock: Stock, story: Story): readonly WmsThing[] {
  const { library, reserved } = story;
  const requests = [...library.requests.values()];
  const borrowed = new Map(requests.filter((one) => one.isRequester).map((one) => [one.hrid, one]));
  const lending = requests.filter((one) => !one.isRequester);
  const lent = new Map(lending.flatMap((one) => one.volumes.map((volume) => [volume.itemId, one])));
  // A book that is only asked for is on no volume yet; it is the one of that title.
  const wanted = new Map(lending.map((one) => [one.bib.title, one.bib.oclcNumber]));
  const things: WmsThing[] = [];
  for (const item of library.lms.items.values()) {
    if (item.temporaryFor === undefined) {
      const ocn = wanted.get(item.title) ?? stock.work().oclcNumber;
      ownItem(context, item, ocn, lent.get(item.barcode), library);
    } else {
      const request = borrowed.get(item.temporaryFor);
      if (request === undefined) continue;
      const temporary = temporaryItem(ill, item, request);
      const waits = things.length < NOT_YET_FETCHED && mayWait(item, request) && !reserved.has(request.id);
      if (waits) things.push(waitForPickup(context, stock, temporary, request, things.length));
      else if (item.status === 'checked out') {
        lend(context, temporary, request.patronIdentifier ?? '', request.updatedAt);
      }
    }
  }
  return things;
}

function ownItem(
  context: WmsContext,
  from: LmsItem,
  ocn: string,
  request: PracticeRequest | undefined,
  library: Tenant,
): void {
  const { store } = context;
  const home = branchOfStory(store.institution.branches, from.home);
  const item: WmsItem = {
    barcode: from.barcode,
    title: from.title,
    ...(request?.bib.author === undefined ? {} : { author: request.bib.author }),
    ...(from.callNumber === undefined ? {} : { callNumber: from.callNumber }),
    ocn,
    copy: '1',
    holding: mainHolding(home),
    shelving: home.shelving,
    status: 'Available',
    history: [],
  };
  store.items.set(item.barcode, item);
  if (from.status !== 'checked out') return;
  const borrower = from.borrower ?? library.patrons[store.items.size % library.patrons.length]?.barcode ?? '';
  lend(context, item, borrower, request?.updatedAt ?? context.now(), from.due);
  if (request?.hrid !== undefined) item.lent = { requestId: illRequestId(request.hrid), account: borrower };
}

function temporaryItem(ill: IllDesk, from: LmsItem, request: PracticeRequest): WmsItem {
  return ill.temporaryItem({
    requestId: illRequestId(request.hrid ?? ''),
    patron: request.patronIdentifier ?? '',
    barcode: from.barcode,
    title: from.title,
    ...(request.bib.author === undefined ? {} : { author: request.bib.author }),
  });
}

/** ReShare only knows that it was received: its patron may have it, or not yet. */
function mayWait(item: LmsItem, request: PracticeRequest): boolean {
  return item.status === 'checked out' && request.state === 'REQ_CHECKED_IN' && request.volumes.length === 1;
}

function waitForPickup(
  context: WmsContext,
  stock: Stock,
  item: WmsItem,
  request: PracticeRequest,
  taken: number,
): WmsThing {
  const { branches } = context.store.institution;
  const pickup = branches.find((one) => one.slug === request.pickupLocationSlug) ?? firstOf(branches);
  const hold: Hold = {
    id: context.uuid(),
    patron: request.patronIdentifier ?? '',
    scope: 'Item',
    barcode: item.barcode,
    placed: request.updatedAt,
    pickup: pickup.id,
    status: 'waiting',
    receipts: 0,
    illRequestId: illRequestId(request.hrid ?? ''),
  };
  context.store.holds.set(hold.id, hold);
  const ready = taken % 2 === 1;
  if (ready) stock.onShelf(item, hold);
  const place = String(Math.floor(taken / 2) + 1);
  return {
    key: ready ? `wms-temporary-ready-${place}` : `wms-temporary-arrived-${place}`,
    barcode: item.barcode,
    what: 'temporary item',
    title: item.title,
    expects: ready
      ? `Borrowed from another library, on the hold shelf at ${pickup.name}: lend it to its patron’s card.`
      : `Borrowed from another library and received in ReShare. In WMS it waits for its first check-in; pickup at ${pickup.name}.`,
    branch: ready ? pickup.id : firstOf(branches).id,
  };
}

function lend(context: WmsContext, item: WmsItem, patron: string, since: number, due?: number): void {
  const account = context.store.patrons.get(patron);
  item.status = 'On Loan';
  item.lastIssuedTo = patron;
  item.loan = {
    patron,
    since,
    due: due ?? (account === undefined ? since : dueDate(account, item, since)),
    renewals: 0,
  };
}

/** The story names a branch by its code in ReShare; where that is no holding code it is the first branch's desk. */
function branchOfStory(branches: readonly WmsBranch[], code: string): WmsBranch {
  return branches.find((one) => one.holdings.includes(code)) ?? firstOf(branches);
}

function firstOf(branches: readonly WmsBranch[]): WmsBranch {
  const [first] = branches;
  if (first === undefined) throw new RangeError('The institution has no branches');
  return first;
}
