import type { CopySeen, NewRecord, RecordBody, ScanLine, StoredRecord } from '../contract/journal.ts';
import type { RequestView } from '../contract/request.ts';
import type { AppError, Result } from '../contract/result.ts';
import type { CheckOutAnswer, PatronFacts } from '../desk/check-out-types.ts';
import type { CheckInAnswer } from '../desk/circulation-types.ts';
import type { HoldWhat } from '../desk/hold-types.ts';
import type { ItemLook } from '../desk/item-look.ts';

/**
 * Appends a record; a success means that it is on disk.
 * @param scanId the scan it belongs to, where that is not the one being worked on
 */
export type RecordStep = (body: RecordBody, scanId?: string) => Promise<Result<StoredRecord>>;

/**
 * What the journal needs of a store. A result rather than a rejection, because "cannot be written" is an answer the desk
 * must act on: nothing was accepted, nothing may be sent. Whatever is rejected is a fault in Carrel.
 */
export interface JournalPort {
  /**
   * Appends a record. A success means that it is on disk, synced. A record whose id is there already is not appended
   * again: the earlier one comes back.
   */
  append(record: NewRecord): Promise<Result<StoredRecord>>;
  /** The line of a scan; undefined when it was never recorded. */
  line(scanId: string): Promise<ScanLine | undefined>;
}

/** What the journal needs of the cache. Neither call rejects: a cache that fails knows nothing and keeps nothing. */
export interface CachePort {
  /** Requests one of whose identifiers equals one of the candidates, ignoring case. */
  findByIdentifier(candidates: readonly string[]): Promise<readonly RequestView[]>;
  upsert(views: readonly RequestView[]): Promise<void>;
}

/** How a change in a circulation system ended; `unknown` is never sent again by itself. */
export type CirculationOutcome<T> =
  | { readonly outcome: 'done'; readonly value: T }
  | { readonly outcome: 'refused' | 'not-sent' | 'unknown'; readonly error: AppError };

/** The library's circulation system, for its own items. No call rejects. */
export interface CirculationPort {
  /** Once for each item in the hand: a second check-in moves the item on. */
  checkIn(barcode: string): Promise<CirculationOutcome<CheckInAnswer>>;
  /** Undefined where items are not lent through Carrel. */
  readonly lending?: LendingPort;
  /** Undefined where holds are not placed through Carrel. */
  readonly holds?: HoldsPort;
  /** Looks that change nothing. Undefined where the system offers none. */
  readonly look?: ItemLookPort;
}

/** How a copy stands, asked of the circulation system without changing anything. No call rejects. */
export interface ItemLookPort {
  /** Just before a message; undefined where no look is possible, or where it would not be quick or would cost the last calls of the day. */
  before(barcode: string): Promise<CopySeen | undefined>;
  /** After a message whose answer was lost. */
  after(what: HoldWhat): Promise<ItemLook>;
}

/** Lending to the library's patrons. No call rejects. */
export interface LendingPort {
  /** Once for each item in the hand. @param card the whole number of the patron's card */
  checkOut(barcode: string, card: string): Promise<CirculationOutcome<CheckOutAnswer>>;
  /** Who the card belongs to; undefined answers for nobody. Left out where patrons may not be looked up. */
  readonly patron?: (card: string) => Promise<Result<PatronFacts | undefined>>;
}

/** Holds of the library's patrons. No call rejects. */
export interface HoldsPort {
  /** Once for each wish of a patron. @param card the whole number of the patron's card; @param pickup as the system names it */
  place(what: HoldWhat, card: string, pickup: string): Promise<CirculationOutcome<{ readonly request?: string }>>;
  /** @param request what the system called the hold; @param card whose it is */
  cancel(request: string, card: string): Promise<CirculationOutcome<unknown>>;
}
