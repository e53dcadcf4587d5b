import type { PracticeClock } from './clock.ts';
import type { DirectoryEntry } from './directory.ts';
import type { Faults } from './faults.ts';
import type { StockInstance } from './inventory/records.ts';
import type { Ledger } from './ledger.ts';
import type { HostLms } from './lms.ts';
import type { PracticeRequest } from './modrs/request.ts';
import type { Account } from './okapi/accounts.ts';
import type { Random } from './random.ts';
import type { Setting } from './settings.ts';

/** A patron the library's circulation system knows. Invented. */
export interface Patron {
  readonly id: string;
  /** Card number: 14 digits beginning with 2. */
  readonly barcode: string;
  readonly givenName: string;
  readonly surname: string;
  readonly email: string;
  readonly profile: string;
}

/** A pick location or shelving location. */
export interface Place {
  readonly id: string;
  readonly code: string;
  readonly name: string;
  readonly supplyPreference?: number;
  readonly hidden: boolean;
}

/** One library, or the consortium's own tenant, with everything it keeps. */
export interface Tenant {
  readonly id: string;
  readonly name: string;
  /** `RESHARE:RVR`; absent for the consortium's tenant. */
  readonly symbol?: string;
  /** Prefix of request numbers, e.g. `RVR-`. */
  readonly prefix: string;
  /** Modules enabled, by id. */
  readonly modules: readonly string[];
  readonly accounts: readonly Account[];
  /** Permission names the tenant's users may hold, for /bl-users. */
  readonly grantable: readonly string[];
  readonly requests: Map<string, PracticeRequest>;
  readonly batches: Map<string, readonly string[]>;
  readonly settings: Setting[];
  /** Replaced whole when an entry changes. */
  directory: readonly DirectoryEntry[];
  readonly patrons: readonly Patron[];
  readonly pickLocations: Place[];
  readonly shelvingLocations: readonly Place[];
  readonly lms: HostLms;
  nextNumber: number;
}

/** How long the network between libraries takes, practice milliseconds. */
export interface NetworkTimes {
  /** Until the sender's `networkStatus` leaves Waiting. 0: at once. */
  readonly acknowledgeMs: number;
  /** Until the other library's copy has changed. */
  readonly peerMs: number;
  /** Until a new request has its number and has been validated. */
  readonly numberMs: number;
}

/** Everything there is. */
export interface World {
  readonly clock: PracticeClock;
  readonly ledger: Ledger;
  readonly faults: Faults;
  readonly random: Random;
  readonly network: NetworkTimes;
  readonly tenants: Map<string, Tenant>;
  /** The shared inventory, by instance id. */
  readonly inventory: Map<string, StockInstance>;
  /** Requests the story leaves alone until a person has acted on them, because they are meant to be scanned. */
  readonly reserved: Set<string>;
  /** Symbols the OpenURL resolver was told to serve no more. */
  readonly unserved: Set<string>;
}

export function tenantBySymbol(world: World, symbol: string | undefined): Tenant | undefined {
  if (symbol === undefined) return undefined;
  for (const tenant of world.tenants.values()) if (tenant.symbol === symbol) return tenant;
  return undefined;
}

/** The other library's copy of a request, wherever it lives. */
export function peerOf(world: World, request: PracticeRequest): PracticeRequest | undefined {
  const symbol = request.isRequester ? request.supplyingInstitutionSymbol : request.requestingInstitutionSymbol;
  const peer = request.peerRequestIdentifier;
  return peer === undefined ? undefined : tenantBySymbol(world, symbol)?.requests.get(peer);
}

export function tenantOf(world: World, request: PracticeRequest): Tenant {
  const tenant = world.tenants.get(request.tenant);
  if (tenant === undefined) throw new RangeError(`No tenant ${request.tenant}`);
  return tenant;
}

/** mod-rs writes date-times in UTC to the second. */
export function isoSeconds(epochMs: number): string {
  return `${new Date(epochMs).toISOString().slice(0, 19)}Z`;
}
