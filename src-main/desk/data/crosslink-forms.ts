import { FORMS, type FieldRule, type FormRule } from './request-forms.ts';

/*
 * The actions of CrossLink, by the port's codes, with what each does and whether it can be taken back (indexdata/crosslink
 * `misc/state-models.yaml` 3.0.0 and `broker/patron_request/service/action.go`). Which parameters an action takes, CrossLink
 * tells with it.
 */
const FINAL = 'It cannot be taken back.';
const TOLD = `The other library is told at once. ${FINAL}`;

const CAUTIONS: Readonly<Record<string, string>> = {
  borrowerCheck: 'Your circulation system is asked about the patron once more. Nothing is changed there.',
  requesterBypassValidation: `The request goes on although the patron was not checked. ${FINAL}`,
  'update-metadata': 'The catalogue is asked for the title once more, and what it says is taken over.',
  'skip-metadata-update': `The request goes on with the title as it was typed. ${FINAL}`,
  'send-request': `The request is sent, and libraries are asked one after the other. ${FINAL}`,
  'close-request': 'The request is over; nobody was asked for it. It cannot be opened again.',
  requesterReceived:
    'ReShare creates the temporary item in your circulation system and tells the lender. It cannot be taken back.',
  'check-out': `ReShare checks the temporary item out to the patron. ${FINAL}`,
  patronReturnedItem: `ReShare checks the temporary item in. ${FINAL}`,
  shippedReturn: `The lender is told that it is on its way back. ${FINAL}`,
  requesterCancel: `The lender is asked to cancel and may refuse. ${FINAL}`,
  requesterAgreeConditions: `You agree to every condition of this lender. ${TOLD}`,
  requesterRejectConditions: `The lender is asked to cancel, and may refuse. ${FINAL}`,
  'accept-retry': `A new request is made as the lender proposes, and this one is over. ${FINAL}`,
  'reject-retry': `The request is over. ${FINAL}`,
  fillLocally: `The request is over: your own copy goes to the patron. ${FINAL}`,
  cancelLocal: `The request is over. ${FINAL}`,
  localSupplierCannotSupply: `Your own copy is not used, and another library is asked. ${FINAL}`,
  'supply-document': `The patron gets the link and the request is over. ${FINAL}`,

  'validate-patron': 'The other library’s account in your circulation system is looked up once more.',
  'will-supply': `You promise to send it, and ReShare asks your circulation system for the item. ${TOLD}`,
  ship: 'ReShare checks the item out and tells the borrower that it is on its way. It cannot be taken back.',
  supplierCannotSupply: `The request goes to the next library and is over for you. ${FINAL}`,
  supplierAddCondition: `You supply it only under this condition or for this cost. ${TOLD}`,
  supplierAddURLToDocument: `The borrower gets the link and the request is over. ${FINAL}`,
  'ask-retry': `The request is over for you; the borrower may ask anew for the record that you name. ${TOLD}`,
  supplierCheckOutOfReshare: 'ReShare checks the items in and closes the loan. It cannot be opened again.',
};

/** What the parameters are, by CrossLink's names (`statemodel_capabilities.go`). */
const PARAMETERS: Readonly<Record<string, FieldRule>> = {
  note: { name: 'note', label: 'Note to the other library', kind: 'note', required: false },
  reasonUnfilled: choice('reasonUnfilled', 'Reason', 'cannotSupplyReasons', true),
  loanCondition: choice('loanCondition', 'Condition', 'loanConditions', false),
  cost: { name: 'cost', label: 'Cost', kind: 'number', required: false, hint: 'Digits, with a point: 12.50' },
  currency: text('currency', 'Currency of the cost', false, 'Its three letters, such as EUR.'),
  reasonRetry: choice('reasonRetry', 'Reason', 'retryReasons', true),
  itemId: text('itemId', 'Record they should ask for', true, 'Its id in the shared catalogue.'),
  deliveryUrl: text('deliveryUrl', 'Link to the document', true),
};

function text(name: string, label: string, required: boolean, hint?: string): FieldRule {
  return { name, label, kind: 'text', required, ...(hint === undefined ? {} : { hint }) };
}

function choice(name: string, label: string, from: NonNullable<FieldRule['from']>, required: boolean): FieldRule {
  return { name, label, kind: 'choice', required, from };
}

/** Forms whose fields do not come with the action. */
const OWN: Readonly<Record<string, FormRule | undefined>> = {
  message: FORMS['message'],
  supplierRespondToCancel: {
    caution: `Yes ends the request. The other library is told at once. ${FINAL}`,
    fields: [choice('cancelResponse', 'May they cancel?', 'yesNo', true)],
  },
  manualClose: {
    caution:
      'Where the request still can be turned down, ReShare does that and tells the other library; else it is closed here only, and they must close their own side. It cannot be opened again.',
    fields: [],
  },
};

const STRANGE =
  'Carrel does not know this action of your tenant, and what it does cannot be told from here. Look in ReShare if you are not sure.';

export function isCrosslinkAction(code: string): boolean {
  return CAUTIONS[code] !== undefined || OWN[code] !== undefined;
}

/** The form of an action of CrossLink. @param parameters as told with the action; a name nobody knows is a plain field */
export function crosslinkForm(code: string, parameters: readonly string[]): FormRule {
  const own = OWN[code];
  if (own !== undefined) return own;
  // The note stands last, as in every other form.
  const ordered = [...parameters.filter((name) => name !== 'note'), ...parameters.filter((name) => name === 'note')];
  const fields = ordered.map((name) => PARAMETERS[name] ?? text(name, name, false));
  return { caution: CAUTIONS[code] ?? STRANGE, fields };
}
