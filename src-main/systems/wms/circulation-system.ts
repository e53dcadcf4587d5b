import type { AppError, Result } from './base.ts';
import type { TitleAvailability } from './availability/read.ts';
import type { FiscalTransaction, RequiredTerms } from './ncip/blocks/money.ts';
import type { Routing } from './ncip/blocks/routing.ts';
import type { NcipDate } from './ncip/dates.ts';
import type { CapabilityMode } from './ncip/host-settings.ts';
import type { NcipProblem } from './ncip/problem.ts';

/** What a circulation system may be asked for. */
export type Capability = 'check-in' | 'check-out' | 'hold' | 'cancel-hold' | 'renew' | 'item' | 'title' | 'patron';

/** `api`: Carrel does it; `guided`: staff do it on the system's screen and confirm; `none`: it is not offered. */
export type CapabilityModes = Readonly<Record<Capability, CapabilityMode>>;

/** How a change ended. Nothing is ever sent twice, and `unknown` is settled by looking. */
export type CirculationOutcome<T> =
  | { readonly outcome: 'done'; readonly value: T }
  | {
      readonly outcome: 'refused';
      readonly error: AppError;
      readonly problems: readonly NcipProblem[];
      readonly terms?: RequiredTerms;
    }
  | { readonly outcome: 'not-sent' | 'unknown'; readonly error: AppError };

interface AtBranch {
  /** The branch where it happens, as the system names it (registry id in WMS); else the usual one of the settings. */
  readonly branch?: string;
}

export interface CheckInAsk extends AtBranch {
  readonly barcode: string;
}
export interface CheckedIn {
  readonly barcode: string;
  /** Where the item goes; absent from systems that do not say. */
  readonly routing?: Routing;
  /** Personal: not kept longer than the screen needs it. */
  readonly previousBorrower?: string;
  readonly bill?: FiscalTransaction;
  readonly title?: string;
}

export interface CheckOutAsk extends AtBranch {
  readonly barcode: string;
  readonly patron: string;
  /** ISO 8601 with zone. WMS's staff profile is not known to honour it: compare with what comes back. */
  readonly desiredDue?: string;
}
export interface CheckedOut {
  readonly barcode: string;
  /** As the system's policy made it. */
  readonly due?: NcipDate;
  readonly indeterminate?: true;
  readonly title?: string;
  readonly bill?: FiscalTransaction;
}

export interface HoldAsk extends AtBranch {
  readonly patron: string;
  /** One of the two: this copy, or any copy of a title by its number (OCLC number in WMS). */
  readonly what: { readonly barcode: string } | { readonly titleNumber: string };
  /** As the system names it: a branch's registry id in WMS. */
  readonly pickup?: string;
}
export interface HoldPlaced {
  /** What to cancel it by; a UUID in WMS. */
  readonly requestId?: string;
  readonly barcode?: string;
}

export interface CancelHoldAsk extends AtBranch {
  readonly patron: string;
  readonly requestId: string;
}
export interface HoldCancelled {
  readonly requestId: string;
}

export interface RenewAsk extends AtBranch {
  readonly barcode: string;
  readonly patron: string;
  readonly desiredDue?: string;
}
export interface Renewed {
  readonly barcode: string;
  readonly due?: NcipDate;
  readonly renewals?: number;
  /** The system answers later: the old date holds until it does. */
  readonly pending?: true;
}

/** An item as a system describes it. Absent means "not said". */
export interface ItemView {
  readonly barcode: string;
  /** Open list, as it came. */
  readonly status?: string;
  readonly due?: NcipDate;
  readonly holdQueue?: number;
  readonly title?: string;
  readonly author?: string;
  readonly callNumber?: string;
  readonly permanentLocation?: string;
  readonly temporaryLocation?: string;
}

/** A patron as a system describes them. Personal: shown while needed, not logged, not kept. */
export interface PatronView {
  readonly barcode: string;
  readonly id?: string;
  readonly name?: string;
  readonly email?: string;
  readonly category?: string;
  readonly homeBranch?: string;
  /** ISO 8601 UTC. */
  readonly expires?: string;
  /** Undefined when the system does not say. */
  readonly blocked?: boolean;
  /** Kinds of block, as they came. */
  readonly blocks: readonly string[];
  /** An ILL block separate from circulation (OCLC). */
  readonly illBlocked?: boolean;
}

/** A circulation system as Carrel uses it: WMS, or any NCIP 2 host by settings. No call rejects. */
export interface CirculationSystem {
  readonly name: string;
  readonly modes: CapabilityModes;
  /** Once for each item in the hand: a second check-in moves the item on. */
  checkIn(ask: CheckInAsk, signal?: AbortSignal): Promise<CirculationOutcome<CheckedIn>>;
  checkOut(ask: CheckOutAsk, signal?: AbortSignal): Promise<CirculationOutcome<CheckedOut>>;
  placeHold(ask: HoldAsk, signal?: AbortSignal): Promise<CirculationOutcome<HoldPlaced>>;
  cancelHold(ask: CancelHoldAsk, signal?: AbortSignal): Promise<CirculationOutcome<HoldCancelled>>;
  renew(ask: RenewAsk, signal?: AbortSignal): Promise<CirculationOutcome<Renewed>>;
  /** Undefined when the system does not know the item. */
  lookUpItem(barcode: string, signal?: AbortSignal): Promise<Result<ItemView | undefined>>;
  titleAvailability(titleNumber: string, signal?: AbortSignal): Promise<Result<TitleAvailability>>;
  /** Undefined when the system knows nobody by that barcode. */
  lookUpPatron(barcode: string, signal?: AbortSignal): Promise<Result<PatronView | undefined>>;
}
