import { describe, expect, it } from 'vitest';
import { concludeCheckIn } from '../../src-main/desk/circulation.ts';
import type { CheckInAnswer, CheckInResult, CirculationRules } from '../../src-main/desk/circulation-types.ts';
import { decide } from '../../src-main/desk/decide.ts';
import type { Evidence } from '../../src-main/desk/types.ts';
import { NOW, reading, rulesWith } from './desk-cases.ts';

/** The library's own items: when they are checked in, and where a check-in sends them. */

const ITEM = '30234000517861';
const MISREAD = '30234000517860';

const WMS: CirculationRules = {
  name: 'WMS',
  hereCodes: ['RVRM', 'RVRX'],
  branches: [
    { code: 'RVRM', name: 'Main Library' },
    { code: 'RVSC', name: 'Science Library' },
  ],
};
const RULES = rulesWith({ circulation: WMS });

function decideOn(label: string, more: Partial<Evidence> = {}) {
  return decide({ reading: reading(label), hits: [], source: 'live', now: NOW, ...more }, RULES);
}

function after(answer: CheckInAnswer) {
  return concludeCheckIn(reading(ITEM), { state: 'done', answer, at: NOW }, WMS);
}

function ended(state: 'refused' | 'not-sent' | 'unknown') {
  const asks = state === 'unknown' ? { asks: 'step-1' } : {};
  const result: CheckInResult = { state, sentence: 'WMS does not know this item. “Unknown Item”', at: NOW, ...asks };
  return concludeCheckIn(reading(ITEM), result, WMS);
}

describe('whether an item on no request is checked in', () => {
  it('checks it in once and says nothing of where it goes yet', () => {
    const decision = decideOn(ITEM);
    expect(decision.checkIn).toEqual({ system: 'wms', action: 'CheckInItem', barcode: ITEM });
    expect(decision.steps).toEqual([]);
    expect(decision.prompt.working).toBe(true);
  });

  it('never checks in what ReShare could not be asked about', () => {
    expect(decideOn(ITEM, { source: 'cache', outage: 'ReShare does not answer.' }).checkIn).toBeUndefined();
  });

  it('never checks in a request number that nobody knows, nor a card, nor an ISBN', () => {
    for (const label of ['RVR-3184', 'RVR-3184-7861', '20234000517861', '9780306406157']) {
      expect(decideOn(label).checkIn, label).toBeUndefined();
    }
  });

  it('asks first where the check digit is wrong, and takes the label as it is when staff insist', () => {
    const doubtful = decideOn(MISREAD);
    expect(doubtful.checkIn).toBeUndefined();
    expect(doubtful.prompt.destination.verb).toBe('Scan again');
    expect(doubtful.prompt.offers.map((offer) => [offer.key, offer.id])).toContainEqual(['F10', 'check-in']);
    expect(decideOn(MISREAD, { choice: 'check-in' }).checkIn?.barcode).toBe(MISREAD);
  });

  it('does not check in what this desk has just lent, unless staff say that it comes back', () => {
    const lentBefore = { minutesAgo: 2, state: 'done' } as const;
    const again = decideOn(ITEM, { lentBefore });
    expect(again.checkIn).toBeUndefined();
    expect(again.prompt.destination.verb).toBe('Already lent');
    expect(again.prompt.why.join(' ')).toMatch(/2 minutes ago.*Nothing was sent.*press F10/);
    expect(again.prompt.offers.map((offer) => [offer.key, offer.id])).toContainEqual(['F10', 'check-in']);
    expect(decideOn(ITEM, { lentBefore, choice: 'check-in' }).checkIn?.barcode).toBe(ITEM);
  });

  it('does not check in again what this desk has just checked in, unless staff ask for it', () => {
    const before = after({ routing: { kind: 'reshelve', raw: 'Re-shelve' } });
    const again = decideOn(ITEM, { checkedIn: { minutesAgo: 3.4, prompt: before } });
    expect(again.checkIn).toBeUndefined();
    expect(again.prompt.destination).toEqual(before.destination);
    expect(again.prompt.why.join(' ')).toContain('3 minutes ago');
    expect(again.prompt.offers.find((offer) => offer.id === 'check-in')?.caution).toBeDefined();
    expect(
      decideOn(ITEM, { checkedIn: { minutesAgo: 3.4, prompt: before }, choice: 'check-in' }).checkIn,
    ).toBeDefined();
  });

  it('does not check in again what was told and not answered, until staff say what became of it', () => {
    const checkedIn = { minutesAgo: 40, unknown: true, asks: 'step-1' } as const;
    const again = decideOn(ITEM, { checkedIn });
    expect(again.checkIn).toBeUndefined();
    expect(again.prompt.kindText).toBe('Not known whether it was checked in');
    expect(again.prompt.offers.map((offer) => offer.id)).toEqual(['cancel', 'not-happened:step-1', 'happened:step-1']);
  });

  it('leaves it to staff where the library does not check in through Carrel', () => {
    const plain = decide({ reading: reading(ITEM), hits: [], source: 'live', now: NOW }, rulesWith({}));
    expect(plain.checkIn).toBeUndefined();
    expect(plain.prompt.destination.verb).toBe('Not an ILL item');
  });
});

