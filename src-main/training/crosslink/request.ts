import type { BrokerAction, BrokerSide } from './state-model.ts';
import { stateOf } from './state-model.ts';

export interface BrokerItem {
  readonly id: string;
  readonly barcode: string;
  readonly title: string;
  readonly callNumber?: string;
  /** Epoch milliseconds. */
  readonly createdAt: number;
}

/** An action that ran, as the request's events tell it. */
export interface BrokerEvent {
  readonly id: string;
  readonly at: number;
  readonly action: string;
  readonly outcome: 'success' | 'failure' | 'review';
  readonly toState?: string;
  readonly error?: string;
  readonly user: string;
  /** NCIP messages it sent to the library's circulation system. */
  readonly calls: readonly LmsMessage[];
}

export interface LmsMessage {
  readonly id: string;
  readonly call: 'AcceptItem' | 'CheckOutItem' | 'CheckInItem';
  readonly barcode: string;
  /** What the circulation system refused with. */
  readonly problem?: string;
}

/** One library's copy of a request, as the practice broker keeps it. */
export interface BrokerRequest {
  /** On the borrowing side the request's number, on the lending side a UUID. */
  readonly id: string;
  readonly side: BrokerSide;
  /** `requesterRequestId`: the number both libraries see. */
  readonly number: string;
  state: string;
  readonly serviceType: 'Loan' | 'Copy' | 'CopyOrLoan';
  readonly bib: {
    readonly title: string;
    readonly author?: string;
    readonly isbn?: string;
    readonly oclcNumber?: string;
  };
  readonly patron: string;
  readonly pickup: string;
  readonly neededBy?: string;
  /** `RESHARE:NFD`. */
  readonly requester: string;
  readonly supplier: string;
  readonly requesterName: string;
  readonly supplierName: string;
  items: readonly BrokerItem[];
  due?: number;
  overdue?: true;
  unread: number;
  hasCost: boolean;
  /** Something went wrong or wants a person. */
  needsAttention: boolean;
  lastAction?: string;
  lastOutcome?: BrokerEvent['outcome'];
  readonly createdAt: number;
  updatedAt: number;
  readonly events: BrokerEvent[];
}

/** The library that owns this copy. */
export function ownerOf(request: BrokerRequest): string {
  return request.side === 'borrowing' ? request.requester : request.supplier;
}

/** What people may do now; an action the broker does by itself only where it last failed. */
export function allowedActions(request: BrokerRequest): readonly BrokerAction[] {
  const { actions } = stateOf(request.side, request.state);
  return actions.filter(({ name, auto, only }) => {
    if (only !== undefined && !only.includes(request.serviceType)) return false;
    return auto !== true || (request.lastAction === name && request.lastOutcome === 'failure');
  });
}
