/** How a request came to be where it is: the states before, and what the audit says about entering each. */

const SENT = ['REQ_IDLE', 'REQ_VALIDATED', 'REQ_SUPPLIER_IDENTIFIED', 'REQ_REQUEST_SENT_TO_SUPPLIER'];
const EXPECTED = [...SENT, 'REQ_EXPECTS_TO_SUPPLY'];
const SHIPPED = [...EXPECTED, 'REQ_SHIPPED'];
const CHECKED_IN = [...SHIPPED, 'REQ_CHECKED_IN'];
const RETURNED = [...CHECKED_IN, 'REQ_AWAITING_RETURN_SHIPPING'];
const SHIPPED_BACK = [...RETURNED, 'REQ_SHIPPED_TO_SUPPLIER'];

const SLIP = ['RES_IDLE', 'RES_NEW_AWAIT_PULL_SLIP'];
const PICKING = [...SLIP, 'RES_AWAIT_PICKING'];
const TO_SHIP = [...PICKING, 'RES_AWAIT_SHIP'];
const OUT = [...TO_SHIP, 'RES_ITEM_SHIPPED'];
const BACK = [...OUT, 'RES_ITEM_RETURNED'];

const BEFORE: Readonly<Record<string, readonly string[]>> = {
  REQ_VALIDATED: SENT.slice(0, 1),
  REQ_INVALID_PATRON: SENT.slice(0, 1),
  REQ_DUPLICATE_REVIEW: SENT.slice(0, 1),
  REQ_BLANK_FORM_REVIEW: SENT.slice(0, 1),
  REQ_OVER_LIMIT: SENT.slice(0, 1),
  REQ_ERROR: SENT.slice(0, 1),
  REQ_PENDING: SENT.slice(0, 2),
  REQ_SOURCING_ITEM: SENT.slice(0, 2),
  REQ_SUPPLIER_IDENTIFIED: SENT.slice(0, 2),
  REQ_LOCAL_REVIEW: SENT.slice(0, 3),
  REQ_FILLED_LOCALLY: [...SENT.slice(0, 3), 'REQ_LOCAL_REVIEW'],
  REQ_UNABLE_TO_CONTACT_SUPPLIER: SENT.slice(0, 3),
  REQ_REQUEST_SENT_TO_SUPPLIER: SENT.slice(0, 3),
  REQ_WILL_SUPPLY: SENT,
  REQ_EXPECTS_TO_SUPPLY: SENT,
  REQ_CONDITIONAL_ANSWER_RECEIVED: SENT,
  REQ_CANCEL_PENDING: EXPECTED,
  REQ_CANCELLED_WITH_SUPPLIER: [...EXPECTED, 'REQ_CANCEL_PENDING'],
  REQ_CANCELLED: [...EXPECTED, 'REQ_CANCEL_PENDING', 'REQ_CANCELLED_WITH_SUPPLIER'],
  REQ_UNFILLED: SENT,
  REQ_END_OF_ROTA: [...SENT, 'REQ_UNFILLED'],
  REQ_END_OF_ROTA_REVIEWED: [...SENT, 'REQ_UNFILLED', 'REQ_END_OF_ROTA'],
  REQ_REREQUESTED: SENT,
  REQ_SHIPPED: EXPECTED,
  REQ_LOANED_DIGITALLY: EXPECTED,
  REQ_DOCUMENT_DELIVERED: EXPECTED,
  REQ_BORROWING_LIBRARY_RECEIVED: SHIPPED,
  REQ_CHECKED_IN: SHIPPED,
  REQ_OVERDUE: CHECKED_IN,
  REQ_RECALLED: CHECKED_IN,
  REQ_AWAITING_RETURN_SHIPPING: CHECKED_IN,
  REQ_BORROWER_RETURNED: CHECKED_IN,
  REQ_SHIPPED_TO_SUPPLIER: RETURNED,
  REQ_REQUEST_COMPLETE: SHIPPED_BACK,
  RES_NEW_AWAIT_PULL_SLIP: SLIP.slice(0, 1),
  RES_PENDING_CONDITIONAL_ANSWER: SLIP.slice(0, 1),
  RES_AWAIT_PICKING: SLIP,
  RES_COPY_AWAIT_PICKING: SLIP,
  RES_CANCEL_REQUEST_RECEIVED: PICKING,
  RES_CANCELLED: [...PICKING, 'RES_CANCEL_REQUEST_RECEIVED'],
  RES_UNFILLED: SLIP.slice(0, 1),
  RES_NOT_SUPPLIED: SLIP.slice(0, 1),
  RES_AWAIT_SHIP: PICKING,
  RES_SEQUESTERED: PICKING,
  RES_LOANED_DIGITALLY: [...PICKING, 'RES_SEQUESTERED'],
  RES_AWAIT_DESEQUESTRATION: [...PICKING, 'RES_SEQUESTERED', 'RES_LOANED_DIGITALLY'],
  RES_ITEM_SHIPPED: TO_SHIP,
  RES_OVERDUE: OUT,
  RES_ITEM_RETURNED: OUT,
  RES_COMPLETE: BACK,
  RES_DOCUMENT_DELIVERED: [...SLIP, 'RES_COPY_AWAIT_PICKING'],
  SLNP_REQ_CHECKED_IN: ['SLNP_REQ_IDLE', 'SLNP_REQ_SHIPPED'],
  SLNP_REQ_COMPLETE: ['SLNP_REQ_IDLE', 'SLNP_REQ_SHIPPED', 'SLNP_REQ_CHECKED_IN', 'SLNP_REQ_AWAITING_RETURN_SHIPPING'],
  SLNP_REQ_AWAITING_RETURN_SHIPPING: ['SLNP_REQ_IDLE', 'SLNP_REQ_SHIPPED', 'SLNP_REQ_CHECKED_IN'],
  SLNP_RES_ITEM_SHIPPED: ['SLNP_RES_IDLE', 'SLNP_RES_AWAIT_PICKING'],
  SLNP_RES_COMPLETE: ['SLNP_RES_IDLE', 'SLNP_RES_AWAIT_PICKING', 'SLNP_RES_ITEM_SHIPPED'],
};

