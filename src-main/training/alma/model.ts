/** What the practice Alma keeps. Times are practice time, epoch milliseconds. */

export interface AlmaUser {
  readonly id: string;
  readonly first: string;
  readonly last: string;
}

export interface AlmaPartnerEntry {
  readonly code: string;
  readonly name: string;
  readonly system: string;
  readonly profile: string;
}

export interface AlmaItemEntry {
  readonly pid: string;
  readonly mmsId: string;
  readonly holdingId: string;
  readonly barcode: string;
  readonly title: string;
  readonly author: string;
  /** A temporary item of a borrowing request. */
  readonly borrowed: boolean;
  /** In place, or what else is true of it. */
  state: 'in-place' | 'loan' | 'returned';
}

export interface AlmaLoanEntry {
  readonly id: string;
  readonly user: string;
  readonly pid: string;
  readonly since: number;
  due: number;
}

/** Codes as public clients saw them; that of "Canceled by staff" is not published and is ours. */
export type RequestStatus =
  | 'REQUEST_CREATED_LEN'
  | 'REQUEST_SENT'
  | 'SHIPPED_PHYSICALLY'
  | 'RECEIVED_PHYSICALLY'
  | 'LOANED'
  | 'CANCELED_BY_STAFF'
  | 'COMPLETED';

export interface AlmaRequestEntry {
  readonly id: string;
  readonly externalId: string;
  readonly side: 'borrowing' | 'lending';
  /** Absent on lending requests. */
  readonly user?: string;
  readonly partner: string;
  readonly title: string;
  readonly author: string;
  readonly oclcNumber?: string;
  readonly created: number;
  modified: number;
  status: RequestStatus;
  barcode?: string;
  /** The hold it was made from. */
  readonly hold: string;
}

export interface AlmaPrintoutEntry {
  readonly id: string;
  readonly kind: string;
  readonly html: string;
  readonly date: number;
  state: 'Pending' | 'Printed' | 'Canceled';
}

export interface AlmaStore {
  readonly users: Map<string, AlmaUser>;
  readonly partners: readonly AlmaPartnerEntry[];
  /** By barcode. */
  readonly items: Map<string, AlmaItemEntry>;
  readonly loans: Map<string, AlmaLoanEntry>;
  readonly requests: Map<string, AlmaRequestEntry>;
  readonly printouts: Map<string, AlmaPrintoutEntry>;
}

/** What really happened, whether or not the caller ever got the answer. */
export interface AlmaEffect {
  readonly action: 'due-date' | 'cancel' | 'scan-in' | 'mark-printed';
  readonly result: 'done' | 'refused';
  readonly requestId?: string;
  readonly items?: readonly string[];
  readonly from?: string;
  readonly to?: string;
  /** Of a cancellation: whether the patron was told. */
  readonly told?: boolean;
}

export interface AlmaContext {
  readonly store: AlmaStore;
  readonly now: () => number;
  readonly record: (effect: AlmaEffect) => void;
  /** Base address, for the links in answers. */
  readonly base: () => string;
}

export const LIBRARIES = [
  { code: 'LAW', name: 'Riverside Law Library' },
  { code: 'RSLIB', name: 'Resource Sharing' },
] as const;

export const DESKS: Readonly<Record<string, readonly { readonly code: string; readonly name: string }[]>> = {
  LAW: [{ code: 'CIRC', name: 'Circulation Desk' }],
  RSLIB: [{ code: 'ILLDESK', name: 'ILL Desk' }],
};

interface Row {
  readonly code: string;
  readonly label: string;
  readonly off?: true;
}

export const CODE_TABLES: Readonly<Record<string, readonly Row[]>> = {
  RequestCancellationReasons: [
    { code: 'PatronNotInterested', label: 'Patron is not interested' },
    { code: 'CannotBeFulfilled', label: 'Request cannot be fulfilled' },
    { code: 'HandledInWorldShare', label: 'Completed outside Alma (WorldShare)' },
    { code: 'OldReason', label: 'No longer used', off: true },
  ],
  MandatoryBorrowingWorkflowSteps: [
    { code: 'REQUEST_CREATED_BOR', label: 'Created borrowing request' },
    { code: 'READY_TO_SEND', label: 'Ready to be sent' },
    { code: 'REQUEST_SENT', label: 'Request sent to partner' },
    { code: 'SHIPPED_PHYSICALLY', label: 'Shipped physically' },
    { code: 'RECEIVED_PHYSICALLY', label: 'Physically received by library' },
    { code: 'LOANED', label: 'Loaned item to patron' },
  ],
};

export const LABELS: Readonly<Record<RequestStatus, string>> = {
  REQUEST_CREATED_LEN: 'Created lending request',
  REQUEST_SENT: 'Request sent to partner',
  SHIPPED_PHYSICALLY: 'Shipped physically',
  RECEIVED_PHYSICALLY: 'Physically received by library',
  LOANED: 'Loaned item to patron',
  CANCELED_BY_STAFF: 'Canceled by staff',
  COMPLETED: 'Request completed',
};
