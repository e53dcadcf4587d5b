import type { HostSettings } from './agreement.ts';
import type { AppError, Result } from './result.ts';
import type { RequestView } from './request.ts';

/**
 * How a call that changes something ended. The border between `not-sent` and `unknown` is what the HTTP layer knows was
 * written to the socket, not what it hopes.
 */
export type ActOutcome =
  { readonly outcome: 'done' } | { readonly outcome: 'refused' | 'not-sent' | 'unknown'; readonly error: AppError };

/** How one call for several requests ended, for each by its id; `not-offered`: refused as a whole, and nothing has happened. */
export type BulkOutcome = ReadonlyMap<string, ActOutcome> | 'not-offered';

/** Settings of the tenant that change what a scan does (mod-rs `appSettings`). */
export interface TenantRules {
  readonly combineFillAndShip: boolean;
  readonly combineReturnedAndShipped: boolean;
  /** `request_id_prefix`, when the account may read it. */
  readonly requestPrefix?: string;
}

/** A resource sharing system as Carrel uses it: ReShare's mod-rs now, its successor behind the same port. */
export interface RequestSystem {
  /**
   * Requests one of whose identifiers (request number, item or temporary barcode, other identifier) equals one of the
   * candidates, ignoring case; each read in full. An empty list is an answer; an unreachable system is a failure.
   */
  findByScan(candidates: readonly string[], signal?: AbortSignal): Promise<Result<readonly RequestView[]>>;
  /** One request in full, with its valid actions and newest audit lines. */
  get(id: string, signal?: AbortSignal): Promise<Result<RequestView>>;
  /** Requests changed at or after `since` (ISO 8601 UTC), oldest change first, all pages, in brief form. */
  listChanged(since: string, signal?: AbortSignal): Promise<Result<readonly RequestView[]>>;
  /** Every request that is not terminal, in brief form, all pages. */
  listOpen(signal?: AbortSignal): Promise<Result<readonly RequestView[]>>;
  /** Performs one action, once. Never retried inside. */
  act(id: string, action: string, params: Readonly<Record<string, unknown>>, signal?: AbortSignal): Promise<ActOutcome>;
  tenantRules(signal?: AbortSignal): Promise<Result<TenantRules>>;
}

/** What a search by words brought. */
export interface WordsFound {
  readonly views: readonly RequestView[];
  /** There is more than came. */
  readonly more: boolean;
}

/** A request system with what the office's screens ask of it beside the desk's work. */
export interface RequestBackend extends RequestSystem {
  /** What this library borrowed and is over, changed at or after `since` (ISO 8601 UTC), in brief form, all pages. */
  listClosedLoans(since: string, signal?: AbortSignal): Promise<Result<readonly RequestView[]>>;
  /** Requests that have every typed word, in brief form: the newest hundred. */
  searchWords(text: string, signal?: AbortSignal): Promise<Result<WordsFound>>;
  /** What the system tells the library's circulation system by itself, as far as the account may know. */
  hostSettings(signal?: AbortSignal): Promise<Result<HostSettings>>;
  /** The tenant's own pull slips of these requests, as a PDF. */
  pullSlips(ids: readonly string[]): Promise<Result<Uint8Array>>;
  /** One action on several requests in one call, sent once; left out where the system has no such call. */
  actOnMany?(ids: readonly string[], action: string): Promise<BulkOutcome>;
  /** Has the system tell of changes as they happen; left out where it cannot. */
  readonly watch?: Watch;
}

/**
 * Listens until the system or the signal ends it, and says how it ended. `opened` is called when the system has begun to tell,
 * `changed` whenever it tells that something may be different; what, is then asked of the system.
 */
export type Watch = (told: {
  readonly opened: () => void;
  readonly changed: () => void;
  readonly signal: AbortSignal;
}) => Promise<WatchEnd>;

/** `closed`: it may listen again. `none`: this system never tells. `refused`: asking again soon is of no use. */
export type WatchEnd = { readonly end: 'closed' | 'none' } | { readonly end: 'refused'; readonly error: AppError };

/** What a call to a system tells about the system's health; feeds its light. */
export interface CallReport {
  readonly at: string;
  readonly ok: boolean;
  readonly ms: number;
  readonly error?: AppError;
  /** The system itself answered, with an error of its own (HTTP 5xx that no gateway or proxy put in its place). */
  readonly stumbled?: true;
}
