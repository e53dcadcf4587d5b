import type { JsonObject } from '../http.ts';
import { perform } from '../modrs/actions.ts';
import { audit } from '../modrs/audit.ts';
import { deliver } from '../modrs/network.ts';
import type { PracticeRequest } from '../modrs/request.ts';
import { isBusy } from '../modrs/valid-actions.ts';
import { Random } from '../random.ts';
import { peerOf, type World } from '../world.ts';

/** What the staff of the other libraries would do next with a request, and how likely it is that they do it now. */
const NEXT: Readonly<Record<string, readonly [action: string, params: (request: PracticeRequest) => JsonObject]>> = {
  RES_IDLE: ['respondYes', () => ({ pickLocation: 'NFDSTK', callnumber: 'PS3201' })],
  RES_NEW_AWAIT_PULL_SLIP: ['supplierPrintPullSlip', () => ({})],
  RES_AWAIT_SHIP: ['supplierMarkShipped', () => ({ note: 'Shipped by courier today' })],
  RES_ITEM_RETURNED: ['supplierCheckOutOfReshare', () => ({})],
  REQ_SHIPPED: ['requesterReceived', () => ({})],
  REQ_CHECKED_IN: ['patronReturnedItem', () => ({})],
  REQ_AWAITING_RETURN_SHIPPING: ['shippedReturn', () => ({})],
};

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
    step(world, new Random(seed * 7919 + tick));
    world.clock.after(tickMs, beat);
  };
  world.clock.after(tickMs, beat);
}

function step(world: World, random: Random): void {
  const candidates = [...world.tenants.values()]
    .filter((tenant) => tenant.id !== 'riverside')
    .flatMap((tenant) => [...tenant.requests.values()])
    .filter((request) => NEXT[request.state] !== undefined && !isBusy(request) && !world.reserved.has(request.id));
  if (candidates.length === 0) return;
  const request = random.pick(candidates);
  if (random.chance(0.15)) {
    perform(world, request, request.id, 'message', { note: random.pick(CHATTER) }, undefined);
    return;
  }
  const [action, params] = NEXT[request.state] ?? ['message', () => ({})];
  perform(world, request, request.id, action, params(request), undefined);
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
