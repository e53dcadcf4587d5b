import type { AlmaPort } from '../contract/alma.ts';
import type { RequestSystem } from '../contract/outcome.ts';
import type { RequestOffice } from '../contract/request-record.ts';
import type { AppError, Result } from '../contract/result.ts';

/** How a call that changes something ended. */
export type CallOutcome =
  { readonly outcome: 'done' } | { readonly outcome: 'refused' | 'not-sent' | 'unknown'; readonly error: AppError };

/** The systems as work in two systems needs them; undefined where one is not set up in Carrel. No call rejects. */
export interface TaskSystems {
  readonly reshare?: Pick<RequestSystem, 'get' | 'act'> & {
    /** The whole record with its messages; left out where it cannot be read. */
    readonly record?: RequestOffice['record'];
  };
  readonly wms?: {
    /**
     * When a loan is due, ISO 8601 UTC or a calendar day; undefined where WMS's copies of the title do not show the item.
     * Left out where copies are not looked up.
     */
    readonly dueOf?: (label: string, oclcNumber: string) => Promise<Result<string | undefined>>;
  };
  readonly alma?: AlmaPort;
  readonly relais?: RelaisPort;
}

/** What Relais D2D tells: a patron's own requests, by the patron-scoped web service. It has nothing for staff. */
export interface RelaisPort {
  /** Undefined when this patron has no such request. */
  statusOf(request: string, patron: string, signal?: AbortSignal): Promise<Result<RelaisStatus | undefined>>;
}

export interface RelaisStatus {
  /** `RequestStatus` as it came: `SHIPPED`, `ON_LOAN`, `COMPLETE`… */
  readonly status: string;
  readonly at?: string;
}

/** What a later look says of a leg. `unknown`: the system cannot say, or did not answer; never taken for "no". */
export interface Look {
  readonly look: 'yes' | 'no' | 'unknown';
  /** What was seen, in a sentence. */
  readonly sentence?: string;
  readonly seen?: readonly string[];
  /** The item's barcode as the system has it. */
  readonly label?: string;
}

/** What the library set for work in two systems. */
export interface TaskSettings {
  /** Days that a borrowed item is due before its lender wants it back. */
  readonly returnMarginDays: number;
  /** Exported requests older than this may be cleaned up. */
  readonly cleanUpDays: number;
  /** The partner that stands for WorldShare ILL in Alma, by code or name. */
  readonly worldsharePartner?: string;
  /** The reason for cancelling that is chosen already, by its code in Alma. */
  readonly cancelReason?: string;
  /** The lender's half is done in Tipasa. `circulates`: its NCIP integration with Alma is on. */
  readonly tipasa?: { readonly circulates: boolean };
  /** Whether the patron's name goes to OCLC with an exported request; undefined: not known. */
  readonly patronTravels?: boolean;
  /** Addresses of the systems' own screens, https. `{request}` stands for the request's number. */
  readonly links: Readonly<Partial<Record<'relais' | 'alma' | 'worldshare-ill' | 'wms', string>>>;
  /** Where temporary items live in WMS, for those made by hand. */
  readonly temporaryItems?: { readonly holding: string; readonly shelving: string };
}
