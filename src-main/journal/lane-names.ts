import type { RequestView } from '../contract/request.ts';

/** The lane of everything that is done to one request. */
export function requestLane(system: string, requestId: string): string {
  return `${system}:${requestId}`;
}

/** The lane of everything that is done to one item, whatever case its label is written in. */
export function itemLane(barcode: string): string {
  return `item:${barcode.trim().toUpperCase()}`;
}

/**
 * The lanes of the things a step is about: the label in the hand, in all its forms, and the items of the request. A step
 * runs in all of them at once, so an item that is found to belong to a request keeps its place behind what was begun with
 * the item alone, and the other way round.
 */
export function itemLanes(labels: readonly string[], request: RequestView | undefined): readonly string[] {
  const volumes = (request?.volumes ?? []).flatMap((volume) => [volume.itemId, volume.temporaryItemBarcode]);
  const all = [...labels, ...volumes].filter((label) => label !== undefined).filter((label) => label.trim() !== '');
  return [...new Set(all.map(itemLane))];
}
