import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { StepState } from '../../src-main/contract/journal.ts';
import { Prompt } from '../../src-main/contract/prompt.ts';
import { RequestView } from '../../src-main/contract/request.ts';
import { DeskSettings, DeskStep } from '../../src-main/contract/settings.ts';
import type { StepMode } from '../../src-main/contract/settings.ts';
import { readScan } from '../../src-main/desk/barcodes.ts';
import { conclude } from '../../src-main/desk/conclude.ts';
import { NEXT } from '../../src-main/desk/data/actions.ts';
import { decide } from '../../src-main/desk/decide.ts';
import type { DeskRules, Evidence, Expectation } from '../../src-main/desk/types.ts';
import { DESK, MODELS, NOW, sideOf, staffActions } from '../unit/desk-cases.ts';

const SCANS = [
  'RVR-3184',
  'rvr-3184-5864',
  '30234000517861',
  '33191000105864',
  '30234000517862',
  '9780571364879',
  '***',
];
const IDS = ['r-1', 'r-2', 'r:3'];
const STATES = [...Object.keys(MODELS.states), 'RES_NEW_INVENTION'];
const CODES = [...Object.keys(MODELS.actions), 'undo', 'message', 'frobnicate'];
const words = fc.oneof(
  fc.string({ maxLength: 60 }),
  fc.string({ unit: 'binary', maxLength: 20 }),
  fc.constant('{partner}'),
);
const maybe = <T>(arb: fc.Arbitrary<T>): fc.Arbitrary<T | undefined> => fc.option(arb, { nil: undefined });
const time = fc.constantFrom(NOW, '2026-11-23T13:55:00Z', '2025-01-01T00:00:00Z', 'no date');

/** Leaves out what is undefined, as the records read from a system do. */
function present<T extends object>(value: T): T {
  return Object.fromEntries(Object.entries(value).filter(([, v]) => v !== undefined)) as T;
}

const anyRequest = fc
  .record({
    id: fc.constantFrom(...IDS),
    hrid: maybe(fc.constantFrom('RVR-3184', 'NFD-77', '')),
    side: fc.constantFrom('borrowing', 'lending'),
    stateModel: maybe(fc.constantFrom(...Object.keys(MODELS.models))),
    state: fc.record({
      code: fc.constantFrom(...STATES),
      label: words,
      terminal: fc.boolean(),
      needsAttention: fc.boolean(),
    }),
    needsAttention: fc.boolean(),
    networkStatus: maybe(fc.constantFrom('Idle', 'Waiting', 'Retry', 'Sent', 'Timeout', 'Error', 'Odd')),
    validActions: maybe(
      fc
        .uniqueArray(fc.constantFrom(...CODES), { maxLength: 6 })
        .chain((codes) =>
          fc.tuple(...codes.map((code) => fc.boolean().map((primary) => ({ code, primary, primaryOnly: false })))),
        ),
    ),
    title: maybe(words),
    author: maybe(words),
    partner: fc.record({ symbol: maybe(words), name: maybe(words) }).map(present),
    volumes: fc.array(
      fc
        .record({
          id: words,
          itemId: fc.constantFrom('30234000517861', '33191000105864', 'X'),
          status: maybe(fc.constantFrom('awaiting_temporary_item_creation', 'lms_check_out_complete', 'odd')),
          temporaryItemBarcode: maybe(fc.constantFrom('RVR-3184', 'RVR-3184-5864')),
        })
        .map(present),
      { maxLength: 3 },
    ),
    selectedItemBarcode: maybe(fc.constantFrom('30234000517861', '33191000105864', '')),
    callNumber: maybe(words),
    pickLocation: maybe(words),
    pickupLocation: maybe(words),
    serviceType: maybe(fc.constantFrom('loan', 'copy')),
    dueDate: maybe(time),
    overdue: fc.boolean(),
    unreadMessages: fc.boolean(),
    conditions: fc.array(fc.record({ code: words, accepted: fc.boolean(), note: maybe(words) }).map(present), {
      maxLength: 2,
    }),
    otherIdentifiers: fc.array(fc.constantFrom('RVR-3184', 'X'), { maxLength: 1 }),
    lastUpdated: maybe(time),
    audit: fc.array(
      fc
        .record({
          no: fc.integer({ min: 0, max: 99 }),
          at: time,
          from: maybe(fc.constantFrom(...STATES)),
          to: maybe(fc.constantFrom(...STATES)),
          message: words,
        })
        .map(present),
      { maxLength: 3 },
    ),
    seenAt: time,
  })
  .map((r) => RequestView.parse(present(r)));

