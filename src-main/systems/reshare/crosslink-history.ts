import type { AuditLine, RequestView } from '../../contract/request.ts';
import { fields, instant, present, records, text, type Json } from '../http/tolerant.ts';
import { CLOSE, portAction, TERMINATE } from './crosslink-actions.ts';
import { readMessage } from './crosslink-messages.ts';
import { schemeText } from './crosslink-record.ts';
import { crosslinkState } from './crosslink-states.ts';

/** How many of the newest history lines a desk's look carries. */
export const AUDIT_KEPT = 20;

/** Calls to the library's circulation system, as CrossLink and as mod-rs write them. */
const CALLS = [
  { ncip: 'AcceptItem', told: 'AcceptItem', words: 'accept item' },
  { ncip: 'CheckOutItem', told: 'CheckoutItem', words: 'check out item' },
  { ncip: 'CheckInItem', told: 'CheckinItem', words: 'check in item' },
] as const;

/** Which of them an action makes where the circulation system is connected (`broker/patron_request/service/action.go`). */
const MADE_BY: Readonly<Record<string, (typeof CALLS)[number]>> = {
  receive: CALLS[0],
  'check-out': CALLS[1],
  'check-in': CALLS[2],
  ship: CALLS[1],
  'mark-received': CALLS[2],
};

const LMS_EVENTS: ReadonlySet<unknown> = new Set(['lms-requester-message', 'lms-supplier-message']);

/**
 * What the request's events (`GET …/events`) tell, oldest first: which actions ended where, in whose words one failed, what
 * the other library said, and what became of the calls to the circulation system, in the sentences in which mod-rs tells the
 * same. A line's number is its moment, because events have none and are only ever added; of two in one moment the later one
 * counts on. Of a message to the circulation system only the item and the problem are read.
 */
export function readHistory(events: readonly Json[], view: RequestView): readonly AuditLine[] {
  const parents = new Set(
    events.filter((event) => LMS_EVENTS.has(event['eventName'])).map((event) => event['parentID']),
  );
  const told = events
    .flatMap((event) => {
      const at = instant(event['timestamp']);
      const line = lineOf(event, view, parents.has(event['id']));
      return at === undefined || line === undefined ? [] : [{ at, line }];
    })
    .sort((a, b) => a.at.localeCompare(b.at));
  const lines: AuditLine[] = [];
  let stood: string | undefined;
  for (const { at, line } of told) {
    const { to } = line;
    const from = to === undefined ? undefined : stood;
    lines.push({ no: Math.max(Date.parse(at), (lines.at(-1)?.no ?? 0) + 1), at, ...line, ...present({ from }) });
    stood = to ?? stood;
  }
  return lines;
}

function lineOf(event: Json, view: RequestView, calledOut: boolean): Told | undefined {
  if (LMS_EVENTS.has(event['eventName'])) return readCall(event);
  switch (event['eventName']) {
    case 'invoke-action':
      return readAction(event, view, calledOut);
    case 'patron-request-message':
      return readMessage(event, view);
    case 'send-notification':
      return { message: 'A message was sent to the other library.' };
    default:
      return undefined;
  }
}

type Told = Pick<AuditLine, 'message' | 'to' | 'ran'>;

/** How an action ended, by its outcome: the first three are ends that the state model provides for. */
const ENDED: Readonly<Record<string, NonNullable<AuditLine['ran']>['ended']>> = {
  success: 'done',
  review: 'done',
  duplicate: 'done',
  failure: 'failed',
  ERROR: 'failed',
  PROBLEM: 'failed',
};

function readAction(event: Json, view: RequestView, calledOut: boolean): Told | undefined {
  const action = text(fields(event['eventData'])['action']);
  if (action === undefined) return undefined;
  const result = fields(event['resultData']);
  const ended = fields(result['actionResult']);
  const outcome = text(ended['outcome']) ?? text(event['eventStatus']) ?? 'under way';
  const call = MADE_BY[action];
  // A call that is switched off, or has nobody to go to, leaves no event.
  const alone = outcome === 'success' && call !== undefined && !calledOut;
  const said = alone
    ? `No host LMS integration configured for ${call.words} call.`
    : (saidOf(result) ?? text(ended['childActionError']));
  const to = text(ended['toState']);
  const state = to === undefined ? undefined : crosslinkState(to, view.side, view.serviceType === 'copy');
  return {
    message: said === undefined ? `${action}: ${outcome}` : `${action}: ${outcome}. ${said}`,
    ran: { action: action === TERMINATE ? CLOSE : portAction(action, view.side), ended: ENDED[outcome] ?? 'under-way' },
    ...present({ to: state?.code ?? to }),
  };
}

function readCall(event: Json): Told | undefined {
  const data = fields(fields(event['eventData'])['customData']);
  const sent = lowered(data['lmsOutgoingMessage']);
  const call = CALLS.find(({ ncip }) => ncip.toLowerCase() in sent);
  if (call === undefined) return undefined;
  const answered = lowered(data['lmsIncomingMessage']);
  const message = lowered(sent[call.ncip.toLowerCase()]);
  const reply = lowered(answered[`${call.ncip.toLowerCase()}response`]);
  const item = text(lowered(message['itemid'])['itemidentifiervalue']);
  const about = item === undefined ? '' : ` for item: ${item}`;
  const problem = [...records(answered['problem']), ...records(reply['problem'])][0];
  if (problem === undefined && event['eventStatus'] === 'SUCCESS') {
    return { message: `${call.told} call succeeded${about}.` };
  }
  const told = lowered(problem);
  const words = text(told['problemdetail']) ?? schemeText(told['problemtype']) ?? '';
  return {
    message: `NCIP ${call.told} call failed${about}. Review configuration and try again or deconfigure host LMS integration in settings. ${words}`,
  };
}

/** Fields by their names in lower case: Go writes a struct's names as its tags say, or as they are. */
function lowered(value: unknown): Json {
  return Object.fromEntries(Object.entries(fields(value)).map(([name, inside]) => [name.toLowerCase(), inside]));
}

/** The broker's structs for errors and problems carry no JSON names, so their fields begin with capitals. */
function saidOf(result: Json): string | undefined {
  const error = lowered(result['eventError']);
  const problem = lowered(result['problem']);
  return text(result['note']) ?? text(error['message']) ?? text(problem['details']);
}