/** States passed before this one, oldest first; the first state of a model has none. */
export function statesBefore(state: string): readonly string[] {
  const listed = BEFORE[state];
  if (listed !== undefined) return listed;
  if (state.startsWith('SLNP_REQ_') && state !== 'SLNP_REQ_IDLE') return ['SLNP_REQ_IDLE'];
  return [];
}

/** What the audit says when a state is entered. */
interface Entering {
  readonly message: string;
  readonly action?: string;
  /** Done by staff, so the line carries a user. */
  readonly staff?: true;
}

const ENTERING: Readonly<Record<string, Entering>> = {
  REQ_VALIDATED: { message: 'Executing action: Req_New_Patron_Request_ind', action: 'Req_New_Patron_Request_ind' },
  REQ_REQUEST_SENT_TO_SUPPLIER: {
    message: 'Sent to next supplier {supplier}',
    action: 'EVENT_STATUS_REQ_SUPPLIER_IDENTIFIED_INDICATION',
  },
  REQ_EXPECTS_TO_SUPPLY: { message: 'RequestResponse message received: WillSupply', action: 'ISO18626RequestResponse' },
  REQ_CONDITIONAL_ANSWER_RECEIVED: {
    message: 'Notification message received: Conditional',
    action: 'ISO18626Notification',
  },
  REQ_CANCEL_PENDING: { message: 'Cancel request sent', action: 'requesterCancel', staff: true },
  REQ_CANCELLED_WITH_SUPPLIER: {
    message: 'CancelResponse message received: Cancelled',
    action: 'ISO18626CancelResponse',
  },
  REQ_UNFILLED: { message: 'StatusChange message received: Unfilled', action: 'ISO18626StatusChange' },
  REQ_SHIPPED: { message: 'StatusChange message received: Loaned', action: 'ISO18626StatusChange' },
  REQ_LOANED_DIGITALLY: { message: 'StatusChange message received: Loaned', action: 'ISO18626StatusChange' },
  REQ_DOCUMENT_DELIVERED: {
    message: 'StatusChange message received: CopyCompleted',
    action: 'ISO18626StatusChange',
  },
  REQ_CHECKED_IN: {
    message:
      'Receive succeeded for item id: {item} (title: {title}, requestId: {hrid}). Host LMS integration: AcceptItem call succeeded.',
    action: 'requesterReceived',
    staff: true,
  },
  REQ_OVERDUE: { message: 'StatusChange message received: Overdue', action: 'ISO18626StatusChange' },
  REQ_RECALLED: { message: 'StatusChange message received: Recalled', action: 'ISO18626StatusChange' },
  REQ_AWAITING_RETURN_SHIPPING: {
    message: 'Host LMS integration: CheckinItem call succeeded for item: {hrid}.',
    action: 'patronReturnedItem',
    staff: true,
  },
  REQ_SHIPPED_TO_SUPPLIER: { message: 'Return shipped', action: 'shippedReturn', staff: true },
  REQ_REQUEST_COMPLETE: { message: 'StatusChange message received: LoanCompleted', action: 'ISO18626StatusChange' },
  RES_IDLE: { message: 'Executing action: Resp_New_Patron_Request_ind', action: 'Resp_New_Patron_Request_ind' },
  RES_NEW_AWAIT_PULL_SLIP: { message: 'Will Supply', action: 'respondYes', staff: true },
  RES_PENDING_CONDITIONAL_ANSWER: { message: 'Conditional', action: 'supplierConditionalSupply', staff: true },
  RES_AWAIT_PICKING: {
    message: 'Executing action: supplierPrintPullSlip',
    action: 'supplierPrintPullSlip',
    staff: true,
  },
  RES_COPY_AWAIT_PICKING: {
    message: 'Executing action: supplierPrintPullSlip',
    action: 'supplierPrintPullSlip',
    staff: true,
  },
  RES_AWAIT_SHIP: {
    message: 'Fill request succeeded for item id: {item}. Host LMS integration: CheckoutItem call succeeded.',
    action: 'supplierCheckInToReshare',
    staff: true,
  },
  RES_SEQUESTERED: {
    message: 'Fill request succeeded for item id: {item}. Host LMS integration: CheckoutItem call succeeded.',
    action: 'supplierCheckInToReshare',
    staff: true,
  },
  RES_LOANED_DIGITALLY: { message: 'Document URL sent', action: 'supplierFillDigitalLoan', staff: true },
  RES_ITEM_SHIPPED: { message: 'Shipped', action: 'supplierMarkShipped', staff: true },
  RES_ITEM_RETURNED: { message: 'ShippedReturn message received', action: 'ISO18626ShippedReturn' },
  RES_OVERDUE: { message: 'Request is overdue' },
  RES_CANCEL_REQUEST_RECEIVED: { message: 'Cancel message received', action: 'ISO18626Cancel' },
  RES_CANCELLED: { message: 'Cancellation accepted', action: 'supplierRespondToCancel', staff: true },
  RES_UNFILLED: { message: 'Cannot supply: unavailable', action: 'supplierCannotSupply', staff: true },
  RES_COMPLETE: {
    message: 'Complete request succeeded for item id: {item}. Host LMS integration: CheckinItem call succeeded.',
    action: 'supplierCheckOutOfReshare',
    staff: true,
  },
  RES_DOCUMENT_DELIVERED: { message: 'Document URL sent', action: 'supplierAddURLToDocument', staff: true },
};

export function entering(state: string): Entering {
  return ENTERING[state] ?? { message: `State changed to ${state}` };
}
