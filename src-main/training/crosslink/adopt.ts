import { temporaryItemBarcode, type PracticeRequest } from '../modrs/request.ts';
import type { CastMember } from '../story/cast-types.ts';
import { tenantBySymbol, type Tenant, type World } from '../world.ts';
import { Broker } from './broker.ts';
import { BROKER_MODULE } from './module.ts';
import type { BrokerItem, BrokerRequest } from './request.ts';
import { stateOf } from './state-model.ts';

/** CrossLink's state for a request of the story, which is told in mod-rs's states. */
const BORROWED: Readonly<Record<string, string>> = {
  REQ_IDLE: 'NEW',
  REQ_INVALID_PATRON: 'INVALID_PATRON',
  REQ_VALIDATED: 'VALIDATED',
  REQ_BLANK_FORM_REVIEW: 'NEEDS_REVIEW',
  REQ_DUPLICATE_REVIEW: 'DUPLICATE',
  REQ_LOCAL_REVIEW: 'LOCAL_SUPPLY',
  REQ_SOURCING_ITEM: 'SENT',
  REQ_SUPPLIER_IDENTIFIED: 'SENT',
  REQ_REQUEST_SENT_TO_SUPPLIER: 'SENT',
  REQ_EXPECTS_TO_SUPPLY: 'WILL_SUPPLY',
  REQ_CONDITIONAL_ANSWER_RECEIVED: 'CONDITION_PENDING',
  REQ_CANCEL_PENDING: 'CANCEL_PENDING',
  REQ_SHIPPED: 'SHIPPED',
  REQ_OVERDUE: 'CHECKED_OUT',
  REQ_RECALLED: 'CHECKED_OUT',
  REQ_AWAITING_RETURN_SHIPPING: 'CHECKED_IN',
  REQ_SHIPPED_TO_SUPPLIER: 'SHIPPED_RETURNED',
  REQ_REQUEST_COMPLETE: 'COMPLETED',
  REQ_DOCUMENT_DELIVERED: 'COMPLETED',
  REQ_FILLED_LOCALLY: 'COMPLETED',
  REQ_CANCELLED: 'CANCELLED',
  REQ_UNFILLED: 'UNFILLED',
  REQ_END_OF_ROTA: 'UNFILLED',
};

const LENT: Readonly<Record<string, string>> = {
  RES_IDLE: 'VALIDATED',
  RES_NEW_AWAIT_PULL_SLIP: 'WILL_SUPPLY',
  RES_AWAIT_PICKING: 'WILL_SUPPLY',
  RES_COPY_AWAIT_PICKING: 'WILL_SUPPLY',
  RES_AWAIT_SHIP: 'WILL_SUPPLY',
  RES_PENDING_CONDITIONAL_ANSWER: 'CONDITION_PENDING',
  RES_ITEM_SHIPPED: 'RECEIVED',
  RES_ITEM_RETURNED: 'SHIPPED_RETURN',
  RES_OVERDUE: 'SHIPPED_RETURN',
  RES_CANCEL_REQUEST_RECEIVED: 'CANCEL_REQUESTED',
  RES_CANCELLED: 'CANCELLED',
  RES_COMPLETE: 'COMPLETED',
  RES_DOCUMENT_DELIVERED: 'COMPLETED',
  RES_UNFILLED: 'UNFILLED',
  RES_NOT_SUPPLIED: 'UNFILLED',
};

/** What CrossLink asks for where mod-rs asks for the other (both module descriptors). */
const PERMISSIONS: Readonly<Record<string, readonly string[]>> = {
  'rs.patronrequests.collection.get': ['broker.patron_requests.get', 'broker.sse.events.get'],
  'rs.patronrequests.item.get': ['broker.patron_requests.item.get', 'broker.patron_requests.item.events.get'],
  'rs.patronrequests.item.validactions': [
    'broker.patron_requests.item.actions.get',
    'broker.patron_requests.item.items.get',
  ],
  'rs.patronrequests.item.performaction': [
    'broker.patron_requests.item.action.post',
    'broker.patron_requests.item.notifications.post',
  ],
  'rs.report.execute': ['broker.pullslips.post'],
};

/** The story's library with CrossLink in place of mod-rs, its broker, and what of the story's things can be scanned there. */
export interface Adopted {
  readonly tenant: Tenant;
  readonly broker: Broker;
  readonly cast: readonly CastMember[];
}

/**
 * Retells a library's requests in CrossLink: the same numbers, books, libraries and people. CrossLink gives borrowed items no
 * label of its own, so what carries one in the story is known by the lender's barcode here.
 */
