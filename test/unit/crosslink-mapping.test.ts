import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import type { Side } from '../../src-main/contract/request.ts';
import { actionWords, EVERYWHERE, NEXT } from '../../src-main/desk/data/actions.ts';
import { CROSSLINK } from '../../src-main/desk/data/crosslink-states.ts';
import { KNOWN_STATES } from '../../src-main/desk/data/states.ts';
import { decide } from '../../src-main/desk/decide.ts';
import { todoOf } from '../../src-main/desk/worklists.ts';
import { wantedStates } from '../../src-main/journal/actions.ts';
import { hasHappened, judge } from '../../src-main/journal/look.ts';
import type { HttpAnswer } from '../../src-main/systems/http/client.ts';
import { refusedByHost } from '../../src-main/desk/host.ts';
import type { StepResult } from '../../src-main/desk/types.ts';
import { ownAction, portAction, readActions } from '../../src-main/systems/reshare/crosslink-actions.ts';
import { readHistory } from '../../src-main/systems/reshare/crosslink-history.ts';
import { cqlTerm, pathOf } from '../../src-main/systems/reshare/crosslink-lists.ts';
import { readActionAnswer } from '../../src-main/systems/reshare/crosslink-outcome.ts';
import { readCrosslink, withMore } from '../../src-main/systems/reshare/crosslink-record.ts';
import { crosslinkState } from '../../src-main/systems/reshare/crosslink-states.ts';
import { STATES } from '../../src-main/training/crosslink/state-model.ts';
import { evidence, RULES } from './desk-cases.ts';

const SAMPLE = JSON.parse(
  readFileSync(new URL('../fixtures/crosslink/patron-requests.json', import.meta.url), 'utf8'),
) as {
  readonly list: { readonly items: readonly Readonly<Record<string, unknown>>[] };
  readonly actions: Readonly<Record<string, unknown>>;
  readonly actionOk: object;
  readonly actionFailed: object;
  readonly error: object;
};
const SEEN = '2026-11-23T10:00:00.000Z';
const [RECORD = {}] = SAMPLE.list.items;
const CONTEXT = { system: 'ReShare', tenant: 'maple' };

function view(more: object = {}) {
  const read = readCrosslink({ ...RECORD, ...more }, SEEN);
  if (read === undefined) throw new Error('the record was not read');
  return read;
}

function answer(status: number, body: object | string): HttpAnswer {
  const text = typeof body === 'string' ? body : JSON.stringify(body);
  return {
    kind: 'answer',
    status,
    headers: { 'content-type': 'application/json' },
    setCookies: [],
    bytes: Buffer.from(text),
    text,
    host: 'okapi.example.org',
    ms: 1,
  };
}

describe('the published state model, in the codes of the port', () => {
  test('every state has the port’s code and the desk’s words; more than one may share a code, but never over the sides', () => {
    const sides = new Map<string, Set<Side>>();
    for (const { name, side } of STATES) {
      const code = crosslinkState(name, side, false)?.code ?? `no code for ${side} ${name}`;
      expect(KNOWN_STATES).toContain(code);
      expect(code).toMatch(side === 'borrowing' ? /REQ_/ : /RES_/);
      sides.set(code, (sides.get(code) ?? new Set()).add(side));
    }
    for (const used of sides.values()) expect(used.size).toBe(1);
    const own = STATES.map(({ name, side }) => crosslinkState(name, side, false)?.code);
    expect(Object.keys(CROSSLINK).filter((code) => !own.includes(code))).toEqual([]);
  });

  test('the flag of a state is the model’s', () => {
    for (const { name, side, needsAttention } of STATES) {
      expect([name, crosslinkState(name, side, false)?.needsAttention]).toEqual([name, needsAttention === true]);
    }
  });

  test('every action people may take has words, comes back as its own name, and leads where a look expects it', () => {
    for (const { name: state, side, actions } of STATES) {
      for (const { name, success } of actions) {
        const code = portAction(name, side);
        expect([state, name, actionWords(code, side) !== undefined || EVERYWHERE.has(code)]).toEqual([
          state,
          name,
          true,
        ]);
        const params = name === 'reject-cancel' ? { cancelResponse: 'no' } : { cancelResponse: 'yes' };
        expect(ownAction(code, params).action).toBe(name);
        const step = actionWords(code, side)?.step ?? 'other';
        const to = crosslinkState(success, side, false)?.code ?? '';
        if (step !== 'other')
          expect([state, name, wantedStates(code)]).toEqual([state, name, expect.arrayContaining([to])]);
      }
    }
  });

  test('the next step in a state is one the model allows there', () => {
    for (const { name, side, actions } of STATES) {
      const code = crosslinkState(name, side, false)?.code ?? '';
      const allowed = actions.map((action) => portAction(action.name, side));
      const desk = allowed.filter((action) => (actionWords(action, side)?.step ?? 'other') !== 'other');
      for (const action of desk) expect([code, NEXT[code]]).toEqual([code, expect.arrayContaining([action])]);
    }
  });
});

