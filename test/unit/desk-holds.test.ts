import { describe, expect, it } from 'vitest';
import { DEFAULT_SETTINGS } from '../../src-main/contract/settings.ts';
import { titleCopies, type CopyFacts } from '../../src-main/desk/copy-words.ts';
import { agreementOfStep } from '../../src-main/desk/agreement-steps.ts';
import { holdLeg, holdNews, readCard } from '../../src-main/desk/hold-words.ts';
import type { HoldStep } from '../../src-main/desk/hold-types.ts';
import { cardIn, oclcNumberIn } from '../../src-renderer/state/item-scans.ts';

/** Words for copies and holds, and which scan is a card. */

const { desk } = DEFAULT_SETTINGS;
const CARD = '24101001002003';
const ITEM = '34101009014610';
const AT = '2026-11-23T14:00:00.000Z';

const step = (more: Partial<HoldStep> = {}): HoldStep => ({
  stepId: 's',
  action: 'place',
  state: 'done',
  card: '•••• 2003',
  pickup: 'Main Library',
  request: 'r-1',
  at: AT,
  ...more,
});

describe('which label is a card', () => {
  it('reads a card as scanners send it, in main and in the window alike', () => {
    for (const raw of [CARD, ` ${CARD} `, `A${CARD}B`, `]F0${CARD}`, `*${CARD}*`]) {
      expect(readCard(raw, desk), raw).toEqual({ ok: true, value: CARD });
      expect(cardIn(raw, desk), raw).toBe(CARD);
    }
  });

  it('takes no item, request or ISBN for a card', () => {
    for (const raw of [ITEM, 'RVR-3184', 'RVR-3184-AB12', '9780140449136', '']) {
      expect(readCard(raw, desk).ok, raw).toBe(false);
      expect(cardIn(raw, desk), raw).toBeUndefined();
    }
    expect(readCard('24101001002004', desk)).toMatchObject({ ok: false, error: { mender: 'desk', retry: 'now' } });
  });

  it('takes a typed number of another scheme for what the person says it is', () => {
    expect(readCard('S0012345', desk)).toEqual({ ok: true, value: 'S0012345' });
  });

  it('takes only a number that says so itself for an OCLC number', () => {
    expect(['ocm00000042', 'on1234567890', '(OCoLC)42', '(OCoLC)ocm42'].map(oclcNumberIn)).toEqual([
      '42',
      '1234567890',
      '42',
      '42',
    ]);
    expect(['42', ITEM, CARD, 'ocm'].map(oclcNumberIn)).toEqual([undefined, undefined, undefined, undefined]);
  });
});

describe('words for a hold', () => {
  it('says what happened and what did not, and whose it is only masked', () => {
    expect(holdNews(step(), 'WMS')).toMatchObject({
      heading: 'Hold placed',
      sentences: ['For card •••• 2003, to be picked up at Main Library.'],
      open: false,
    });
    expect(holdNews(step({ action: 'cancel' }), 'WMS').heading).toBe('Hold cancelled');
    expect(holdNews(step({ state: 'refused', sentence: 'Blocked. “USER_BLOCKED”' }), 'WMS')).toMatchObject({
      heading: 'WMS refused the hold',
      sentences: [expect.anything(), 'Blocked. “USER_BLOCKED”'] as unknown[],
    });
    expect(holdNews(step({ state: 'not-sent' }), 'WMS').sentences.at(-1)).toBe('Nothing was changed.');
    expect(holdNews(step({ state: 'confirmed' }), 'WMS').heading).toBe('Hold placed, staff say');
  });

  it.each(['unknown', 'needs-person'] as const)('leaves %s to a person', (state) => {
    expect(holdNews(step({ state }), 'WMS')).toMatchObject({
      open: true,
      heading: 'Not known whether the hold was placed',
    });
    expect(holdLeg(step({ state }), 'WMS').state).toBe('unknown');
  });

  it('names nobody on the prompt', () => {
    for (const state of ['done', 'refused', 'unknown', 'not-sent', 'confirmed'] as const) {
      expect(holdLeg(step({ state }), 'WMS').text).not.toContain('2003');
    }
  });

  it('is on the agreement list when its answer was lost, and not when it was refused', () => {
    const body = {
      type: 'step' as const,
      stepId: 's',
      state: 'unknown' as const,
      lane: `item:${ITEM}`,
      system: 'wms',
      action: 'RequestItem',
      requestId: `item:${ITEM}`,
      params: {},
      evidence: { state: 'staff asked for it', seenAt: AT },
    };
    const seen = { scanId: 'x', at: AT, label: ITEM };
    expect(agreementOfStep({ ...seen, body }, 'WMS')?.reason).toContain('“Place a hold” to WMS');
    expect(agreementOfStep({ ...seen, body: { ...body, state: 'refused' } }, 'WMS')).toBeUndefined();
    const lending = { ...body, action: 'CheckOutItem', state: 'refused' as const };
    expect(agreementOfStep({ ...seen, body: lending }, 'WMS')?.reason).toContain('“Check out”');
  });
});