export function adoptStory(world: World, id: string, cast: readonly CastMember[]): Adopted {
  const before = world.tenants.get(id);
  if (before === undefined) throw new RangeError(`No tenant ${id}`);
  const modules = before.modules.map((module) => (module.startsWith('mod-rs-') ? BROKER_MODULE : module));
  const tenant: Tenant = { ...before, modules, grantable: granted(before.grantable) };
  for (const account of tenant.accounts) account.permissions = granted(account.permissions);
  world.tenants.set(id, tenant);

  const broker = new Broker(world, tenant);
  for (const told of tenant.requests.values()) {
    if (told.isRequester)
      for (const volume of told.volumes) tenant.lms.relabel(temporaryItemBarcode(told, volume), volume.itemId);
    broker.add(retold(world, tenant, told, cast));
  }
  return { tenant, broker, cast: cast.flatMap((one) => hereToo(one, tenant)) };
}

function granted(permissions: readonly string[]): readonly string[] {
  return [...permissions, ...permissions.flatMap((name) => PERMISSIONS[name] ?? [])];
}

function retold(world: World, tenant: Tenant, told: PracticeRequest, cast: readonly CastMember[]): BrokerRequest {
  const side = told.isRequester ? 'borrowing' : 'lending';
  const state = stateFor(world, told);
  const number = told.hrid ?? told.id;
  const requester = told.requestingInstitutionSymbol;
  const supplier = told.supplyingInstitutionSymbol ?? '';
  const nameOf = (symbol: string): string => tenantBySymbol(world, symbol)?.name ?? symbol;
  const { title = '', author, isbn, oclcNumber } = told.bib;
  return {
    id: side === 'borrowing' ? number : told.id,
    side,
    number,
    state,
    serviceType: told.serviceType === 'copy' ? 'Copy' : 'Loan',
    bib: {
      title,
      ...(author === undefined ? {} : { author }),
      ...(isbn === undefined ? {} : { isbn }),
      ...(oclcNumber === undefined ? {} : { oclcNumber }),
    },
    patron: told.patronIdentifier ?? '',
    pickup: told.pickupLocationSlug ?? '',
    ...(told.neededBy === undefined ? {} : { neededBy: told.neededBy }),
    requester,
    supplier,
    requesterName: nameOf(requester),
    supplierName: nameOf(supplier),
    items: itemsOf(tenant, told, cast),
    ...(told.dueDateRS === undefined ? {} : { due: told.dueDateRS }),
    ...(told.overdue === true ? { overdue: true } : {}),
    unread: told.notifications.filter((one) => !one.seen && !one.isSender).length,
    hasCost: told.cost !== undefined,
    needsAttention: told.needsAttention === true || stateOf(side, state).needsAttention === true,
    createdAt: told.createdAt,
    updatedAt: told.updatedAt,
    events: [],
  };
}

/** What the cast brings back was with its patrons; anything else that was received is still on the hold shelf. */
function stateFor(world: World, told: PracticeRequest): string {
  if (told.state === 'REQ_CHECKED_IN') return world.reserved.has(told.id) ? 'CHECKED_OUT' : 'RECEIVED';
  const found = told.isRequester ? BORROWED[told.state] : LENT[told.state];
  return found ?? (told.isRequester ? 'SENT' : 'VALIDATED');
}

/** The broker learns the item when the library agrees to supply it, which in the story is when it is fetched. */
function itemsOf(tenant: Tenant, told: PracticeRequest, cast: readonly CastMember[]): readonly BrokerItem[] {
  if (told.serviceType === 'copy') return [];
  const { title = '' } = told.bib;
  const fetched = cast.filter((one) => one.what === 'fill item' && one.requestId === told.id).map((one) => one.barcode);
  const known = told.volumes.map((volume) => volume.itemId);
  const own = [...tenant.lms.items.values()].find((item) => item.title === title && item.temporaryFor === undefined);
  const unfetched = told.isRequester || own === undefined ? [] : [told.selectedItemBarcode ?? own.barcode];
  const barcodes = [known, fetched, unfetched].find((some) => some.length > 0) ?? [];
  return barcodes.map((barcode) => ({
    id: `item-${barcode}`,
    barcode,
    title,
    ...(told.localCallNumber === undefined ? {} : { callNumber: told.localCallNumber }),
    createdAt: told.createdAt,
  }));
}

/** Things that can be scanned here as well, with what is to be expected where that differs from mod-rs. */
function hereToo(one: CastMember, tenant: Tenant): readonly CastMember[] {
  if (one.what === 'temporary item' || /^[A-Z]+-\d+-\d{4}$/u.test(one.barcode)) return [];
  const request = one.requestId === undefined ? undefined : tenant.requests.get(one.requestId);
  const here = request?.isRequester === true && one.hrid !== undefined ? { ...one, requestId: one.hrid } : one;
  const expects = EXPECTS[one.what];
  return [expects === undefined ? here : { ...here, expects }];
}

const TO_FETCH = 'Its number: fetch the book, then scan the book itself to mark it shipped.';

const EXPECTS: Readonly<Partial<Record<CastMember['what'], string>>> = {
  'pull slip': TO_FETCH,
  'fill request': TO_FETCH,
  'fill item': 'The fetched book: it is checked out to the other library and marked shipped in one step.',
  ship: 'Fetched already: scan the book itself to mark it shipped.',
};
