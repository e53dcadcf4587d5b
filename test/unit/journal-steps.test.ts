import { expect, test } from 'vitest';
import type { StepBody } from '../../src-main/contract/journal.ts';
import type { ActOutcome } from '../../src-main/contract/outcome.ts';
import type { AuditLine, RequestView } from '../../src-main/contract/request.ts';
import { fail, ok } from '../../src-main/contract/result.ts';
import type { Result } from '../../src-main/contract/result.ts';
import { createDoubts } from '../../src-main/journal/doubts.ts';
import { JustDone } from '../../src-main/journal/just-done.ts';
import { neverSent, settleUnknown } from '../../src-main/journal/settle.ts';
import { runStep } from '../../src-main/journal/steps.ts';
import type { StepOptions } from '../../src-main/journal/steps.ts';
import {
  CHECKED_IN,
  OUTCOMES,
  receivePlan,
  recorder,
  requestIn,
  scriptedSystem,
  SHIPPED,
  UNREACHED,
} from '../fixtures/journal-model.ts';
import { stepBody } from '../fixtures/store-records.ts';

const LANE = 'reshare:request-1';

async function run(
  looks: readonly Result<RequestView>[],
  outcome: ActOutcome = OUTCOMES.done,
  more: Partial<StepOptions> = {},
) {
  const log: string[] = [];
  const bodies: StepBody[] = [];
  const result = await runStep({
    plan: receivePlan('request-1'),
    scanId: 'scan-1',
    lane: LANE,
    record: recorder(log, bodies),
    newId: () => 'step-1',
    system: scriptedSystem(looks, outcome, log),
    now: () => new Date('2026-11-23T08:00:00.000Z'),
    signal: new AbortController().signal,
    justDone: new JustDone(() => 0),
    ...more,
  });
  return { result, log, bodies };
}

const ACT = 'act request-1 requesterReceived {"tag":""}';

test('a step is recorded, looked at, recorded as sending, sent once, recorded as done and looked at again', async () => {
  const { result, log, bodies } = await run([ok(SHIPPED), ok(CHECKED_IN)]);
  expect(log).toEqual(['record recorded', 'get request-1', 'record sending', ACT, 'record done', 'get request-1']);
  expect(result).toEqual({
    plan: receivePlan('request-1'),
    state: 'done',
    after: CHECKED_IN,
    newAudit: [],
    at: '2026-11-23T08:00:00.000Z',
  });
  expect(bodies.map(({ stepId, lane, requestId }) => [stepId, lane, requestId])).toEqual(
    Array(3).fill(['step-1', LANE, 'request-1']),
  );
  expect(bodies[1]?.evidence).toEqual({ state: 'REQ_SHIPPED', seenAt: SHIPPED.seenAt, lastAuditNo: 0 });
});

test.each([
  ['done', OUTCOMES.done, 'requesterReceived'],
  ['unknown', OUTCOMES.unknown, 'requesterReceived'],
  ['refused', OUTCOMES.refused, undefined],
  ['not-sent', OUTCOMES['not-sent'], undefined],
] as const)(
  'from the call on the step counts as just done, and after one that ends %s as what it was',
  async (...row) => {
    const [, outcome, afterwards] = row;
    const justDone = new JustDone(() => 0);
    const system = scriptedSystem([ok(SHIPPED), afterwards === undefined ? ok(SHIPPED) : UNREACHED], outcome);
    const meanwhile: unknown[] = [];
    const told = (): unknown => justDone.of([CHECKED_IN])[0]?.action;
    const watched = {
      ...system,
      get: (...given: Parameters<typeof system.get>) => (meanwhile.push(told()), system.get(...given)),
      act: (...given: Parameters<typeof system.act>) => (meanwhile.push(told()), system.act(...given)),
    };
    await run([], outcome, { justDone, system: watched });
    expect(meanwhile).toEqual([undefined, 'requesterReceived', 'requesterReceived']);
    expect(told()).toBe(afterwards);
  },
);

test('a step that was done already counts as just done', async () => {
  const justDone = new JustDone(() => 0);
  await run([ok(CHECKED_IN)], OUTCOMES.done, { justDone });
  expect(justDone.of([CHECKED_IN])[0]?.action).toBe('requesterReceived');
});

