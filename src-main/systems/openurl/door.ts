import type { AppError } from '../../contract/result.ts';

/** One request to be placed. Everything in it was chosen before anything is sent. */
export interface OpenUrlOrder {
  /** UUID chosen for the request: `ctx_id`. */
  readonly id: string;
  /** An identifier of Carrel's own that the request keeps (`rft.identifier_illiad`), to find it by. */
  readonly identifier: string;
  /** UUID of the Shared Inventory's record: `rft_id`. */
  readonly instance: string;
  readonly title: string;
  readonly author?: string;
  readonly isbn?: string;
  /** Of the kind ReShare checks at this library, for example the barcode: `req_id`. */
  readonly patron: string;
  /** Slug of the pickup location's directory entry: `svc.pickupLocation`. */
  readonly pickup: string;
  /** `YYYY-MM-DD`. */
  readonly neededBy?: string;
  readonly note?: string;
}

/** How a placing ended. `unknown`: it may have been created, and only a look tells. */
export type PlacingOutcome =
  | { readonly outcome: 'done'; readonly request: string }
  | { readonly outcome: 'refused' | 'not-sent' | 'unknown'; readonly error: AppError };

/** One of the front doors through which a new request is taken: the two that take an OpenURL, and CrossLink's own. */
export interface OpenUrlDoor {
  readonly kind: 'resolver' | 'mod-rs' | 'crosslink';
  /** The request gets the id that was chosen, so that it can be looked up by it. */
  readonly keepsId: boolean;
  /** The request's own id, made of the UUID that was chosen; left out where it is that UUID. */
  readonly idOf?: (uuid: string) => string;
  /** Sends the order, once. Never retried inside. */
  place(order: OpenUrlOrder): Promise<PlacingOutcome>;
}

/** Keys with a value, in order. */
export function queryOf(entries: readonly (readonly [key: string, value: string | undefined])[]): string {
  const query = new URLSearchParams();
  for (const [key, value] of entries) if (value !== undefined && value !== '') query.append(key, value);
  return query.toString();
}
