import type { JsonObject } from '../http.ts';
import type { PracticeRequest } from '../modrs/request.ts';
import type { BrokerEvent, BrokerItem, LmsMessage, Notification } from './request.ts';
import { STATES, type BrokerSide } from './state-model.ts';

/** CrossLink's state for a request of the story, which is told in mod-rs's states. */
export const BORROWED: Readonly<Record<string, string>> = {
  REQ_IDLE: 'NEW',
  REQ_INVALID_PATRON: 'INVALID_PATRON',
  REQ_VALIDATED: 'VALIDATED',
  REQ_BLANK_FORM_REVIEW: 'NEEDS_REVIEW',
  REQ_DUPLICATE_REVIEW: 'DUPLICATE',
  REQ_LOCAL_REVIEW: 'LOCAL_SUPPLY',
  REQ_SOURCING_ITEM: 'SENT',
  REQ_SUPPLIER_IDENTIFIED: 'SENT',
  REQ_REQUEST_SENT_TO_SUPPLIER: 'SENT',
  REQ_EXPECTS_TO_SUPPLY: 'WILL_SUPPLY',
  REQ_CONDITIONAL_ANSWER_RECEIVED: 'CONDITION_PENDING',
  REQ_CANCEL_PENDING: 'CANCEL_PENDING',
  REQ_SHIPPED: 'SHIPPED',
  REQ_CHECKED_IN: 'RECEIVED',
  REQ_OVERDUE: 'CHECKED_OUT',
  REQ_RECALLED: 'CHECKED_OUT',
  REQ_AWAITING_RETURN_SHIPPING: 'CHECKED_IN',
  REQ_SHIPPED_TO_SUPPLIER: 'SHIPPED_RETURNED',
  REQ_REQUEST_COMPLETE: 'COMPLETED',
  REQ_DOCUMENT_DELIVERED: 'COMPLETED',
  REQ_FILLED_LOCALLY: 'COMPLETED',
  REQ_CANCELLED: 'CANCELLED',
  REQ_UNFILLED: 'UNFILLED',
  REQ_END_OF_ROTA: 'UNFILLED',
};

export const LENT: Readonly<Record<string, string>> = {
  RES_IDLE: 'VALIDATED',
  RES_NEW_AWAIT_PULL_SLIP: 'WILL_SUPPLY',
  RES_AWAIT_PICKING: 'WILL_SUPPLY',
  RES_COPY_AWAIT_PICKING: 'WILL_SUPPLY',
  RES_AWAIT_SHIP: 'WILL_SUPPLY',
  RES_PENDING_CONDITIONAL_ANSWER: 'CONDITION_PENDING',
  RES_ITEM_SHIPPED: 'RECEIVED',
  RES_ITEM_RETURNED: 'SHIPPED_RETURN',
  RES_OVERDUE: 'SHIPPED_RETURN',
  RES_CANCEL_REQUEST_RECEIVED: 'CANCEL_REQUESTED',
  RES_CANCELLED: 'CANCELLED',
  RES_COMPLETE: 'COMPLETED',
  RES_DOCUMENT_DELIVERED: 'COMPLETED',
  RES_UNFILLED: 'UNFILLED',
  RES_NOT_SUPPLIED: 'UNFILLED',
};

/** The ISO 18626 request behind a request of the story. */
export function askedFor({ bib, serviceType, neededBy }: PracticeRequest): JsonObject {
  const item = (code: string, id: string | undefined): readonly JsonObject[] =>
    id === undefined ? [] : [{ bibliographicItemIdentifier: id, bibliographicItemIdentifierCode: { '#text': code } }];
  const record = (code: string, id: string | undefined): readonly JsonObject[] =>
    id === undefined
      ? []
      : [{ bibliographicRecordIdentifier: id, bibliographicRecordIdentifierCode: { '#text': code } }];
  const { title = '', author, systemInstanceIdentifier } = bib;
  return {
    bibliographicInfo: {
      title,
      ...(author === undefined ? {} : { author }),
      ...(systemInstanceIdentifier === undefined ? {} : { supplierUniqueRecordId: systemInstanceIdentifier }),
      bibliographicItemId: item('ISBN', bib.isbn),
      bibliographicRecordId: record('OCLC', bib.oclcNumber),
    },
    serviceInfo: {
      serviceType: serviceType === 'copy' ? 'Copy' : 'Loan',
      ...(neededBy === undefined ? {} : { needBeforeDate: `${neededBy}T00:00:00Z` }),
    },
  };
}

