/** Where a field's choices come from: a reference-data category, the library's places, closing states, or fixed ones. */
export type ChoiceSource =
  | 'cancellationReasons'
  | 'cannotSupplyReasons'
  | 'retryReasons'
  | 'loanConditions'
  | 'CurrencyCodes'
  | 'slnpCancelOrAbortSupplyReasons'
  | 'locations'
  | 'shelvingLocations'
  | 'closeStates'
  | 'yesNo'
  | 'abort';

/** A parameter of an action as a field of its form. */
export interface FieldRule {
  /** Name in mod-rs `actionParams`. */
  readonly name: string;
  readonly label: string;
  readonly kind: 'text' | 'note' | 'choice' | 'items' | 'number' | 'day';
  readonly required: boolean;
  readonly from?: ChoiceSource;
  readonly hint?: string;
}

export interface FormRule {
  readonly fields: readonly FieldRule[];
  /** What it does and whether it can be taken back: said before it is sent. */
  readonly caution: string;
}

const NOTE: FieldRule = {
  name: 'note',
  label: 'Note to the other library',
  kind: 'note',
  required: false,
};

function text(name: string, label: string, more: Partial<FieldRule> = {}): FieldRule {
  return { name, label, kind: 'text', required: false, ...more };
}

function choice(name: string, label: string, from: ChoiceSource, required: boolean, hint?: string): FieldRule {
  return { name, label, kind: 'choice', required, from, ...(hint === undefined ? {} : { hint }) };
}

const PLACE: readonly FieldRule[] = [
  choice('pickLocation', 'Location it is fetched from', 'locations', true),
  choice('pickShelvingLocation', 'Shelving location', 'shelvingLocations', false),
  text('callnumber', 'Call number'),
];

const CONDITION: readonly FieldRule[] = [
  choice('loanCondition', 'Condition', 'loanConditions', true),
  choice('holdingState', 'Wait for the borrower’s answer', 'yesNo', true, 'Yes: nothing goes on until they agree.'),
  { name: 'cost', label: 'Cost', kind: 'number', required: false, hint: 'Digits, with a point: 12.50' },
  choice('costCurrency', 'Currency of the cost', 'CurrencyCodes', false),
];

const ITEMS: FieldRule = {
  name: 'itemBarcodes',
  label: 'Barcodes of the items',
  kind: 'items',
  required: true,
  hint: 'One a line; a name such as “vol. 2” may follow after a space. A scan made here is taken as a scan of the desk.',
};

const LOAN_DATE: FieldRule = {
  name: 'loanDateOverride',
  label: 'Due date, if the circulation system gives none',
  kind: 'day',
  required: false,
  hint: 'As 2026-12-04.',
};

/** The fields of a request that staff may change; the patron stays as ReShare has it. */
export const EDITED: readonly FieldRule[] = [
  text('title', 'Title', { required: true }),
  text('subtitle', 'Subtitle'),
  text('author', 'Author'),
  text('publisher', 'Publisher'),
  text('placeOfPublication', 'Place of publication'),
  text('publicationDate', 'Year'),
  text('edition', 'Edition'),
  text('volume', 'Volume'),
  text('issue', 'Issue'),
  text('titleOfComponent', 'Title of the part'),
  text('authorOfComponent', 'Author of the part'),
  text('pagesRequested', 'Pages'),
  text('isbn', 'ISBN'),
  text('issn', 'ISSN'),
  text('oclcNumber', 'OCLC number'),
  text('systemInstanceIdentifier', 'Record in the shared catalogue', { hint: 'Its id; empty for a blank form.' }),
  { name: 'neededBy', label: 'Needed by', kind: 'day', required: false, hint: 'As 2026-12-04.' },
];

const FINAL = 'It cannot be taken back.';
const TOLD = `The other library is told at once. ${FINAL}`;

function rule(caution: string, ...fields: readonly FieldRule[]): FormRule {
  return { caution, fields };
}

const RECEIVED = 'ReShare creates the temporary item in your circulation system and tells the lender. It cannot be taken back.';
const FILLED =
  'ReShare checks the items out in your circulation system. It can be undone as long as nothing else is done with the request.';
const FILLED_SHIPPED =
  'ReShare checks the items out and tells the borrower that they are on their way. It cannot be taken back.';
const COMPLETED = 'ReShare checks the items in and closes the loan. It cannot be opened again.';

/**
 * Every user action of mod-rs with its parameters (`ActionEventData` and the action services). `note` goes to the other
 * library with most of them.
 */
