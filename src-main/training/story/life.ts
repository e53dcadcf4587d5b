import type { JsonObject } from '../http.ts';
import { libraryBarcode } from '../barcodes.ts';
import { perform } from '../modrs/actions.ts';
import { audit } from '../modrs/audit.ts';
import { create } from '../modrs/create.ts';
import { deliver } from '../modrs/network.ts';
import type { PracticeRequest } from '../modrs/request.ts';
import { isBusy } from '../modrs/valid-actions.ts';
import { Random } from '../random.ts';
import { peerOf, tenantOf, type World } from '../world.ts';
import { LIBRARIES, library } from './libraries.ts';
import { workNumber } from './works.ts';

type Params = (world: World, request: PracticeRequest, random: Random) => JsonObject;

const nothing: Params = () => ({});

/** What the staff of the other libraries would do next with a request. */
const NEXT: Readonly<Record<string, readonly [action: string, params: Params]>> = {
  RES_IDLE: [
    'respondYes',
    (world, request) => ({ pickLocation: tenantOf(world, request).pickLocations[0]?.code ?? '' }),
  ],
  RES_NEW_AWAIT_PULL_SLIP: ['supplierPrintPullSlip', nothing],
  RES_AWAIT_PICKING: ['supplierCheckInToReshare', fromTheShelf],
  RES_AWAIT_SHIP: ['supplierMarkShipped', () => ({ note: 'Shipped by courier today' })],
  RES_ITEM_RETURNED: ['supplierCheckOutOfReshare', nothing],
  REQ_SHIPPED: ['requesterReceived', nothing],
  REQ_CHECKED_IN: ['patronReturnedItem', nothing],
  REQ_AWAITING_RETURN_SHIPPING: ['shippedReturn', nothing],
};

/** The book they find on their shelf for a request. */
function fromTheShelf(world: World, request: PracticeRequest, random: Random): JsonObject {
  const tenant = tenantOf(world, request);
  const { barcodeCode, branches } = library(tenant.id);
  const barcode = libraryBarcode(3, barcodeCode, random.between(500_000, 9_999_999));
  tenant.lms.add({
    barcode,
    title: request.bib.title ?? '',
    home: branches[0]?.code ?? '',
    status: 'available',
  });
  return { itemBarcodes: [{ itemId: barcode }] };
}

/** A patron somewhere asks for a book: one of ours from the others, or one of theirs from us. */
function newRequest(world: World, random: Random, tick: number): void {
  const tenant = world.tenants.get(random.pick(LIBRARIES).tenant);
  const pickup = tenant?.directory.find((one) => one.type.value === 'branch' && one.status.value === 'managed');
  if (tenant === undefined || pickup === undefined) return;
  const work = workNumber(random, 5000 + tick);
  const body: JsonObject = {
    isRequester: true,
    requestingInstitutionSymbol: tenant.symbol,
    title: work.title,
    author: work.author,
    isbn: work.isbn,
    systemInstanceIdentifier: work.instanceId,
    patronIdentifier: random.pick(tenant.patrons).barcode,
    pickupLocationSlug: pickup.slug,
    serviceType: { value: 'loan' },
    serviceLevel: { value: 'standard' },
  };
  create(world, tenant, body, undefined);
}

const CHATTER = [
  'Could you tell us when this will be on its way?',
  'The patron no longer needs volume 2.',
  'Packed with a return label inside.',
] as const;

/**
 * Lets the other libraries live: one small thing a tick. Which one depends on the seed and the number of the tick alone, so that the
 * same advances tell the same story. Things meant to be scanned at the desk are left alone.
 */
export function startLife(world: World, seed: number, tickMs: number): void {
  let tick = 0;
  const beat = (): void => {
    tick += 1;
    step(world, new Random(seed * 7919 + tick), tick);
    world.clock.after(tickMs, beat);
  };
  world.clock.after(tickMs, beat);
}

function step(world: World, random: Random, tick: number): void {
  const candidates = [...world.tenants.values()]
    .filter((tenant) => tenant.id !== 'riverside')
    .flatMap((tenant) => [...tenant.requests.values()])
    .filter((request) => NEXT[request.state] !== undefined && !isBusy(request) && !world.reserved.has(request.id));
  if (candidates.length === 0 || random.chance(0.12)) {
    newRequest(world, random, tick);
    return;
  }
  const request = random.pick(candidates);
  const [action, params] = NEXT[request.state] ?? ['message', nothing];
  if (random.chance(0.15)) perform(world, request, request.id, 'message', { note: random.pick(CHATTER) }, undefined);
  else perform(world, request, request.id, action, params(world, request, random), undefined);
}

const DAY = 86_400_000;

/** mod-rs's background timer: items out past their date (before today, UTC) become overdue and the borrower is told. */
export function startOverdueTimer(world: World): void {
  const run = (): void => {
    const today = Math.floor(world.clock.now() / DAY) * DAY;
    for (const tenant of world.tenants.values()) {
      for (const request of tenant.requests.values()) {
        if (request.state !== 'RES_ITEM_SHIPPED' || (request.dueDateRS ?? today) >= today) continue;
        if (world.reserved.has(request.id)) continue;
        request.state = 'RES_OVERDUE';
        request.overdue = true;
        audit(world, request, { from: 'RES_ITEM_SHIPPED', message: 'Request is overdue' });
        const peer = peerOf(world, request);
        if (peer !== undefined) deliver(world, peer, { event: 'ISO18626StatusChange', qualifier: 'Overdue' });
      }
    }
    world.clock.after(DAY, run);
  };
  world.clock.after(DAY - (world.clock.now() % DAY) + 1000, run);
}
