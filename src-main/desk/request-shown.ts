import type { StepBody } from '../contract/journal.ts';
import type { RequestRecord } from '../contract/request-record.ts';

/** What a check-out's step keeps in its parameters. */
export interface LendingStep {
  readonly barcode?: unknown;
  /** ISO 8601: the circulation system's due date. */
  readonly due?: unknown;
}

/**
 * Whether the whole record shows that a step happened which moves no state: the message is in the thread, the note or the
 * changed fields are in the record, the messages are marked, the new request is named.
 */
export function showsStep(record: RequestRecord, { action, params, evidence }: StepBody): boolean {
  switch (action) {
    case 'message':
      return saidSince(record, params['note'], evidence.lastAuditNo ?? 0);
    case 'manualClose':
      return evidence.state !== params['terminalState'] && record.view.state.code === params['terminalState'];
    case 'localNote':
      return (record.localNote ?? '') === (params['localNote'] ?? '');
    case 'edit':
    case 'editLocalNote':
      return Object.entries(params).every(([name, value]) => (record.editable[name] ?? '') === value);
    case 'messagesAllSeen':
      return record.messages.every(({ mine, seen }) => mine || seen);
    case 'messageSeen':
      return record.messages.some(({ id, seen }) => id === params['id'] && seen);
    case 'rerequest':
      return record.succeededBy !== undefined;
    default:
      return false;
  }
}

/**
 * Whether the words are in the thread since that line of the history. Both times are the server's own: the clock of this
 * computer may go before or behind it.
 */
function saidSince({ history, messages }: RequestRecord, words: unknown, auditNo: number): boolean {
  const known = history.findLast(({ no }) => no <= auditNo)?.at ?? '';
  const further = history.some(({ no }) => no > auditNo);
  return (
    further &&
    messages.some(({ mine, text, at }) => mine && text === words && Date.parse(at) > (Date.parse(known) || 0))
  );
}