describe('a record', () => {
  test('is read as the desk sees a request, without anything of the patron', () => {
    expect(view()).toEqual({
      id: '747ea674-50be-5e80-906b-7f2f08635a5c',
      hrid: 'MAPLE-2001',
      side: 'borrowing',
      stateModel: 'crosslink:default',
      state: { code: 'REQ_SHIPPED', own: 'SHIPPED', label: 'Shipped', terminal: false, needsAttention: false },
      needsAttention: false,
      title: 'The salt road',
      author: 'Lindqvist, Marta',
      partner: { symbol: 'ISIL:CEDAR', name: 'Cedar College' },
      volumes: [
        {
          id: '328058f4-d1c3-5aaf-8901-fddc4aef0852',
          itemId: '39000000111111',
          callNumber: 'HF3640 .L56',
        },
      ],
      callNumber: 'HF3640 .L56',
      serviceType: 'loan',
      overdue: false,
      unreadMessages: false,
      conditions: [],
      otherIdentifiers: [],
      audit: [],
      dateCreated: '2026-11-18T10:00:00.000Z',
      lastUpdated: '2026-11-20T18:00:00.000Z',
      seenAt: SEEN,
    });
  });

  test('the due date comes with the other library’s message, and so does that it is overdue', () => {
    const illResponse = { statusInfo: { status: 'Overdue', dueDate: '2026-11-01T00:00:00Z' } };
    expect(view({ illResponse })).toMatchObject({ dueDate: '2026-11-01T00:00:00.000Z', overdue: true });
  });

  test('its one flag is the state’s where the state wants a person, else the request’s', () => {
    const flagged = (more: object) => {
      const { state, needsAttention } = view({ needsAttention: true, ...more });
      return [state.needsAttention, needsAttention];
    };
    expect(flagged({})).toEqual([false, true]);
    expect(flagged({ state: 'CONDITION_PENDING' })).toEqual([true, false]);
    expect(flagged({ state: 'CONDITION_PENDING', lastActionOutcome: 'failure' })).toEqual([true, true]);
    expect(flagged({ state: 'FROZEN' })).toEqual([true, false]);
  });

  test('a copy asks something else of the desk than a loan in the same state', () => {
    const illRequest = { serviceInfo: { serviceType: 'Copy' } };
    expect(view({ side: 'lending', state: 'WILL_SUPPLY', illRequest }).state.code).toBe('RES_COPY_AWAIT_PICKING');
    expect(view({ side: 'lending', state: 'WILL_SUPPLY' }).state.code).toBe('RES_AWAIT_PICKING');
  });

  test('an item the circulation system has not named is no volume', () => {
    expect(view({ items: [{ id: 'x', barcode: '' }] }).volumes).toEqual([]);
  });
});

describe('what nobody has named', () => {
  const strange = withMore(
    view({ state: 'FROZEN' }),
    readActions({ actions: [{ name: 'thaw', parameters: [], primary: true, available: true }] }, 'borrowing') ?? {
      actions: [],
      busy: false,
    },
    [],
  );

  test('a state is shown as it came, in its list, and an action is told by its name; nothing is done', () => {
    expect(strange.state).toMatchObject({ code: 'FROZEN', own: 'FROZEN', label: 'FROZEN' });
    expect(todoOf(strange)).toBe('as-it-came');
    const { steps, prompt } = decide(evidence('MAPLE-2001', [strange]), RULES);
    expect(steps).toEqual([]);
    expect(prompt.why.join(' ')).toContain('“thaw”');
    expect(prompt.rule).toContain('CrossLink state model FROZEN');
  });

  test('an action comes back to CrossLink as it came', () => {
    expect(ownAction('thaw', {})).toEqual({ action: 'thaw', actionParams: {} });
  });
});

