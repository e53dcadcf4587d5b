import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import type { NewRecord, ScanLine, StoredRecord } from '../../src-main/contract/journal.ts';
import { fail, ok, type AppError } from '../../src-main/contract/result.ts';
import { holdNews } from '../../src-main/desk/hold-words.ts';
import type { ItemLook } from '../../src-main/desk/item-look.ts';
import { HoldFlow, type HoldWish, type OpenStep } from '../../src-main/journal/hold-flow.ts';
import { createLanes } from '../../src-main/journal/lanes.ts';
import type { HoldsPort } from '../../src-main/journal/ports.ts';
import { line, prompt } from './renderer-samples.ts';

/** A hold from the key to its answer: recorded first, sent at most once, a lost answer left to a person. */

const CARD = '24101001002003';
const OTHER_CARD = '24101001002375';
const ITEM = '34101009014610';
const REQUEST = '0f8fad5b-d9cb-469f-a165-70867728950e';
const ERROR: AppError = { code: 'refused', sentence: 'No.', mender: 'desk', retry: 'never', theirWords: 'NO_HOLDABLE' };
const AT = '2026-11-23T14:00:00.000Z';
const PICKUP = { id: '900102', name: 'Science Library' };
const SCAN = line(1, { barcode: ITEM, raw: ITEM, prompt: prompt({ legs: [] }) });

interface Stored {
  readonly scanId: string;
  readonly body: NewRecord['body'];
}

function bench(records: Stored[] = []) {
  const sent: string[] = [];
  const shown: ScanLine[] = [];
  let current: ScanLine | undefined = SCAN;
  let place: HoldsPort['place'] = () => Promise.resolve({ outcome: 'done', value: { request: REQUEST } });
  let takes: (body: NewRecord['body']) => boolean = () => true;
  let look: ItemLook | undefined;
  const lookedAt: unknown[] = [];
  const flow = new HoldFlow({
    holds: {
      place: (what, card, pickup) => {
        sent.push(`place ${JSON.stringify(what)} ${card} ${pickup}`);
        return place(what, card, pickup);
      },
      cancel: (request, card) => {
        sent.push(`cancel ${request} ${card}`);
        return Promise.resolve({ outcome: 'done', value: {} });
      },
    },
    look: {
      before: () => Promise.reject(new Error('a hold needs no look before')),
      after: (what) => {
        lookedAt.push(what);
        return Promise.resolve(look ?? { kind: 'none', why: 'no-number', at: '2026-11-23T14:00:00.000Z' });
      },
    },
    system: 'WMS',
    lanes: createLanes(),
    record: (scanId, body) => {
      if (!takes(body)) return Promise.resolve(fail('journal-closed', 'The disk is full.'));
      records.push({ scanId, body });
      return Promise.resolve(ok({ at: '2026-11-23T14:00:01.000Z' } as StoredRecord));
    },
    openSteps: () => {
      const newest = new Map<string, OpenStep>();
      for (const { scanId, body } of records) {
        if (body.type === 'step') newest.set(body.stepId, { scanId, body, at: '2026-11-23T14:00:00.000Z' });
      }
      const open = [...newest.values()].filter(({ body }) =>
        ['sending', 'unknown', 'needs-person'].includes(body.state),
      );
      return Promise.resolve(ok(open));
    },
    newId: randomUUID,
    now: () => new Date('2026-11-23T14:00:00Z'),
    protect: (text) => ({ masked: `•••• ${text.slice(-4)}`, sealed: 'gcm1.sealed' }),
    line: () => Promise.resolve(current),
    show: (was, next) => {
      current = { ...was, prompt: next };
      shown.push(current);
      return Promise.resolve();
    },
  });
  const wish = (more: Partial<HoldWish> = {}): HoldWish => ({
    scanId: SCAN.scanId,
    what: { barcode: ITEM },
    card: CARD,
    pickup: PICKUP,
    insisted: false,
    ...more,
  });
  return {
    flow,
    records,
    sent,
    wish,
    states: () => records.map(({ body }) => (body.type === 'step' ? `${body.action} ${body.state}` : body.type)),
    lastLeg: () => shown.at(-1)?.prompt?.legs.at(-1),
    answer: (given: HoldsPort['place']) => (place = given),
    journalTakes: (when: typeof takes) => (takes = when),
    lookedAt,
    looks: (seen: ItemLook) => (look = seen),
    lineIs: (now: ScanLine | undefined) => (current = now),
  };
}

