import type { RequestView } from '../../contract/request.ts';
import { isCrosslink } from './crosslink-states.ts';

/** What a request getting into a state means as a step at one of the two libraries. */
export interface StepWords {
  readonly lane: 'ours' | 'theirs';
  readonly label: string;
  readonly trouble?: true;
}

const ours = (label: string): StepWords => ({ lane: 'ours', label });
const theirs = (label: string): StepWords => ({ lane: 'theirs', label });
const trouble = (lane: StepWords['lane'], label: string): StepWords => ({ lane, label, trouble: true });

/**
 * What has happened when a request gets into a state (mod-rs `StatusData`; a borrowing state `REQ_` is seen by the
 * borrower, a lending state `RES_` by the lender). States between two steps that nobody waits for have none.
 */
const HAPPENED: Readonly<Record<string, StepWords>> = {
  REQ_IDLE: ours('Placed'),
  REQ_INVALID_PATRON: trouble('ours', 'Patron not accepted'),
  REQ_LOCAL_REVIEW: trouble('ours', 'Own copy found'),
  REQ_DUPLICATE_REVIEW: trouble('ours', 'Maybe a duplicate'),
  REQ_BLANK_FORM_REVIEW: trouble('ours', 'Blank form'),
  REQ_OVER_LIMIT: trouble('ours', 'Over the limit'),
  REQ_REQUEST_SENT_TO_SUPPLIER: ours('Asked'),
  REQ_PENDING: theirs('Looking'),
  REQ_WILL_SUPPLY: theirs('Will lend'),
  REQ_EXPECTS_TO_SUPPLY: theirs('Will lend'),
  REQ_CONDITIONAL_ANSWER_RECEIVED: theirs('Conditions'),
  REQ_CANCEL_PENDING: ours('Cancel asked'),
  REQ_CANCELLED_WITH_SUPPLIER: theirs('Cancelled'),
  REQ_UNABLE_TO_CONTACT_SUPPLIER: trouble('theirs', 'Not reached'),
  REQ_UNFILLED: theirs('Cannot lend'),
  REQ_SHIPPED: theirs('Shipped'),
  REQ_LOANED_DIGITALLY: theirs('Lent digitally'),
  REQ_BORROWING_LIBRARY_RECEIVED: ours('Arrived'),
  REQ_CHECKED_IN: ours('Received'),
  REQ_OVERDUE: trouble('theirs', 'Overdue'),
  REQ_RECALLED: trouble('theirs', 'Recalled'),
  REQ_BORROWER_RETURNED: ours('Back from patron'),
  REQ_AWAITING_RETURN_SHIPPING: ours('Back from patron'),
  REQ_SHIPPED_TO_SUPPLIER: ours('Sent back'),
  REQ_REQUEST_COMPLETE: theirs('Complete'),
  REQ_FILLED_LOCALLY: ours('Filled locally'),
  REQ_END_OF_ROTA: trouble('ours', 'Nobody lends it'),
  REQ_END_OF_ROTA_REVIEWED: ours('Reviewed'),
  REQ_CANCELLED: ours('Cancelled'),
  REQ_ERROR: trouble('ours', 'Error'),
  REQ_REREQUESTED: ours('Requested anew'),
  REQ_DOCUMENT_DELIVERED: theirs('Delivered'),

  RES_IDLE: theirs('Asked'),
  RES_PENDING_CONDITIONAL_ANSWER: ours('Conditions'),
  RES_NEW_AWAIT_PULL_SLIP: ours('Will lend'),
  RES_AWAIT_PICKING: ours('Slip printed'),
  RES_COPY_AWAIT_PICKING: ours('Slip printed'),
  RES_AWAIT_SHIP: ours('Filled'),
  RES_HOLD_PLACED: ours('Hold placed'),
  RES_SEQUESTERED: ours('Kept aside'),
  RES_LOANED_DIGITALLY: ours('Lent digitally'),
  RES_ITEM_SHIPPED: ours('Shipped'),
  RES_OVERDUE: trouble('theirs', 'Overdue'),
  RES_ITEM_RETURNED: theirs('Sent back'),
  RES_AWAIT_DESEQUESTRATION: theirs('Loan ended'),
  RES_COMPLETE: ours('Complete'),
  RES_CANCEL_REQUEST_RECEIVED: trouble('theirs', 'Wants to cancel'),
  RES_CANCELLED: ours('Cancelled'),
  RES_UNFILLED: ours('Cannot lend'),
  RES_NOT_SUPPLIED: ours('Cannot lend'),
  RES_ERROR: trouble('ours', 'Error'),
  RES_DOCUMENT_DELIVERED: ours('Delivered'),

  SLNP_REQ_IDLE: ours('Placed'),
  SLNP_REQ_CANCELLED: ours('Cancelled'),
  SLNP_REQ_ABORTED: trouble('theirs', 'Aborted'),
  SLNP_REQ_SHIPPED: theirs('Shipped'),
  SLNP_REQ_CHECKED_IN: ours('Received'),
  SLNP_REQ_AWAITING_RETURN_SHIPPING: ours('Back from patron'),
  SLNP_REQ_COMPLETE: ours('Complete'),
  SLNP_REQ_ITEM_LOST: trouble('ours', 'Lost'),
  SLNP_REQ_PATRON_INVALID: trouble('ours', 'Patron not accepted'),
  SLNP_REQ_DOCUMENT_AVAILABLE: theirs('Available'),
  SLNP_REQ_DOCUMENT_SUPPLIED: ours('Supplied'),
  SLNP_RES_IDLE: theirs('Asked'),
  SLNP_RES_UNFILLED: ours('Cannot lend'),
  SLNP_RES_ABORTED: ours('Stopped'),
  SLNP_RES_NEW_AWAIT_PULL_SLIP: ours('Will lend'),
  SLNP_RES_AWAIT_PICKING: ours('Will lend'),
  SLNP_RES_ITEM_SHIPPED: ours('Shipped'),
  SLNP_RES_COMPLETE: ours('Complete'),
  SLNP_RES_DOCUMENT_SUPPLIED: ours('Supplied'),
};