describe('acting', () => {
  test('while an action is under way none is available, and the request waits', () => {
    const allowed = readActions({ actions: [{ name: 'receive', parameters: [], available: false }] }, 'borrowing');
    expect(allowed).toEqual({ actions: [], busy: true });
    const waiting = withMore(view(), allowed ?? { actions: [], busy: false }, []);
    expect(judge(waiting, 'requesterReceived')).toMatchObject({ verdict: 'needs-person' });
    expect(decide(evidence('MAPLE-2001', [waiting]), RULES).steps).toEqual([]);
  });

  test('a look before sending says what is done already, by the same words as for mod-rs', () => {
    const after = withMore(view({ state: 'RECEIVED' }), { actions: [], busy: false }, []);
    expect(judge(after, 'requesterReceived')).toMatchObject({ verdict: 'confirmed' });
  });

  test('a look after an unanswered action shows whether it happened, also when the request has moved on since', () => {
    const sent = { action: 'requesterReceived', evidence: { state: 'REQ_SHIPPED', seenAt: SEEN, lastAuditNo: 0 } };
    expect(hasHappened(view(), sent)).toBe(false);
    expect(hasHappened(view({ state: 'RECEIVED' }), sent)).toBe(true);
    const moved = view({ state: 'CHECKED_OUT' });
    expect(hasHappened(moved, sent)).toBe(false);
    const events = [
      {
        id: '1',
        timestamp: '2026-11-23T09:00:00Z',
        eventName: 'invoke-action',
        eventData: { action: 'receive' },
        resultData: { actionResult: { outcome: 'success', toState: 'RECEIVED' } },
      },
    ];
    expect(hasHappened({ ...moved, audit: [...readHistory(events, moved)] }, sent)).toBe(true);
  });

  test('the items of a fill are not told: `ship` takes the request’s own', () => {
    expect(ownAction('ship', { itemBarcodes: [{ itemId: '1' }], note: 'With care' })).toEqual({
      action: 'ship',
      actionParams: { note: 'With care' },
    });
  });
});

test('in a patron’s session an item that CrossLink lends is not lent beside it', () => {
  const items = [{ id: 'x', barcode: '39000000111111' }];
  const allowed = readActions({ actions: [{ name: 'check-out', primary: true, available: true }] }, 'borrowing');
  const waiting = withMore(view({ state: 'RECEIVED', items }), allowed ?? { actions: [], busy: false }, []);
  const lending = { sessionId: 'session-1', stopped: false };
  const rules = { ...RULES, circulation: { name: 'WMS', hereCodes: [], branches: [], lends: true } };
  const decision = decide({ ...evidence('39000000111111', [waiting]), lending }, rules);
  expect([decision.checkOut, decision.steps]).toEqual([undefined, []]);
  expect(decision.prompt.offers.map(({ label }) => label)).toContain('Mark checked out to the patron');
  expect(decision.prompt.why.join(' ')).toContain('ReShare lends it, to the patron who asked for it');
});

describe('an answer to an action', () => {
  test.each([
    [200, SAMPLE.actionOk, { outcome: 'done' }],
    [200, { result: 'PROBLEM', outcome: 'review', fromState: 'NEW', toState: 'INVALID_PATRON' }, { outcome: 'done' }],
    [
      200,
      SAMPLE.actionFailed,
      { outcome: 'refused', error: { theirWords: 'AcceptItem failed', mender: 'ill-office', retry: 'never' } },
    ],
    [200, { result: 'PROBLEM', outcome: 'failure', fromState: 'SHIPPED' }, { outcome: 'refused' }],
    [200, { result: 'SUCCESS', outcome: 'postponed', fromState: 'SHIPPED' }, { outcome: 'unknown' }],
    [200, {}, { outcome: 'unknown' }],
    [200, '{"result":"SUC', { outcome: 'unknown' }],
    [404, SAMPLE.error, { outcome: 'refused', error: { code: 'not-found' } }],
    [
      400,
      { error: 'Action receive is not allowed for patron request 1 in state RECEIVED' },
      { outcome: 'refused', error: { mender: 'desk' } },
    ],
    [500, { error: 'failed to persist patron request' }, { outcome: 'unknown' }],
  ])('%i %j', (status, body, meant) => {
    expect(readActionAnswer(answer(status, body), CONTEXT)).toMatchObject(meant);
  });
});

