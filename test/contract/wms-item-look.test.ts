import { describe, expect, it } from 'vitest';
import { agreementOfStep } from '../../src-main/desk/agreement-steps.ts';
import { practiceDesk as desk } from './wms-desk.ts';

/** What a look at WMS Availability makes of a lost answer: the desk and the practice WMS, joined by real calls. */

const legs = (prompt: { readonly legs: readonly { system: string; state: string; text: string }[] }) =>
  prompt.legs.map(({ system, state, text }) => `${system} ${state}: ${text}`);

describe('a check-in whose answer was lost', () => {
  it('is done when its copy was out just before and is back now, and says where it goes', async () => {
    const at = await desk();
    await at.learn('wms-return-main-1');
    at.practice.faults.add({ where: 'CheckInItem', kind: 'drop-after', times: 1 });
    const { prompt, step, scanId } = await at.scan(at.label('wms-return-main-1'));
    expect(step).toMatchObject({ state: 'done', settledBy: 'look', evidence: { copy: { available: false } } });
    expect(step?.held).toBeUndefined();
    expect(prompt.destination.verb).toBe('Shelve');
    expect(prompt.why[0]).toMatch(
      /^The answer was lost\. At \d\d:\d\d WMS Availability showed it available; just before it was out, due \d+ \w+.*\. So it is checked in\.$/,
    );
    expect(legs(prompt)).toContain('WMS seen: Seen to be checked in');
    expect(prompt.offers).toEqual([]);
    expect(at.doubts.all()).toEqual([]);
    expect(at.settled()).toBe(1);
    // The same item again is told of as checked in, and nothing is sent.
    const again = await at.scan(at.label('wms-return-main-1'));
    expect(again.prompt.destination.verb).toBe('Shelve');
    expect(at.sent).toHaveLength(1);
    expect(at.stepsOf(scanId).map(({ state }) => state)).toEqual([
      'recorded',
      'sending',
      'unknown',
      'needs-person',
      'done',
    ]);
  });

  it('is done, and where it goes is for WMS’s screen to say, when somebody waits for it', async () => {
    const at = await desk();
    const barcode = at.label('wms-return-main-1');
    await at.learn('wms-return-main-1');
    const placed = await at.circulation.port?.holds?.place({ barcode }, at.label('wms-card-1'), '900101');
    expect(placed?.outcome).toBe('done');
    at.practice.faults.add({ where: 'CheckInItem', kind: 'truncated', times: 1 });
    const { prompt, step } = await at.scan(barcode);
    expect(step).toMatchObject({ state: 'done', settledBy: 'look' });
    expect(prompt.destination.verb).toBe('Look in WMS');
    expect(prompt.why[0]).toContain('showed it on hold for somebody');
  });

  it('stays with a person while the copy is still out: what is shown may lag behind; later looks may settle it', async () => {
    const at = await desk();
    await at.learn('wms-return-main-2');
    at.practice.faults.add({ where: 'CheckInItem', kind: 'drop-before', times: 1 });
    const { prompt, step, scanId } = await at.scan(at.label('wms-return-main-2'));
    expect(prompt.destination.verb).toBe('Keep here');
    expect(prompt.why[1]).toMatch(
      /^At .* showed it out, due .*, so it seems not to be checked in\. That is no proof: how soon it follows a change is not known\.$/,
    );
    expect(legs(prompt).at(-1)).toMatch(/^WMS Availability unknown: Out, due /);
    expect(prompt.offers.map(({ key }) => key)).toEqual(['F7', 'F10', 'F11']);
    expect(step).toMatchObject({ state: 'needs-person', held: true });
    const seen = { scanId, body: step!, at: new Date().toISOString(), label: 'x' };
    expect(agreementOfStep(seen, 'WMS')).toMatchObject({
      action: 'say',
      look: expect.stringContaining('WMS Availability showed it out') as string,
      seenAt: step?.looked?.at,
    });
    // WMS carries it out late: the next look sees it, and staff are no longer asked.
    at.practice.circulation.checkIn(at.label('wms-return-main-2'), '900101');
    const next = at.timers.findLast(({ stopped }) => !stopped);
    expect(next?.ms).toBe(15_000);
    next?.run();
    await expect.poll(() => at.promptOf(scanId)?.destination.verb).toBe('Shelve');
    expect(at.stepsOf(scanId).at(-1)).toMatchObject({ state: 'done', settledBy: 'look' });
    expect(at.sent).toHaveLength(1);
  });

  it('stays with a person when the copy was on its shelf before: that it is there now tells nothing', async () => {
    const at = await desk();
    await at.learn('wms-shelf-main-1');
    at.practice.faults.add({ where: 'CheckInItem', kind: 'drop-after', times: 1 });
    const { prompt, step } = await at.scan(at.label('wms-shelf-main-1'));
    expect(prompt.why[1]).toMatch(
      /showed it available, and before it was available: that does not tell whether it is checked in\.$/,
    );
    expect(step).toMatchObject({ state: 'needs-person', held: true });
  });

  it('says that no look is possible where no OCLC number is known; once staff give it, the next scan looks', async () => {
    const at = await desk();
    at.practice.faults.add({ where: 'CheckInItem', kind: 'drop-after', times: 1 });
    const barcode = at.label('wms-return-main-3');
    const { prompt, scanId, step } = await at.scan(barcode);
    expect(prompt.why[1]).toMatch(/^No look is possible: WMS shows copies only by the OCLC number of their title/);
    expect(legs(prompt).at(-1)).toBe('WMS Availability unknown: No look is possible');
    expect(step?.looked?.showed).toBe(prompt.why[1]);
    expect(at.timers).toEqual([]);
    await at.learn('wms-return-main-3');
    const again = await at.scan(barcode);
    for (const asks of [again.prompt, at.promptOf(scanId)]) {
      expect(asks?.why[1]).toContain('nobody looked before, and it may have been so then');
    }
    expect(at.sent).toHaveLength(1);
  });

  it('says so where the key may not ask, where WMS does not answer, and where the barcode is not among the copies', async () => {
    const without = await desk({ settings: { scopes: ['SCIM:read_user'] } });
    without.practice.faults.add({ where: 'CheckInItem', kind: 'drop-after', times: 1 });
    expect((await without.scan(without.label('wms-return-main-1'))).prompt.why[1]).toContain('is not set up for');

    const down = await desk();
    await down.learn('wms-return-main-1');
    down.practice.faults.add({ where: 'CheckInItem', kind: 'drop-after', times: 1 });
    down.practice.faults.add({ where: 'availability', kind: 'html-200' });
    expect((await down.scan(down.label('wms-return-main-1'))).prompt.why[1]).toMatch(
      /WMS Availability could not be asked\./,
    );

    const other = await desk();
    await other.learn('wms-return-main-1');
    other.practice.faults.add({ where: 'CheckInItem', kind: 'drop-after', times: 1 });
    const { items } = other.practice.store;
    const { ocn: _, ...unnumbered } = items.get(other.label('wms-return-main-1'))!;
    items.set(unnumbered.barcode, unnumbered);
    expect((await other.scan(other.label('wms-return-main-1'))).prompt.why[1]).toMatch(
      /told of 0 copies of OCLC \d+, and this item was none of them\.$/,
    );
  });

  it('makes no look when the day’s calls are used up, and says so', async () => {
    const at = await desk({ settings: { callsPerDay: 2 } });
    await at.learn('wms-return-main-1');
    at.practice.faults.add({ where: 'CheckInItem', kind: 'drop-after', times: 1 });
    // The token and the copies were the day's calls. A check-in is tried all the same: OCLC has the last word.
    const { prompt, step } = await at.scan(at.label('wms-return-main-1'));
    expect(at.sent).toHaveLength(1);
    expect(step?.evidence.copy).toBeUndefined();
    expect(prompt.why[1]).toContain('Carrel has made the 2 calls a day');
  });

  it('staff may speak while Carrel still looks, and what they said stands', async () => {
    const at = await desk();
    await at.learn('wms-return-main-2');
    at.practice.faults.add({ where: 'CheckInItem', kind: 'drop-before', times: 1 });
    const { prompt, scanId } = await at.scan(at.label('wms-return-main-2'));
    const no = prompt.offers.find(({ key }) => key === 'F10')!;
    expect((await at.flow.choose(scanId, no.id)).ok).toBe(true);
    at.practice.circulation.checkIn(at.label('wms-return-main-2'), '900101');
    for (const timer of at.timers) timer.run();
    await at.flow.idle();
    expect(at.stepsOf(scanId).at(-1)).toMatchObject({ state: 'not-done', settledBy: 'staff' });
  });
});

