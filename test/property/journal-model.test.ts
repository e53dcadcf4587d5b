import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { SETTLED } from '../../src-main/contract/journal.ts';
import { THINGS, World, type Fate, type Mutation } from '../fixtures/journal-world.ts';

/**
 * The whole machine of a step — scans, lanes, looks, settling, recovery and staff's word — against two systems that keep
 * their own ledgers. Calls go astray in every way, the program is killed between any two things it waits for, other desks
 * act, staff answer late or at once, systems go away and come back, the offline list is done, and an item is put on a request
 * while it is being worked on.
 */

/** Hundreds of days take as long as a busy machine makes them. */
const LONG_MS = 600_000;

const fate = fc.constantFrom<Fate>('done', 'done', 'refused', 'not-sent', 'lost-before', 'lost-after', 'late');

const scan = fc.record({ what: fc.constant('scan' as const), thing: fc.nat(THINGS.length - 1) });
const pass = fc.record({ what: fc.constant('pass' as const), things: fc.integer({ min: 1, max: 25 }) });
const crash = fc.record({ what: fc.constant('crash' as const) });
const staff = fc.record({ what: fc.constant('staff' as const) });
const cut = fc.record({ what: fc.constant('cut' as const), system: fc.constantFrom('reshare', 'wms') });
const mend = fc.record({ what: fc.constant('mend' as const) });
const replay = fc.record({ what: fc.constant('replay' as const) });

const event = fc.oneof(
  { weight: 5, arbitrary: scan },
  { weight: 5, arbitrary: pass },
  { weight: 1, arbitrary: crash },
  { weight: 1, arbitrary: fc.record({ what: fc.constant('other' as const), request: fc.constantFrom('R-1', 'R-2') }) },
  { weight: 1, arbitrary: staff },
  { weight: 1, arbitrary: cut },
  { weight: 1, arbitrary: mend },
  { weight: 1, arbitrary: replay },
  { weight: 1, arbitrary: fc.record({ what: fc.constant('link' as const), thing: fc.nat(THINGS.length - 1) }) },
);
type Event = typeof event extends fc.Arbitrary<infer E> ? E : never;

/** Anything, in any order. */
const anything = fc.array(event, { minLength: 1, maxLength: 18 });

/** An outage from its beginning to a list that is being done, with a crash in the middle of that, and what comes after. */
const outage = fc
  .tuple(
    fc.array(scan, { maxLength: 2 }),
    fc.array(cut, { minLength: 1, maxLength: 2 }),
    fc.array(scan, { minLength: 1, maxLength: 4 }),
    fc.array(fc.oneof(pass, crash, replay, staff), { maxLength: 4 }),
    fc.array(event, { maxLength: 6 }),
  )
  .map(([before, cuts, during, after, later]): Event[] => {
    const through: Event = { what: 'pass', things: 200 };
    const back: Event[] = [{ what: 'mend' }, { what: 'replay' }];
    return [...before, through, ...cuts, ...during, through, ...back, ...after, { what: 'replay' }, through, ...later];
  });

const day = fc.record({
  events: fc.oneof({ weight: 3, arbitrary: anything }, { weight: 1, arbitrary: outage }),
  fates: fc.array(fate, { maxLength: 14 }),
  looks: fc.array(fc.boolean(), { maxLength: 20 }),
});

function property(mutation?: Mutation) {
  return fc.asyncProperty(fc.scheduler(), day, async (scheduler, { events, fates, looks }) => {
    const world = new World(scheduler, fates, looks, mutation);
    await world.start();
    for (const happening of events) {
      if (happening.what === 'scan') world.scan(happening.thing);
      else if (happening.what === 'pass') await world.pass(happening.things);
      else if (happening.what === 'other') world.otherDesk(happening.request);
      else if (happening.what === 'staff') await world.staffSay();
      else if (happening.what === 'cut') world.cut(happening.system);
      else if (happening.what === 'mend') world.mend();
      else if (happening.what === 'replay') world.replay();
      else if (happening.what === 'link') world.link(happening.thing);
      else await world.start();
    }
    await world.quiet();
    expectHonest(world);
    world.mend();
    // The next morning: whatever is left open is in front of a person, and is settled by their word.
    await world.start();
    await world.quiet();
    expectInFrontOfSomeone(world);
    await world.staffSay();
    await world.quiet();
    expectHonest(world);
    expect(
      world.newestSteps().filter((step) => step.held === true),
      'a step is left without an end',
    ).toEqual([]);
    await expectListEnds(world);
  });
}

/** The offline list is done, and each thing on it is scanned again: then nothing waits any more. */
async function expectListEnds(world: World): Promise<void> {
  world.calm();
  world.replay();
  await world.quiet();
  for (let rounds = 0; world.listed.length > 0; rounds += 1) {
    expect(rounds, `things never leave the list: ${world.listed.join()}`).toBeLessThan(4);
    for (const label of new Set(world.listed)) {
      world.scan(THINGS.findIndex((thing) => thing.label === label));
      await world.quiet();
    }
    await world.staffSay();
    await world.quiet();
  }
  expectHonest(world);
}