describe('where a check-in sends the item', () => {
  const at = (holdingCode: string, shelvingLocation?: string) => ({
    holdingCode,
    ...(shelvingLocation === undefined ? {} : { shelvingLocation }),
  });

  it.each([
    ['reshelve', at('RVRM', 'Main Stacks'), 'shelve', 'Shelve', 'Main Stacks'],
    ['reshelve', at('rvrx'), 'shelve', 'Shelve', undefined],
    ['reshelve', undefined, 'shelve', 'Shelve', undefined],
    ['reshelve', at('RVSC'), 'route', 'Send to', 'Science Library'],
    ['reshelve', at('ZZZZ'), 'stop', 'Send to', 'ZZZZ'],
    ['request', at('RVRM'), 'hold', 'Hold shelf', undefined],
    ['request', undefined, 'hold', 'Hold shelf', undefined],
    ['request', at('rvsc'), 'route', 'Send to', 'Science Library'],
    ['request', at('ZZZZ'), 'stop', 'Send to', 'ZZZZ'],
    ['process', at('RVRM'), 'stop', 'Staff', undefined],
    ['withdrawn', at('RVSC'), 'stop', 'Withdrawn', undefined],
  ] as const)('%s with destination %o: %s, %s', (kind, destination, look, verb, to) => {
    const prompt = after({ routing: { kind, raw: kind, ...(destination === undefined ? {} : { destination }) } });
    expect(prompt.kind).toBe(look);
    expect(prompt.destination).toEqual(to === undefined ? { verb } : { verb, to });
    expect(prompt.working).toBe(false);
    expect(prompt.legs.at(-1)).toMatchObject({ system: 'WMS', state: 'done' });
  });

  it('a holding code that no branch of the settings has is said to be one, with who adds it', () => {
    const { why, kindText } = after({ routing: { kind: 'request', raw: 'Request:1', destination: at('ZZZZ') } });
    expect(kindText).toBe('Ours · checked in, branch not known');
    expect(why).toEqual([
      'A patron is waiting for it there.',
      '“ZZZZ” is a holding code of WMS’s that no branch in Carrel’s settings has; it may even be here. Look at WMS’s screen where it goes.',
      'A library administrator adds the code in Settings, under WMS.',
    ]);
  });

  it('shows the library’s own words for staff handling, and words nobody knows as they came', () => {
    expect(after({ routing: { kind: 'process', raw: 'Process: Bindery', text: 'Bindery' } }).why[0]).toContain(
      '“Bindery”',
    );
    const unknown = after({ routing: { kind: 'unknown', raw: 'Quarantine 3 days' } });
    expect(unknown.destination.verb).toBe('“Quarantine 3 days”');
    expect(unknown.kind).toBe('stop');
  });

  it('sends staff to WMS where the answer says nothing of where it goes', () => {
    expect(after({}).destination.verb).toBe('Look in WMS');
  });

  it('says a bill that arose, and shows the title', () => {
    const prompt = after({ routing: { kind: 'reshelve', raw: 'Re-shelve' }, bill: '2.50 USD', title: 'Chalk streams' });
    expect(prompt.why.join(' ')).toContain('2.50 USD');
    expect(prompt.title).toBe('Chalk streams');
  });
});

describe('a check-in that did not go through', () => {
  it('keeps a refused item here, with what WMS said', () => {
    const prompt = ended('refused');
    expect([prompt.kind, prompt.destination.verb, prompt.sound]).toEqual(['stop', 'Keep here', 'refused']);
    expect(prompt.why[0]).toContain('“Unknown Item”');
    expect(prompt.offers).toEqual([]);
    expect(prompt.legs.at(-1)?.state).toBe('not-done');
  });

  it('offers to try again what was not sent', () => {
    const prompt = ended('not-sent');
    expect([prompt.kind, prompt.sound]).toEqual(['saved', 'saved']);
    expect(prompt.offers.map((offer) => offer.id)).toEqual(['cancel', 'again']);
    expect(prompt.legs.at(-1)?.state).toBe('waiting');
  });

  it('leaves a lost answer to a person, who says what became of it', () => {
    const prompt = ended('unknown');
    expect(prompt.legs.at(-1)?.state).toBe('unknown');
    expect(prompt.offers.map((offer) => offer.id)).toEqual(['cancel', 'not-happened:step-1', 'happened:step-1']);
  });
});