describe('a check-out whose answer was lost', () => {
  it('is done when its copy was on the shelf just before and is out now, with the date', async () => {
    const at = await desk();
    await at.learn('wms-shelf-main-1');
    await at.scan(at.label('wms-card-1'));
    at.practice.faults.add({ where: 'CheckOutItem', kind: 'drop-after', times: 1 });
    const { prompt, step } = await at.scan(at.label('wms-shelf-main-1'));
    expect(step).toMatchObject({ action: 'CheckOutItem', state: 'done', settledBy: 'look' });
    expect(prompt.destination).toMatchObject({ verb: 'Hand it out', to: expect.stringMatching(/^due /) as string });
    expect(legs(prompt)).toContain('WMS seen: Seen to be checked out');
    expect((await at.scan(at.label('wms-shelf-main-1'))).prompt.tag).toMatch(/Already|lent/i);
    expect(at.practice.store.items.get(at.label('wms-shelf-main-1'))?.loan?.patron).toBe(at.label('wms-card-1'));
  });

  it('stays with a person when it is still on the shelf', async () => {
    const at = await desk();
    await at.learn('wms-shelf-main-1');
    await at.scan(at.label('wms-card-1'));
    at.practice.faults.add({ where: 'CheckOutItem', kind: 'drop-before', times: 1 });
    const { prompt, step } = await at.scan(at.label('wms-shelf-main-1'));
    expect(prompt.why[1]).toMatch(/showed it available, so it seems not to be lent\. That is no proof: /);
    expect(step).toMatchObject({ state: 'needs-person', held: true });
  });
});
