import { temporaryItemBarcode, type PracticeRequest } from '../modrs/request.ts';
import type { CastMember } from '../story/cast-types.ts';
import { tenantBySymbol, type Tenant, type World } from '../world.ts';
import { Broker } from './broker.ts';
import { BROKER_MODULE } from './module.ts';
import type { BrokerItem, BrokerRequest } from './request.ts';
import { askedFor, BORROWED, LENT, notificationsOf, pastOf } from './retell.ts';
import { stateOf } from './state-model.ts';

/** What CrossLink asks for where mod-rs asks for the other (both module descriptors). */
const PERMISSIONS: Readonly<Record<string, readonly string[]>> = {
  'rs.patronrequests.collection.get': ['broker.patron_requests.get', 'broker.sse.events.get'],
  'rs.patronrequests.item.get': [
    'broker.patron_requests.item.get',
    'broker.patron_requests.item.events.get',
    'broker.patron_requests.item.notifications.get',
  ],
  'rs.patronrequests.item.post': ['broker.patron_requests.post'],
  'rs.patronrequests.item.put': ['broker.patron_requests.item.put', 'broker.patron_requests.item.internal_note.put'],
  'rs.patronrequests.item.validactions': [
    'broker.patron_requests.item.actions.get',
    'broker.patron_requests.item.items.get',
  ],
  'rs.patronrequests.item.performaction': [
    'broker.patron_requests.item.action.post',
    'broker.patron_requests.item.notifications.post',
    'broker.patron_requests.item.notifications.item.receipt.put',
    'broker.patron_requests.item.terminate.post',
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
    const request = retold(world, tenant, told, cast);
    if (world.reserved.has(told.id)) world.reserved.add(request.id);
    broker.add(request);
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
  const items = itemsOf(tenant, told, cast);
  const nameOf = (symbol: string): string => tenantBySymbol(world, symbol)?.name ?? symbol;
  return {
    id: side === 'borrowing' ? number : told.id,
    side,
    number,
    state,
    asked: askedFor(told),
    patron: told.patronIdentifier ?? '',
    pickup: told.pickupLocationSlug ?? '',
    requester,
    supplier,
    requesterName: nameOf(requester),
    supplierName: nameOf(supplier),
    items,
    ...(told.dueDateRS === undefined ? {} : { due: told.dueDateRS }),
    ...(told.overdue === true ? { overdue: true } : {}),
    ...(told.localNote === undefined ? {} : { internalNote: told.localNote }),
    needsAttention: told.needsAttention === true || stateOf(side, state).needsAttention === true,
    createdAt: told.createdAt,
    updatedAt: told.updatedAt,
    events: pastOf(told, side, items),
    notifications: notificationsOf(told),
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
