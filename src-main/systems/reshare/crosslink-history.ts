import type { AuditLine, RequestView } from '../../contract/request.ts';
import { fields, instant, present, records, text, type Json } from '../http/tolerant.ts';
import { schemeText } from './crosslink-record.ts';
import { crosslinkState } from './crosslink-states.ts';

/** How many of the newest history lines are kept. */
const AUDIT_KEPT = 20;

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
 * What the request's events (`GET …/events`) tell: which actions ended where, in whose words one failed, and what became of
 * the calls to the circulation system, in the sentences in which mod-rs tells the same. A line's number is its moment, because
 * events have none and are only ever added. Of a message to the circulation system only the item and the problem are read.
 */
export function readHistory(events: readonly Json[], view: RequestView): readonly AuditLine[] {
  const parents = new Set(
    events.filter((event) => LMS_EVENTS.has(event['eventName'])).map((event) => event['parentID']),
  );
  return events
    .flatMap((event) => {
      const at = instant(event['timestamp']);
      if (at === undefined) return [];
      const line = LMS_EVENTS.has(event['eventName'])
        ? readCall(event)
        : readAction(event, view, parents.has(event['id']));
      return line === undefined ? [] : [{ no: Date.parse(at), at, ...line }];
    })
    .sort((a, b) => a.no - b.no)
    .slice(-AUDIT_KEPT);
}

type Told = Pick<AuditLine, 'message' | 'to'>;

function readAction(event: Json, view: RequestView, calledOut: boolean): Told | undefined {
  const action = text(fields(event['eventData'])['action']);
  if (action === undefined || event['eventName'] !== 'invoke-action') return undefined;
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