/** What must hold at any moment. */
function expectHonest(world: World): void {
  expect(world.faults).toEqual([]);
  const lines = new Set(world.journal.lines({ limit: 500 }).map((line) => line.scanId));
  for (const scanId of world.acknowledged) expect(lines.has(scanId), 'an acknowledged scan is lost').toBe(true);

  const sent = world.calls.map((call) => call.step?.stepId);
  expect(sent, 'something was sent without `sending` on disk').not.toContain(undefined);
  expect(new Set(sent).size, 'one step was sent twice').toBe(sent.length);
  for (const call of world.calls) expect(call.openElsewhere, 'sent while an earlier step was open').toBe(0);
  // In whichever lanes: an item that was put on a request meanwhile does not overtake what was begun without it.
  for (const [label, its] of Map.groupBy(world.calls, (call) => call.step?.label)) {
    const order = its.map((call) => call.step?.scanSeq ?? 0);
    expect(order, `scans of ${String(label)} were not done in order`).toEqual(order.toSorted((a, b) => a - b));
  }
  for (const [scan, its] of Map.groupBy(world.calls, (call) => call.step?.scanSeq)) {
    const effects = its.filter((call) => call.happened).length;
    expect(effects, `scan ${String(scan)} had more than one effect`).toBeLessThanOrEqual(1);
  }
  expectListHonest(world);

  const calls = new Map(world.calls.map((call) => [call.step?.stepId, call]));
  for (const step of world.newestSteps()) {
    const call = calls.get(step.stepId);
    if (step.state === 'done' && step.settledBy === undefined) expect(call?.happened, 'done that is not').toBe(true);
    if (step.state === 'not-sent' && call !== undefined)
      expect(call.fate, 'sent, but recorded as not sent').toBe('not-sent');
    if (step.state === 'confirmed') expect(call, 'confirmed, but sent').toBeUndefined();
    if (step.settledBy === 'look' && step.system === 'wms')
      expect(call?.happened === (step.state === 'done'), 'a look settled what it did not see').toBe(true);
    if (step.settledBy === 'staff') expect(step.state).toBe(call?.happened === true ? 'done' : 'not-done');
    if (step.state === 'not-done' && call?.fate !== 'late')
      expect(call?.happened === true, 'undone that was done').toBe(false);
  }
}

/** Numbers are given once; a line leaves only with its thing, and what was done from the list is not done again by that. */
function expectListHonest(world: World): void {
  const records = world.journal
    .lines({ limit: 500 })
    .flatMap((line) => world.journal.recordsOf(line.scanId).map((record) => ({ line, body: record.body })));
  const held = records.flatMap(({ body }) => (body.type === 'held' ? [`${body.day} ${String(body.no)}`] : []));
  expect(new Set(held).size, 'a number was given twice').toBe(held.length);
  for (const { line, body } of records) {
    if (body.type !== 'released') continue;
    if (body.how.kind !== 'rescanned') throw new Error('nobody dismissed anything');
    const { by } = body.how;
    const rescan = world.journal.lineOf(by);
    const lanesOf = (seq: number | undefined): readonly string[] =>
      world.calls.flatMap((call) => (call.happened && call.step?.scanSeq === seq ? [call.lane] : []));
    const fromList = lanesOf(line.seq);
    const again = by !== line.scanId && lanesOf(rescan?.seq).some((lane) => fromList.includes(lane));
    expect(again, 'done from the list, and again by the scan that took it off').toBe(false);
  }
}

/** When nothing is under way, every step has an end or waits for staff, whose keys are on a prompt. */
function expectInFrontOfSomeone(world: World): void {
  const offered = new Set(
    world.journal.lines({ limit: 500 }).flatMap((line) => line.prompt?.offers.map((offer) => offer.id) ?? []),
  );
  for (const step of world.newestSteps()) {
    expect(SETTLED.has(step.state), `a step is left ${step.state}`).toBe(true);
    if (step.held === true) expect(offered, 'nobody is asked').toContain(`happened:${step.stepId}`);
  }
  for (const line of world.journal.lines({ limit: 500 })) {
    expect(line.prompt?.working, 'a prompt is left working').toBe(false);
  }
}

test(
  'at most one effect for each intent, nothing acknowledged lost, order kept, and an end or a person for everything',
  { timeout: LONG_MS },
  async () => {
    await fc.assert(property(), { numRuns: 200 });
  },
);

describe('the property notices a machine that', () => {
  test.each<readonly [Mutation, RegExp]>([
    ['resends', /one step was sent twice/u],
    ['forgets-at-start', /left without an end|sent while an earlier step was open|nobody is asked/u],
    ['no-lanes', /sent twice|sent while an earlier step was open/u],
    ['answers-before-disk', /an acknowledged scan is lost|without `sending` on disk/u],
    ['forgets-what-was-replayed', /more than one effect|again by the scan that took it off/u],
    ['acts-on-rescans', /again by the scan that took it off/u],
  ])('%s', { timeout: LONG_MS }, async (mutation, said) => {
    const found = await fc.check(property(mutation), { numRuns: 2_000, endOnFailure: true, seed: 7 });
    expect(found.failed).toBe(true);
    expect(String(found.errorInstance)).toMatch(said);
  });
});
