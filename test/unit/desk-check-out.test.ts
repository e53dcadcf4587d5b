import { describe, expect, it } from 'vitest';
import { fail, ok } from '../../src-main/contract/result.ts';
import { borrowedDue, dueDay } from '../../src-main/desk/check-out-due.ts';
import { concludeCheckOut } from '../../src-main/desk/check-out-outcome.ts';
import { safeName, standingOf } from '../../src-main/desk/check-out-patron.ts';
import type { CheckOutAnswer, CheckOutResult } from '../../src-main/desk/check-out-types.ts';
import type { CirculationRules } from '../../src-main/desk/circulation-types.ts';
import { decide } from '../../src-main/desk/decide.ts';
import { offerId, parseOfferId } from '../../src-main/desk/offers.ts';
import type { Evidence } from '../../src-main/desk/types.ts';
import { NOW, reading, request, rulesWith } from './desk-cases.ts';

/** What a scan in a patron's session means, which date counts, and what is said of a check-out. */

const ITEM = '30234000517861';
const MISREAD = '30234000517860';
const WMS: CirculationRules = { name: 'WMS', hereCodes: [], branches: [], lends: true };
const RULES = rulesWith({ circulation: WMS });
const LENDING = { sessionId: 'session-1', stopped: false };

function inSession(label: string, more: Partial<Evidence> = {}) {
  return decide({ reading: reading(label), hits: [], source: 'live', now: NOW, lending: LENDING, ...more }, RULES);
}

function temporary(more: object = {}) {
  return request('REQ_CHECKED_IN', {
    more: {
      dueDate: '2026-12-04T12:00:00Z',
      volumes: [{ id: 'v-1', itemId: '39404000111222', temporaryItemBarcode: 'RVR-3184' }],
      ...more,
    },
  });
}

describe('what a scan in a session means', () => {
  it('lends an own item on no request', () => {
    const decision = inSession(ITEM);
    expect(decision.checkOut).toEqual({ system: 'wms', action: 'CheckOutItem', barcode: ITEM, sessionId: 'session-1' });
    expect(decision.checkIn).toBeUndefined();
    expect(decision.prompt.working).toBe(true);
  });

  it('lends an own item whose requests are all finished', () => {
    const finished = request('RES_COMPLETE', { more: { selectedItemBarcode: ITEM } });
    expect(inSession(ITEM, { hits: [finished] }).checkOut?.barcode).toBe(ITEM);
  });

  it('leaves an item on its way between libraries to its request', () => {
    const shipped = request('REQ_SHIPPED', { more: { selectedItemBarcode: ITEM } });
    const decision = inSession(ITEM, { hits: [shipped] });
    expect([decision.checkOut, decision.steps[0]?.action]).toEqual([undefined, 'requesterReceived']);
    const lentOut = request('RES_ITEM_SHIPPED', { more: { selectedItemBarcode: ITEM } });
    expect(inSession(ITEM, { hits: [lentOut] }).checkOut).toBeUndefined();
    const closed = request('REQ_REQUEST_COMPLETE', { more: { selectedItemBarcode: ITEM } });
    expect(inSession(ITEM, { hits: [closed] }).checkOut).toBeUndefined();
  });

  it('keeps a borrowed item from an account that is blocked for interlibrary loan, and lends it an own one', () => {
    const lending = { ...LENDING, illBlocked: true } as const;
    const borrowed = inSession('RVR-3184', { hits: [temporary()], lending });
    expect(borrowed.checkOut).toBeUndefined();
    expect(borrowed.prompt.destination.verb).toBe('Do not hand out');
    expect(borrowed.prompt.offers.map(({ id }) => id)).toEqual(['cancel', 'lend:session-1']);
    const insisted = inSession('RVR-3184', { hits: [temporary()], lending, choice: 'lend:session-1' });
    expect(insisted.checkOut?.barcode).toBe('RVR-3184');
    expect(inSession(ITEM, { lending }).checkOut?.barcode).toBe(ITEM);
  });

  it('lends the temporary item, and presses nothing in ReShare', () => {
    const decision = inSession('RVR-3184', { hits: [temporary()] });
    expect(decision.checkOut?.barcode).toBe('RVR-3184');
    expect(decision.steps).toEqual([]);
    expect(decision.request?.hrid).toBe('RVR-3184');
  });

  it('lends nothing for a label that says by itself what it is', () => {
    for (const label of ['9780306406157', 'XYZ-99', '***', '20234000517860']) {
      expect(inSession(label).checkOut, label).toBeUndefined();
    }
  });

  it('asks first where the check digit is wrong', () => {
    const doubtful = inSession(MISREAD);
    expect(doubtful.checkOut).toBeUndefined();
    expect(inSession(MISREAD, { choice: doubtful.prompt.offers.at(-1)?.id ?? '' }).checkOut?.barcode).toBe(MISREAD);
  });

  it('takes a choice for the session it was made in and for no other', () => {
    const id = offerId({ kind: 'lend', sessionId: 'session-0' });
    expect(parseOfferId(id)).toEqual({ kind: 'lend', sessionId: 'session-0' });
    expect(parseOfferId('lend:')).toBeUndefined();
    expect(inSession(ITEM, { choice: id }).checkOut).toBeUndefined();
  });

  it('never sends while the same item is being lent, whatever key is pressed', () => {
    const choice = offerId({ kind: 'lend', sessionId: 'session-1' });
    expect(inSession(ITEM, { choice, lentBefore: { minutesAgo: 0, state: 'sending' } }).checkOut).toBeUndefined();
  });
});

