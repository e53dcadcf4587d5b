import { randomUUID } from 'node:crypto';
import type { Handlers } from '../contract/methods.ts';
import type { PLACE_BATCH_METHODS } from '../contract/place-batch.ts';
import type { PatronCheck, PLACE_METHODS, PlacedRequest, PlaceOrder, PlaceState } from '../contract/place.ts';
import { fail, ok, type Result } from '../contract/result.ts';
import type { PlacingFlow, PlacingOrder } from '../journal/placing-flow.ts';
import type { SharedInventory } from '../systems/inventory/port.ts';
import type { Directory, PlacingDoor } from './placing-systems.ts';
import { detailOf, searchPage } from './placing-search.ts';

export interface PlacingParts {
  readonly flow: PlacingFlow;
  readonly inventory: Result<SharedInventory>;
  /** Asked for at each use: which it is depends on the system the tenant turns out to have. */
  readonly door: Result<PlacingDoor>;
  readonly directory: Directory;
  readonly checkPatron: (patron: string) => Promise<PatronCheck>;
}

export function placeHandlers(
  parts: PlacingParts,
): Pick<Handlers, Exclude<keyof typeof PLACE_METHODS, keyof typeof PLACE_BATCH_METHODS>> {
  const { flow, inventory, checkPatron } = parts;
  return {
    'place.get': async () => ok(await stateOf(parts)),
    'place.looked': () => {
      flow.looked();
      return Promise.resolve(ok({}));
    },
    'place.search': async ({ by, text, page }) =>
      inventory.ok ? searchPage(inventory.value, by, text, page) : inventory,
    'place.detail': async ({ id }) => (inventory.ok ? detailOf(inventory.value, id) : inventory),
    'place.checkPatron': async ({ patron }) => ok(await checkPatron(patron)),
    'place.send': (order) => sendOrder(parts, order, randomUUID()),
    'place.again': ({ id }) => flow.again(id),
  };
}

async function stateOf(parts: PlacingParts): Promise<PlaceState> {
  const { flow, inventory, directory } = parts;
  const pickups = await directory.pickups();
  const { door } = parts;
  return {
    titleSearch: inventory.ok && inventory.value.capabilities.titleSearch,
    pickups: pickups.ok ? [...pickups.value] : [],
    placed: [...flow.list],
    ...(inventory.ok ? {} : { searchTrouble: inventory.error.sentence }),
    ...(door.ok ? {} : { placeTrouble: door.error.sentence }),
    ...(door.ok && door.value.dateHint !== undefined ? { dateHint: door.value.dateHint } : {}),
    ...(door.ok && door.value.pickupHint !== undefined ? { pickupHint: door.value.pickupHint } : {}),
    ...(pickups.ok ? {} : { pickupTrouble: pickups.error.sentence }),
  };
}

/**
 * Places one order under an id that was chosen beforehand, after looking at everything it names: the record and its holdings, the
 * pickup location, the patron.
 */
export async function sendOrder(
  { flow, inventory, door, directory, checkPatron }: PlacingParts,
  order: PlaceOrder,
  id: string,
): Promise<Result<PlacedRequest>> {
  if (!inventory.ok) return inventory;
  if (!door.ok) return door;
  const pickups = await directory.pickups();
  if (!pickups.ok) return pickups;
  const pickup = pickups.value.find(({ slug }) => slug === order.pickup);
  if (pickup === undefined) {
    const sentence = `No pickup location of the library has the slug “${order.pickup}”. Choose one of the list; nothing was sent.`;
    return fail('bad-input', sentence, { mender: 'ill-office' });
  }
  const found = await detailOf(inventory.value, order.instance);
  if (!found.ok) return found;
  const { candidate, standing, why } = found.value;
  if (standing !== 'eligible') return fail('refused', `${why} Nothing was sent.`, { mender: 'ill-office' });
  const patron = await checkPatron(order.patron);
  if (patron.standing === 'stopped' || patron.standing === 'unknown') {
    return fail('refused', `${patron.sentence} Nothing was sent.`, { mender: 'desk' });
  }
  const { title, author, isbns } = candidate;
  const whole: PlacingOrder = {
    id,
    identifier: identifierOf(id),
    instance: candidate.id,
    title,
    patron: order.patron,
    pickup: order.pickup,
    ...(author === undefined ? {} : { author }),
    ...(isbns[0] === undefined ? {} : { isbn: isbns[0] }),
    ...(order.neededBy === undefined ? {} : { neededBy: order.neededBy }),
    ...(order.note === undefined || order.note === '' ? {} : { note: order.note }),
  };
  if (order.insteadOf !== undefined) {
    const free = await flow.giveUp(order.insteadOf);
    if (!free.ok) return free;
  }
  return flow.place(whole, pickup.name);
}

/** The identifier a request carries besides its id: says whose it is, and is as unique as the id. */
function identifierOf(id: string): string {
  return `CARREL-${id.replaceAll('-', '').slice(0, 20).toUpperCase()}`;
}
