import { randomUUID } from 'node:crypto';
import { afterEach, describe, expect, it } from 'vitest';
import { createCirculation } from '../../src-main/assembly/circulation.ts';
import { LightKeeper } from '../../src-main/assembly/lights.ts';
import type { RequestView } from '../../src-main/contract/request.ts';
import { ok } from '../../src-main/contract/result.ts';
import { agreementOfStep } from '../../src-main/desk/agreement-steps.ts';
import { DeskFlow } from '../../src-main/journal/desk-flow.ts';
import { createDoubts } from '../../src-main/journal/doubts.ts';
import { createLanes } from '../../src-main/journal/lanes.ts';
import { LogFile } from '../../src-main/shell/log-file.ts';
import { startPracticeWms, type PracticeWmsOptions } from '../../src-main/training/wms/practice-wms.ts';
import { newFolder } from '../fixtures/store-folder.ts';
import { CONTEXT } from '../fixtures/store-records.ts';
import { memoryJournal } from '../fixtures/store-stores.ts';
import { rulesWith } from '../unit/desk-cases.ts';

/** What a look at WMS Availability makes of a lost answer: the desk and the practice WMS, joined by real calls. */

const closers: (() => Promise<void>)[] = [];
afterEach(async () => {
  await Promise.all(closers.splice(0).map((close) => close()));
});

interface Choices {
  readonly wms?: PracticeWmsOptions;
  /** The key may not ask for availability. */
  readonly withoutAvailability?: boolean;
  readonly callsPerDay?: number;
  readonly requests?: readonly RequestView[];
}

async function desk({ wms: options = {}, withoutAvailability = false, callsPerDay, requests = [] }: Choices = {}) {
  const practice = await startPracticeWms(options);
  closers.push(() => practice.stop());
  const [here] = practice.branches;
  if (here === undefined) throw new Error('no branch');
  const { urls } = practice;
  const { journal } = memoryJournal();
  const doubts = createDoubts();
  const sent: string[] = [];
  const timers: { readonly ms: number; readonly run: () => void; stopped: boolean }[] = [];
  let settled = 0;
  const circulation = createCirculation({
    settings: {
      registryId: practice.institution.registryId,
      branch: here.id,
      hereCodes: [...here.holdings],
      branches: practice.branches.flatMap(({ holdings, name }) => holdings.map((code) => ({ code, name }))),
      keyId: practice.keys.full.key,
      tokenAddress: urls.token,
      ncipAddress: urls.staff,
      availabilityAddress: urls.availability,
      identityAddress: urls.identity,
      scopes: withoutAvailability ? ['SCIM:read_user'] : ['WMS_Availability', 'SCIM:read_user'],
      ...(callsPerDay === undefined ? {} : { callsPerDay }),
    },
    secret: practice.keys.full.secret,
    counter: undefined,
    requestsOf: () => Promise.resolve(requests),
    onCheckedIn: () => undefined,
    light: new LightKeeper(
      'wms',
      'WMS',
      () => undefined,
      () => performance.now(),
    ),
    log: new LogFile(newFolder()),
    now: () => new Date(),
    mono: () => performance.now(),
  });
  closers.push(() => circulation.close());
  const { port, rules } = circulation;
  if (port === undefined || rules === undefined) throw new Error('no WMS');
  const flow = new DeskFlow({
    journal: {
      append: (record) => Promise.resolve(ok(journal.append(record).record)),
      line: (scanId) => Promise.resolve(journal.lineOf(scanId)),
    },
    cache: { findByIdentifier: () => Promise.resolve([]), upsert: () => Promise.resolve() },
    system: {
      findByScan: () => Promise.resolve(ok([])),
      get: () => Promise.reject(new Error('no request is asked for')),
      act: () => Promise.reject(new Error('nothing is done in ReShare')),
      listChanged: () => Promise.resolve(ok([])),
      listOpen: () => Promise.resolve(ok([])),
      tenantRules: () => Promise.resolve(ok({ combineFillAndShip: false, combineReturnedAndShipped: false })),
    },
    circulation: {
      ...port,
      checkIn: (barcode) => {
        sent.push(`CheckInItem ${barcode}`);
        return port.checkIn(barcode);
      },
    },
    lanes: createLanes(),
    doubts,
    settler: undefined,
    rules: () => rulesWith({ circulation: rules, timeZone: 'UTC' }),
    identity: () => CONTEXT,
    now: () => new Date(),
    mono: () => performance.now(),
    newId: randomUUID,
    protect: (text) => ({ masked: `•••• ${text.slice(-4)}` }),
    after: (ms, run) => {
      const timer = { ms, run, stopped: false };
      timers.push(timer);
      return () => {
        timer.stopped = true;
      };
    },
    onSession: () => undefined,
    onRecorded: () => undefined,
    onLine: () => undefined,
    onActed: () => undefined,
    onSaid: () => {
      settled += 1;
    },
    onFault: (error) => {
      throw error instanceof Error ? error : new Error(JSON.stringify(error));
    },
  });
  closers.push(async () => {
    flow.close();
    await flow.idle();
  });
  const label = (key: string): string => practice.thing(key).barcode;
  const stepsOf = (scanId: string) =>
    journal.recordsOf(scanId).flatMap(({ body }) => (body.type === 'step' ? [body] : []));
  return {
    practice,
    circulation,
    flow,
    sent,
    doubts,
    timers,
    settled: () => settled,
    label,
    ocn: (key: string): string => practice.store.items.get(label(key))?.ocn ?? '',
    stepsOf,
    promptOf: (scanId: string) => journal.lineOf(scanId)?.prompt,
    scan: async (raw: string) => {
      const result = await flow.submit({ id: randomUUID(), raw, source: 'wedge' });
      if (!result.ok) throw new Error(result.error.sentence);
      await flow.idle();
      const { scanId } = result.value;
      const prompt = journal.lineOf(scanId)?.prompt;
      if (prompt === undefined) throw new Error('no prompt');
      return { scanId, prompt, step: stepsOf(scanId).at(-1) };
    },
    /** Staff look up the copies of the item's title, so that its number is known. */
    learn: async (key: string) => {
      const ocn = practice.store.items.get(label(key))?.ocn ?? '';
      const found = await circulation.titles?.(ocn);
      if (found?.ok !== true) throw new Error('no copies');
    },
  };
}

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
    const without = await desk({ withoutAvailability: true });
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
    const at = await desk({ callsPerDay: 2 });
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
