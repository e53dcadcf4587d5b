import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { modesOf, OfflineAction, type OfflineMode } from '../../src-main/contract/offline.ts';
import type { RequestView } from '../../src-main/contract/request.ts';
import { DEFAULT_SETTINGS } from '../../src-main/contract/settings.ts';
import { readScan } from '../../src-main/desk/barcodes.ts';
import { KNOWN_STATES } from '../../src-main/desk/data/states.ts';
import { decide } from '../../src-main/desk/decide.ts';
import { actionOf, decideInOutage } from '../../src-main/desk/offline.ts';
import { heldPrompt } from '../../src-main/desk/offline-words.ts';
import type { DeskRules, Evidence } from '../../src-main/desk/types.ts';

const NOW = '2026-11-23T09:00:00.000Z';

const actions = fc.record(
  Object.fromEntries(OfflineAction.options.map((action) => [action, fc.constantFrom(...modesOf(action))])) as Record<
    OfflineAction,
    fc.Arbitrary<OfflineMode>
  >,
);

const rules = fc
  .record({ actions, circulation: fc.boolean(), fillAndShip: fc.boolean(), returnedAndShipped: fc.boolean() })
  .map((chosen): DeskRules => ({
    desk: { ...DEFAULT_SETTINGS.desk, offline: { ...DEFAULT_SETTINGS.desk.offline, actions: chosen.actions } },
    combineFillAndShip: chosen.fillAndShip,
    combineReturnedAndShipped: chosen.returnedAndShipped,
    ...(chosen.circulation ? { circulation: { name: 'WMS', hereCodes: [], branches: [] } } : {}),
  }));

const request = fc
  .record({ state: fc.constantFrom(...KNOWN_STATES), item: fc.option(fc.constant('30234991000018')) })
  .map(({ state, item }): RequestView => ({
    id: `id-${state}`,
    hrid: 'RVR-1',
    side: state.includes('RES_') ? 'lending' : 'borrowing',
    state: { code: state, label: state, terminal: false, needsAttention: false },
    needsAttention: false,
    title: 'A title',
    partner: { symbol: 'RESHARE:NFD', name: 'Northfield' },
    volumes: [],
    ...(item === null ? {} : { selectedItemBarcode: item }),
    overdue: false,
    unreadMessages: false,
    conditions: [],
    otherIdentifiers: [],
    audit: [],
    seenAt: NOW,
  }));

const evidence = (settings: DeskRules): fc.Arbitrary<Evidence> =>
  fc
    .record({
      label: fc.constantFrom('RVR-1', '30234991000018', '9780131103627', 'RVR-1RVR-2', 'a bookmark'),
      hits: fc.array(request, { maxLength: 2 }),
    })
    .map(({ label, hits }) => ({
      reading: readScan(label, settings.desk),
      scanId: 'scan-1',
      hits,
      source: 'cache',
      outage: 'ReShare does not answer.',
      now: NOW,
    }));

const scene = rules.chain((settings) => fc.tuple(fc.constant(settings), evidence(settings)));

/** Nothing that a desk may plan for later is called anything like it. */
const MONEY = /fee|fine|pay|charge|cost|money/i;

describe('whatever is scanned in an outage, under whatever settings', () => {
  it('is held only as its setting allows, and never as something that takes money', () => {
    let held = 0;
    fc.assert(
      fc.property(scene, ([settings, given]) => {
        const outage = decideInOutage(given, settings);
        if (outage?.kind !== 'hold') return;
        held += 1;
        const { plan, mode } = outage.hold;
        const action = actionOf(plan);
        const set = action === undefined ? undefined : settings.desk.offline.actions[action];
        expect(set).not.toBe('off');
        if (mode === 'record') expect(set).toBe('record');
        if (set === 'intent') expect(mode).toBe('intent');
        if (action === undefined) expect(mode).toBe('look');
        if (plan.kind === 'check-out') expect(mode).toBe('intent');
        if (plan.kind === 'step') expect(plan.action).not.toMatch(MONEY);
      }),
      { numRuns: 500 },
    );
    expect(held).toBeGreaterThan(50);
  });

  it('is told with a number, and with nothing said to be done', () => {
    fc.assert(
      fc.property(scene, fc.integer({ min: 1, max: 999 }), ([settings, given], no) => {
        const outage = decideInOutage(given, settings);
        if (outage?.kind !== 'hold') return;
        const down = [{ system: 'reshare', name: 'ReShare', since: NOW }] as const;
        const prompt = heldPrompt(
          given.reading,
          { no, ...outage.hold },
          { rules: settings, now: NOW, down, scannedAt: NOW },
        );
        expect(prompt.kind).toBe('saved');
        expect(prompt.destination.to).toContain(`No. ${String(no)}`);
        expect(prompt.slip).toMatchObject({ kind: 'offline', destination: `No. ${String(no)}` });
        expect(prompt.legs.filter(({ state }) => state === 'done')).toEqual([]);
        expect(prompt.destination.verb).toBe(outage.hold.mode === 'intent' ? 'Keep at the desk' : 'Saved');
      }),
      { numRuns: 300 },
    );
  });

  it('without a number it says what to do and why, and nothing is sent either', () => {
    fc.assert(
      fc.property(scene, ([settings, given]) => {
        const outage = decideInOutage(given, settings);
        if (outage?.kind === 'hold') return;
        const decision = outage?.kind === 'ask' ? outage.decision : decide(given, settings);
        expect(decision.steps).toEqual([]);
        expect(decision.checkIn).toBeUndefined();
        expect(decision.checkOut).toBeUndefined();
        expect(decision.prompt.destination.verb).not.toBe('');
        expect(decision.split ?? decision.prompt.why.join('')).not.toBe('');
        expect(decision.prompt.legs.filter(({ state }) => state === 'done')).toEqual([]);
      }),
      { numRuns: 300 },
    );
  });
});