/** How the request came where it is: each move of the story that CrossLink's model has too, as its action or its message. */
export function pastOf({ audit }: PracticeRequest, side: BrokerSide, items: readonly BrokerItem[]): BrokerEvent[] {
  const table = side === 'borrowing' ? BORROWED : LENT;
  const states = STATES.filter((state) => state.side === side);
  const events: BrokerEvent[] = [];
  let stood: string | undefined;
  for (const { id, at, to } of audit) {
    const next = table[to];
    if (next === undefined || next === stood) continue;
    stood = next;
    const message = states.flatMap((state) => Object.entries(state.events)).find(([, leads]) => leads === next)?.[0];
    const action = states
      .flatMap(({ actions }) => actions)
      .find(({ success, name }) => success === next && !SKIPS.test(name));
    if (message !== undefined && !OURS.has(next)) events.push({ kind: 'message', id, at, event: message });
    else if (action !== undefined) {
      events.push({
        kind: 'action',
        outcome: 'success',
        user: 'desk',
        calls: callsOf(action.name, id, items),
        id,
        at,
        action: action.name,
        toState: next,
      });
    }
  }
  return events;
}

/** What each action asked of the circulation system, all of it granted. */
const CALLS: Readonly<Record<string, LmsMessage['call']>> = {
  receive: 'AcceptItem',
  'check-out': 'CheckOutItem',
  'check-in': 'CheckInItem',
  ship: 'CheckOutItem',
  'mark-received': 'CheckInItem',
};

function callsOf(action: string, id: string, items: readonly BrokerItem[]): readonly LmsMessage[] {
  const call = CALLS[action];
  return call === undefined ? [] : items.map(({ barcode }) => ({ id: `${id}-${barcode}`, call, barcode }));
}

const SKIPS = /^(skip-|close-request)/u;

/** States a library gets into by what it does itself, also where a message could lead there. */
const OURS: ReadonlySet<string> = new Set([
  'NEW',
  'VALIDATED',
  'SENT',
  'CHECKED_OUT',
  'CHECKED_IN',
  'SHIPPED_RETURNED',
]);

/** The story's messages and conditions. */
export function notificationsOf({ notifications, conditions, isRequester }: PracticeRequest): Notification[] {
  const written = notifications.flatMap(({ id, at, isSender, seen, content }): Notification[] => {
    const note = content?.replaceAll(/#[^#]*#/gu, '').trim() ?? '';
    if (note === '' || conditions.some((one) => one.note === note)) return [];
    const mine = isSender ? 'sent' : 'received';
    const read = isSender || seen ? { acknowledgedAt: at } : {};
    return [
      { id, direction: mine, kind: 'note', note, createdAt: at, ...(isSender ? { receipt: 'SENT' } : {}), ...read },
    ];
  });
  const offered = conditions.map(({ id, at, code, note, cost: price, accepted }): Notification => ({
    id,
    direction: isRequester ? 'received' : 'sent',
    kind: 'condition',
    condition: CODES[code] ?? code,
    createdAt: at,
    ...(note === undefined ? {} : { note }),
    ...(price === undefined ? {} : { cost: price, currency: 'USD' }),
    ...(accepted ? { receipt: 'ACCEPTED', acknowledgedAt: at } : {}),
  }));
  return [...written, ...offered].toSorted((a, b) => a.createdAt - b.createdAt);
}

/** Conditions as ISO 18626 writes them. */
const CODES: Readonly<Record<string, string>> = {
  libraryuseonly: 'LibraryUseOnly',
  noreproduction: 'NoReproduction',
  signaturerequired: 'SignatureRequired',
  speccollsupervreq: 'SpecCollSupervReq',
  watchlibraryuseonly: 'WatchLibraryUseOnly',
};
