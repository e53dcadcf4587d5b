import { describe, expect, it } from 'vitest';
import { concludeCheckOut } from '../../src-main/desk/check-out-outcome.ts';
import {
  dueChanged,
  mayChooseDue,
  readDueDay,
  withDue,
  withSessionDue,
  type DueScene,
} from '../../src-main/desk/due-choice.ts';
import type { CirculationRules } from '../../src-main/desk/circulation-types.ts';
import type { Prompt } from '../../src-main/contract/prompt.ts';
import { NOW, reading, request, rulesWith } from './desk-cases.ts';

/** A due date that staff set themselves: what they may type, and what the prompt says of it. */

const WMS: CirculationRules = { name: 'WMS', hereCodes: [], branches: [], lends: true };
const RULES = rulesWith({ circulation: WMS });
const SCENE: DueScene = { system: 'WMS', by: 'kim', at: NOW };
const plan = { system: 'wms', action: 'CheckOutItem', barcode: 'RVR-3184', sessionId: 's' } as const;

/** A borrowed item that WMS lends until 20 December and the lender wants back on 14 December; five days for the way. */
function lent(chosen?: { readonly day: string; readonly by: string }) {
  const prompt = concludeCheckOut(
    {
      reading: reading('RVR-3184'),
      plan,
      result: { state: 'done', at: NOW, answer: { due: { kind: 'day', day: '2026-12-20' }, bill: '2.50 USD' } },
      request: request('REQ_CHECKED_IN', { more: { dueDate: '2026-12-14T12:00:00Z' } }),
      system: 'WMS',
      now: NOW,
      chosen,
    },
    RULES,
  );
  if (!mayChooseDue(prompt)) throw new Error('no date can be set');
  return prompt;
}

const byHand = (prompt: Prompt) => prompt.legs.filter(({ state }) => state === 'by-hand').map(({ text }) => text);
const keys = (prompt: Prompt) => prompt.offers.map(({ id, key }) => `${key} ${id}`);

describe('what staff type', () => {
  it.each([
    ['2026-12-04', '2026-12-04'],
    [' 4 December 2026 ', '2026-12-04'],
    ['4. dec', '2026-12-04'],
    ['Dec 4, 2026', '2026-12-04'],
    ['1 January', '2027-01-01'],
    ['29 February', '2028-02-29'],
    ['+0', NOW.slice(0, 10)],
  ])('%s is %s', (text, day) => {
    expect(readDueDay(text, NOW)).toEqual({ ok: true, value: day });
  });

  it('counts days from today', () => {
    expect(readDueDay('+14', '2026-12-25T12:00:00Z')).toEqual({ ok: true, value: '2027-01-08' });
    expect(readDueDay('+0', '2026-12-25T23:30:00Z', 'Europe/Berlin')).toEqual({ ok: true, value: '2026-12-26' });
  });

  it.each(['', '4/12/2026', '2026-02-30', '31 April 2027', 'soon', '4 Foo', '30234000517861'])(
    '%s is no date',
    (text) => {
      const read = readDueDay(text, NOW);
      expect(read.ok ? read.value : read.error.sentence).toMatch(/is no date Carrel can read/);
    },
  );

  it('refuses a day that has passed, in words', () => {
    const read = readDueDay('2026-01-02', NOW);
    expect(read.ok ? read.value : read.error).toMatchObject({
      code: 'bad-input',
      sentence: '2 January 2026 has passed. A loan cannot be due before today.',
    });
  });
});

describe('the prompt', () => {
  it('asks for the change that the two dates make necessary, until staff say it is done', () => {
    const prompt = lent();
    expect(prompt.destination).toEqual({ verb: 'Change the date', to: '9 December' });
    expect(prompt.why).toContain('WMS’s date: 20 December. Change it in WMS: type 9 December 2026. Then hand it out.');
    expect(byHand(prompt)).toEqual(['Change the due date to 9 December 2026']);
    expect(keys(prompt)).toEqual(['F11 due-changed:2026-12-09']);
    const done = dueChanged(prompt, '2026-12-09', SCENE);
    expect(done.destination).toEqual({ verb: 'Hand it out', to: 'due 9 December' });
    expect(done.legs.at(-1)).toEqual({
      system: 'WMS',
      state: 'confirmed',
      text: 'Due date changed to 9 December 2026, says kim',
      at: NOW,
    });
    expect([byHand(done), keys(done)]).toEqual([[], []]);
    expect(done.why).toContain('A charge of 2.50 USD arose for it.');
  });

  it('says what to type for the date staff set, and who set it', () => {
    const prompt = withDue(lent(), '2026-12-04', SCENE);
    expect(prompt.destination).toEqual({ verb: 'Change the date', to: '4 December' });
    expect(prompt.why.slice(0, 2)).toEqual([
      'Change it in WMS: type 4 December 2026. Then hand it out.',
      'WMS’s date: 20 December.',
    ]);
    expect(byHand(prompt)).toEqual(['Change the due date to 4 December 2026']);
    expect(keys(prompt)).toEqual(['F11 due-changed:2026-12-04']);
    expect(prompt.legs).toContainEqual({
      system: 'Desk',
      state: 'confirmed',
      text: 'Due 4 December 2026, set by kim',
      at: NOW,
    });
    expect(prompt.why.join(' ')).not.toMatch(/wants it back on/);
  });

  it('allows a date that is too late for the lender, and says so', () => {
    expect(withDue(lent(), '2026-12-11', SCENE).why.join(' ')).toMatch(
      /The lender wants it back on 14 December: that leaves less time/,
    );
    const after = withDue(lent(), '2026-12-15', SCENE);
    expect(after.why.join(' ')).toMatch(/That is after 14 December, when the lender wants it back/);
    expect([byHand(after), after.sound]).toEqual([['Change the due date to 15 December 2026'], 'attention']);
  });

  it('needs no change where WMS has the date already; the last date set is the one that counts', () => {
    const there = withDue(withDue(lent(), '2026-12-04', SCENE), '2026-12-20', SCENE);
    expect(there.destination).toEqual({ verb: 'Hand it out', to: 'due 20 December' });
    expect([byHand(there), keys(there)]).toEqual([[], []]);
    expect(there.legs.filter(({ system }) => system === 'Desk')).toHaveLength(1);
    const again = withDue(dueChanged(lent(), '2026-12-09', SCENE), '2026-12-20', SCENE);
    expect(byHand(again)).toEqual(['Change the due date to 20 December 2026']);
  });

  it('carries the date of a session to what is lent in it', () => {
    const prompt = lent({ day: '2026-12-01', by: 'kim' });
    expect(byHand(prompt)).toEqual(['Change the due date to 1 December 2026']);
    const card = withSessionDue({ ...lent(), why: [], legs: [], due: { also: [] } }, '2026-12-01', SCENE);
    expect(card.why[0]).toBe(
      'Items scanned now are lent to this card, due 1 December 2026. Press F2 when this patron has everything.',
    );
    expect(card.due.day).toBe('2026-12-01');
  });

  it('takes no date while Carrel is still working on the scan', () => {
    expect(mayChooseDue({ ...lent(), working: true })).toBe(false);
    expect(mayChooseDue(undefined)).toBe(false);
  });
});
