import type { StepBody } from '../contract/journal.ts';
import type { RequestRecord } from '../contract/request-record.ts';

/** What a check-out's step keeps in its parameters. */
export interface LendingStep {
  readonly barcode?: unknown;
  /** ISO 8601: the circulation system's due date. */
  readonly due?: unknown;
}

/**
 * Where the office's answers lead (mod-rs `ActionEventResultData`); whatever else leads there from the same state comes to
 * the same.
 */
const LEADS_TO: Readonly<Record<string, readonly string[]>> = {
  requesterAgreeConditions: ['REQ_EXPECTS_TO_SUPPLY'],
  requesterRejectConditions: ['REQ_CANCEL_PENDING'],
  requesterCancel: ['REQ_CANCEL_PENDING', 'REQ_CANCELLED'],
  requesterBypassValidation: ['REQ_VALIDATED'],
  requesterRetryValidation: ['REQ_IDLE'],
  requesterMarkEndOfRotaReviewed: ['REQ_END_OF_ROTA_REVIEWED'],
  fillLocally: ['REQ_FILLED_LOCALLY'],
  localSupplierCannotSupply: ['REQ_UNFILLED', 'REQ_REQUEST_SENT_TO_SUPPLIER'],
  cancelLocal: ['REQ_CANCELLED'],
};
const ASKED_TO_CANCEL = 'RES_CANCEL_REQUEST_RECEIVED';

/**
 * Whether the whole record shows that a step of the office happened: the message is in the thread, the note or the changed
 * fields are in the record, the messages are marked, the new request is named, or the history tells of the move.
 */
export function showsStep(record: RequestRecord, { action, params, evidence }: StepBody): boolean {
  const newer = record.history.filter(({ no }) => no > (evidence.lastAuditNo ?? 0));
  if (
    newer.some(({ ran }) => ran?.ended === 'done' && ran.action === action && params['cancelResponse'] === undefined)
  ) {
    return true;
  }
  const moves = newer.flatMap(({ from = evidence.state, to }) =>
    from === evidence.state && to !== undefined && to !== from ? [to] : [],
  );
  switch (action) {
    case 'message':
      return saidSince(record, params['note'], evidence.lastAuditNo ?? 0);
    case 'manualClose':
      // CrossLink says itself where it ends.
      if (params['terminalState'] === undefined) return record.view.state.terminal;
      return evidence.state !== params['terminalState'] && record.view.state.code === params['terminalState'];
    case 'localNote':
    case 'editLocalNote':
      return (record.localNote ?? '') === (params['localNote'] ?? '');
    case 'edit':
      return Object.entries(params).every(([name, value]) => (record.editable[name] ?? '') === value);
    case 'messagesAllSeen':
      return record.messages.every(({ mine, seen }) => mine || seen);
    case 'messageSeen':
      return record.messages.some(({ id, seen }) => id === params['id'] && seen);
    case 'rerequest':
      // It is not offered where there was a newer request already.
      return record.succeededBy !== undefined && newer.length > 0;
    case 'supplierRespondToCancel':
      if (params['cancelResponse'] === 'yes') return moves.includes('RES_CANCELLED');
      // A no takes it back to where it was; whatever ends it was somebody else's doing.
      return evidence.state === ASKED_TO_CANCEL && moves.length > 0 && !record.view.state.terminal;
    default:
      return moves.some((to) => LEADS_TO[action]?.includes(to) === true);
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
