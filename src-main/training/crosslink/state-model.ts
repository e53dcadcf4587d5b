/** Which side of a request a library is on, as CrossLink writes it. */
export type BrokerSide = 'borrowing' | 'lending';

type Service = 'Loan' | 'Copy' | 'CopyOrLoan';

export interface BrokerAction {
  readonly name: string;
  /** Where success leads; left out for actions that have no end of their own here. */
  readonly success: string;
  readonly review?: string;
  /** Done by the broker itself on entering the state, and offered to people only when that failed. */
  readonly auto?: true;
  readonly primary?: true;
  readonly only?: readonly Service[];
}

export interface BrokerState {
  readonly name: string;
  readonly side: BrokerSide;
  readonly actions: readonly BrokerAction[];
  /** Messages of the other library, and where each leads. */
  readonly events: Readonly<Record<string, string>>;
  readonly terminal?: true;
  readonly needsAttention?: true;
}

const LOANS = ['Loan', 'CopyOrLoan'] as const;
const COPIES = ['Copy', 'CopyOrLoan'] as const;

function action(name: string, success: string, more: Omit<BrokerAction, 'name' | 'success'> = {}): BrokerAction {
  return { name, success, ...more };
}

type More = Pick<BrokerState, 'terminal' | 'needsAttention'>;

function state(side: BrokerSide) {
  return (
    name: string,
    actions: readonly BrokerAction[],
    events: BrokerState['events'] = {},
    more: More = {},
  ): BrokerState => ({ name, side, actions, events, ...more });
}

const borrowing = state('borrowing');
const lending = state('lending');

const CLOSE = action('close-request', 'MANUALLY_CLOSED');
const ANSWERS = {
  'will-supply': 'WILL_SUPPLY',
  'will-supply-conditional': 'CONDITION_PENDING',
  'retry-conditional': 'RETRY_PENDING',
  loaned: 'SHIPPED',
  unfilled: 'UNFILLED',
} as const;
const NEEDED: More = { needsAttention: true };
const OVER: More = { terminal: true };
const ASKED = { 'cancel-request': 'CANCEL_REQUESTED' } as const;

const SUPPLYING: readonly BrokerAction[] = [
  action('add-condition', 'CONDITION_PENDING'),
  action('ship', 'SHIPPED', { only: LOANS, primary: true }),
  action('supply-document', 'COMPLETED', { only: COPIES }),
  action('cannot-supply', 'UNFILLED'),
  action('ask-retry', 'COMPLETED_WITH_RETRY'),
];

/**
 * The state model of CrossLink: names, actions, messages and where they lead, after indexdata/crosslink
 * `misc/state-models.yaml` 3.0.0 (Apache-2.0).
 */
