import type { JsonObject } from '../http.ts';
import { incomingMessage } from './iso18626.ts';
import { unreadOf, type ActionRan, type BrokerEvent, type BrokerItem, type BrokerRequest } from './request.ts';
import { stateOf } from './state-model.ts';

/** Shapes of indexdata/crosslink `broker/oapi/open-api.yaml`; Go leaves out what is empty (`omitempty`). */

export function requestView(request: BrokerRequest, host: string): JsonObject {
  const owner = request.side === 'borrowing' ? request.requester : request.supplier;
  const link = (what: string): string =>
    `http://${host}/broker/patron_requests/${encodeURIComponent(request.id)}/${what}?symbol=${encodeURIComponent(owner)}`;
  return {
    id: request.id,
    createdAt: iso(request.createdAt),
    updatedAt: iso(request.updatedAt),
    state: request.state,
    stateModel: 'default',
    side: request.side,
    patron: request.patron,
    requesterSymbol: request.requester,
    supplierSymbol: request.supplier,
    requesterName: request.requesterName,
    supplierName: request.supplierName,
    requesterRequestId: request.number,
    needsAttention: request.needsAttention,
    hasCost: request.notifications.some(({ cost }) => cost !== undefined),
    unreadNotificationsCount: unreadOf(request),
    ...(request.internalNote === undefined ? {} : { internalNote: request.internalNote }),
    ...(request.lastAction === undefined ? {} : { lastAction: request.lastAction }),
    ...(request.lastOutcome === undefined
      ? {}
      : {
          lastActionOutcome: request.lastOutcome,
          lastActionResult: request.lastOutcome === 'failure' ? 'ERROR' : 'SUCCESS',
        }),
    terminalState: stateOf(request.side, request.state).terminal === true,
    illRequest: illRequest(request),
    ...(request.due === undefined ? {} : { illResponse: illResponse(request, request.due) }),
    items: request.items.map(itemView),
    notificationsLink: link('notifications'),
    itemsLink: link('items'),
    availableActionsLink: link('actions'),
    eventsLink: link('events'),
  };
}

function illRequest({ asked, number, patron }: BrokerRequest): JsonObject {
  return { header: { requestingAgencyRequestId: number }, ...asked, patronInfo: { patronId: patron } };
}

function illResponse({ overdue }: BrokerRequest, due: number): JsonObject {
  return { statusInfo: { status: overdue === true ? 'Overdue' : 'Loaned', dueDate: iso(due) } };
}

export function itemView({ id, barcode, itemId, title, callNumber, createdAt }: BrokerItem): JsonObject {
  const theirs = itemId === undefined ? {} : { itemId };
  return {
    id,
    barcode,
    ...theirs,
    title,
    ...(callNumber === undefined ? {} : { callNumber }),
    createdAt: iso(createdAt),
  };
}

/** An event, and with an action the messages to the circulation system that it caused, as `GET …/events` lists them. */
export function eventViews(request: BrokerRequest, event: BrokerEvent): readonly JsonObject[] {
  if (event.kind === 'action') return [actionView(request, event), ...callViews(request, event)];
  const common = { ...commonOf(request, event), eventType: 'TASK', eventStatus: 'SUCCESS' };
  if (event.kind === 'notification') {
    return [{ ...common, eventName: 'send-notification', eventData: { user: event.user } }];
  }
  const incoming = incomingMessage(request.side, request.number, event.event, event.note);
  return [{ ...common, eventName: 'patron-request-message', eventData: { incomingMessage: incoming } }];
}

function commonOf(request: BrokerRequest, { id, at }: Pick<BrokerEvent, 'id' | 'at'>): JsonObject {
  return { id, timestamp: iso(at), illTransactionID: '', patronRequestID: request.id };
}

function callViews(request: BrokerRequest, event: ActionRan): readonly JsonObject[] {
  return event.calls.map(({ id, call, barcode, problem }) => ({
    ...commonOf(request, { id, at: event.at }),
    parentID: event.id,
    eventType: 'NOTICE',
    eventName: request.side === 'borrowing' ? 'lms-requester-message' : 'lms-supplier-message',
    eventStatus: 'SUCCESS',
    eventData: {
      customData: {
        lmsOutgoingMessage: { [lowerFirst(call)]: { itemId: { itemIdentifierValue: barcode } } },
        lmsIncomingMessage: {
          [`${lowerFirst(call)}Response`]:
            problem === undefined ? {} : { problem: [{ problemType: { text: problem }, problemDetail: problem }] },
        },
      },
    },
  }));
}

function lowerFirst(text: string): string {
  return text.charAt(0).toLowerCase() + text.slice(1);
}

/** An event of the domain `patron-request`; the broker's error struct has no JSON names. */
function actionView(request: BrokerRequest, event: ActionRan): JsonObject {
  const { action, outcome, toState, error, user } = event;
  return {
    ...commonOf(request, event),
    eventType: 'TASK',
    eventName: 'invoke-action',
    eventStatus: outcome === 'failure' ? 'ERROR' : 'SUCCESS',
    eventData: { action, user },
    resultData: {
      actionResult: { outcome, ...(toState === undefined ? {} : { toState }) },
      ...(error === undefined ? {} : { eventError: { Message: error, Cause: '' } }),
    },
  };
}

function iso(epochMs: number): string {
  return new Date(epochMs).toISOString();
}
