import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { CheckInResult, CirculationRules } from '../../src-main/desk/circulation-types.ts';
import { concludeCheckIn } from '../../src-main/desk/circulation.ts';
import { decide } from '../../src-main/desk/decide.ts';
import type { Place } from '../../src-main/desk/data/place.ts';
import { slipName } from '../../src-main/desk/slip-name.ts';
import { requestSlip, triedBefore, withPrintOutcome } from '../../src-main/desk/slips.ts';
import { NO_PRINTER, printTrouble } from '../../src-main/shell/print-reasons.ts';
import { slipKeyLabel, slipShown } from '../../src-renderer/state/slip-shown.ts';
import { DEFAULT_SLIP_SETTINGS, Slip } from '../../src-main/contract/slip.ts';
import { DeskSettings } from '../../src-main/contract/settings.ts';
import { DESK, NOW, RULES, reading, request, rulesWith } from './desk-cases.ts';
import { line, prompt } from './renderer-samples.ts';

const SCENE = { rules: RULES, now: NOW };
const borrowed = {
  title: 'Middlemarch',
  partner: { symbol: 'RESHARE:NFD', name: 'Northfield' },
  pickupLocation: 'Science Library --> ISIL:RVR',
  dueDate: '2026-12-04T00:00:00Z',
};

describe('the slip of a request', () => {
  it.each<[Place, string | undefined, string | undefined]>([
    ['hold-shelf', 'Hold shelf · interlibrary loan', 'Science Library'],
    ['ship-back', 'Interlibrary loan · return to lender', 'Northfield'],
    ['ship-to', 'Interlibrary loan · lent to', 'Northfield'],
    ['ill-office', undefined, undefined],
    ['fetch', undefined, undefined],
    ['keep', undefined, undefined],
    ['shelve', undefined, undefined],
  ])('for %s', (place, heading, destination) => {
    const slip = requestSlip(request('REQ_CHECKED_IN', { more: borrowed }), place, SCENE);
    expect([slip?.heading, slip?.destination]).toEqual([heading, destination]);
  });

  it('says what the next pair of hands needs, and whom it comes from', () => {
    const slip = requestSlip(
      request('REQ_CHECKED_IN', {
        more: { ...borrowed, conditions: [{ code: 'LibraryUseOnly', accepted: true }] },
      }),
      'hold-shelf',
      SCENE,
    );
    expect(slip?.lines).toEqual([
      { label: 'Lender', value: 'Northfield' },
      { label: 'Due at lender', value: '4 December' },
      { label: 'Conditions', value: 'use in the library only' },
    ]);
    expect(slip?.barcode.text).toBe('RVR-3184');
  });

  it('is none for a request that has no number yet', () => {
    const { hrid: _, ...young } = request('REQ_CHECKED_IN', { more: borrowed });
    expect(requestSlip(young, 'hold-shelf', SCENE)).toBeUndefined();
  });

  it('fits the contract whatever a system writes into its fields', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'binary', maxLength: 300 }),
        fc.constantFrom<Place>('hold-shelf', 'ship-back', 'ship-to'),
        (text, place) => {
          const more = {
            title: text,
            hrid: text,
            pickupLocation: text,
            callNumber: text,
            partner: { name: text, symbol: text },
          };
          const slip = requestSlip(request('REQ_CHECKED_IN', { more }), place, SCENE);
          if (slip !== undefined) expect(Slip.parse(slip)).toEqual(slip);
        },
      ),
      { numRuns: 50 },
    );
  });
});

const WMS: CirculationRules = {
  name: 'WMS',
  hereCodes: ['main'],
  branches: [
    { code: 'MAIN', name: 'Main Library' },
    { code: 'SCI', name: 'Science Library' },
  ],
};
const done = (kind: 'reshelve' | 'request' | 'process', holdingCode: string): CheckInResult => ({
  state: 'done',
  at: NOW,
  answer: { title: 'Walden', routing: { kind, raw: kind, destination: { holdingCode } } },
});
const slipOf = (result: CheckInResult) => concludeCheckIn(reading('31234000123453'), result, WMS).slip;

describe('the slip of an item of the library', () => {
  it('goes to the hold shelf here', () => {
    expect(slipOf(done('request', 'MAIN'))).toMatchObject({
      kind: 'hold',
      heading: 'Hold shelf',
      destination: 'Main Library',
      title: 'Walden',
      barcode: { text: '31234000123453' },
    });
  });

  it('goes to another branch, for a patron or for its shelf', () => {
    expect(slipOf(done('request', 'SCI'))).toMatchObject({
      kind: 'routing',
      destination: 'Science Library',
      lines: [
        { label: 'From', value: 'Main Library' },
        { label: 'There', value: 'A patron is waiting for it' },
      ],
    });
    expect(slipOf(done('reshelve', 'SCI'))?.lines.at(-1)?.value).toBe('Shelve it');
  });

  it.each<[string, CheckInResult]>([
    ['stays here and is shelved', done('reshelve', 'MAIN')],
    ['goes to staff', done('process', 'MAIN')],
    ['was refused', { state: 'refused', sentence: 'No.', at: NOW }],
    ['is not known to be checked in', { state: 'unknown', sentence: 'No answer.', at: NOW }],
  ])('is none when it %s', (_, result) => {
    expect(slipOf(result)).toBeUndefined();
  });
});

