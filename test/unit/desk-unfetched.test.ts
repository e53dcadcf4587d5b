import { describe, expect, it } from 'vitest';
import { receivedHere } from '../../src-main/assembly/received-here.ts';
import type { StepBody } from '../../src-main/contract/journal.ts';
import { conclude } from '../../src-main/desk/conclude.ts';
import { decide } from '../../src-main/desk/decide.ts';
import type { Evidence } from '../../src-main/desk/types.ts';
import type { RemoteJournal } from '../../src-main/store/calls.ts';
import { CONTEXT, record, scan, stepBody } from '../fixtures/store-records.ts';
import { memoryJournal } from '../fixtures/store-stores.ts';
import { NOW, evidence, request, rulesWith } from './desk-cases.ts';

/** A borrowed item scanned on or from the hold shelf: does its patron bring it back, or did nobody fetch it? */

const NUMBER = 'RVR-3184';
const THEIRS = '33191000105864';
const HERE = request('REQ_CHECKED_IN', {
  more: { volumes: [{ id: 'v', itemId: THEIRS, temporaryItemBarcode: NUMBER }], selectedItemBarcode: THEIRS },
});
const LENDING = rulesWith({ circulation: { name: 'WMS', hereCodes: [], branches: [], lends: true } });
const NOT_LENT = { received: [{ requestId: HERE.id, lent: false }] };

const decided = (more: Partial<Evidence> = {}, rules = LENDING) => decide(evidence(NUMBER, [HERE], more), rules);

describe('a received item, scanned', () => {
  it('asks whether it comes back, where it was received here, would be lent here, and was not', () => {
    const { steps, prompt } = decided(NOT_LENT);
    expect(steps).toEqual([]);
    expect(prompt.destination).toEqual({ verb: 'Hold shelf', to: 'Law Library' });
    expect(prompt.offers.map(({ key, label }) => `${key} ${label}`)).toEqual([
      'F7 Not this one',
      'F10 Its patron brings it back',
      'F11 Never fetched: send it back',
    ]);
    expect(prompt.why.join(' ')).toMatch(/press F10.*press F11.*Else put it on the hold shelf/);
    expect(prompt.sound).toBe('attention');
  });

  it('asks also where another received item is being dealt with', () => {
    const received = [{ requestId: 'other', lent: true }, ...NOT_LENT.received];
    expect(decided({ received }).steps).toEqual([]);
  });

  it.each<[string, Partial<Evidence>, typeof LENDING]>([
    ['it was lent here since', { received: [{ requestId: HERE.id, lent: true }] }, LENDING],
    ['this computer did not receive it', {}, LENDING],
    ['what was received here is another request', { received: [{ requestId: 'other', lent: false }] }, LENDING],
    ['this library does not lend through Carrel', NOT_LENT, rulesWith({})],
    [
      'WMS is there, but lends nothing through Carrel',
      NOT_LENT,
      rulesWith({ circulation: { name: 'WMS', hereCodes: [], branches: [] } }),
    ],
  ])('comes back without a question where %s', (_why, more, rules) => {
    expect(decided(more, rules).steps.map(({ action }) => action)).toEqual(['patronReturnedItem']);
  });

  it('is offered where it was lent at this desk a moment ago', () => {
    const lent = {
      received: [{ requestId: HERE.id, lent: true }],
      lentBefore: { minutesAgo: 1, state: 'done' },
    } as const;
    const { steps, prompt } = decided(lent);
    expect(steps).toEqual([]);
    expect(prompt.why.join(' ')).toContain('Lent at this desk 1 minute ago.');
    expect(prompt.offers.map(({ key }) => key)).toContain('F10');
  });

  it('asks nothing of a step that is no return', () => {
    const shipped = request('REQ_AWAITING_RETURN_SHIPPING', { id: HERE.id });
    const { steps } = decide(evidence(NUMBER, [shipped], NOT_LENT), LENDING);
    expect(steps.map(({ action }) => action)).toEqual(['shippedReturn']);
  });
});

describe('the key pressed', () => {
  const pressed = (key: string) => {
    const choice = decided(NOT_LENT).prompt.offers.find((offer) => offer.key === key)?.id ?? '';
    return decided({ ...NOT_LENT, choice });
  };
  const after = request('REQ_AWAITING_RETURN_SHIPPING', { id: HERE.id });

  it.each(['F10', 'F11'])('%s sends it back', (key) => {
    expect(pressed(key).steps.map(({ action }) => action)).toEqual(['patronReturnedItem']);
  });

  it('F11 says that its hold is still there; F10 does not', () => {
    const words = (key: string): string => {
      const decision = pressed(key);
      const [plan] = decision.steps;
      const result = { plan: plan!, state: 'done', newAudit: [], at: NOW, after } as const;
      return conclude(decision, [result], LENDING, NOW).why.join(' ');
    };
    expect(words('F11')).toContain('cancel its hold in WMS');
    expect(words('F10')).not.toContain('cancel its hold');
  });

  it('does nothing else when ReShare does not allow it any more', () => {
    const choice = `unfetched:${HERE.id}`;
    const { steps, prompt } = decide(evidence(NUMBER, [after], { choice }), LENDING);
    expect(steps).toEqual([]);
    expect(prompt.why.join(' ')).toContain('Nothing was done');
  });
});

describe('what this computer’s journal knows of it', () => {
  function journalWith(...steps: readonly Partial<StepBody>[]) {
    const { journal } = memoryJournal();
    const faults: unknown[] = [];
    for (const [n, more] of steps.entries()) {
      const scanned = scan();
      const body = stepBody('done', {
        stepId: `step-${String(n)}`,
        requestId: HERE.id,
        lane: `reshare:${HERE.id}`,
        ...more,
      });
      journal.append(scanned);
      journal.append(record(body, { scanId: scanned.scanId }));
    }
    const remote = { steps: (query) => Promise.resolve(journal.steps(query)) } as Pick<RemoteJournal, 'steps'>;
    const ask = receivedHere({ journal: remote, now: () => new Date(CONTEXT.at), onFault: (e) => faults.push(e) });
    return { ask: () => ask(HERE), faults };
  }
  const received = { action: 'requesterReceived' } as const;
  const lent = { system: 'wms', action: 'CheckOutItem', lane: `item:${NUMBER}`, requestId: `item:${NUMBER}` } as const;

  it('received and lent, received only, or nothing', async () => {
    expect(await journalWith(received, lent).ask()).toEqual({ lent: true });
    expect(await journalWith(received).ask()).toEqual({ lent: false });
    expect(await journalWith(lent).ask()).toBeUndefined();
    expect(await journalWith().ask()).toBeUndefined();
  });

  it('does not count what was refused, what is another’s, or another item whose number begins alike', async () => {
    expect(await journalWith({ ...received, state: 'refused' }).ask()).toBeUndefined();
    expect(
      await journalWith({ ...received, lane: `reshare:${HERE.id}0`, requestId: `${HERE.id}0` }).ask(),
    ).toBeUndefined();
    expect(await journalWith(received, { ...lent, lane: `item:${NUMBER}5` }).ask()).toEqual({ lent: false });
    expect(await journalWith(received, { ...lent, state: 'unknown' }).ask()).toEqual({ lent: false });
  });

  it('knows nothing where the journal cannot be read, and that is reported', async () => {
    const faults: unknown[] = [];
    const ask = receivedHere({
      journal: { steps: () => Promise.reject(new Error('closed')) },
      now: () => new Date(CONTEXT.at),
      onFault: (e) => faults.push(e),
    });
    expect(await ask(HERE)).toBeUndefined();
    expect(faults).toHaveLength(1);
  });
});