test('a fault in Carrel while a step is sent says nothing about whether it happened', async () => {
  const justDone = new JustDone(() => 0);
  const system = { ...scriptedSystem([ok(SHIPPED)], OUTCOMES.done), act: () => Promise.reject(new Error('a fault')) };
  await expect(run([], OUTCOMES.done, { justDone, system })).rejects.toThrow('a fault');
  expect(justDone.of([CHECKED_IN])[0]?.action).toBe('requesterReceived');
  expect(justDone.of([SHIPPED])).toEqual([]);
});

const line = (no: number, to: string, from = 'REQ_SHIPPED'): AuditLine => ({
  no,
  at: '',
  from,
  to,
  message: `line ${no}`,
});

test('history lines that are newer than before come with the result', async () => {
  const { result } = await run([
    ok({ ...SHIPPED, audit: [line(3, 'REQ_SHIPPED')] }),
    ok({ ...CHECKED_IN, audit: [line(3, 'REQ_SHIPPED'), line(4, 'REQ_CHECKED_IN')] }),
  ]);
  expect(result.newAudit.map(({ no }) => no)).toEqual([4]);
});

test('what the decision was based on stands in the first record', async () => {
  const { bodies } = await run([ok(CHECKED_IN)], OUTCOMES.done, {
    seen: { ...SHIPPED, audit: [line(7, 'REQ_SHIPPED')] },
  });
  expect(bodies[0]?.evidence).toEqual({ state: 'REQ_SHIPPED', seenAt: SHIPPED.seenAt, lastAuditNo: 7 });
});

test.each([
  ['already so', ok(CHECKED_IN), 'confirmed', /Already done: Request RVR-3184 is “In local circulation process”/],
  ['unreachable', UNREACHED, 'not-sent', /could not be looked at first\. ReShare was not reached\./],
  ['gone', fail('not-found', 'No such request.'), 'needs-person', /not in ReShare any more/],
  ['busy', ok({ ...requestIn('REQ_SHIPPED', 'Shipped', []), networkStatus: 'Waiting' }), 'needs-person', /in a minute/],
  ['called off', ok(requestIn('REQ_CANCEL_PENDING', 'Cancel pending', [])), 'needs-person', /called off meanwhile/],
  [
    'moved on',
    ok(requestIn('REQ_OVERDUE', 'Overdue', ['shippedReturn'])),
    'needs-person',
    /does not allow “Mark received”/,
  ],
  ['told in brief', ok(withoutActions(SHIPPED)), 'not-sent', /did not say what may be done/],
] as const)('nothing is sent for a request that is %s', async (_what, look, state, sentence) => {
  const { result, log, bodies } = await run([look]);
  expect(log).toEqual(['record recorded', 'get request-1', `record ${state}`]);
  expect(result.state).toBe(state);
  expect(result.sentence).toMatch(sentence);
  expect(bodies.at(-1)?.sentence).toBe(result.sentence);
  expect(result.after).toEqual(look.ok ? look.value : undefined);
});

function withoutActions(view: RequestView): RequestView {
  const { validActions: _validActions, ...brief } = view;
  return brief;
}

test.each([
  ['refused', 'ReShare refused. “NCIP AcceptItem call failed”'],
  ['not-sent', 'ReShare was not reached.'],
  ['unknown', '“Mark received” was sent, but ReShare did not answer.'],
] as const)('an action that ended %s is recorded so, and not sent again', async (state, sentence) => {
  const { result, log } = await run([ok(SHIPPED)], OUTCOMES[state]);
  expect(log.slice(2)).toEqual(['record sending', ACT, `record ${state}`, 'get request-1']);
  expect(result.state).toBe(state);
  expect(result.sentence).toContain(sentence);
});

test.each(['unknown', 'refused'] as const)(
  'an action that ended %s but has happened is found out by looking',
  async (state) => {
    const doubts = createDoubts();
    const { result, log } = await run([ok(SHIPPED), ok(CHECKED_IN)], OUTCOMES[state], { doubts });
    expect(log.slice(3)).toEqual([ACT, `record ${state}`, 'get request-1', 'record done']);
    expect(result).toMatchObject({ state: 'done', after: CHECKED_IN });
    expect(result.sentence).toMatch(/has happened/);
    expect(doubts.all()).toEqual([]);
  },
);

test('a request that has moved on since still shows in its history that it happened', async () => {
  const returned = requestIn('REQ_AWAITING_RETURN_SHIPPING', 'Awaiting return shipping', ['shippedReturn'], {
    audit: [line(1, 'REQ_CHECKED_IN'), line(2, 'REQ_AWAITING_RETURN_SHIPPING', 'REQ_CHECKED_IN')],
  });
  const { result } = await run([ok(SHIPPED), ok(returned)], OUTCOMES.unknown);
  expect(result.state).toBe('done');
});