const lost = (): Promise<{ outcome: 'unknown'; error: AppError }> =>
  Promise.resolve({ outcome: 'unknown', error: ERROR });

const LOOKS: readonly (readonly [ItemLook, string])[] = [
  [
    { kind: 'copy', copy: { at: AT, available: true, onHold: true }, at: AT },
    'At 14:00 WMS Availability showed a hold on it, but not for whom. That is no proof: how soon it follows a change is not known.',
  ],
  [
    { kind: 'title', oclcNumber: '42', copies: 3, wanted: 1, at: AT },
    'At 14:00 WMS Availability showed that 1 of 3 are on hold, but not for whom: that does not tell whether this hold is among them.',
  ],
  [
    { kind: 'none', why: 'temporary', at: AT },
    'No look is possible: WMS shows copies only by the OCLC number of their title, and a temporary item has none.',
  ],
];

describe('a hold placed from the item panel', () => {
  it('is on disk as `sending` before it is sent, and keeps what WMS calls it', async () => {
    const desk = bench();
    desk.answer((...args) => {
      expect(desk.states()).toEqual(['RequestItem recorded', 'RequestItem sending']);
      expect(args).toEqual([{ barcode: ITEM }, CARD, '900102']);
      return Promise.resolve({ outcome: 'done', value: { request: REQUEST } });
    });
    const end = await desk.flow.place(desk.wish());
    expect(end).toMatchObject({ ok: true, value: { state: 'done', request: REQUEST, pickup: 'Science Library' } });
    expect(desk.records.at(-1)?.body).toMatchObject({ state: 'done', params: { request: REQUEST } });
    expect(desk.lastLeg()).toMatchObject({
      system: 'WMS',
      state: 'done',
      text: 'Hold placed, pick up at Science Library',
    });
  });

  it('leaves no card number in the journal but the masked and the sealed one', async () => {
    const desk = bench();
    await desk.flow.place(desk.wish());
    await desk.flow.cancel({ scanId: SCAN.scanId, request: REQUEST, card: CARD, insisted: false });
    expect(desk.sent).toHaveLength(2);
    expect(JSON.stringify(desk.records)).not.toContain(CARD);
    expect(desk.records[0]?.body).toMatchObject({ params: { card: '•••• 2003', sealed: 'gcm1.sealed' } });
  });

  it('is not sent when the journal cannot be written', async () => {
    const recorded = bench();
    recorded.journalTakes(() => false);
    expect(await recorded.flow.place(recorded.wish())).toMatchObject({
      ok: false,
      error: { code: 'journal-closed', sentence: 'The disk is full. Nothing was sent.' },
    });
    const sending = bench();
    sending.journalTakes((body) => body.type !== 'step' || body.state !== 'sending');
    expect(await sending.flow.place(sending.wish())).toMatchObject({ ok: true, value: { state: 'not-sent' } });
    expect([...recorded.sent, ...sending.sent]).toEqual([]);
  });

  it.each(LOOKS)('answer lost: the copy is looked at, and staff are told what that shows', async (seen, sentence) => {
    const desk = bench();
    desk.answer(lost);
    desk.looks(seen);
    const end = await desk.flow.place(desk.wish());
    expect(end).toMatchObject({ ok: true, value: { state: 'unknown', looked: sentence } });
    expect(desk.lookedAt).toEqual([{ barcode: ITEM }]);
    expect(desk.records.at(-1)?.body).toMatchObject({ state: 'needs-person', looked: { at: AT, showed: sentence } });
    if (end.ok) expect(holdNews(end.value, 'WMS').sentences).toContain(sentence);
  });

  it('answers lost: not known; the second press sends nothing, also after a restart', async () => {
    const desk = bench();
    desk.answer(lost);
    expect(await desk.flow.place(desk.wish())).toMatchObject({ ok: true, value: { state: 'unknown' } });
    expect(desk.lastLeg()?.state).toBe('unknown');
    const second = await desk.flow.place(desk.wish());
    expect(second).toMatchObject({ ok: false, error: { code: 'unknown-outcome', retry: 'unknown-outcome' } });
    const restarted = bench(desk.records);
    expect(await restarted.flow.place(restarted.wish())).toMatchObject({
      ok: false,
      error: { code: 'unknown-outcome' },
    });
    expect([...desk.sent, ...restarted.sent]).toHaveLength(1);
  });

  it('of another patron is not held back by it', async () => {
    const desk = bench();
    desk.answer(lost);
    await desk.flow.place(desk.wish());
    desk.answer(() => Promise.resolve({ outcome: 'done', value: {} }));
    expect(await desk.flow.place(desk.wish({ card: OTHER_CARD }))).toMatchObject({
      ok: true,
      value: { state: 'done' },
    });
  });

  it('is sent again only when a person says that it did not happen, and then once', async () => {
    const desk = bench();
    desk.answer(lost);
    await desk.flow.place(desk.wish());
    desk.answer(() => Promise.resolve({ outcome: 'done', value: { request: REQUEST } }));
    expect(await desk.flow.place(desk.wish({ insisted: true }))).toMatchObject({ ok: true, value: { state: 'done' } });
    expect(desk.sent).toHaveLength(2);
    expect(desk.states()).toContain('RequestItem refused');
    expect(await desk.flow.openIn([`item:${ITEM}`])).toEqual(ok([]));
  });

  it('is settled when a person says that it is there; a second time there is nothing to settle', async () => {
    const desk = bench();
    desk.answer(lost);
    const unknown = await desk.flow.place(desk.wish());
    const stepId = unknown.ok ? unknown.value.stepId : '';
    expect(await desk.flow.confirm(SCAN.scanId, stepId)).toMatchObject({ ok: true, value: { state: 'confirmed' } });
    expect(desk.lastLeg()?.state).toBe('confirmed');
    expect(await desk.flow.confirm(SCAN.scanId, stepId)).toMatchObject({ ok: false, error: { code: 'not-found' } });
    expect(desk.sent).toHaveLength(1);
  });

  it('pressed twice at once is one hold', async () => {
    const desk = bench();
    const [first, second] = await Promise.all([desk.flow.place(desk.wish()), desk.flow.place(desk.wish())]);
    expect([first.ok, second.ok].sort()).toEqual([false, true]);
    expect(desk.sent).toHaveLength(1);
  });

  it.each(['refused', 'not-sent'] as const)(
    '%s says so, with WMS’s own words, and may be tried again',
    async (outcome) => {
      const desk = bench();
      desk.answer(() => Promise.resolve({ outcome, error: ERROR }));
      expect(await desk.flow.place(desk.wish())).toMatchObject({
        ok: true,
        value: { state: outcome, sentence: 'No. “NO_HOLDABLE”' },
      });
      expect(desk.lastLeg()?.state).toBe('not-done');
      desk.answer(() => Promise.resolve({ outcome: 'done', value: {} }));
      expect(await desk.flow.place(desk.wish())).toMatchObject({ ok: true, value: { state: 'done' } });
    },
  );

  it('waits for the scan to be done with, and needs a scan that is there', async () => {
    const desk = bench();
    desk.lineIs({ ...SCAN, prompt: prompt({ working: true }) });
    expect(await desk.flow.place(desk.wish())).toMatchObject({ ok: false, error: { code: 'refused' } });
    desk.lineIs(undefined);
    expect(await desk.flow.place(desk.wish())).toMatchObject({ ok: false, error: { code: 'not-found' } });
    expect(desk.records).toEqual([]);
  });
});
