import { isObject, type JsonObject } from '../http.ts';
import type { BrokerAction, BrokerSide } from './state-model.ts';
import { stateOf } from './state-model.ts';

export interface BrokerItem {
  readonly id: string;
  readonly barcode: string;
  /** On the borrowing side the lender's own label, where the barcode is another one. */
  readonly itemId?: string;
  readonly title: string;
  readonly callNumber?: string;
  /** Epoch milliseconds. */
  readonly createdAt: number;
}

/** Something that happened, as the request's events tell it. */
export type BrokerEvent = ActionRan | MessageCame | NotificationSent;

/** An action that ran. */
export interface ActionRan {
  readonly kind: 'action';
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

/** A message of the other library, by the event of the state model that it is. */
export interface MessageCame {
  readonly kind: 'message';
  readonly id: string;
  readonly at: number;
  readonly event: string;
  readonly note?: string;
}

/** Staff wrote to the other library. */
export interface NotificationSent {
  readonly kind: 'notification';
  readonly id: string;
  readonly at: number;
  readonly user: string;
}

/** Words, or a condition, that went from one library to the other. Times are epoch milliseconds. */
export interface Notification {
  readonly id: string;
  readonly direction: 'sent' | 'received';
  readonly kind: 'note' | 'condition';
  readonly note?: string;
  readonly condition?: string;
  readonly cost?: number;
  readonly currency?: string;
  receipt?: string;
  readonly createdAt: number;
  acknowledgedAt?: number;
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
  /** The whole ISO 18626 request, as it was given; header and patron are the broker's own. */
  asked: JsonObject;
  readonly patron: string;
  readonly pickup: string;
  /** `RESHARE:NFD`. */
  readonly requester: string;
  supplier: string;
  readonly requesterName: string;
  supplierName: string;
  items: readonly BrokerItem[];
  due?: number;
  overdue?: true;
  /** Something went wrong or wants a person. */
  needsAttention: boolean;
  lastAction?: string;
  lastOutcome?: ActionRan['outcome'];
  internalNote?: string;
  readonly createdAt: number;
  updatedAt: number;
  readonly events: BrokerEvent[];
  readonly notifications: Notification[];
}

/** The parts of the ISO 18626 request that the practice broker itself looks at. */
export interface Asked {
  readonly title: string;
  readonly author?: string;
  readonly serviceType: string;
}

export function askedOf({ asked }: Pick<BrokerRequest, 'asked'>): Asked {
  const bib = part(asked['bibliographicInfo']);
  const { serviceType } = part(asked['serviceInfo']);
  return {
    title: typeof bib['title'] === 'string' ? bib['title'] : '',
    ...(typeof bib['author'] === 'string' ? { author: bib['author'] } : {}),
    serviceType: typeof serviceType === 'string' ? serviceType : 'Loan',
  };
}

function part(value: unknown): JsonObject {
  return isObject(value) ? value : {};
}

/** Messages that came in and nobody has acknowledged. */
export function unreadOf({ notifications }: BrokerRequest): number {
  return notifications.filter(
    ({ direction, acknowledgedAt }) => direction === 'received' && acknowledgedAt === undefined,
  ).length;
}

/** The library that owns this copy. */
export function ownerOf(request: BrokerRequest): string {
  return request.side === 'borrowing' ? request.requester : request.supplier;
}

/** What people may do now; an action the broker does by itself only where it last failed. */
export function allowedActions(request: BrokerRequest): readonly BrokerAction[] {
  const { actions } = stateOf(request.side, request.state);
  const { serviceType } = askedOf(request);
  return actions.filter(({ name, auto, only }) => {
    if (only !== undefined && !only.some((one) => one === serviceType)) return false;
    return auto !== true || (request.lastAction === name && request.lastOutcome === 'failure');
  });
}
