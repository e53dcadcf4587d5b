import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { KNOWN_STATES } from '../../src-main/desk/data/states.ts';
import { kindOf, todoOf, WORKLISTS, worklistParts } from '../../src-main/desk/worklists.ts';
import { view } from '../fixtures/store-records.ts';

const NOW = new Date('2026-11-23T15:00:00Z');

/** Codes and flags of mod-rs's reference data. */
const MODEL = JSON.parse(readFileSync(join(import.meta.dirname, '../fixtures/reshare/state-model.json'), 'utf8')) as {
  readonly states: Readonly<Record<string, Omit<Reference, 'code'>>>;
};
interface Reference {
  readonly code: string;
  readonly terminal?: boolean;
  readonly needsAttention?: boolean;
}

const STATES = Object.entries(MODEL.states).map(([code, flags]): Reference => ({ ...flags, code }));

/** Worklists a request is on by its state alone. */
function listsOf(code: string): readonly string[] {
  return WORKLISTS.filter((id) =>
    worklistParts(id, NOW).some(
      (part) => part.states?.includes(code) === true || part.exceptStates?.includes(code) === false,
    ),
  );
}

const stateOf = ({ code, terminal, needsAttention }: Reference) => ({
  code,
  label: code,
  terminal: terminal === true,
  needsAttention: needsAttention === true,
});

/** What an office does with each state that waits for it. */
const EXPECTED: Readonly<Record<string, readonly [lists: readonly string[], todo: string]>> = {
  REQ_SHIPPED: [['arriving'], 'receive'],
  SLNP_REQ_SHIPPED: [['arriving'], 'receive'],
  RES_IDLE: [['to-answer'], 'answer'],
  SLNP_RES_IDLE: [['to-answer'], 'answer'],
  RES_NEW_AWAIT_PULL_SLIP: [['to-print'], 'print'],
  SLNP_RES_NEW_AWAIT_PULL_SLIP: [['to-print'], 'print'],
  RES_AWAIT_PICKING: [['to-pull'], 'pull'],
  SLNP_RES_AWAIT_PICKING: [['to-pull'], 'pull'],
  RES_COPY_AWAIT_PICKING: [['to-pull'], 'copy'],
  RES_AWAIT_SHIP: [['to-ship'], 'ship'],
  REQ_AWAITING_RETURN_SHIPPING: [['to-ship', 'due-soon', 'overdue'], 'ship-back'],
  REQ_BORROWER_RETURNED: [['to-ship', 'due-soon', 'overdue'], 'ship-back'],
  SLNP_REQ_AWAITING_RETURN_SHIPPING: [['to-ship', 'due-soon', 'overdue'], 'ship-back'],
  RES_ITEM_RETURNED: [['came-back'], 'complete'],
  RES_AWAIT_DESEQUESTRATION: [['came-back'], 'complete'],
  RES_CANCEL_REQUEST_RECEIVED: [['cancel'], 'cancel'],
  REQ_CONDITIONAL_ANSWER_RECEIVED: [['conditions'], 'agree'],
  RES_PENDING_CONDITIONAL_ANSWER: [['conditions'], 'wait'],
  REQ_OVERDUE: [['overdue'], 'late'],
  RES_OVERDUE: [['overdue'], 'late'],
  REQ_CHECKED_IN: [['due-soon', 'overdue'], 'on-loan'],
  REQ_BORROWING_LIBRARY_RECEIVED: [['due-soon', 'overdue'], 'on-loan'],
  REQ_RECALLED: [['due-soon', 'overdue'], 'on-loan'],
  REQ_LOANED_DIGITALLY: [['due-soon', 'overdue'], 'on-loan'],
  SLNP_REQ_CHECKED_IN: [['due-soon', 'overdue'], 'on-loan'],
  RES_ITEM_SHIPPED: [['due-soon', 'overdue'], 'on-loan'],
  RES_LOANED_DIGITALLY: [['due-soon', 'overdue'], 'on-loan'],
  SLNP_RES_ITEM_SHIPPED: [['due-soon', 'overdue'], 'on-loan'],
};

test('the reference data has the states this table is about', () => {
  const codes = STATES.map(({ code }) => code);
  expect(codes).toEqual(expect.arrayContaining(Object.keys(EXPECTED)));
  expect(KNOWN_STATES).toEqual(expect.arrayContaining(codes));
});

test.each(STATES)('$code is on the right worklists and says what to do', (reference) => {
  const waits = reference.needsAttention === true ? 'decide' : 'wait';
  const otherwise = [[], reference.terminal === true ? 'closed' : waits] as const;
  const [lists, todo] = EXPECTED[reference.code] ?? otherwise;
  expect(listsOf(reference.code)).toEqual(lists);
  const request = view({ state: stateOf(reference), needsAttention: false, unreadMessages: false, overdue: false });
  expect(todoOf(request)).toBe(todo);
});

test('a state nobody knows is on the list of its own, as it came', () => {
  const code = 'NJ_AWAIT_COURIER';
  expect(listsOf(code)).toEqual(['other']);
  expect(todoOf(view({ state: stateOf({ code }) }))).toBe('as-it-came');
});

test('trouble with the circulation system stands before the step, and a message before the loan', () => {
  const loan = stateOf({ code: 'REQ_CHECKED_IN' });
  expect(todoOf(view({ state: stateOf({ code: 'REQ_SHIPPED' }), needsAttention: true }))).toBe('mend');
  expect(todoOf(view({ state: loan, unreadMessages: true }))).toBe('read');
  expect(todoOf(view({ state: loan, overdue: true, unreadMessages: true }))).toBe('late');
  expect(kindOf('mend')).toBe('stop');
});

test('overdue begins where due soon ends, at the start of today UTC', () => {
  const [late] = worklistParts('overdue', NOW).filter((part) => part.dueBefore !== undefined);
  const [soon] = worklistParts('due-soon', NOW);
  expect(late?.dueBefore).toBe('2026-11-23T00:00:00.000Z');
  expect(soon).toMatchObject({ dueFrom: late?.dueBefore, dueBefore: '2026-12-01T00:00:00.000Z' });
});