describe('the history', () => {
  const event = (more: object) => ({ id: '1', timestamp: '2026-11-23T09:00:00Z', eventName: 'invoke-action', ...more });
  const message = (more: object, incoming: object = { checkInItemResponse: {} }) => ({
    id: '2',
    parentID: '1',
    timestamp: '2026-11-23T09:00:01Z',
    eventName: 'lms-requester-message',
    eventStatus: 'SUCCESS',
    eventData: {
      customData: {
        lmsOutgoingMessage: { checkInItem: { itemId: { itemIdentifierValue: '39' }, userId: { value: 'nobody' } } },
        lmsIncomingMessage: incoming,
      },
    },
    ...more,
  });
  const done = event({
    eventData: { action: 'check-in' },
    resultData: { actionResult: { outcome: 'success', toState: 'CHECKED_IN' } },
  });
  const words = (...events: readonly object[]) =>
    readHistory(events as readonly Readonly<Record<string, unknown>>[], view()).map((line) => line.message);

  test('says what became of calls to the circulation system, in the sentences the desk reads', () => {
    expect(words(done, message({}))).toEqual(['check-in: success', 'CheckinItem call succeeded for item: 39.']);
    const refused = { checkInItemResponse: { problem: [{ problemType: { text: 'Unknown Item' } }] } };
    expect(words(done, message({}, refused))[1]).toMatch(
      /^NCIP CheckinItem call failed for item: 39\. .* Unknown Item$/,
    );
    expect(words(done, message({ eventStatus: 'ERROR' }, {}))[1]).toMatch(/^NCIP CheckinItem call failed/);
  });

  test('an action that made no call was left to people', () => {
    expect(words(done)).toEqual(['check-in: success. No host LMS integration configured for check in item call.']);
  });

  test('what is no action and no such message is passed over', () => {
    expect(
      words(event({}), event({ eventName: 'confirm-message' }), { timestamp: 'never' }, message({ eventData: {} })),
    ).toEqual([]);
  });
});

test.each([
  ['39000000111111', '"39000000111111"'],
  ['a "b" *?^\\', '"a \\"b\\" \\*\\?\\^\\\\"'],
])('a term of CQL keeps its meaning: %s', (given, term) => {
  expect(cqlTerm(given)).toBe(term);
});

test.each(['', '..', '.', '../x', 'a/b', 'a?b', '%2e'])('%j is no id of a request', (id) => {
  expect(pathOf(id)).toBeUndefined();
});

test('a slip says which item CrossLink has chosen, and nothing of a fill that was never tried', () => {
  const items = [{ id: 'x', barcode: '39000000111111' }];
  const allowed = readActions({ actions: [{ name: 'ship', primary: true, available: true }] }, 'lending');
  const asked = withMore(view({ side: 'lending', state: 'WILL_SUPPLY', items }), allowed ?? NOTHING_ALLOWED, []);
  const { prompt } = decide(evidence('MAPLE-2001', [asked]), RULES);
  expect(prompt.destination.verb).toBe('Scan the item');
  expect(prompt.why).toContain('ReShare has chosen 39000000111111.');
  expect(prompt.why.join(' ')).not.toContain('did not go through');
});

test.each([
  [
    'check-in',
    'CHECKED_OUT',
    'CheckinItem',
    /did not mark it returned by the patron: .* refused to check in 39000000111111/,
  ],
  [
    'check-out',
    'RECEIVED',
    'CheckoutItem',
    /did not mark it checked out to the patron: .* refused to check out 39000000111111/,
  ],
])('a refused %s of a borrowed item is told as what it is', (action, state, call, words) => {
  const lent = view({ state });
  const failed = `NCIP ${call} call failed for item: 39000000111111. Review configuration and try again or deconfigure host LMS integration in settings. Blocked`;
  const result: StepResult = {
    plan: { system: 'reshare', step: 'other', action, requestId: lent.id, side: 'borrowing', params: {} },
    state: 'refused',
    newAudit: [{ no: 1, at: SEEN, message: failed }],
    at: SEEN,
  };
  expect(refusedByHost(result, lent)?.join(' ')).toMatch(words);
});

const NOTHING_ALLOWED = { actions: [], busy: false };
