import type { RequestDetail, RequestMessage } from '../contract/request-detail.ts';
import type { RecordMessage, RequestRecord } from '../contract/request-record.ts';
import type { AuditLine } from '../contract/request.ts';
import { readHostCall, type HostCall } from './audit.ts';
import { stateMeans } from './data/request-steps.ts';
import { actionName } from './request-forms.ts';
import { sentence, shorten } from './words.ts';

/** What the other library's messages mean, whatever protocol carried them (ISO 18626 status and reason codes). */
const SAYS: Readonly<Record<string, string>> = {
  willsupply: 'will supply it',
  expecttosupply: 'expects to supply it',
  conditional: 'supplies it under conditions',
  loaned: 'has shipped it',
  unfilled: 'cannot supply it',
  unfilledtransfer: 'cannot supply it and names another record',
  unfilledcontinue: 'goes on with it',
  overdue: 'says that it is overdue',
  recalled: 'wants it back',
  loancompleted: 'has it back and closed the loan',
  copycompleted: 'has delivered the copy',
  cancelled: 'agreed to cancel',
  no: 'does not agree to cancel',
  conditionsagreed: 'agrees to the conditions',
};

const SENT: Readonly<Record<string, string>> = {
  received: 'says that it has arrived',
  shippedreturn: 'has sent it back',
  cancel: 'wants to cancel',
  notification: 'sent a message',
  statuschange: 'told where it stands',
  requestresponse: 'answered',
  cancelresponse: 'answered the wish to cancel',
};

const CALLS: Readonly<Record<HostCall['call'], readonly [ok: string, failed: string]>> = {
  AcceptItem: ['created the temporary item', 'refused the temporary item'],
  CheckoutItem: ['checked it out', 'refused to check it out'],
  CheckinItem: ['checked it in', 'refused to check it in'],
};

/** The request's history in plain words, newest first; what nobody has words for stays as it came. */
export function historyOf(record: RequestRecord): RequestDetail['history'] {
  return record.history.toReversed().map((line) => {
    const call = readHostCall(line);
    const moved = line.to === undefined || line.from === line.to ? undefined : stateMeans(line.to, record.view);
    const said = call === undefined ? plainly(line, record) : hostSaid(call);
    return {
      no: line.no,
      at: line.at,
      said: [said, moved && `Now: ${moved}.`].filter(Boolean).join(' '),
      ...(call?.words === undefined ? {} : { host: call.words }),
      trouble: call?.outcome === 'failed' || line.ran?.ended === 'failed',
    };
  });
}

function hostSaid({ call, outcome, item }: HostCall): string {
  const about = item === undefined ? '' : ` (${item})`;
  if (outcome === 'failed') return `Your circulation system ${CALLS[call][1]}${about}.`;
  if (outcome === 'ok') return `Your circulation system ${CALLS[call][0]}${about}.`;
  if (outcome === 'already-in') return `Your circulation system says that it was not out, or does not know it${about}.`;
  return `ReShare did not tell your circulation system${about}.`;
}

/** An action that the history names by its code, with what was said of it. */
function ranSaid({ action, ended }: NonNullable<AuditLine['ran']>, message: string, { view }: RequestRecord): string {
  const name = actionName(action, view.side);
  if (ended === 'done') return `${name}.`;
  const words = /^[^.]*\. (.+)$/s.exec(message)?.[1];
  const said = words === undefined ? '' : ` ReShare says “${shorten(words, 300)}”.`;
  return ended === 'failed' ? `${name}: this failed.${said}` : `${name}: this is under way.${said}`;
}

function plainly({ message, ran, from, to }: AuditLine, record: RequestRecord): string {
  if (ran !== undefined) return ranSaid(ran, message, record);
  const { view } = record;
  const partner = view.partner.name ?? 'The other library';
  const asked = /^Sent to next supplier (?:[^:\s]*:)?(\S+)/i.exec(message)?.[1];
  if (asked !== undefined) return `Asked ${asked}.`;
  const received = /^(\w+) message received(?:: (\w+))?/i.exec(message);
  if (received !== null) {
    const [, kind = '', status = ''] = received;
    const says = SAYS[status.toLowerCase()] ?? SENT[kind.toLowerCase()];
    if (says !== undefined) return `${partner} ${says}.`;
  }
  // The state itself says the same.
  if (/^State changed to \S+$/i.test(message) && to !== undefined && from !== to) return '';
  const action = /^Executing action: (\S+)$/i.exec(message)?.[1];
  if (action !== undefined) {
    const name = actionName(action, view.side);
    return name === action && /_ind$/i.test(action) ? 'The request came in.' : `${name}.`;
  }
  const said = shorten(message, 400);
  return said === '' ? 'No words were left.' : /[.!?…]$/.test(said) ? said : `${said}.`;
}

/** The messages as a thread, oldest first. */
export function threadOf(record: RequestRecord, ours: string): readonly RequestMessage[] {
  const theirs = record.view.partner.name ?? record.view.partner.symbol ?? 'The other library';
  return record.messages.map((message) => {
    const about = aboutOf(message);
    return {
      id: message.id,
      at: message.at,
      mine: message.mine,
      from: message.mine ? ours : (message.from ?? theirs),
      seen: message.seen || message.mine,
      ...(message.text === undefined ? {} : { text: message.text }),
      ...(about === undefined ? {} : { about }),
      failed: message.failed,
    };
  });
}

function aboutOf({ action, status, text }: RecordMessage): string | undefined {
  const plain = action?.toLowerCase() === 'notification' && status === undefined;
  if (plain && text !== undefined) return undefined;
  const says = SAYS[status?.toLowerCase() ?? ''] ?? SENT[action?.toLowerCase() ?? ''];
  return says === undefined ? action : sentence(says);
}
