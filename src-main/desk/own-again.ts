import type { Offer } from '../contract/prompt.ts';
import type { RequestView } from '../contract/request.ts';
import type { StateWords } from './data/place.ts';
import { matches } from './matching.ts';
import type { Match } from './matching.ts';
import { offerId } from './offers.ts';
import type { DeskRules, Reading } from './types.ts';

/**
 * Our own item whose loan to another library is over. ReShare has checked it in without a desk's view, so WMS told nobody
 * where it goes; OCLC suggests to "check-in the item again upon receipt to determine the next steps" (Relais D2D integration
 * workflow). That moves the item on, so only staff may ask for it, and only by the item's own label.
 */
export function isOwnAgain(found: readonly Match[]): boolean {
  return (
    found.length > 0 &&
    found.every(({ by, request }) => by === 'item-barcode' && request.side === 'lending' && request.state.terminal)
  );
}

/** The key that checks it in; none for a request number, or where the library's own items do not go through Carrel. */
export function ownAgainOffer(
  request: RequestView,
  reading: Reading | undefined,
  { circulation }: DeskRules,
): Offer | undefined {
  if (circulation === undefined || reading === undefined || !isOwnAgain(matches([request], reading))) return undefined;
  return {
    id: offerId({ kind: 'check-in' }),
    key: 'F10',
    label: `Check in in ${circulation.name}`,
    caution: 'Not if that was done there just now',
  };
}

/** The words with the way to learn what comes next: the key where there is one, the circulation system's screen elsewhere. */
export function withNextStep(words: StateWords, offer: Offer | undefined): StateWords {
  const how = offer === undefined ? 'Check it in in your circulation system' : `Press ${offer.key} to check it in`;
  return { ...words, why: words.why.map((text) => text.replaceAll('{checkIn}', how)) };
}