describe('which date counts', () => {
  const NOW_DAY = '2026-11-23T14:02:00Z';
  it.each([
    ['WMS is stricter', '2026-12-04T12:00:00Z', '2026-11-27', 5, '2026-11-27', false, false],
    ['the lender less the margin is stricter', '2026-12-04T12:00:00Z', '2026-12-21', 5, '2026-11-29', true, false],
    ['both are the same day', '2026-12-04T12:00:00Z', '2026-11-29', 5, '2026-11-29', false, false],
    ['no margin', '2026-12-04T12:00:00Z', '2026-12-21', 0, '2026-12-04', true, false],
    ['no room for the margin', '2026-11-25T12:00:00Z', '2026-12-21', 5, '2026-11-25', true, true],
    ['the lender’s date has passed', '2026-11-20T12:00:00Z', '2026-12-21', 5, '2026-11-23', true, true],
    ['WMS gave none', '2026-12-04T12:00:00Z', undefined, 5, '2026-11-29', true, false],
  ])('%s', (_, lender, wms, margin, due, change, tight) => {
    expect(borrowedDue(lender, wms, margin, NOW_DAY)).toMatchObject({ due, change, tight });
  });

  it('is not made up where the lender gave none', () => {
    expect(borrowedDue(undefined, '2026-12-21', 5, NOW_DAY)).toBeUndefined();
    expect(borrowedDue('soon', '2026-12-21', 5, NOW_DAY)).toBeUndefined();
  });

  it('is a calendar day at the desk: the last second of a library’s day is that day', () => {
    const endOfDay = { kind: 'instant', utc: '2026-12-22T04:59:59Z' } as const;
    expect(dueDay(endOfDay, 'America/New_York')).toBe('2026-12-21');
    expect(dueDay(endOfDay, 'UTC')).toBe('2026-12-22');
    expect(dueDay({ kind: 'day', day: '2026-12-21' }, 'Pacific/Auckland')).toBe('2026-12-21');
    expect(dueDay({ kind: 'words', words: 'next term' })).toBeUndefined();
  });
});

