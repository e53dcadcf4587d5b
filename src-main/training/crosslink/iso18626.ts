import type { JsonObject } from '../http.ts';
import type { BrokerSide } from './state-model.ts';

/** The ISO 18626 message behind each event of the state model, as CrossLink keeps it (`message-handler.go`, `shim.go`). */
const SUPPLIER: Readonly<Record<string, readonly [status: string, reason: string, mark?: string]>> = {
  'expect-to-supply': ['ExpectToSupply', 'RequestResponse'],
  'will-supply': ['WillSupply', 'RequestResponse'],
  'will-supply-conditional': ['WillSupply', 'StatusChange', '#ReShareAddLoanCondition#'],
  'retry-conditional': ['RetryPossible', 'RequestResponse'],
  loaned: ['Loaned', 'StatusChange'],
  unfilled: ['Unfilled', 'RequestResponse'],
  completed: ['LoanCompleted', 'StatusChange'],
  'cancel-accepted': ['Cancelled', 'CancelResponse'],
  'cancel-rejected': ['WillSupply', 'CancelResponse'],
};

const REQUESTER: Readonly<Record<string, readonly [action: string, mark?: string]>> = {
  'cancel-request': ['Cancel'],
  'condition-rejected': ['Cancel', '#ReShareLoanConditionRejectResponse#'],
  'conditions-accepted': ['Notification', '#ReShareLoanConditionAgreeResponse#'],
  received: ['Received'],
  'shipped-return': ['ShippedReturn'],
};

/** An event that is a message only, and moves no request. */
export const WORDS = 'notification';

/** The message that reaches the library on `side`. */
export function incomingMessage(side: BrokerSide, number: string, event: string, note?: string): JsonObject {
  const header = { requestingAgencyRequestId: number };
  if (side === 'borrowing') {
    const [status, reasonForMessage, mark] = SUPPLIER[event] ?? [undefined, 'Notification'];
    const statusInfo = status === undefined ? {} : { statusInfo: { status } };
    return {
      supplyingAgencyMessage: { header, messageInfo: { reasonForMessage, note: noteOf(note, mark) }, ...statusInfo },
    };
  }
  const [action, mark] = REQUESTER[event] ?? ['Notification'];
  return { requestingAgencyMessage: { header, action, note: noteOf(note, mark) } };
}

function noteOf(note: string | undefined, mark: string | undefined): string {
  return [note, mark].filter((one) => one !== undefined).join('\n');
}