test('while an earlier step of the request is in doubt nothing more is sent, not even a look', async () => {
  const doubts = createDoubts();
  const first = await run([ok(SHIPPED)], OUTCOMES.unknown, { doubts });
  expect(first.result.state).toBe('unknown');
  expect(doubts.of(LANE)?.scanId).toBe('scan-1');
  const second = await run([ok(SHIPPED)], OUTCOMES.done, { doubts });
  expect(second.log).toEqual(['record recorded', 'record needs-person']);
  expect(second.result.sentence).toMatch(/not known yet/);
  const other = await run([ok(SHIPPED), ok(CHECKED_IN)], OUTCOMES.done, { doubts, lane: 'reshare:other' });
  expect(other.result.state).toBe('done');
});

test('when the journal cannot be written nothing is sent', async () => {
  const closed = fail('journal-closed', 'The disk of this computer is full.');
  for (const failing of [1, 2]) {
    const log: string[] = [];
    const write = recorder(log);
    let records = 0;
    const { result, log: asked } = await run([ok(SHIPPED)], OUTCOMES.done, {
      record: (body) => (++records === failing ? Promise.resolve(closed) : write(body)),
    });
    expect(result).toMatchObject({ state: 'not-sent', sentence: 'The disk of this computer is full.' });
    expect(asked).toEqual(failing === 1 ? [] : ['get request-1']);
  }
});

test('a step that is stopped before sending is recorded as not sent', async () => {
  const stopped = new AbortController();
  stopped.abort();
  const { log } = await run([ok(SHIPPED)], OUTCOMES.done, { signal: stopped.signal });
  expect(log).toEqual(['record recorded', 'record not-sent']);

  const late = new AbortController();
  const system = scriptedSystem([ok(SHIPPED)], OUTCOMES.done);
  const { result } = await run([], OUTCOMES.done, {
    signal: late.signal,
    system: {
      ...system,
      get: (id) => {
        late.abort();
        return system.get(id);
      },
    },
  });
  expect(result.state).toBe('not-sent');
});

test('a fault in the middle of sending leaves the step unknown and comes out', async () => {
  const log: string[] = [];
  const system = { ...scriptedSystem([ok(SHIPPED)], OUTCOMES.done), act: () => Promise.reject(new Error('bug')) };
  await expect(run([], OUTCOMES.done, { system, record: recorder(log) })).rejects.toThrow('bug');
  expect(log).toEqual(['record recorded', 'record sending', 'record unknown']);
});

const DOUBT = { scanId: 'scan-1', body: stepBody('unknown') };

test.each([
  ['has happened', ok(CHECKED_IN), false, 'done', ['record done']],
  ['has not happened yet', ok(SHIPPED), false, 'unknown', []],
  ['cannot be seen', UNREACHED, false, 'unknown', []],
  ['has not happened by the last look', ok(SHIPPED), true, 'needs-person', ['record needs-person']],
  ['cannot be seen at the last look', UNREACHED, true, 'needs-person', ['record needs-person']],
] as const)('settling a step that %s', async (_what, look, last, state, recorded) => {
  const log: string[] = [];
  const doubts = createDoubts([DOUBT]);
  const system = scriptedSystem([look], OUTCOMES.done, log);
  const settled = await settleUnknown({ doubt: DOUBT, record: recorder(log), system, doubts, last });
  expect(settled.state).toBe(state);
  expect(settled.after).toEqual(look.ok ? look.value : undefined);
  expect(log).toEqual(['get request-1', ...recorded]);
  // What went to a person stays held until the person or a later look says what became of it.
  expect(doubts.of('reshare:request-1')?.body.state).toBe(state === 'done' ? undefined : state);
});

const HELD = { scanId: 'scan-0', body: stepBody('needs-person', { stepId: 'held', held: true }) };