describe('what is said of a check-out', () => {
  const plan = { system: 'wms', action: 'CheckOutItem', barcode: ITEM, sessionId: 'session-1' } as const;
  const end = (result: CheckOutResult, borrowed = false) =>
    concludeCheckOut(
      {
        reading: reading(borrowed ? 'RVR-3184' : ITEM),
        plan,
        result,
        request: borrowed ? temporary() : undefined,
        system: 'WMS',
        now: NOW,
      },
      RULES,
    );
  const done = (answer: CheckOutAnswer) => ({ state: 'done', answer, at: NOW }) as const;

  it('gives both dates of a borrowed item, the stricter first, and the date to type', () => {
    const prompt = end(done({ due: { kind: 'day', day: '2026-12-21' } }), true);
    expect(prompt.destination).toEqual({ verb: 'Change the date', to: '29 November' });
    expect(prompt.why).toEqual([
      'Due 29 November. Lender’s date: 4 December, less 5 days for the way back.',
      'WMS’s date: 21 December. Change it in WMS: type 29 November 2026. Then hand it out.',
    ]);
    expect(prompt.sound).toBe('attention');
  });

  it('hands a borrowed item out where WMS is the stricter', () => {
    const prompt = end(done({ due: { kind: 'day', day: '2026-11-27' } }), true);
    expect(prompt.destination).toEqual({ verb: 'Hand it out', to: 'due 27 November' });
    expect(prompt.why).toEqual([
      'Due 27 November, WMS’s date.',
      'Lender’s date: 4 December, less 5 days for the way back.',
    ]);
  });

  it('says an own item’s date and whose it is, and a charge', () => {
    const prompt = end(done({ due: { kind: 'day', day: '2026-12-21' }, bill: '2.50 USD', title: 'Chalk streams' }));
    expect(prompt.destination).toEqual({ verb: 'Hand it out', to: 'due 21 December' });
    expect(prompt.why).toEqual(['Due 21 December, WMS’s date.', 'A charge of 2.50 USD arose for it.']);
    expect(prompt.title).toBe('Chalk streams');
  });

  it('shows a date it cannot read as it came, and says that one is missing', () => {
    expect(end(done({ due: { kind: 'words', words: 'next term' } })).destination.to).toBe('due next term');
    expect(end(done({})).why[0]).toContain('gave no due date');
  });

  it.each([
    ['refused', 'stop', 'Do not hand out', 'not-done', []],
    ['not-sent', 'saved', 'Keep here', 'waiting', ['cancel', 'lend:session-1']],
    ['unknown', 'stop', 'Keep here', 'unknown', ['cancel', 'not-happened:step-1', 'happened:step-1']],
  ] as const)('%s', (state, kind, verb, leg, offers) => {
    const asks = state === 'unknown' ? { asks: 'step-1' } : {};
    const prompt = end({ state, sentence: 'WMS says no. “User Blocked: PATRON_BLOCKED”', at: NOW, ...asks });
    expect([prompt.kind, prompt.destination.verb, prompt.legs.at(-1)?.state]).toEqual([kind, verb, leg]);
    expect(prompt.offers.map((offer) => offer.id)).toEqual(offers);
    if (state !== 'unknown') expect(prompt.why[0]).toContain('PATRON_BLOCKED');
  });
});

describe('the patron, as far as the desk needs one', () => {
  it.each([
    ['Klara Sommerfeld', 'Klara S.'],
    ['Klara Maria von der Heide', 'Klara H.'],
    ['Sommerfeld, Klara Maria', 'Klara S.'],
    ['Klara', 'Klara'],
    ['  ', undefined],
    [undefined, undefined],
    ['李 小龍', '李 小.'],
  ])('%o is %o', (name, safe) => {
    expect(safeName(name)).toBe(safe);
  });

  it('stands good, is stopped, or was not asked', () => {
    const standing = (answer: Parameters<typeof standingOf>[0]) => standingOf(answer, WMS, NOW);
    expect(standing(ok({ name: 'Klara Sommerfeld', blocked: false, expires: '2027-01-01T00:00:00Z' }))).toEqual({
      state: 'good',
      name: 'Klara S.',
    });
    expect(standing(ok({ blocked: true })).state).toBe('stopped');
    expect(standing(ok({ expires: '2026-11-23T14:01:59Z' })).state).toBe('stopped');
    expect(standing(ok({ illBlocked: true }))).toMatchObject({ state: 'good', illBlocked: true });
    expect(standing(ok(undefined)).state).toBe('stopped');
    expect(standing(fail('not-sent', 'OCLC does not answer.')).state).toBe('not-asked');
  });
});