/** Half of the requests are such as a desk meets: open, quiet, in a state with a next step, with the actions it allows. */
const requests: fc.Arbitrary<RequestView> = fc.oneof(
  anyRequest,
  fc.tuple(anyRequest, fc.constantFrom(...Object.keys(NEXT))).map(([any, code]) => ({
    ...any,
    hrid: 'RVR-3184',
    side: sideOf(code),
    state: { ...any.state, code, terminal: false },
    networkStatus: 'Idle',
    validActions: staffActions(code).map((t) => ({ code: t.action, primary: t.isPrimary, primaryOnly: false })),
  })),
);

const modes = fc.constantFrom<StepMode>('do', 'do', 'offer');
const rules: fc.Arbitrary<DeskRules> = fc
  .record({
    steps: fc.tuple(...DeskStep.options.map((step) => modes.map((mode) => [step, mode] as const))),
    settleMinutes: fc.constantFrom(0, 10),
    itemPrefixes: fc.constantFrom<string[]>([], ['3023']),
    combineFillAndShip: fc.boolean(),
    combineReturnedAndShipped: fc.boolean(),
    lends: fc.boolean(),
  })
  .map(({ steps, settleMinutes, itemPrefixes, lends, ...tenant }) => ({
    desk: DeskSettings.parse({ ...DESK, steps: Object.fromEntries(steps), settleMinutes, itemPrefixes }),
    ...tenant,
    ...(lends ? { circulation: { name: 'WMS', hereCodes: [], branches: [], lends } } : {}),
  }));

const expectations: fc.Arbitrary<Expectation> = fc.record({
  kind: fc.constant('item-for-fill'),
  requestId: fc.constantFrom(...IDS),
  hrid: words,
  title: words,
  collected: fc.subarray(['30234000517861', '33191000105864']),
  several: fc.boolean(),
  scanId: fc.constant('s'),
});

const choices = fc.oneof(
  fc.tuple(fc.constantFrom(...CODES), fc.constantFrom(...IDS)).map(([code, id]) => `do:${code}:${id}`),
  fc
    .tuple(
      fc.constantFrom('as', 'fill', 'several', 'cancel-yes', 'cancel-no', 'undo', 'unfetched'),
      fc.constantFrom(...IDS),
    )
    .map(([kind, id]) => `${kind}:${id}`),
  fc.constantFrom('split', 'again', 'cancel', 'nonsense', 'do:', 'as:'),
);

/** Mostly absent: what makes a scan special. */
const rarely = <T>(arb: fc.Arbitrary<T>): fc.Arbitrary<T | undefined> =>
  fc.oneof({ weight: 3, arbitrary: fc.constant(undefined) }, { weight: 1, arbitrary: arb });

const evidences = fc
  .record({
    reading: fc.oneof({ weight: 5, arbitrary: fc.constantFrom(...SCANS) }, words).map((raw) => readScan(raw, DESK)),
    hits: fc.oneof({ weight: 3, arbitrary: fc.tuple(requests) }, fc.array(requests, { maxLength: 4 })),
    named: maybe(fc.array(requests, { maxLength: 2 })),
    source: fc.constantFrom<Evidence['source']>('live', 'live', 'live', 'live', 'cache', 'none'),
    expectation: rarely(expectations),
    doubleOf: rarely(fc.constant({ scanId: 's', secondsAgo: 1 })),
    justDone: rarely(
      fc.array(
        fc.record({
          requestId: fc.constantFrom(...IDS),
          action: fc.constantFrom(...CODES),
          minutesAgo: fc.constantFrom(0, 3, 60),
        }),
        { maxLength: 2 },
      ),
    ),
    received: rarely(fc.array(fc.record({ requestId: fc.constantFrom(...IDS), lent: fc.boolean() }), { maxLength: 2 })),
    choice: rarely(choices),
    now: fc.constant(NOW),
  })
  .map((e): Evidence => {
    const { named, expectation, doubleOf, justDone, received, choice, ...always } = e;
    return {
      ...always,
      ...(named === undefined ? {} : { named }),
      ...(expectation === undefined ? {} : { expectation }),
      ...(doubleOf === undefined ? {} : { doubleOf }),
      ...(justDone === undefined ? {} : { justDone }),
      ...(received === undefined ? {} : { received }),
      ...(choice === undefined ? {} : { choice }),
      ...(e.source === 'cache' ? { outage: 'ReShare does not answer.' } : {}),
    };
  });

