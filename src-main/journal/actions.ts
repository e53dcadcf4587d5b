/** What is known of an action beforehand: its words, and the states it leads to. */
interface KnownAction {
  /** The menu label staff know (ui-rs, `stripes-reshare.actions.*`). */
  readonly label: string;
  /** States right after success, over all state models that have the action. Empty when they depend on the past. */
  readonly wanted: readonly string[];
}

/**
 * Actions a desk performs, from mod-rs `ActionEventResultData` and its siblings for copies and SLNP. Partial results
 * (a fill that worked but did not ship) are not wanted states.
 */
const ACTIONS: Readonly<Record<string, KnownAction>> = {
  requesterReceived: { label: 'Mark received', wanted: ['REQ_CHECKED_IN'] },
  requesterManualCheckIn: { label: 'Mark local item created', wanted: ['REQ_CHECKED_IN'] },
  patronReturnedItem: {
    label: 'Mark returned by patron',
    wanted: ['REQ_AWAITING_RETURN_SHIPPING', 'SLNP_REQ_AWAITING_RETURN_SHIPPING'],
  },
  shippedReturn: { label: 'Mark return shipped', wanted: ['REQ_SHIPPED_TO_SUPPLIER', 'SLNP_REQ_COMPLETE'] },
  patronReturnedItemAndShippedReturn: {
    label: 'Mark returned by patron and return shipped',
    wanted: ['REQ_SHIPPED_TO_SUPPLIER', 'SLNP_REQ_COMPLETE'],
  },
  respondYes: { label: 'Respond "Will Supply"', wanted: ['RES_NEW_AWAIT_PULL_SLIP'] },
  supplierCannotSupply: { label: 'Respond "Cannot Supply"', wanted: ['RES_UNFILLED', 'SLNP_RES_UNFILLED'] },
  supplierPrintPullSlip: {
    label: 'Mark pull slip printed',
    wanted: ['RES_AWAIT_PICKING', 'RES_COPY_AWAIT_PICKING', 'SLNP_RES_AWAIT_PICKING'],
  },
  supplierCheckInToReshare: { label: 'Fill request', wanted: ['RES_AWAIT_SHIP', 'RES_SEQUESTERED'] },
  supplierCheckInToReshareAndSupplierMarkShipped: {
    label: 'Fill request and mark shipped',
    wanted: ['RES_ITEM_SHIPPED'],
  },
  supplierMarkShipped: { label: 'Mark request shipped', wanted: ['RES_ITEM_SHIPPED'] },
  supplierCheckOutOfReshare: { label: 'Complete request', wanted: ['RES_COMPLETE'] },
  // CrossLink (indexdata/crosslink `misc/state-models.yaml`), which has no fill and a check-out of its own.
  ship: { label: 'Mark shipped', wanted: ['RES_ITEM_SHIPPED'] },
  'check-out': { label: 'Mark checked out to the patron', wanted: ['CROSSLINK_REQ_CHECKED_OUT'] },
  'will-supply': { label: 'Answer “will supply”', wanted: ['RES_AWAIT_PICKING'] },
  // Offered only right after a fill, which starts from RES_AWAIT_PICKING alone.
  undo: { label: 'Undo the fill', wanted: ['RES_AWAIT_PICKING'] },
  slnpRespondYes: { label: 'Respond "Will Supply"', wanted: ['SLNP_RES_AWAIT_PICKING'] },
  slnpSupplierFillAndMarkShipped: { label: 'Fill request and mark shipped', wanted: ['SLNP_RES_ITEM_SHIPPED'] },
  slnpSupplierCheckOutOfReshare: { label: 'Complete request', wanted: ['SLNP_RES_COMPLETE'] },
  slnpRequesterReceived: { label: 'Mark received', wanted: ['SLNP_REQ_CHECKED_IN'] },
  slnpNonReturnableRequesterReceived: { label: 'Mark supplied', wanted: ['SLNP_REQ_DOCUMENT_SUPPLIED'] },
  slnpSupplierSuppliesDocument: { label: 'Supply document', wanted: ['SLNP_RES_DOCUMENT_SUPPLIED'] },
  slnpHandleAbort: { label: 'Mark cancelled', wanted: ['SLNP_REQ_CANCELLED'] },
};

/** States an action leads to when it succeeds; empty for an action not in the table, which then no look can settle. */
export function wantedStates(action: string): readonly string[] {
  return ACTIONS[action]?.wanted ?? [];
}

/** NCIP messages as staff say them. */
const MESSAGES: Readonly<Record<string, string>> = { CheckInItem: 'Check in', CheckOutItem: 'Check out' };

/** The action in the words of ReShare's own screens, or of the desk for an NCIP message; the code where there are none. */
export function actionLabel(action: string): string {
  return ACTIONS[action]?.label ?? MESSAGES[action] ?? action;
}

/** States that mean that one of the libraries called the request off. */
const CALLED_OFF = /_(CANCEL_PENDING|CANCEL_REQUEST_RECEIVED|CANCELLED|CANCELLED_WITH_SUPPLIER|ABORTED)$/u;

export function isCalledOff(state: string): boolean {
  return CALLED_OFF.test(state);
}