/** What the same codes mean where they stand for states of CrossLink, which has no fill before the shipment and no slip's state. */
const IN_CROSSLINK: Readonly<Record<string, StepWords>> = {
  RES_AWAIT_PICKING: ours('Will lend'),
  RES_COPY_AWAIT_PICKING: ours('Will lend'),
  REQ_END_OF_ROTA: trouble('theirs', 'Cannot lend'),
  CROSSLINK_REQ_NEEDS_REVIEW: trouble('ours', 'Title not found'),
  CROSSLINK_REQ_RETRY_PENDING: theirs('Other record'),
  CROSSLINK_REQ_CHECKED_OUT: ours('Lent'),
  CROSSLINK_REQ_MANUALLY_CLOSED: ours('Closed'),
  CROSSLINK_REQ_CLOSED_DUPLICATE: ours('Closed'),
  CROSSLINK_RES_COMPLETED_WITH_RETRY: ours('Other record'),
  CROSSLINK_RES_MANUALLY_CLOSED: ours('Closed'),
};

const AWAITED_IN_CROSSLINK: Readonly<Record<string, StepWords>> = {
  REQ_CHECKED_IN: ours('Lend'),
  RES_AWAIT_PICKING: ours('Fetch and ship'),
  CROSSLINK_REQ_NEEDS_REVIEW: ours('Decide'),
  CROSSLINK_REQ_RETRY_PENDING: ours('Decide'),
  CROSSLINK_REQ_CHECKED_OUT: ours('Back from patron'),
};

/** What happened when a request got into a state. @param view of which system the state is */
export function happenedIn(code: string, view: RequestView): StepWords | undefined {
  return (isCrosslink(view) ? IN_CROSSLINK[code] : undefined) ?? HAPPENED[code];
}

/** States between two steps: nobody waits for them, and the history names them all the same. */
const BETWEEN: Readonly<Record<string, string>> = {
  REQ_VALIDATED: 'Accepted by ReShare',
  REQ_SOURCING_ITEM: 'Looking for lenders',
  REQ_SUPPLIER_IDENTIFIED: 'Next lender found',
};

/** What getting into a state is called in the history; a code nobody has words for stays as it came. */
export function stateMeans(code: string, view: RequestView): string {
  return happenedIn(code, view)?.label ?? BETWEEN[code] ?? code;
}