describe('deciding on any evidence', () => {
  it('gives a whole prompt, and the same one for the same evidence', () => {
    fc.assert(
      fc.property(evidences, rules, (e, r) => {
        const before = JSON.stringify([e, r]);
        const decision = decide(e, r);
        const prompt = Prompt.parse(decision.prompt);
        expect(prompt.destination.verb).not.toBe('');
        expect(prompt.why.length).toBeGreaterThan(0);
        expect(prompt.rowTitle).not.toBe('');
        expect(prompt.rowId.length).toBeLessThanOrEqual(41);
        const keys = prompt.offers.map((o) => o.key);
        expect(new Set(keys).size).toBe(keys.length);
        const told = decision.checkIn !== undefined || decision.session === 'start';
        expect(prompt.working).toBe(decision.steps.length > 0 || told);
        expect(decide(e, r)).toEqual(decision);
        expect(JSON.stringify([e, r])).toBe(before);
      }),
      { numRuns: 600 },
    );
  });

  it('plans a step only where ReShare allows it, never twice, in an outage, for a double scan or while it is busy', () => {
    let planned = 0;
    fc.assert(
      fc.property(evidences, rules, (e, r) => {
        const { steps, request } = decide(e, r);
        expect(steps.length).toBeLessThanOrEqual(1);
        for (const step of steps) {
          planned += 1;
          const about = [...e.hits, ...(e.named ?? [])].filter((h) => h.id === step.requestId && h.side === step.side);
          expect(about.some((h) => h.validActions?.some((a) => a.code === step.action) === true)).toBe(true);
          expect(request?.validActions?.map((a) => a.code)).toContain(step.action);
          expect(['Waiting', 'Retry']).not.toContain(request?.networkStatus);
          expect(e.source).toBe('live');
          if (e.choice === undefined) {
            expect(e.doubleOf).toBeUndefined();
            expect(step.step).not.toBe('other');
            expect(step.step).not.toBe('undo');
            if (step.step !== 'undo' && step.step !== 'other') expect(r.desk.steps[step.step]).toBe('do');
          }
        }
      }),
      { numRuns: 2500 },
    );
    expect(planned).toBeGreaterThan(40);
  });

  it('concludes any ending of its steps with a whole prompt', () => {
    let concluded = 0;
    fc.assert(
      fc.property(evidences, rules, fc.constantFrom(...StepState.options), maybe(requests), (e, r, state, after) => {
        const decision = decide(e, r);
        const results = decision.steps.map((plan) => ({
          plan,
          state,
          at: NOW,
          newAudit: after?.audit ?? [],
          ...(after === undefined ? {} : { after }),
        }));
        concluded += results.length;
        const prompt = Prompt.parse(conclude(decision, results, r, NOW));
        expect(prompt.destination.verb).not.toBe('');
        const keys = prompt.offers.map((o) => o.key);
        expect(new Set(keys).size).toBe(keys.length);
        if (results.length > 0) {
          expect(prompt.working).toBe(['recorded', 'sending', 'unknown'].includes(state));
          if (state === 'unknown') expect(prompt.offers).toEqual([]);
        }
      }),
      { numRuns: 1200 },
    );
    expect(concluded).toBeGreaterThan(12);
  });
});