export const FORMS: Readonly<Record<string, FormRule>> = {
  respondYes: rule(`You promise to send it. ${TOLD}`, ...PLACE, NOTE),
  slnpRespondYes: rule(`You promise to send it. ${TOLD}`, ...PLACE, NOTE),
  supplierConditionalSupply: rule(`You offer it under a condition. ${TOLD}`, ...PLACE, ...CONDITION, NOTE),
  supplierAddCondition: rule(`The condition cannot be removed again. ${TOLD}`, ...CONDITION, NOTE),
  supplierMarkConditionsAgreed: rule(`Only when they agreed by other means. ${FINAL}`),
  supplierCannotSupply: rule(
    `The request goes to the next library and is over for you. ${FINAL}`,
    choice('reason', 'Reason', 'cannotSupplyReasons', true),
    NOTE,
  ),
  supplierRespondToCancel: rule(
    `Yes ends the request, and checks the items in if they were checked out. ${FINAL}`,
    choice('cancelResponse', 'May they cancel?', 'yesNo', true),
    NOTE,
  ),
  supplierPrintPullSlip: rule('It only marks the slip as printed; it prints nothing. It cannot be unmarked.'),
  supplierCheckInToReshare: rule(FILLED, ITEMS, LOAN_DATE, NOTE),
  supplierCheckInToReshareAndSupplierMarkShipped: rule(FILLED_SHIPPED, ITEMS, LOAN_DATE, NOTE),
  supplierMarkShipped: rule(`The borrower is told that it is on its way. After this the fill cannot be undone either.`, NOTE),
  supplierCheckOutOfReshare: rule(COMPLETED, NOTE),
  supplierManualCheckout: rule(`Only when you have checked it out by hand. ${FINAL}`),
  itemReturned: rule(`It marks the item as on its way back. ${FINAL}`, NOTE),
  supplierFillDigitalLoan: rule(TOLD, text('url', 'Link to the digital loan', { required: true }), NOTE),
  supplierAddURLToDocument: rule(
    `The borrower gets the link and the request is over. ${FINAL}`,
    text('url', 'Link to the document', { required: true }),
    NOTE,
  ),
  undo: rule('The items are checked in again and taken off the request; it is then where it was before the fill.'),
  localNote: rule('Only your library sees it. The earlier note is replaced.', {
    name: 'localNote',
    label: 'Local note',
    kind: 'note',
    required: false,
  }),

  requesterReceived: rule(RECEIVED, NOTE),
  slnpRequesterReceived: rule(RECEIVED),
  requesterManualCheckIn: rule(`Only when you have created the item in your circulation system by hand. ${FINAL}`),
  patronReturnedItem: rule(`ReShare checks the temporary item in. ${FINAL}`),
  shippedReturn: rule(`The lender is told that it is on its way back. ${FINAL}`, NOTE),
  patronReturnedItemAndShippedReturn: rule(
    `ReShare checks the temporary item in and tells the lender that it is on its way back. ${FINAL}`,
    NOTE,
  ),
  requesterCancel: rule(
    `The lender is asked to cancel and may refuse, if there is one yet. ${FINAL}`,
    choice('reason', 'Reason', 'cancellationReasons', true),
    NOTE,
  ),
  cancelLocal: rule(`The request is over. ${FINAL}`, choice('reason', 'Reason', 'cancellationReasons', true), NOTE),
  requesterAgreeConditions: rule(`You agree to every condition of this lender. ${TOLD}`, NOTE),
  requesterRejectConditions: rule(`The lender is asked to cancel, and the next library is asked. ${FINAL}`, NOTE),
  borrowerCheck: rule('Your circulation system is asked about the patron once more. Nothing is changed there.'),
  borrowerCheckOverride: rule(`The request goes on although the patron was not accepted. ${FINAL}`),
  requesterBypassValidation: rule(`The request goes on as it is and is sent to a library. ${FINAL}`),
  requesterRetryValidation: rule('The request is changed as below and checked once more.', ...EDITED),
  rerequest: rule(`A new request is made from the fields below, for the same patron; this one stays closed.`, ...EDITED),
  requesterMarkEndOfRotaReviewed: rule(`It leaves the list of what needs you. ${FINAL}`),
  fillLocally: rule(`The request is over: your own copy goes to the patron. ${FINAL}`),
  localSupplierCannotSupply: rule(`Your own copy is not used, and another library is asked. ${FINAL}`),
  manualClose: rule(
    'The request is closed here only: the other library gets a message and must close its own side. It cannot be opened again.',
    choice('terminalState', 'Close as', 'closeStates', true),
  ),
  message: rule('The other library sees it at once; a message cannot be taken back.', {
    ...NOTE,
    label: 'Message to the other library',
    required: true,
  }),

  slnpAbortSupply: rule(
    `You stop supplying. ${TOLD}`,
    choice('reason', 'How', 'abort', true),
    NOTE,
  ),
  slnpSupplierFillAndMarkShipped: rule(FILLED_SHIPPED, ITEMS, NOTE),
  slnpSupplierCheckOutOfReshare: rule(COMPLETED, ITEMS, NOTE),
  slnpSupplierSuppliesDocument: rule(`The request is over. ${TOLD}`, NOTE),
  slnpNonReturnableRequesterReceived: rule(`The request is over. ${FINAL}`),
  slnpHandleAbort: rule(`The request is over. ${FINAL}`),
  slnpMarkItemLost: rule(`The request is over and the item counts as lost. ${FINAL}`),
  manuallyMarkAvailable: rule(FINAL),
  manuallyMarkSupplied: rule(`The request is over. ${FINAL}`),
};

/** An action of the tenant's own: nothing is known of it but its code. */
export const STRANGE: FormRule = rule(
  'Carrel does not know this action of your tenant: only a note can be given, and what it does cannot be told from here. Look in ReShare if you are not sure.',
  NOTE,
);

/** Changing the record itself (PUT): borrowing side only. */
export const EDIT: FormRule = rule('The request is changed in ReShare. The earlier words are replaced.', ...EDITED);

/** The local note of a borrowing request, which mod-rs keeps among the record's own fields. */
export const EDIT_NOTE: FormRule = rule('Only your library sees it. The earlier note is replaced.', {
  name: 'localNote',
  label: 'Local note',
  kind: 'note',
  required: false,
});
