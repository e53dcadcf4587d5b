import type { PromptKind } from '../contract/prompt.ts';
import type { RequestView } from '../contract/request.ts';
import { WorklistId, type Todo, type WorklistPart } from '../contract/worklists.ts';
import { actionWords, type ActionWords } from './data/actions.ts';
import { KNOWN_STATES } from './data/states.ts';

/*
 * Which requests wait for what. Codes, flags and stages: openlibraryenvironment/mod-rs reference data (StatusData,
 * StateModelData and their nonreturnables and SLNP siblings).
 */

/** Items due back are looked at this many days ahead, as mod-rs's own banner does. */
export const DUE_SOON_DAYS = 7;
const DAY_MS = 24 * 60 * 60_000;

const ARRIVING = ['REQ_SHIPPED', 'SLNP_REQ_SHIPPED'];
const TO_ANSWER = ['RES_IDLE', 'SLNP_RES_IDLE'];
const TO_PRINT = ['RES_NEW_AWAIT_PULL_SLIP', 'SLNP_RES_NEW_AWAIT_PULL_SLIP'];
const TO_PULL = ['RES_AWAIT_PICKING', 'SLNP_RES_AWAIT_PICKING'];
const TO_COPY = ['RES_COPY_AWAIT_PICKING'];
const TO_SHIP = ['RES_AWAIT_SHIP'];
const TO_SHIP_BACK = ['REQ_AWAITING_RETURN_SHIPPING', 'REQ_BORROWER_RETURNED', 'SLNP_REQ_AWAITING_RETURN_SHIPPING'];
/** The other library has sent it back, and the loan is not closed. */
const CAME_BACK = ['RES_ITEM_RETURNED', 'RES_AWAIT_DESEQUESTRATION'];
const CANCEL = ['RES_CANCEL_REQUEST_RECEIVED'];
const CONDITIONS = ['REQ_CONDITIONAL_ANSWER_RECEIVED'];
const CONDITIONS_SENT = ['RES_PENDING_CONDITIONAL_ANSWER'];
const OVERDUE = ['REQ_OVERDUE', 'RES_OVERDUE'];
/** The item is with a patron, here or there, so its due date matters. */
const ON_LOAN = [
  'REQ_CHECKED_IN',
  'REQ_BORROWING_LIBRARY_RECEIVED',
  'REQ_RECALLED',
  'REQ_LOANED_DIGITALLY',
  'CROSSLINK_REQ_CHECKED_OUT',
  'SLNP_REQ_CHECKED_IN',
  'RES_ITEM_SHIPPED',
  'RES_LOANED_DIGITALLY',
  'SLNP_RES_ITEM_SHIPPED',
];
const OUT = [...ON_LOAN, ...TO_SHIP_BACK];

/**
 * What each worklist is made of at a time. Overdue is what ReShare says is overdue, and what is out past its day: ReShare
 * itself marks a loan overdue when its date is before the start of today, UTC.
 */
export function worklistParts(id: WorklistId, now: Date): readonly WorklistPart[] {
  const today = `${now.toISOString().slice(0, 10)}T00:00:00.000Z`;
  const soon = new Date(Date.parse(today) + (DUE_SOON_DAYS + 1) * DAY_MS).toISOString();
  const parts: Readonly<Record<WorklistId, readonly WorklistPart[]>> = {
    arriving: [{ states: ARRIVING }],
    'to-answer': [{ states: TO_ANSWER }],
    'to-print': [{ states: TO_PRINT }],
    'to-pull': [{ states: [...TO_PULL, ...TO_COPY] }],
    'to-ship': [{ states: [...TO_SHIP, ...TO_SHIP_BACK] }],
    'came-back': [{ states: CAME_BACK }],
    'due-soon': [{ states: OUT, dueFrom: today, dueBefore: soon }],
    overdue: [{ flag: 'overdue' }, { states: OVERDUE, dueFrom: '' }, { states: OUT, dueBefore: today }],
    attention: [{ flag: 'attention' }],
    trouble: [{ flag: 'trouble' }],
    unread: [{ flag: 'unread' }],
    cancel: [{ states: CANCEL }],
    conditions: [{ states: [...CONDITIONS, ...CONDITIONS_SENT] }],
    other: [{ exceptStates: KNOWN_STATES }],
  };
  return parts[id];
}