test.each([
  ['shows that it happened', CHECKED_IN, 'done', 'confirmed', ['done', 'confirmed']],
  ['shows that it did not happen', SHIPPED, 'not-done', 'done', ['not-done', 'sending', 'done']],
] as const)('a held step is settled by the next look that %s', async (_what, look, end, result, states) => {
  const log: string[] = [];
  const bodies: StepBody[] = [];
  const doubts = createDoubts([HELD]);
  const system = scriptedSystem([ok(look)], OUTCOMES.done, log);
  const done = await run([], OUTCOMES.done, { doubts, system, record: recorder(log, bodies) });
  expect(done.result.state).toBe(result);
  expect(bodies.slice(1).map((body) => body.state)).toEqual(states);
  expect(bodies[1]).toMatchObject({ stepId: 'held', state: end, settledBy: 'look' });
  expect(bodies[1]?.held).toBeUndefined();
  expect(doubts.all()).toEqual([]);
});

test.each([
  [
    'the request is elsewhere',
    { look: ok(requestIn('REQ_OVERDUE', 'Overdue', ['requesterReceived'])) },
    'needs-person',
  ],
  ['the request is gone', { look: fail('not-found', 'gone') }, 'needs-person'],
  ['no look can ever tell', { look: ok(SHIPPED), action: 'message' }, 'needs-person'],
  [
    'its item is checked out, and the request has not moved',
    {
      look: ok(
        requestIn('RES_AWAIT_PICKING', 'Searching', ['supplierCheckInToReshare'], {
          volumes: [{ id: 'volume-1', itemId: '39000000111111', status: 'lms_check_out_complete' }],
        }),
      ),
      action: 'supplierCheckInToReshare',
      params: { itemBarcodes: [{ itemId: '39000000111111' }] },
      evidence: { state: 'RES_AWAIT_PICKING', seenAt: '', lastAuditNo: 4 },
    },
    'needs-person',
  ],
  ['the look fails', { look: UNREACHED }, 'not-sent'],
] as const)('a held step holds its lane while %s', async (_what, { look, ...more }, state) => {
  const doubts = createDoubts([{ ...HELD, body: { ...HELD.body, ...more } }]);
  const log: string[] = [];
  const { result } = await run([], OUTCOMES.done, { doubts, system: scriptedSystem([look], OUTCOMES.done, log) });
  expect(result.state).toBe(state);
  expect(result.asks).toBe(state === 'needs-person' ? 'held' : undefined);
  expect(log.some((line) => line.startsWith('act'))).toBe(false);
  expect(doubts.step('held')).toBeDefined();
});

test('an item’s open step holds the request it turns out to be on, and the other way round', async () => {
  const joins = ['item:39000000111111'];
  const item = stepBody('needs-person', {
    lane: 'item:39000000111111',
    system: 'wms',
    action: 'CheckInItem',
    held: true,
  });
  const blocked = await run([ok(SHIPPED)], OUTCOMES.done, {
    joins,
    doubts: createDoubts([{ scanId: 's', body: item }]),
  });
  expect(blocked.result).toMatchObject({ state: 'needs-person', asks: 'step-1' });
  const doubts = createDoubts([{ scanId: 's', body: stepBody('unknown', { joins }) }]);
  expect(doubts.of('item:39000000111111')?.body.stepId).toBe('step-1');
});

test('a doubt whose end cannot be recorded stays', async () => {
  const doubts = createDoubts([DOUBT]);
  const settled = await settleUnknown({
    doubt: DOUBT,
    record: () => Promise.resolve(fail('journal-closed', 'The disk is full.')),
    system: scriptedSystem([ok(CHECKED_IN)], OUTCOMES.done),
    doubts,
    last: true,
  });
  expect(settled).toMatchObject({ state: 'unknown', sentence: 'The disk is full.' });
  expect(doubts.all()).toHaveLength(1);
});

test('a state that was there before sending proves nothing', async () => {
  const doubt = {
    scanId: 'scan-1',
    body: stepBody('unknown', {
      action: 'supplierPrintPullSlip',
      evidence: { state: 'SLNP_RES_AWAIT_PICKING', seenAt: '', lastAuditNo: 2 },
    }),
  };
  const system = scriptedSystem([ok(requestIn('SLNP_RES_AWAIT_PICKING', 'Searching', []))], OUTCOMES.done);
  const settled = await settleUnknown({ doubt, record: recorder([]), system, last: true });
  expect(settled.state).toBe('needs-person');
  expect(settled.sentence).toMatch(/is still “Searching”/);
});

test('a step that was only recorded when the program ended is closed as not sent', () => {
  expect(neverSent(stepBody('recorded'))).toMatchObject({ state: 'not-sent', sentence: expect.stringMatching(/scan/) });
});
