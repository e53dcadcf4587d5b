import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { SETTLED } from '../../src-main/contract/journal.ts';
import { THINGS, World, type Fate, type Mutation } from '../fixtures/journal-world.ts';

/**
 * The whole machine of a step — scans, lanes, looks, settling, recovery and staff's word — against two systems that keep
 * their own ledgers. Calls go astray in every way, the program is killed between any two things it waits for, other desks
 * act, and staff answer late or at once.
 */

const fate = fc.constantFrom<Fate>('done', 'done', 'refused', 'not-sent', 'lost-before', 'lost-after', 'late');

const event = fc.oneof(
  { weight: 5, arbitrary: fc.record({ what: fc.constant('scan' as const), thing: fc.nat(THINGS.length - 1) }) },
  { weight: 5, arbitrary: fc.record({ what: fc.constant('pass' as const), things: fc.integer({ min: 1, max: 25 }) }) },
  { weight: 1, arbitrary: fc.record({ what: fc.constant('crash' as const) }) },
  { weight: 1, arbitrary: fc.record({ what: fc.constant('other' as const), request: fc.constantFrom('R-1', 'R-2') }) },
  { weight: 1, arbitrary: fc.record({ what: fc.constant('staff' as const) }) },
);

const day = fc.record({
  events: fc.array(event, { minLength: 1, maxLength: 18 }),
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
      else await world.start();
    }
    await world.quiet();
    expectHonest(world);
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
  });
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
  for (const lane of new Set(world.calls.map((call) => call.lane))) {
    const order = world.calls.filter((call) => call.lane === lane).map((call) => call.step?.scanSeq ?? 0);
    if (!lane.startsWith('item:')) continue;
    expect(order, 'an item’s scans were not done in order').toEqual(order.toSorted((a, b) => a - b));
  }

  const calls = new Map(world.calls.map((call) => [call.step?.stepId, call]));
  for (const step of world.newestSteps()) {
    const call = calls.get(step.stepId);
    if (step.state === 'done' && step.settledBy === undefined) expect(call?.happened, 'done that is not').toBe(true);
    if (step.state === 'not-sent' && call !== undefined)
      expect(call.fate, 'sent, but recorded as not sent').toBe('not-sent');
    if (step.state === 'confirmed') expect(call, 'confirmed, but sent').toBeUndefined();
    if (step.settledBy === 'staff') expect(step.state).toBe(call?.happened === true ? 'done' : 'not-done');
    if (step.state === 'not-done' && call?.fate !== 'late')
      expect(call?.happened === true, 'undone that was done').toBe(false);
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

test('at most one effect for each intent, nothing acknowledged lost, order kept, and an end or a person for everything', async () => {
  await fc.assert(property(), { numRuns: 200 });
});

describe('the property notices a machine that', () => {
  test.each<readonly [Mutation, RegExp]>([
    ['resends', /one step was sent twice/u],
    ['forgets-at-start', /left without an end|sent while an earlier step was open/u],
    ['no-lanes', /sent twice|sent while an earlier step was open/u],
    ['answers-before-disk', /an acknowledged scan is lost|without `sending` on disk/u],
  ])('%s', async (mutation, said) => {
    const found = await fc.check(property(mutation), { numRuns: 2_000, endOnFailure: true, seed: 7 });
    expect(found.failed).toBe(true);
    expect(String(found.errorInstance)).toMatch(said);
  });
});
