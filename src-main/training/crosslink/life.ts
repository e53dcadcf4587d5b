import { libraryBarcode } from '../barcodes.ts';
import { Random } from '../random.ts';
import { library, LIBRARIES } from '../story/libraries.ts';
import type { Broker } from './broker.ts';
import type { Words } from './notifications.ts';
import type { BrokerRequest } from './request.ts';
import type { BrokerSide } from './state-model.ts';

/** What the other library would say next. */
const NEXT: Readonly<Record<BrokerSide, Readonly<Record<string, string>>>> = {
  borrowing: {
    SENT: 'expect-to-supply',
    SUPPLIER_LOCATED: 'will-supply',
    WILL_SUPPLY: 'loaned',
    SHIPPED_RETURNED: 'completed',
    CANCEL_PENDING: 'cancel-accepted',
  },
  lending: {
    SHIPPED: 'received',
    RECEIVED: 'shipped-return',
    CONDITION_PENDING: 'conditions-accepted',
  },
};

const TERMS: Words = { note: 'Reading room only', condition: 'LibraryUseOnly', cost: 15, currency: 'USD' };

const CHATTER = [
  'Could you tell us when this will be on its way?',
  'The patron no longer needs volume 2.',
  'Packed with a return label inside.',
] as const;

/**
 * Lets the libraries on the other side of the broker live: one small thing a tick, by the seed and the number of the tick
 * alone. Things meant to be scanned at the desk are left alone until somebody has acted on them.
 */
export function startBrokerLife(broker: Broker, seed: number, tickMs: number): void {
  const { clock } = broker.world;
  let tick = 0;
  const beat = (): void => {
    tick += 1;
    step(broker, new Random(seed * 6007 + tick));
    clock.after(tickMs, beat);
  };
  clock.after(tickMs, beat);
}

function step(broker: Broker, random: Random): void {
  const { reserved } = broker.world;
  const waiting = [...broker.requests.values()].filter(
    (request) => NEXT[request.side][request.state] !== undefined && !reserved.has(request.id),
  );
  if (waiting.length === 0) return;
  const request = random.pick(waiting);
  const event = NEXT[request.side][request.state] ?? '';
  const chats = random.chance(0.12);
  const offers = event === 'will-supply' && random.chance(0.2);
  if (chats) broker.message(request, 'notification', { note: random.pick(CHATTER) });
  else if (offers) broker.message(request, 'will-supply-conditional', TERMS);
  else {
    if (event === 'expect-to-supply') located(broker, request, random);
    if (event === 'loaned' && request.items.length === 0) packed(broker, request, random);
    broker.message(request, event);
  }
}

/** The broker has found a library that lends it. */
function located({ tenant, world }: Broker, request: BrokerRequest, random: Random): void {
  if (request.supplier !== '') return;
  const other = world.tenants.get(random.pick(LIBRARIES.filter((one) => one.tenant !== tenant.id)).tenant);
  request.supplier = other?.symbol ?? '';
  request.supplierName = other?.name ?? '';
}

/** What the lender sends: its barcode here is the request's id, and the lender's own label stands beside it. */
function packed({ world }: Broker, request: BrokerRequest, random: Random): void {
  const lender = LIBRARIES.find(({ tenant }) => world.tenants.get(tenant)?.symbol === request.supplier) ?? LIBRARIES[0];
  if (lender === undefined) return;
  const itemId = libraryBarcode(3, library(lender.tenant).barcodeCode, random.between(500_000, 9_999_999));
  const id = random.uuid();
  request.items = [{ id, barcode: request.id, itemId, title: '', createdAt: world.clock.now() }];
}