describe('an item scanned again soon after its check-in', () => {
  it('keeps the slip of the check-in, so that it can be printed again', () => {
    const earlier = concludeCheckIn(reading('31234000123453'), done('request', 'SCI'), WMS);
    const { prompt: again } = decide(
      {
        reading: reading('31234000123453'),
        hits: [],
        source: 'live',
        checkedIn: { minutesAgo: 2, prompt: earlier },
        now: NOW,
      },
      rulesWith({ circulation: WMS }),
    );
    expect(again.kindText).toBe('Ours · checked in before');
    expect(again.slip).toEqual(earlier.slip);
  });
});

describe('a patron on a slip', () => {
  it.each([
    ['Maria Svensson', undefined, 'M. S.', 'Maria S.'],
    ['Svensson, Maria Anna', undefined, 'M. S.', 'Maria S.'],
    ['Øyvind de la Cruz', undefined, 'Ø. C.', 'Øyvind C.'],
    ['Svensson', undefined, 'S.', 'S.'],
    ['M. Svensson', undefined, 'M. S.', 'M. S.'],
    [' , ', undefined, undefined, undefined],
    ['', undefined, undefined, undefined],
  ])('%j', (name, none, initials, first) => {
    expect([slipName(name, 'none'), slipName(name, 'initials'), slipName(name, 'first-name-initial')]).toEqual([
      none,
      initials,
      first,
    ]);
  });

  it('never shows a whole family name', () => {
    const word = fc.stringMatching(/^[A-Z][a-z]{2,9}$/);
    fc.assert(
      fc.property(word, word, fc.constantFrom('initials', 'first-name-initial'), (given, family, rule) => {
        fc.pre(!given.includes(family));
        expect(slipName(`${given} ${family}`, rule)).not.toContain(family);
        expect(slipName(`${family}, ${given}`, rule)).not.toContain(family);
        expect(slipName(family, rule)).not.toContain(family);
      }),
    );
  });
});

describe('what came of printing', () => {
  const before = prompt({ legs: [{ system: 'ReShare', state: 'done', text: 'Marked returned' }] });

  it('is a line on the prompt, and a later outcome takes its place', () => {
    expect(triedBefore(before)).toBe(false);
    const failed = withPrintOutcome(before, { outcome: 'failed', reason: NO_PRINTER }, NOW);
    expect(failed.legs.map(({ system, state, text }) => [system, state, text])).toEqual([
      ['ReShare', 'done', 'Marked returned'],
      ['Slip', 'not-done', `Not printed: ${NO_PRINTER}`],
    ]);
    expect(triedBefore(failed)).toBe(true);
    const printed = withPrintOutcome(failed, { outcome: 'printed' }, NOW);
    expect(printed.legs.at(-1)).toEqual({ system: 'Slip', state: 'done', text: 'Printed', at: NOW });
    expect(withPrintOutcome(printed, { outcome: 'printed' }, NOW).legs.at(-1)?.text).toBe('Printed again');
    expect(withPrintOutcome(printed, { outcome: 'unknown', reason: 'no answer.' }, NOW).legs.at(-1)?.state).toBe(
      'unknown',
    );
  });

  it.each([
    [
      'Invalid deviceName provided',
      'Zebra 2',
      'This computer has no printer called “Zebra 2”. Correct it in Settings.',
    ],
    ['Invalid deviceName provided', '', NO_PRINTER],
    ['No printers available on the network', '', NO_PRINTER],
    ['Print job canceled', '', 'The printer’s queue cancelled it.'],
    ['cover open', '', 'The printer refused it (“cover open”).'],
  ])('%s is put into words', (reason, printer, words) => {
    expect(printTrouble(reason, printer)).toBe(words);
  });
});

describe('F8', () => {
  const slip = requestSlip(request('REQ_CHECKED_IN', { more: borrowed }), 'hold-shelf', SCENE);
  if (slip === undefined) throw new Error('no slip to test with');
  const shown = (more: object, scan = {}) =>
    slipShown(line(1, { prompt: prompt({ slip, ...more }), ...scan }), DEFAULT_SLIP_SETTINGS, undefined);

  it('prints the slip on the screen, and then prints it again', () => {
    const first = shown({});
    if (first === undefined) throw new Error('no slip is shown');
    expect(slipKeyLabel(first)).toBe('Print slip');
    expect(slipKeyLabel({ ...first, tried: true })).toBe('Print slip again');
    expect(slipKeyLabel({ ...first, printing: true })).toBe('Printing slip');
  });

  it('is no slip key while the scan is worked on, after it was put aside, or where a choice needs it', () => {
    expect(shown({ working: true })).toBeUndefined();
    expect(shown({}, { cancelled: true })).toBeUndefined();
    expect(shown({ offers: [{ id: 'do:x', key: 'F8', label: 'x' }] })).toBeUndefined();
  });

  it('is none where this desk uses no such slips', () => {
    const settings = { ...DEFAULT_SLIP_SETTINGS, modes: { hold: 'off', routing: 'offer', offline: 'offer' } } as const;
    expect(slipShown(line(1, { prompt: prompt({ slip }) }), settings, undefined)).toBeUndefined();
  });
});

describe('settings from before there were slips', () => {
  it('offer them on a roll of 80 mm, print nothing unasked and name nobody', () => {
    const { slips: _, ...old } = DESK;
    expect(DeskSettings.parse(old).slips).toEqual({
      modes: { hold: 'offer', routing: 'offer', offline: 'offer' },
      paper: '80mm',
      printer: '',
      name: 'none',
    });
  });
});
