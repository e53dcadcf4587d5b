import { expect, onTestFinished, test } from 'vitest';
import type { Task } from '../../src-main/contract/tasks.ts';
import { createRelais } from '../../src-main/systems/relais/relais.ts';
import type { TaskEngine } from '../../src-main/tasks/engine.ts';
import { nextLeg } from '../../src-main/tasks/standing.ts';
import type { AlmaFaultKind } from '../../src-main/training/alma/practice-alma.ts';
import { startPracticeRelais, type RelaisFault } from '../../src-main/training/relais/practice-relais.ts';
import { engineOver, good, memoryJournal, NOW, peers, type Peers } from '../fixtures/tasks-world.ts';
import { almaDesk } from './alma-desk.ts';

/**
 * Bad answers to work in two systems, with the real clients: what the person at the screen reads, that nothing is done twice,
 * and that the task goes on when the system is itself again.
 */

const TODAY = Date.parse(NOW);
const TOMORROW_MS = 24 * 60 * 60_000;

function next(engine: TaskEngine, id: string, typed: Readonly<Record<string, string>> = {}): Promise<Task> {
  return good(engine.act(id, nextLeg(engine.get(id)!)!.seq, typed));
}

async function almaOffice() {
  const clock = { now: TODAY };
  const desk = await almaDesk({ practiceNow: () => TODAY }, {}, 'full', () => clock.now);
  const world: Peers = { ...peers(), systems: { ...peers().systems, alma: desk.alma } };
  return { desk, clock, ...engineOver(memoryJournal(), world) };
}

/** A renewal that was granted and recorded, so that the change of the date is next. */
async function granted() {
  const office = await almaOffice();
  const { engine, desk } = office;
  const { barcode, requestId, user } = desk.practice.access.things.loans[0]!;
  const refs = { almaRequest: requestId };
  const order = { kind: 'renewal', flow: 'alma-worldshare', label: barcode, refs, patron: user } as const;
  const { id } = await good(engine.start(order));
  await next(engine, id);
  await next(engine, id, { outcome: 'granted', date: '2027-02-12' });
  await next(engine, id);
  return { ...office, id };
}

/** A clean-up that was looked up and is closed at OCLC, so that the cancelling is next. */
async function closable() {
  const office = await almaOffice();
  const { engine, desk } = office;
  const { requestId, user, title } = desk.practice.access.things.stale[0]!;
  const refs = { almaRequest: requestId };
  const order = { kind: 'exported', flow: 'alma-worldshare', label: '', title, refs, patron: user } as const;
  const { id } = await good(engine.start(order));
  await good(engine.cleanUp(id));
  await next(engine, id, { status: 'Closed: Expired' });
  return { ...office, id };
}

/** Each fault, what the person reads, and whether Alma did it all the same. */
const FAULTS: readonly (readonly [AlmaFaultKind, string, did: boolean])[] = [
  ['per-second', 'Alma takes no more calls this second', false],
  ['daily', 'Alma’s daily number of calls is used up', false],
  ['html-500', 'Alma has trouble of its own', false],
  ['html-200', 'Something other than Alma answered', false],
  ['broken-message', 'Alma does not accept a value of the request', false],
  ['xml-error', 'Alma could not do this', false],
  ['drop-before', 'Alma', false],
  ['html-500-after', '', true],
  ['drop-after', '', true],
];

test.each(FAULTS)('%s instead of a changed date: “%s”, once, and the renewal is not lost', async (kind, words, did) => {
  const { engine, desk, clock, id, wait } = await granted();
  desk.practice.faults.add({ where: /^PUT /, kind, times: 1 });
  const hit = await next(engine, id);
  expect(hit.overall).toBe(did ? 'done' : 'half-done');
  expect(hit.legs.at(-1)?.sentence ?? '').toContain(words);
  // What nobody knows is looked for; only what did not happen is sent again, and by a person.
  for (let turn = 0; turn < 3; turn += 1) await waitForLooks(engine, id, wait);
  // The day's calls are new with the next day.
  clock.now += TOMORROW_MS;
  if (!did) expect(await ended(engine, id)).toMatchObject({ overall: 'done' });
  expect(desk.practice.effects.map(({ action }) => action)).toEqual(['due-date']);
});

test.each(FAULTS)(
  '%s instead of a cancelled request: “%s”, once, and the clean-up is not lost',
  async (kind, words, did) => {
    const { engine, desk, clock, id, wait } = await closable();
    desk.practice.faults.add({ where: /^DELETE /, kind, times: 1 });
    const reason = desk.practice.access.cancelReason;
    const [row] = await engine.cancelQuietly([id], reason);
    expect(row).toMatchObject({ done: did, sentence: expect.stringContaining(words) as string });
    expect(engine.get(id)?.overall).toBe(did ? 'done' : 'half-done');
    for (let turn = 0; turn < 3; turn += 1) await waitForLooks(engine, id, wait);
    // The day's calls are new with the next day.
    clock.now += TOMORROW_MS;
    if (!did) expect(await ended(engine, id, { reason })).toMatchObject({ overall: 'done' });
    expect(desk.practice.effects).toMatchObject([{ action: 'cancel', told: false }]);
  },
);

/** Lets one look after a lost answer happen, and waits until the calls it makes are answered. */
async function waitForLooks(engine: TaskEngine, id: string, wait: () => Promise<void>): Promise<void> {
  await wait();
  await good(engine.look(id));
}

/** Somebody says, where nobody knows, that it did not happen; then it is done again. */
async function ended(engine: TaskEngine, id: string, typed: Readonly<Record<string, string>> = {}): Promise<Task> {
  const leg = nextLeg(engine.get(id)!)!;
  if (leg.state === 'unknown') await good(engine.settle(id, leg.seq, false));
  return next(engine, id, typed);
}

test.each<[RelaisFault, string]>([
  ['problem-inside', 'Relais D2D answered with an error, so nothing is known.'],
  ['signed-out', 'Relais D2D answered something Carrel cannot read.'],
  ['html-500', 'Relais D2D answered something Carrel cannot read.'],
  ['not-json', 'Relais D2D answered something Carrel cannot read.'],
  ['no-list', 'Relais D2D answered something Carrel cannot read.'],
])(
  'a Relais that answers %s: the look says so, the return stays half done, and a word still ends it',
  async (fault, words) => {
    const practice = await startPracticeRelais();
    const { symbol, partnership, key } = practice.access;
    const relais = createRelais({ address: practice.url, symbol, partnership, key: () => Promise.resolve(key) });
    onTestFinished(async () => {
      await relais.close();
      await practice.stop();
    });
    const world = peers();
    const { engine } = engineOver(memoryJournal(), { ...world, systems: { ...world.systems, relais } });
    const refs = { relaisRequest: 'EXA-90000042' };
    const order = { kind: 'return', flow: 'relais-wms', label: 'T1', refs, patron: 'D0001234' } as const;
    const { id } = await good(engine.start(order));
    await next(engine, id);
    practice.fail(fault);
    const looked = await good(engine.look(id));
    expect(looked.overall).toBe('half-done');
    expect(looked.legs[1]).toMatchObject({ state: 'todo', sentence: expect.stringContaining(words) as string });
    practice.fail(fault);
    const said = await next(engine, id);
    expect(said.legs[1]).toMatchObject({ state: 'confirmed-by-staff', by: 'jo', at: NOW });
    expect(said.legs[1]?.sentence).toContain('It could not be looked up.');
  },
);