describe('words for copies', () => {
  const scene = {
    circulation: { name: 'WMS', branches: [{ code: 'RVRSTK', name: 'Main Library' }] },
    barcode: ITEM,
    now: AT,
    timeZone: 'UTC',
  };
  const say = (...copies: readonly CopyFacts[]) => titleCopies({ oclcNumber: '42', at: AT, copies }, scene);

  it('puts the copy in the hand first, then what is on its shelf', () => {
    const told = say(
      { barcode: '1', available: false, due: { kind: 'instant', utc: '2026-12-12T23:59:59Z' }, reason: 'ON_LOAN' },
      { barcode: '2', available: true, holdingCode: 'rvrstk', shelvingLocation: 'GENERAL', copyNumber: '2' },
      { barcode: ITEM, available: false, onHold: true },
    );
    expect(told.copies.map(({ barcode, says, inHand }) => [barcode, says, inHand])).toEqual([
      [ITEM, 'Wanted by somebody', true],
      ['2', 'Available now', false],
      ['1', 'Out, due 12 December', false],
    ]);
    expect(told.copies[1]).toMatchObject({ place: 'Main Library, GENERAL', what: 'copy 2' });
    expect(told.summary).toBe('1 of 3 copies is available now.');
  });

  it('says what WMS says of the rest: a hold, a reason as it came, a place for a time, nothing at all', () => {
    const [wanted] = say({ available: true, onHold: true }).copies;
    expect(wanted).toMatchObject({ state: 'wanted', details: ['On hold: somebody waits for it.'] });
    const [moving] = say({ available: false, reason: 'IN_TRANSIT', temporaryLocation: 'Exhibition' }).copies;
    expect(moving).toMatchObject({
      state: 'elsewhere',
      says: 'Not available',
      details: ['WMS says “IN_TRANSIT”.', 'For a time at Exhibition.'],
    });
    const [silent] = say({ holdingCode: 'OTHER', institution: 'NFD' }).copies;
    expect(silent).toMatchObject({ state: 'not-told', says: 'WMS does not say', place: 'NFD, OTHER' });
    const [worded] = say({ available: false, due: { kind: 'words', words: 'next week' } }).copies;
    expect(worded?.says).toBe('Out, due next week');
    expect(say({}).copies[0]?.place).toBe('place not told');
  });

  it('counts in words', () => {
    expect(say().summary).toBe('WMS has no copy of OCLC 42 in this library.');
    expect(say({ available: true }).summary).toBe('The only copy is available now.');
    expect(say({ available: false }).summary).toBe('The only copy is not available now.');
    expect(say({ available: false }, { available: false }).summary).toBe('None of 2 copies is available now.');
  });
});
