import type { AuditLine, RequestView, Side } from '../../contract/request.ts';
import { fields, present, text, type Json } from '../http/tolerant.ts';
import { crosslinkState } from './crosslink-states.ts';

/** What a message of the other library says and where it leads in CrossLink's own model. */
interface Says {
  /** The ISO 18626 status or action, as mod-rs's history writes it. */
  readonly status: string;
  readonly to?: string;
}

/* Statuses of a supplier's message and where they lead (`message-handler.go`, `misc/state-models.yaml` 3.0.0). */
const SUPPLIER: Readonly<Record<string, Says>> = {
  ExpectToSupply: { status: 'ExpectToSupply', to: 'SUPPLIER_LOCATED' },
  WillSupply: { status: 'WillSupply', to: 'WILL_SUPPLY' },
  Loaned: { status: 'Loaned', to: 'SHIPPED' },
  LoanCompleted: { status: 'LoanCompleted', to: 'COMPLETED' },
  CopyCompleted: { status: 'CopyCompleted', to: 'COMPLETED' },
  Unfilled: { status: 'Unfilled', to: 'UNFILLED' },
  Cancelled: { status: 'Cancelled', to: 'CANCELLED' },
  RetryPossible: { status: 'RetryPossible', to: 'RETRY_PENDING' },
};

/* Actions of a requester's message. */
const REQUESTER: Readonly<Record<string, Says>> = {
  Received: { status: 'Received', to: 'RECEIVED' },
  ShippedReturn: { status: 'ShippedReturn', to: 'SHIPPED_RETURN' },
  Cancel: { status: 'Cancel', to: 'CANCEL_REQUESTED' },
};

/** Marks that CrossLink puts into the note of a message for partners that run mod-rs (`shim`). */
const ADDS_CONDITION = '#ReShareAddLoanCondition#';
const AGREES = '#ReShareLoanConditionAgreeResponse#';

type Told = Pick<AuditLine, 'message' | 'to'>;

/**
 * An ISO 18626 message that came in, as an event of the request (`patron-request-message`). Its words are not read: they may
 * name the patron, and what is meant for staff is among the notifications. Undefined for what says nothing that moves a request.
 */
export function readMessage(event: Json, { side, serviceType }: RequestView): Told | undefined {
  const incoming = fields(fields(event['eventData'])['incomingMessage']);
  const says = side === 'borrowing' ? ofSupplier(incoming) : ofRequester(incoming);
  if (says === undefined) return undefined;
  const { kind, status, to } = says;
  const failed = event['eventStatus'] !== 'SUCCESS';
  return {
    message: `${kind} message received: ${status}`,
    ...present({ to: failed || to === undefined ? undefined : codeOf(to, side, serviceType === 'copy') }),
  };
}

function codeOf(own: string, side: Side, copy: boolean): string {
  return crosslinkState(own, side, copy)?.code ?? own;
}

function ofSupplier(incoming: Json): (Says & { readonly kind: string }) | undefined {
  const message = fields(incoming['supplyingAgencyMessage']);
  const info = fields(message['messageInfo']);
  const kind = text(info['reasonForMessage']) ?? 'StatusChange';
  if (kind === 'Notification') return { kind, status: 'Notification' };
  const status = text(fields(message['statusInfo'])['status']);
  const said = status === undefined ? undefined : SUPPLIER[status];
  if (said === undefined) return undefined;
  const note = text(info['note']) ?? '';
  if (status === 'WillSupply' && note.includes(ADDS_CONDITION)) {
    return { kind, status: 'Conditional', to: 'CONDITION_PENDING' };
  }
  if (status === 'WillSupply' && kind === 'CancelResponse') return { kind, status: 'No', to: 'WILL_SUPPLY' };
  return { kind, ...said };
}

function ofRequester(incoming: Json): (Says & { readonly kind: string }) | undefined {
  const message = fields(incoming['requestingAgencyMessage']);
  const action = text(message['action']);
  if (action === undefined) return undefined;
  const agrees = action === 'Notification' && (text(message['note']) ?? '').includes(AGREES);
  if (agrees) return { kind: 'Notification', status: 'ConditionsAgreed', to: 'CONDITION_ACCEPTED' };
  const said = REQUESTER[action];
  return said === undefined ? { kind: action, status: action } : { kind: action, ...said };
}
