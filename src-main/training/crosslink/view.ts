import type { JsonObject } from '../http.ts';
import type { BrokerEvent, BrokerItem, BrokerRequest } from './request.ts';
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
    hasCost: request.hasCost,
    unreadNotificationsCount: request.unread,
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

function illRequest({ bib, number, serviceType, neededBy, patron }: BrokerRequest): JsonObject {
  const item = (code: string, id: string | undefined): readonly JsonObject[] =>
    id === undefined ? [] : [{ bibliographicItemIdentifier: id, bibliographicItemIdentifierCode: { text: code } }];
  const record = (code: string, id: string | undefined): readonly JsonObject[] =>
    id === undefined ? [] : [{ bibliographicRecordIdentifier: id, bibliographicRecordIdentifierCode: { text: code } }];
  return {
    header: { requestingAgencyRequestId: number },
    bibliographicInfo: {
      title: bib.title,
      ...(bib.author === undefined ? {} : { author: bib.author }),
      bibliographicItemId: item('ISBN', bib.isbn),
      bibliographicRecordId: record('OCLCNumber', bib.oclcNumber),
    },
    serviceInfo: { serviceType, ...(neededBy === undefined ? {} : { needBeforeDate: `${neededBy}T00:00:00Z` }) },
    patronInfo: { patronId: patron },
  };
}

function illResponse({ overdue }: BrokerRequest, due: number): JsonObject {
  return { statusInfo: { status: overdue === true ? 'Overdue' : 'Loaned', dueDate: iso(due) } };
}

export function itemView({ id, barcode, title, callNumber, createdAt }: BrokerItem): JsonObject {
  return { id, barcode, title, ...(callNumber === undefined ? {} : { callNumber }), createdAt: iso(createdAt) };
}

/** An action with the messages to the circulation system that it caused, as `GET …/events` lists them. */
export function eventViews(request: BrokerRequest, event: BrokerEvent): readonly JsonObject[] {
  const messages = event.calls.map(({ id, call, barcode, problem }) => ({
    id,
    timestamp: iso(event.at),
    illTransactionID: '',
    patronRequestID: request.id,
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
  return [eventView(request, event), ...messages];
}

function lowerFirst(text: string): string {
  return text.charAt(0).toLowerCase() + text.slice(1);
}

/** An event of the domain `patron-request`; the broker's error struct has no JSON names. */
function eventView(request: BrokerRequest, event: BrokerEvent): JsonObject {
  const { id, at, action, outcome, toState, error, user } = event;
  return {
    id,
    timestamp: iso(at),
    illTransactionID: '',
    patronRequestID: request.id,
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
