import type { WmsInstitution } from './branches.ts';

/** Statuses as the WMS screen and NCIP's CirculationStatus list write them. */
export type ItemStatus =
  | 'Available'
  | 'Waiting To Be Reshelved'
  | 'On Loan'
  | 'On Hold'
  | 'In Transit'
  | 'Dispatched'
  | 'In Processing'
  | 'Unavailable'
  | 'Withdrawn'
  | 'Lost'
  | 'Missing'
  | 'Claimed Returned';

export interface Loan {
  /** Barcode of the account. */
  readonly patron: string;
  /** Epoch milliseconds, as all times here. */
  readonly since: number;
  due: number;
  renewals: number;
}

/** One line of an item's circulation history. */
export interface HistoryLine {
  readonly at: number;
  readonly event: string;
  /** Registry id of the branch that acted; absent for resource sharing. */
  readonly branch?: string;
  readonly from: ItemStatus;
  readonly to: ItemStatus;
}

export interface WmsItem {
  readonly barcode: string;
  readonly title: string;
  readonly author?: string;
  readonly callNumber?: string;
  /** OCLC number; temporary items have none. */
  readonly ocn?: string;
  readonly copy: string;
  readonly volume?: string;
  readonly holding: string;
  readonly shelving: string;
  /** An item that exists only while it is borrowed from another library; kept until somebody deletes it by hand. */
  readonly temporary?: {
    readonly requestId: string;
    readonly lender?: string;
    /** The lender's date, when the ILL system sent it (ReShare does not). */
    readonly due?: number;
  };
  /** Restriction under which it does not leave the house. */
  readonly restriction?: string;
  /** What lending it costs, whole minor units; WMS lends it only once that is settled on its own screen. */
  readonly fee?: number;
  /** The request it is lent on; WMS forgets it at the first check-in. */
  lent?: { readonly requestId: string; readonly account: string };
  /** Staff handling asked for at the next check-in; empty: no words. */
  process?: string;
  status: ItemStatus;
  loan?: Loan;
  /** Branch it travels to, while in transit or dispatched. */
  to?: string;
  lastIssuedTo?: string;
  readonly history: HistoryLine[];
}

/** `waiting` until an item is caught for it; `done` when its patron has the item. */
export type HoldStatus = 'waiting' | 'in transit' | 'on shelf' | 'done' | 'cancelled' | 'expired';

export interface Hold {
  /** UUID, as NCIP's RequestIdentifierValue. */
  readonly id: string;
  readonly patron: string;
  readonly scope: 'Item' | 'Bibliographic Item';
  /** Item holds: that item. */
  readonly barcode?: string;
  /** Title holds: OCLC number. */
  readonly ocn?: string;
  /** Place in the queue: when it was placed or put back. */
  placed: number;
  /** Registry id of the pickup branch. */
  pickup: string;
  status: HoldStatus;
  /** Barcode of the item caught for it. */
  item?: string;
  shelfUntil?: number;
  /** How often its hold receipt was printed. */
  receipts: number;
  /** When the pickup notice leaves: the next full hour. */
  noticeAt?: number;
  /** ILL request it belongs to, as the ILL system wrote it. */
  readonly illRequestId?: string;
}

export interface Bill {
  readonly id: string;
  readonly patron: string;
  readonly type: string;
  /** Whole minor units: 250 is 2.50. */
  readonly amount: number;
  readonly at: number;
  readonly item?: string;
}

export interface WmsPatron {
  /** EIDM identifier, a UUID. */
  readonly id: string;
  readonly ppid: string;
  readonly barcode: string;
  readonly givenName: string;
  readonly familyName: string;
  readonly email: string;
  /** Borrower category. */
  readonly category: string;
  readonly homeBranch: string;
  expires: number;
  blocked: boolean;
  readonly illBlocked: boolean;
  readonly verified: boolean;
  /** OCLC symbol, when the account belongs to a library. */
  readonly symbol?: string;
}

/** Everything WMS keeps. */
export interface WmsStore {
  readonly institution: WmsInstitution;
  readonly items: Map<string, WmsItem>;
  /** By barcode. */
  readonly patrons: Map<string, WmsPatron>;
  readonly holds: Map<string, Hold>;
  readonly bills: Bill[];
}

/** One effect that really happened, for the ledger. */
export interface WmsEffect {
  /** NCIP message, or `token`, `revoke`. */
  readonly action: string;
  readonly result: 'done' | 'refused';
  readonly items?: readonly string[];
  readonly requestId?: string;
  readonly from?: string;
  readonly to?: string;
}

/** What the rules need from outside. */
export interface WmsContext {
  readonly store: WmsStore;
  now(): number;
  uuid(): string;
  record(effect: WmsEffect): void;
}
