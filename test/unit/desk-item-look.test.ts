import { describe, expect, it } from 'vitest';
import type { CopySeen } from '../../src-main/contract/journal.ts';
import { seenCheckIn, seenCheckOut } from '../../src-main/desk/item-look-prompt.ts';
import { judgeItemLook, withLook, type ItemLook } from '../../src-main/desk/item-look.ts';
import { reading, rulesWith } from './desk-cases.ts';
import { prompt } from './renderer-samples.ts';

/** What WMS Availability proves about a message without an answer, and what it does not. */

const AT = '2026-11-23T14:02:00.000Z';
const SCENE = { system: 'WMS', timeZone: 'UTC' };
const OUT: CopySeen = { at: AT, available: false, due: '2026-12-12T23:59:00Z', onHold: false, reason: 'ON_LOAN' };
const IN: CopySeen = { at: AT, available: true, onHold: false };
const WANTED: CopySeen = { at: AT, available: false, onHold: true, reason: 'ON_HOLD' };
const MOVING: CopySeen = { at: AT, available: false, onHold: false, reason: 'IN_TRANSIT' };
const SILENT: CopySeen = { at: AT };

const look = (copy: CopySeen, place = {}): ItemLook => ({ kind: 'copy', copy, place, at: AT });
const judged = (action: string, before: CopySeen | undefined, after: CopySeen) =>
  judgeItemLook(
    { action, evidence: { state: 'on no request', seenAt: AT, ...(before === undefined ? {} : { copy: before }) } },
    look(after),
    SCENE,
  );

describe('a lost check-in', () => {
  it.each([
    ['out, then on its shelf', OUT, IN],
    ['out, then on hold for somebody', OUT, WANTED],
    ['out, then on its way', OUT, MOVING],
    ['out, then available and wanted', OUT, { ...IN, onHold: true }],
  ])('%s: it happened', (_what, before, after) => {
    expect(judged('CheckInItem', before, after).happened).toBe(true);
  });

  it.each([
    ['still out', OUT, OUT, 'so it seems not to be checked in. That is no proof'],
    ['out, and nobody looked before', undefined, OUT, 'so it seems not to be checked in. That is no proof'],
    ['on its shelf, and nobody looked before', undefined, IN, 'nobody looked before, and it may have been so then'],
    ['on its shelf before as well', IN, IN, 'and before it was available: that does not tell'],
    ['wanted before as well', WANTED, WANTED, 'and before it was on hold for somebody'],
    [
      'out before for a reason of its own, and the date alone is gone',
      OUT,
      { ...MOVING, reason: 'ON_LOAN' },
      'that does not tell',
    ],
    ['WMS does not say how it stands', OUT, SILENT, 'That tells nothing about the message.'],
  ] satisfies [string, CopySeen | undefined, CopySeen, string][])(
    '%s: a person must look',
    (_what, before, after, says) => {
      const { happened, showed } = judged('CheckInItem', before, after);
      expect(happened).toBe(false);
      expect(showed).toMatch(/^At 14:02 WMS Availability showed it /);
      expect(showed).toContain(says);
    },
  );

  it('once seen, goes to the shelf the copy is counted on, or WMS’s screen says where', () => {
    const rules = { name: 'WMS', hereCodes: ['RVRM'], branches: [{ code: 'SCI', name: 'Science Library' }] };
    const at = (copy: CopySeen, holdingCode: string) => {
      const seen = {
        look: look(copy, { holdingCode, shelvingLocation: 'STACKS' }),
        judged: judged('CheckInItem', OUT, copy),
      };
      return seenCheckIn(reading('34101009014610'), seen, rules);
    };
    expect(at(IN, 'rvrm').destination).toEqual({ verb: 'Shelve', to: 'STACKS' });
    expect(at(IN, 'rvrm').legs.at(-1)).toEqual({ system: 'WMS', state: 'seen', text: 'Seen to be checked in', at: AT });
    for (const prompted of [
      at(IN, 'SCI'),
      at(WANTED, 'RVRM'),
      at({ ...IN, onHold: true }, 'RVRM'),
      at(MOVING, 'RVRM'),
    ]) {
      expect(prompted.destination).toEqual({ verb: 'Look in WMS' });
    }
  });
});

describe('a lost check-out', () => {
  it('on its shelf, then out: it happened, and the date is known', () => {
    const seen = { look: look(OUT), judged: judged('CheckOutItem', IN, OUT) };
    expect(seen.judged.happened).toBe(true);
    const rules = rulesWith({
      circulation: { name: 'WMS', hereCodes: [], branches: [], lends: true },
      timeZone: 'UTC',
    });
    const shown = seenCheckOut(reading('34101009014610'), 'card-scan', seen, rules);
    expect(shown).toMatchObject({ destination: { verb: 'Hand it out', to: 'due 12 December' } });
    expect(shown?.legs.at(-1)).toMatchObject({ state: 'seen', text: 'Seen to be checked out' });
  });

  it.each([
    ['still on its shelf', IN, IN, 'so it seems not to be lent'],
    ['out, and nobody looked before', undefined, OUT, 'nobody looked before'],
    [
      'out before as well: renewed, or lent to somebody else',
      OUT,
      { ...OUT, due: '2026-12-20' },
      'before it was out, due 12 December',
    ],
  ] satisfies [string, CopySeen | undefined, CopySeen, string][])(
    '%s: a person must look',
    (_what, before, after, says) => {
      const { happened, showed } = judged('CheckOutItem', before, after);
      expect(happened).toBe(false);
      expect(showed).toContain(says);
    },
  );
});

it('the prompt that asks keeps its first and last words, and only the newest look stands between them', () => {
  const asking = prompt({ why: ['What happened.', 'What to do.'], legs: [] });
  const first = withLook(asking, { look: look(OUT), judged: judged('CheckInItem', undefined, OUT) }, 'WMS');
  const second = withLook(first, { look: look(IN), judged: judged('CheckInItem', undefined, IN) }, 'WMS');
  expect(first.why).toHaveLength(3);
  expect(second.why).toEqual(['What happened.', expect.stringContaining('showed it available'), 'What to do.']);
  expect(second.legs).toEqual([{ system: 'WMS Availability', state: 'unknown', text: 'Available', at: AT }]);
});