/** The order of the tiles: the day's work, what presses, what asks for a decision. */
export const WORKLISTS: readonly WorklistId[] = WorklistId.options;

const BY_STATE: ReadonlyMap<string, Todo> = new Map(
  (
    [
      ['receive', ARRIVING],
      ['answer', TO_ANSWER],
      ['print', TO_PRINT],
      ['pull', TO_PULL],
      ['copy', TO_COPY],
      ['ship', TO_SHIP],
      ['ship-back', TO_SHIP_BACK],
      ['complete', CAME_BACK],
      ['cancel', CANCEL],
      ['agree', CONDITIONS],
      ['late', OVERDUE],
      ['on-loan', ON_LOAN],
    ] as const
  ).flatMap(([todo, states]) => states.map((state): [string, Todo] => [state, todo])),
);

const KNOWN: ReadonlySet<string> = new Set(KNOWN_STATES);

/** What is to be done with a request, in one word: trouble before the step it stands in the way of. */
export function todoOf(view: RequestView): Todo {
  const { state } = view;
  if (state.terminal) return view.unreadMessages ? 'read' : 'closed';
  if (view.needsAttention) return 'mend';
  const byState = BY_STATE.get(state.code);
  if (byState === 'on-loan' && view.overdue) return 'late';
  if (byState !== undefined && byState !== 'on-loan') return byState;
  if (view.unreadMessages) return 'read';
  if (byState !== undefined) return byState;
  if (!KNOWN.has(state.code)) return 'as-it-came';
  return state.needsAttention ? 'decide' : 'wait';
}

/** ReShare's step for a request that needs nothing else to be known, where its state has one that is plain. */
const STEPS: Readonly<Record<string, string>> = {
  REQ_SHIPPED: 'requesterReceived',
  SLNP_REQ_SHIPPED: 'slnpRequesterReceived',
  REQ_CHECKED_IN: 'patronReturnedItem',
  CROSSLINK_REQ_CHECKED_OUT: 'patronReturnedItem',
  REQ_OVERDUE: 'patronReturnedItem',
  REQ_AWAITING_RETURN_SHIPPING: 'shippedReturn',
  RES_NEW_AWAIT_PULL_SLIP: 'supplierPrintPullSlip',
  RES_AWAIT_SHIP: 'supplierMarkShipped',
  RES_ITEM_RETURNED: 'supplierCheckOutOfReshare',
};

/** The plain step of an open request, with its words; whether it is still valid is looked at before it is sent. */
export function stepOf({ state, side }: Pick<RequestView, 'state' | 'side'>): ActionWords | undefined {
  const code = state.terminal ? undefined : STEPS[state.code];
  return code === undefined ? undefined : actionWords(code, side);
}

const WITH_SLIP: ReadonlySet<string> = new Set([...TO_PRINT, ...TO_PULL, ...TO_COPY]);

/** A pull slip is of use: nobody has fetched the item yet. */
export function wantsPullSlip({ state }: Pick<RequestView, 'state'>): boolean {
  return !state.terminal && WITH_SLIP.has(state.code);
}

const KINDS: Readonly<Record<Todo, PromptKind>> = {
  receive: 'ill',
  answer: 'stop',
  print: 'ill',
  pull: 'ill',
  copy: 'ill',
  ship: 'ill',
  'ship-back': 'ill',
  complete: 'ill',
  agree: 'stop',
  cancel: 'stop',
  decide: 'stop',
  mend: 'stop',
  read: 'route',
  'on-loan': 'hold',
  late: 'route',
  wait: 'saved',
  closed: 'saved',
  'as-it-came': 'saved',
};

export function kindOf(todo: Todo): PromptKind {
  return KINDS[todo];
}
