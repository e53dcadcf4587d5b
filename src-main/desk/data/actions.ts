import type { Side } from '../../contract/request.ts';
import type { DeskStep } from '../../contract/settings.ts';

/**
 * What Carrel knows of a ReShare action. Codes, sides and parameters: openlibraryenvironment/mod-rs reference data
 * (ActionEventData, AvailableActionData) and its action services; the words are Carrel's.
 */
export interface ActionWords {
  readonly code: string;
  readonly side: Side;
  /** `other` is never done by a scan alone. */
  readonly step: DeskStep | 'other';
  /** While it runs: "Marking received". */
  readonly doing: string;
  /** Afterwards: "Marked received". */
  readonly done: string;
  /** On a function key: "Mark received". */
  readonly todo: string;
  /**
   * What it needs beside the request: `nothing`; `items`, the barcodes of the items; `form`, words or choices that are typed
   * in ReShare.
   */
  readonly needs: 'nothing' | 'items' | 'form';
  /** The items are the request's own: another one that is scanned does not go instead (CrossLink `ship` names no item). */
  readonly ownItems?: true;
  /** Said where it is offered: what must have happened. `{key}` is the function key. */
  readonly hint?: string;
  /** Carrel may put it on a key although it is not ReShare's main button. */
  readonly offered?: boolean;
  /** Two steps in one; the second is this one. */
  readonly also?: DeskStep;
}

type Words = readonly [doing: string, done: string, todo: string];

function desk(code: string, side: Side, step: DeskStep, words: Words, more: Partial<ActionWords> = {}): ActionWords {
  return { code, side, step, doing: words[0], done: words[1], todo: words[2], needs: 'nothing', ...more };
}

function other(code: string, side: Side, words: Words, more: Partial<ActionWords> = {}): ActionWords {
  return { code, side, step: 'other', doing: words[0], done: words[1], todo: words[2], needs: 'nothing', ...more };
}

function form(code: string, side: Side, todo: string): ActionWords {
  return { code, side, step: 'other', doing: todo, done: todo, todo, needs: 'form' };
}

const RECEIVED: Words = ['Marking received', 'Marked received', 'Mark received'];
const RETURNED: Words = ['Marking returned by patron', 'Marked returned by patron', 'Mark returned by patron'];
const FILLED_SHIPPED: Words = ['Filling and marking shipped', 'Filled and marked shipped', 'Fill and mark shipped'];
const COMPLETED: Words = ['Closing the loan', 'Closed the loan', 'Close the loan'];

export const ACTIONS: readonly ActionWords[] = [
  desk('requesterReceived', 'borrowing', 'receive', RECEIVED),
  desk('slnpRequesterReceived', 'borrowing', 'receive', RECEIVED),
  desk('patronReturnedItem', 'borrowing', 'returned', RETURNED),
  desk(
    'patronReturnedItemAndShippedReturn',
    'borrowing',
    'returned',
    ['Marking returned and return shipped', 'Marked returned and return shipped', 'Mark returned and return shipped'],
    { also: 'return-shipped' },
  ),
  desk('shippedReturn', 'borrowing', 'return-shipped', [
    'Marking return shipped',
    'Marked return shipped',
    'Mark return shipped',
  ]),
  desk('supplierPrintPullSlip', 'lending', 'pull-slip', [
    'Marking pull slip printed',
    'Marked pull slip printed',
    'Mark pull slip printed',
  ]),
  desk('supplierCheckInToReshare', 'lending', 'fill', ['Filling the request', 'Filled', 'Fill'], { needs: 'items' }),
  desk('supplierCheckInToReshareAndSupplierMarkShipped', 'lending', 'fill', FILLED_SHIPPED, {
    needs: 'items',
    also: 'ship',
  }),
  desk('slnpSupplierFillAndMarkShipped', 'lending', 'fill', FILLED_SHIPPED, { needs: 'items', also: 'ship' }),
  desk('ship', 'lending', 'fill', ['Marking shipped', 'Marked shipped', 'Mark shipped'], {
    needs: 'items',
    also: 'ship',
    ownItems: true,
  }),
  desk('supplierMarkShipped', 'lending', 'ship', ['Marking shipped', 'Marked shipped', 'Mark shipped']),
  desk('supplierCheckOutOfReshare', 'lending', 'complete', COMPLETED),
  desk('slnpSupplierCheckOutOfReshare', 'lending', 'complete', COMPLETED, { needs: 'items' }),

  other('requesterManualCheckIn', 'borrowing', [
    'Marking local item created',
    'Marked local item created',
    'Mark local item created',
  ], { offered: true }),
  other('requesterAgreeConditions', 'borrowing', ['Agreeing to the conditions', 'Agreed to the conditions', 'Agree to the conditions']),
  other(
    'requesterRejectConditions',
    'borrowing',
    ['Rejecting the conditions', 'Rejected the conditions', 'Reject the conditions'],
    { offered: true },
  ),
  other('requesterMarkEndOfRotaReviewed', 'borrowing', ['Marking reviewed', 'Marked reviewed', 'Mark reviewed'], {
    offered: true,
  }),
  other('borrowerCheck', 'borrowing', ['Checking the patron again', 'Checked the patron again', 'Check the patron again']),
  other('fillLocally', 'borrowing', ['Marking filled locally', 'Marked filled locally', 'Mark filled locally']),
  other('slnpNonReturnableRequesterReceived', 'borrowing', ['Marking supplied', 'Marked supplied', 'Mark supplied'], {
    offered: true,
  }),
  other('slnpHandleAbort', 'borrowing', ['Marking cancelled', 'Marked cancelled', 'Mark cancelled'], { offered: true }),
  other('supplierMarkConditionsAgreed', 'lending', [
    'Marking conditions agreed',
    'Marked conditions agreed',
    'Mark conditions agreed',
  ], { offered: true }),
  other('supplierRespondToCancel', 'lending', ['Answering the cancellation', 'Answered the cancellation', 'Answer'], {
    needs: 'form',
  }),

  other(
    'check-out',
    'borrowing',
    ['Marking checked out', 'Marked checked out to the patron', 'Mark checked out to the patron'],
    { offered: true, hint: 'When your patron takes it, or has brought it back already, press {key}.' },
  ),
  other('will-supply', 'lending', ['Answering “will supply”', 'Answered “will supply”', 'Answer “will supply”'], {
    offered: true,
  }),

  form('send-request', 'borrowing', 'Send the request'),
  form('close-request', 'borrowing', 'Close the request'),
  form('skip-metadata-update', 'borrowing', 'Go on without a record'),
  form('update-metadata', 'borrowing', 'Look the record up again'),
  form('accept-retry', 'borrowing', 'Accept the other form'),
  form('reject-retry', 'borrowing', 'Turn the other form down'),
  form('supply-document', 'borrowing', 'Supply the document'),
  form('ask-retry', 'lending', 'Ask for another form'),
  form('validate-patron', 'lending', 'Check the other library’s account again'),
  form('borrowerCheckOverride', 'borrowing', 'Override the patron check'),
  form('cancelLocal', 'borrowing', 'Cancel the request'),
  form('localSupplierCannotSupply', 'borrowing', 'Answer “cannot supply”'),
  form('requesterBypassValidation', 'borrowing', 'Approve the request as it is'),
  form('requesterCancel', 'borrowing', 'Cancel the request'),
  form('requesterRetryValidation', 'borrowing', 'Change the request and send it again'),
  form('rerequest', 'borrowing', 'Place a changed request'),
  form('slnpMarkItemLost', 'borrowing', 'Mark the item lost'),
  form('manuallyMarkAvailable', 'borrowing', 'Mark available'),
  form('manuallyMarkSupplied', 'borrowing', 'Mark supplied'),
  form('respondYes', 'lending', 'Answer “will supply”'),
  form('slnpRespondYes', 'lending', 'Answer “will supply”'),
  form('slnpAbortSupply', 'lending', 'Stop supplying'),
  form('slnpSupplierSuppliesDocument', 'lending', 'Supply the document'),
  form('supplierAddCondition', 'lending', 'Add a condition'),
  form('supplierAddURLToDocument', 'lending', 'Add the link to the document'),
  form('supplierCannotSupply', 'lending', 'Answer “cannot supply”'),
  form('supplierConditionalSupply', 'lending', 'Answer with conditions'),
  form('supplierFillDigitalLoan', 'lending', 'Add the link to the digital loan'),
  form('supplierManualCheckout', 'lending', 'Check out by hand'),
  form('itemReturned', 'lending', 'Mark the item returned'),
];