/** What a request in a state waits for. */
export function awaitedIn(code: string, view: RequestView): StepWords | undefined {
  return (isCrosslink(view) ? AWAITED_IN_CROSSLINK[code] : undefined) ?? AWAITED[code];
}

/** What a request in a state waits for, and at which library; a state without an entry waits for nothing or is not known. */
const AWAITED: Readonly<Record<string, StepWords>> = {
  REQ_IDLE: ours('Checked'),
  REQ_VALIDATED: ours('Ask a library'),
  REQ_SOURCING_ITEM: ours('Ask a library'),
  REQ_SUPPLIER_IDENTIFIED: ours('Ask a library'),
  REQ_INVALID_PATRON: ours('Decide'),
  REQ_LOCAL_REVIEW: ours('Decide'),
  REQ_DUPLICATE_REVIEW: ours('Decide'),
  REQ_BLANK_FORM_REVIEW: ours('Complete the form'),
  REQ_ERROR: ours('Look into it'),
  REQ_REQUEST_SENT_TO_SUPPLIER: theirs('Answer'),
  REQ_PENDING: theirs('Answer'),
  REQ_UNABLE_TO_CONTACT_SUPPLIER: ours('Ask the next'),
  REQ_UNFILLED: ours('Ask the next'),
  REQ_CANCELLED_WITH_SUPPLIER: ours('Ask the next'),
  REQ_CONDITIONAL_ANSWER_RECEIVED: ours('Agree or reject'),
  REQ_CANCEL_PENDING: theirs('Answer'),
  REQ_WILL_SUPPLY: theirs('Ship'),
  REQ_EXPECTS_TO_SUPPLY: theirs('Ship'),
  REQ_SHIPPED: ours('Receive'),
  REQ_BORROWING_LIBRARY_RECEIVED: ours('Create the item'),
  REQ_CHECKED_IN: ours('Back from patron'),
  REQ_LOANED_DIGITALLY: ours('Loan ends'),
  REQ_OVERDUE: ours('Send back'),
  REQ_RECALLED: ours('Send back'),
  REQ_BORROWER_RETURNED: ours('Send back'),
  REQ_AWAITING_RETURN_SHIPPING: ours('Send back'),
  REQ_SHIPPED_TO_SUPPLIER: theirs('Complete'),
  REQ_END_OF_ROTA: ours('Review'),

  RES_IDLE: ours('Answer'),
  RES_PENDING_CONDITIONAL_ANSWER: theirs('Agree or reject'),
  RES_NEW_AWAIT_PULL_SLIP: ours('Print the slip'),
  RES_AWAIT_PICKING: ours('Fetch and fill'),
  RES_COPY_AWAIT_PICKING: ours('Copy and send'),
  RES_HOLD_PLACED: ours('Fetch and fill'),
  RES_AWAIT_SHIP: ours('Ship'),
  RES_SEQUESTERED: ours('Give the link'),
  RES_LOANED_DIGITALLY: theirs('Loan ends'),
  RES_ITEM_SHIPPED: theirs('Send back'),
  RES_OVERDUE: theirs('Send back'),
  RES_ITEM_RETURNED: ours('Complete'),
  RES_AWAIT_DESEQUESTRATION: ours('Complete'),
  RES_CANCEL_REQUEST_RECEIVED: ours('Answer'),
  RES_ERROR: ours('Look into it'),

  SLNP_REQ_IDLE: theirs('Answer'),
  SLNP_REQ_ABORTED: ours('Mark cancelled'),
  SLNP_REQ_SHIPPED: ours('Receive'),
  SLNP_REQ_CHECKED_IN: ours('Back from patron'),
  SLNP_REQ_AWAITING_RETURN_SHIPPING: ours('Send back'),
  SLNP_REQ_DOCUMENT_AVAILABLE: ours('Mark supplied'),
  SLNP_RES_IDLE: ours('Answer'),
  SLNP_RES_NEW_AWAIT_PULL_SLIP: ours('Print the slip'),
  SLNP_RES_AWAIT_PICKING: ours('Fetch and fill'),
  SLNP_RES_ITEM_SHIPPED: ours('Complete'),
};
