/** What the reference data says of a state when the record itself does not. */
export interface StateWords {
  readonly label: string;
  readonly terminal: boolean;
  readonly needsAttention: boolean;
}

/**
 * Every state of mod-rs's own ten state models. Codes and flags: openlibraryenvironment/mod-rs reference data
 * (`StatusData.groovy` and its nonreturnables and SLNP siblings); words: openlibraryenvironment/stripes-reshare
 * `translations/stripes-reshare/en.json`, keys `states.*`, and Carrel's own for the five codes that have none there
 * (`REQ_PENDING`, `REQ_WILL_SUPPLY`, `REQ_RECALLED`, `RES_HOLD_PLACED`, `RES_ERROR`). A tenant can import other models, so a
 * code may be missing here, and the flags in a record always win.
 */
const STATES: Readonly<Record<string, StateWords>> = {
  REQ_IDLE: { label: 'New', terminal: false, needsAttention: true },
  REQ_VALIDATED: { label: 'Validated', terminal: false, needsAttention: false },
  REQ_INVALID_PATRON: { label: 'Invalid patron', terminal: false, needsAttention: true },
  REQ_SOURCING_ITEM: { label: 'Sourcing', terminal: false, needsAttention: false },
  REQ_SUPPLIER_IDENTIFIED: { label: 'Supplier identified', terminal: false, needsAttention: false },
  REQ_REQUEST_SENT_TO_SUPPLIER: { label: 'Request sent', terminal: false, needsAttention: false },
  REQ_CONDITIONAL_ANSWER_RECEIVED: { label: 'Conditions received', terminal: false, needsAttention: true },
  REQ_CANCEL_PENDING: { label: 'Cancel pending', terminal: false, needsAttention: false },
  REQ_CANCELLED_WITH_SUPPLIER: { label: 'Cancelled with previous supplier', terminal: false, needsAttention: false },
  REQ_UNABLE_TO_CONTACT_SUPPLIER: { label: 'Unable to contact supplier', terminal: false, needsAttention: false },
  REQ_OVERDUE: { label: 'Overdue', terminal: false, needsAttention: false },
  REQ_RECALLED: { label: 'Recalled', terminal: false, needsAttention: false },
  REQ_BORROWING_LIBRARY_RECEIVED: { label: 'Awaiting local item creation', terminal: false, needsAttention: false },
  REQ_AWAITING_RETURN_SHIPPING: { label: 'Awaiting return shipping', terminal: false, needsAttention: false },
  REQ_SHIPPED_TO_SUPPLIER: { label: 'Return shipped', terminal: false, needsAttention: false },
  REQ_BORROWER_RETURNED: { label: 'Borrower returned item', terminal: false, needsAttention: false },
  REQ_REQUEST_COMPLETE: { label: 'Complete', terminal: true, needsAttention: false },
  REQ_PENDING: { label: 'Pending', terminal: false, needsAttention: false },
  REQ_WILL_SUPPLY: { label: 'Will supply', terminal: false, needsAttention: false },
  REQ_EXPECTS_TO_SUPPLY: { label: 'Expects to supply', terminal: false, needsAttention: false },
  REQ_UNFILLED: { label: 'Unfilled', terminal: false, needsAttention: false },
  REQ_SHIPPED: { label: 'Shipped', terminal: false, needsAttention: false },
  REQ_CHECKED_IN: { label: 'In local circulation process', terminal: false, needsAttention: false },
  REQ_LOCAL_REVIEW: { label: 'Requires review - locally available', terminal: false, needsAttention: true },
  REQ_FILLED_LOCALLY: { label: 'Filled locally', terminal: true, needsAttention: false },
  REQ_DUPLICATE_REVIEW: { label: 'Requires review - possible duplicate', terminal: false, needsAttention: true },
  REQ_BLANK_FORM_REVIEW: { label: 'Requires review - blank form', terminal: false, needsAttention: true },
  REQ_OVER_LIMIT: { label: 'Request over limit', terminal: true, needsAttention: false },
  REQ_END_OF_ROTA: { label: 'End of rota', terminal: true, needsAttention: false },
  REQ_END_OF_ROTA_REVIEWED: { label: 'End of rota, reviewed', terminal: true, needsAttention: false },
  REQ_CANCELLED: { label: 'Cancelled', terminal: true, needsAttention: false },
  REQ_ERROR: { label: 'Error', terminal: false, needsAttention: true },
  REQ_REREQUESTED: { label: 'Re-Requested', terminal: true, needsAttention: false },
  REQ_LOANED_DIGITALLY: { label: 'Loaned digitally', terminal: false, needsAttention: false },
  RES_IDLE: { label: 'New', terminal: false, needsAttention: false },
  RES_PENDING_CONDITIONAL_ANSWER: { label: 'Conditions sent', terminal: false, needsAttention: false },
  RES_NEW_AWAIT_PULL_SLIP: { label: 'Awaiting pull slip printing', terminal: false, needsAttention: false },
  RES_AWAIT_PICKING: { label: 'Searching (returnables)', terminal: false, needsAttention: false },
  RES_AWAIT_SHIP: { label: 'Awaiting shipping', terminal: false, needsAttention: false },
  RES_HOLD_PLACED: { label: 'Hold placed', terminal: false, needsAttention: false },
  RES_UNFILLED: { label: 'Not supplied', terminal: true, needsAttention: false },
  RES_NOT_SUPPLIED: { label: 'Could not supply', terminal: true, needsAttention: false },
  RES_ITEM_SHIPPED: { label: 'Shipped', terminal: false, needsAttention: false },
  RES_ITEM_RETURNED: { label: 'Return shipped', terminal: false, needsAttention: false },
  RES_COMPLETE: { label: 'Complete', terminal: true, needsAttention: false },
  RES_CANCEL_REQUEST_RECEIVED: { label: 'Cancel request received', terminal: false, needsAttention: true },
  RES_CANCELLED: { label: 'Cancelled', terminal: true, needsAttention: false },
  RES_ERROR: { label: 'Error', terminal: false, needsAttention: true },
  RES_OVERDUE: { label: 'Overdue', terminal: false, needsAttention: false },
  RES_SEQUESTERED: { label: 'Item sequestered', terminal: false, needsAttention: false },
  RES_LOANED_DIGITALLY: { label: 'Loaned digitally', terminal: false, needsAttention: false },
  RES_AWAIT_DESEQUESTRATION: { label: 'Awaiting desequestration', terminal: false, needsAttention: false },
  REQ_DOCUMENT_DELIVERED: { label: 'Document delivered', terminal: true, needsAttention: false },
  RES_DOCUMENT_DELIVERED: { label: 'Document delivered', terminal: true, needsAttention: false },
  RES_COPY_AWAIT_PICKING: { label: 'Searching (non-returnables)', terminal: false, needsAttention: false },
  SLNP_REQ_IDLE: { label: 'New', terminal: false, needsAttention: false },
  SLNP_REQ_CANCELLED: { label: 'Cancelled', terminal: true, needsAttention: false },
  SLNP_REQ_ABORTED: { label: 'Aborted', terminal: false, needsAttention: false },
  SLNP_REQ_SHIPPED: { label: 'Shipped', terminal: false, needsAttention: false },
  SLNP_REQ_CHECKED_IN: { label: 'In local circulation process', terminal: false, needsAttention: false },
  SLNP_REQ_AWAITING_RETURN_SHIPPING: { label: 'Awaiting return shipping', terminal: false, needsAttention: false },
  SLNP_REQ_COMPLETE: { label: 'Request has been completed successfully.', terminal: true, needsAttention: false },
  SLNP_REQ_ITEM_LOST: { label: 'Item has been lost', terminal: true, needsAttention: false },
  SLNP_REQ_PATRON_INVALID: { label: 'Patron is invalid', terminal: true, needsAttention: true },
  SLNP_RES_IDLE: { label: 'New', terminal: false, needsAttention: false },
  SLNP_RES_UNFILLED: { label: 'Not supplied', terminal: true, needsAttention: false },
  SLNP_RES_ABORTED: { label: 'Aborted', terminal: true, needsAttention: false },
  SLNP_RES_NEW_AWAIT_PULL_SLIP: { label: 'Awaiting pull slip printing', terminal: false, needsAttention: false },
  SLNP_RES_AWAIT_PICKING: { label: 'Searching', terminal: false, needsAttention: false },
  SLNP_RES_ITEM_SHIPPED: { label: 'Shipped', terminal: false, needsAttention: false },
  SLNP_RES_COMPLETE: { label: 'Request is complete', terminal: true, needsAttention: false },
  SLNP_REQ_DOCUMENT_AVAILABLE: { label: 'Document available', terminal: false, needsAttention: false },
  SLNP_REQ_DOCUMENT_SUPPLIED: {
    label: 'Document has been successfully supplied',
    terminal: true,
    needsAttention: false,
  },
  SLNP_RES_DOCUMENT_SUPPLIED: { label: 'Document supplied', terminal: true, needsAttention: false },
};

/** The words for a state code; undefined for a code nobody has named. */
export function stateWords(code: string): StateWords | undefined {
  return Object.hasOwn(STATES, code) ? STATES[code] : undefined;
}