/** Change what is said or written about a request, and nothing about the thing or where it is. */
export const WORDS_ONLY: ReadonlySet<string> = new Set([
  'message',
  'messageSeen',
  'messagesAllSeen',
  'localNote',
  'edit',
  'editLocalNote',
]);

/** Allowed in most states and never the reason for a scan. */
export const EVERYWHERE: ReadonlySet<string> = new Set([...WORDS_ONLY, 'manualClose', 'undo']);

const BY_CODE: ReadonlyMap<string, ActionWords> = new Map(ACTIONS.map((a) => [`${a.side} ${a.code}`, a]));

/** What is known of an action on this side, or undefined for one this table does not name. */
export function actionWords(code: string, side: Side): ActionWords | undefined {
  return BY_CODE.get(`${side} ${code}`);
}

/** Label of an action for people; the code itself, in quotes, where nobody has named it. */
export function actionLabel(code: string, side: Side): string {
  return actionWords(code, side)?.todo ?? `“${code}”`;
}

/**
 * The action that a scan in this state is most likely about, best first (mod-rs state model: the states each action is
 * available from). Only used when the system lists the action as valid.
 */
export const NEXT: Readonly<Record<string, readonly string[]>> = {
  REQ_SHIPPED: ['requesterReceived'],
  REQ_CHECKED_IN: ['patronReturnedItemAndShippedReturn', 'patronReturnedItem'],
  REQ_AWAITING_RETURN_SHIPPING: ['shippedReturn'],
  RES_NEW_AWAIT_PULL_SLIP: ['supplierPrintPullSlip'],
  CROSSLINK_REQ_CHECKED_OUT: ['patronReturnedItem'],
  RES_AWAIT_PICKING: ['supplierCheckInToReshareAndSupplierMarkShipped', 'supplierCheckInToReshare', 'ship'],
  RES_AWAIT_SHIP: ['supplierMarkShipped'],
  RES_ITEM_RETURNED: ['supplierCheckOutOfReshare'],
  RES_OVERDUE: ['supplierCheckOutOfReshare'],
  RES_AWAIT_DESEQUESTRATION: ['supplierCheckOutOfReshare'],
  SLNP_REQ_SHIPPED: ['slnpRequesterReceived'],
  SLNP_REQ_CHECKED_IN: ['patronReturnedItemAndShippedReturn', 'patronReturnedItem'],
  SLNP_REQ_AWAITING_RETURN_SHIPPING: ['shippedReturn'],
  SLNP_RES_NEW_AWAIT_PULL_SLIP: ['supplierPrintPullSlip'],
  SLNP_RES_AWAIT_PICKING: ['slnpSupplierFillAndMarkShipped'],
  SLNP_RES_ITEM_SHIPPED: ['slnpSupplierCheckOutOfReshare'],
};