export const STATES: readonly BrokerState[] = [
  borrowing('NEW', [
    action('validate-patron', 'VALIDATED', { auto: true, primary: true, review: 'INVALID_PATRON' }),
    action('skip-patron-validation', 'VALIDATED'),
    CLOSE,
  ]),
  borrowing(
    'INVALID_PATRON',
    [
      action('validate-patron', 'VALIDATED', { primary: true, review: 'INVALID_PATRON' }),
      action('skip-patron-validation', 'VALIDATED'),
      CLOSE,
    ],
    {},
    NEEDED,
  ),
  borrowing('VALIDATED', [
    action('update-metadata', 'METADATA_UPDATED', { auto: true, primary: true, review: 'NEEDS_REVIEW' }),
    action('skip-metadata-update', 'METADATA_UPDATED'),
    CLOSE,
  ]),
  borrowing('METADATA_UPDATED', [action('send-request', 'SENT', { auto: true, primary: true }), CLOSE]),
  borrowing('NEEDS_REVIEW', [action('send-request', 'SENT', { primary: true }), CLOSE], {}, NEEDED),
  borrowing(
    'DUPLICATE',
    [action('send-request', 'SENT', { primary: true }), action('close-request', 'CLOSED_DUPLICATE')],
    {},
    NEEDED,
  ),
  borrowing(
    'LOCAL_SUPPLY',
    [
      action('fill-locally', 'COMPLETED', { only: LOANS, primary: true }),
      action('supply-document', 'COMPLETED', { only: COPIES }),
      action('cancel-local-supply', 'CANCELLED'),
      action('cannot-supply-locally', 'SENT'),
    ],
    {},
    NEEDED,
  ),
  borrowing('SENT', [], { 'expect-to-supply': 'SUPPLIER_LOCATED', ...ANSWERS }),
  borrowing('SUPPLIER_LOCATED', [action('cancel-request', 'CANCEL_PENDING', { primary: true })], ANSWERS),
  borrowing(
    'CONDITION_PENDING',
    [action('accept-condition', 'WILL_SUPPLY', { primary: true }), action('reject-condition', 'CANCEL_PENDING')],
    { 'will-supply-conditional': 'CONDITION_PENDING', unfilled: 'UNFILLED' },
    NEEDED,
  ),
  borrowing(
    'RETRY_PENDING',
    [action('accept-retry', 'RETRY_ACCEPTED', { primary: true }), action('reject-retry', 'RETRY_REJECTED')],
    {},
    NEEDED,
  ),
  borrowing('WILL_SUPPLY', [action('cancel-request', 'CANCEL_PENDING', { primary: true })], ANSWERS),
  borrowing('SHIPPED', [action('receive', 'RECEIVED', { primary: true })]),
  borrowing('RECEIVED', [action('check-out', 'CHECKED_OUT', { primary: true })]),
  borrowing('CHECKED_OUT', [action('check-in', 'CHECKED_IN', { primary: true })]),
  borrowing('CHECKED_IN', [action('ship-return', 'SHIPPED_RETURNED', { primary: true })]),
  borrowing('SHIPPED_RETURNED', [], { completed: 'COMPLETED' }),
  borrowing('CANCEL_PENDING', [], { 'cancel-accepted': 'CANCELLED', 'cancel-rejected': 'WILL_SUPPLY' }),
  ...[
    'COMPLETED',
    'CANCELLED',
    'UNFILLED',
    'RETRY_ACCEPTED',
    'RETRY_REJECTED',
    'MANUALLY_CLOSED',
    'CLOSED_DUPLICATE',
  ].map((name) => borrowing(name, [], {}, OVER)),

  lending('NEW', [action('validate-patron', 'VALIDATED', { auto: true, primary: true })]),
  lending(
    'VALIDATED',
    [
      action('will-supply', 'WILL_SUPPLY', { auto: true, primary: true }),
      action('cannot-supply', 'UNFILLED'),
      action('add-condition', 'CONDITION_PENDING'),
      action('ask-retry', 'COMPLETED_WITH_RETRY'),
    ],
    ASKED,
  ),
  lending('WILL_SUPPLY', SUPPLYING, ASKED),
  lending(
    'CONDITION_PENDING',
    [action('add-condition', 'CONDITION_PENDING'), action('cannot-supply', 'UNFILLED', { primary: true })],
    { 'conditions-accepted': 'CONDITION_ACCEPTED', 'condition-rejected': 'CANCEL_REQUESTED', ...ASKED },
  ),
  lending('CONDITION_ACCEPTED', SUPPLYING, ASKED),
  lending('SHIPPED', [], { received: 'RECEIVED' }),
  lending('RECEIVED', [], { 'shipped-return': 'SHIPPED_RETURN' }),
  lending('SHIPPED_RETURN', [action('mark-received', 'COMPLETED', { primary: true })]),
  lending(
    'CANCEL_REQUESTED',
    [action('accept-cancel', 'CANCELLED', { primary: true }), action('reject-cancel', 'WILL_SUPPLY')],
    {},
    NEEDED,
  ),
  ...['COMPLETED', 'CANCELLED', 'UNFILLED', 'COMPLETED_WITH_RETRY', 'MANUALLY_CLOSED'].map((name) =>
    lending(name, [], {}, OVER),
  ),
];

/** Parameters an action takes, which are told with it (`statemodel_capabilities.go`). */
export const PARAMETERS: Readonly<Record<string, readonly string[]>> = {
  'will-supply': ['note'],
  ship: ['note'],
  'cannot-supply': ['note', 'reasonUnfilled'],
  'add-condition': ['note', 'loanCondition', 'cost', 'currency'],
  'supply-document': ['note', 'deliveryUrl'],
  'ask-retry': ['note', 'reasonRetry', 'itemId'],
};

const BY_NAME = new Map(STATES.map((one) => [`${one.side} ${one.name}`, one]));

/** @throws RangeError for a state the model does not have. */
export function stateOf(side: BrokerSide, name: string): BrokerState {
  const found = BY_NAME.get(`${side} ${name}`);
  if (found === undefined) throw new RangeError(`CrossLink has no ${side} state ${name}`);
  return found;
}
