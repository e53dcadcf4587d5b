import { expect, test } from 'vitest';
import type { Task } from '../../src-main/contract/tasks.ts';
import type { TaskEngine } from '../../src-main/tasks/engine.ts';
import { isOver, nextLeg } from '../../src-main/tasks/standing.ts';
import { taskSentence } from '../../src-main/tasks/words.ts';
import {
  ALMA_RENEWAL,
  engineOver,
  EXPORTED,
  good,
  memoryJournal,
  NOW,
  peers,
  RENEWAL,
} from '../fixtures/tasks-world.ts';

const LOAN = { loanId: 'l1', user: 'D0001234', barcode: 'EXA-1', due: '2026-11-28T22:59:00Z' };
const SENT = { code: 'S', label: 'Request sent to partner' };
const REQUEST = { requestId: 'a1', status: SENT, partner: { code: 'WSILL', name: 'WorldShare ILL' } };

function states(task: Task): string[] {
  return task.legs.map(({ system, step, state }) => `${system} ${step} ${state}`);
}

function next(engine: TaskEngine, id: string, typed: Record<string, string> = {}): Promise<Task> {
  const task = engine.get(id);
  return good(engine.act(id, (task === undefined ? undefined : nextLeg(task))?.seq ?? 0, typed));
}

test('a renewal in ReShare and WMS: asked by a message, answered, changed by hand, and each leg says how it ended', async () => {
  const world = peers();
  const { engine } = engineOver(memoryJournal(), world);
  const { id } = await good(engine.start(RENEWAL));
  const asked = await next(engine, id, { message: 'May we renew it?' });
  expect(asked.overall).toBe('waiting-on-lender');
  expect(world.sent).toEqual(['message r1']);
  const answered = await next(engine, id, { outcome: 'granted', date: '2027-01-10' });
  expect(answered.overall).toBe('half-done');
  expect(answered.lenderDate).toMatchObject({ date: '2027-01-10', source: 'the lender, typed by jo' });
  const done = await next(engine, id);
  expect(states(done)).toEqual([
    'reshare ask-lender done-by-api',
    'reshare lender-answer confirmed-by-staff',
    'wms patron-date confirmed-by-staff',
  ]);
  expect(done).toMatchObject({ overall: 'done', patronDate: { date: '2027-01-05', source: 'WMS, says jo' } });
});

test('a refusal of the lender leaves the old date, and the patron is to be told', async () => {
  const { engine } = engineOver(memoryJournal(), peers());
  const { id } = await good(engine.start(RENEWAL));
  await next(engine, id, { message: 'More time?' });
  const refused = await next(engine, id, { outcome: 'refused' });
  expect(refused.legs.map(({ step, state }) => `${step} ${state}`).slice(2)).toEqual([
    'patron-date skipped',
    'tell-patron todo',
  ]);
  expect(refused).toMatchObject({ overall: 'open', lenderDate: { date: '2026-12-01' } });
  expect(taskSentence(refused, {})).toBe(
    'The lender said no. Still to do: Tell the patron that the old date stands (WMS).',
  );
  const told = await next(engine, id);
  expect(told.overall).toBe('done');
  expect(taskSentence(told, {})).toBe('The lender said no, so the old date stands. The patron knows.');
});

test.each([
  [{}, 'Choose what the lender answered.'],
  [{ outcome: 'granted', date: '2026-11-30' }, 'That is before 2026-12-01'],
  [{ outcome: 'granted', date: '2026-11-01' }, 'has passed'],
  [{ outcome: 'granted', date: '4/12' }, 'is no date Carrel can read'],
])('an answer that cannot be is asked again: %j', async (typed, sentence) => {
  const { engine } = engineOver(memoryJournal(), peers());
  const { id } = await good(engine.start(RENEWAL));
  const asked = await next(engine, id, { message: 'More time?' });
  const again = await engine.act(id, 2, typed);
  expect(again).toMatchObject({ ok: false, error: { sentence: expect.stringContaining(sentence) as string } });
  expect(engine.get(id)).toEqual(asked);
});

test('Alma’s half is a call: looked at, sent once, and looked at again', async () => {
  const world = peers();
  world.loans.set('EXA-1', LOAN);
  world.requests.set('a1', { ...REQUEST, status: { code: 'R', label: 'Renewed by partner' } });
  const { engine } = engineOver(memoryJournal(), world);
  const { id } = await good(engine.start(ALMA_RENEWAL));
  await next(engine, id);
  await next(engine, id, { outcome: 'granted', date: '2027-01-10' });
  await next(engine, id);
  const done = await next(engine, id);
  expect(states(done)).toEqual([
    'worldshare-ill ask-lender confirmed-by-staff',
    'worldshare-ill lender-answer confirmed-by-staff',
    'alma record-renewal verified',
    'alma patron-date verified',
  ]);
  expect(world.sent).toEqual(['due l1 2027-01-05T22:59:00Z']);
  expect(done.patronDate).toMatchObject({ date: '2027-01-05', source: 'Alma, seen there' });
});

test('a date that Alma has already is seen, and nothing is sent', async () => {
  const world = peers();
  world.loans.set('EXA-1', { ...LOAN, due: '2027-01-05T22:59:00Z' });
  const { engine } = engineOver(memoryJournal(), world);
  const { id } = await good(engine.start(ALMA_RENEWAL));
  await next(engine, id);
  await next(engine, id, { outcome: 'granted', date: '2027-01-10' });
  await next(engine, id);
  expect(await next(engine, id)).toMatchObject({ overall: 'done' });
  expect(world.sent).toEqual([]);
});

test('an answer that is lost is settled by looks, and never sent again by itself', async () => {
  const world = peers();
  world.loans.set('EXA-1', LOAN);
  const { engine, wait } = engineOver(memoryJournal(), world);
  const { id } = await good(engine.start(ALMA_RENEWAL));
  await next(engine, id);
  await next(engine, id, { outcome: 'granted', date: '2027-01-10' });
  await next(engine, id);
  world.fates.push('lost-before');
  const lost = await next(engine, id);
  expect(lost).toMatchObject({ overall: 'half-done' });
  expect(nextLeg(lost)).toMatchObject({ state: 'unknown' });
  expect(await engine.act(id, 4, {})).toMatchObject({ ok: false });
  // Two looks that still show the old date say nothing yet; after the last one it did not happen.
  await wait();
  await wait();
  expect(engine.get(id)?.legs[3]).toMatchObject({ state: 'unknown' });
  await wait();
  expect(engine.get(id)?.legs[3]).toMatchObject({ state: 'todo' });
  expect(world.sent).toHaveLength(1);
  expect(await next(engine, id)).toMatchObject({ overall: 'done' });
});

test('a message of which nobody can see whether it went waits for a person’s word, over a restart too', async () => {
  const world = peers();
  const journal = memoryJournal();
  const first = engineOver(journal, world);
  const { id } = await good(first.engine.start(RENEWAL));
  world.fates.push('lost-after');
  await next(first.engine, id, { message: 'More time?' });
  first.engine.stop();
  journal.restart();
  const second = engineOver(journal, world);
  await second.engine.recover();
  const found = second.engine.get(id);
  expect(found).toMatchObject({ overall: 'half-done' });
  expect(await second.engine.abandon(id, 'tired')).toMatchObject({ ok: false });
  const settled = await good(second.engine.settle(id, 1, true));
  expect(settled.legs[0]).toMatchObject({ state: 'confirmed-by-staff', by: 'jo' });
  expect(settled.overall).toBe('waiting-on-lender');
  expect(world.sent).toEqual(['message r1']);
  second.engine.stop();
});

test('Carrel closed between the answer and its note: the next start has the leg as it ended', async () => {
  const world = peers();
  const journal = memoryJournal();
  const first = engineOver(journal, world);
  const { id } = await good(first.engine.start(RENEWAL));
  // recorded, sending and done are written; the task’s own record is not.
  journal.crash.in = 3;
  expect(await first.engine.act(id, 1, { message: 'More time?' })).toMatchObject({ ok: false });
  journal.restart();
  const second = engineOver(journal, world);
  await second.engine.recover();
  expect(second.engine.get(id)?.legs[0]).toMatchObject({ state: 'done-by-api' });
  expect(world.sent).toHaveLength(1);
});

test('the same thing is begun once while it is open', async () => {
  const { engine } = engineOver(memoryJournal(), peers());
  const [one, two] = await Promise.all([good(engine.start(RENEWAL)), good(engine.start(RENEWAL))]);
  expect(one.id).toBe(two.id);
  expect(engine.list).toHaveLength(1);
});

test('an exported request: seen, received in both, out to its patron, back in both', async () => {
  const world = peers();
  world.requests.set('a1', REQUEST);
  const { engine } = engineOver(memoryJournal(), world);
  const { id } = await good(engine.start(EXPORTED));
  expect(await good(engine.look(id))).toMatchObject({ overall: 'waiting-on-lender' });
  // Alma shows no barcode, so one word is not enough to call it received.
  const early = await next(engine, id, { barcode: 'TMP-9', date: '2027-01-10' });
  expect(early).toMatchObject({ overall: 'waiting-on-lender' });
  expect(nextLeg(early)?.sentence).toContain('It stays open');
  world.requests.set('a1', { ...REQUEST, barcode: 'TMP-9' });
  const half = await next(engine, id, { barcode: 'TMP-9', date: '2027-01-10' });
  expect(half).toMatchObject({ overall: 'half-done', subject: { label: 'TMP-9' }, lenderDate: { date: '2027-01-10' } });
  expect(await next(engine, id)).toMatchObject({ overall: 'waiting-on-patron' });
  expect(await engine.cleanUp(id)).toMatchObject({
    ok: false,
    error: { sentence: 'The item was received, so the request is not cleaned up.' },
  });
  expect(await next(engine, id)).toMatchObject({ overall: 'half-done' });
  expect(await next(engine, id)).toMatchObject({ overall: 'done' });
});

test('clean-up: what is open in WorldShare is left alone, what is closed is cancelled quietly, each row by itself', async () => {
  const world = peers();
  world.requests.set('a1', REQUEST);
  world.requests.set('a2', {
    ...REQUEST,
    requestId: 'a2',
    status: { code: 'P', label: 'Physically received by library' },
  });
  const { engine } = engineOver(memoryJournal(), world);
  const one = await good(engine.start(EXPORTED));
  const two = await good(engine.start({ ...EXPORTED, title: 'Received meanwhile', refs: { almaRequest: 'a2' } }));
  await good(engine.cleanUp(one.id));
  const open = await next(engine, one.id, { status: 'Considering' });
  expect(open.legs.find(({ step }) => step === 'cancel-quietly')).toMatchObject({ state: 'skipped' });
  expect(isOver(open)).toBe(false);
  for (const { id } of [one, two]) {
    await good(engine.cleanUp(id));
    expect(await next(engine, id, { status: 'Closed: Expired' })).toMatchObject({ overall: 'half-done' });
  }
  const rows = await engine.cancelQuietly([one.id, two.id, one.id], 'STAFF');
  expect(rows.map(({ done }) => done)).toEqual([true, false, false]);
  expect(rows[1]?.sentence).toContain('the item was received');
  expect(rows[2]?.sentence).toContain('Left alone');
  expect(world.sent).toEqual(['cancel a1']);
  expect(engine.get(one.id)).toMatchObject({ overall: 'done' });
  expect(taskSentence(engine.get(one.id)!, {})).toBe('Closed in both systems, without a loan.');
  expect(engine.get(two.id)).toMatchObject({ overall: 'half-done' });
});

test('Relais: a status of the patron’s own list shows it done; no answer is never taken for no', async () => {
  const world = peers();
  const { engine } = engineOver(memoryJournal(), world);
  const order = {
    kind: 'return',
    flow: 'relais-wms',
    label: 'T1',
    refs: { relaisRequest: 'RLS-1' },
    patron: '2900',
  } as const;
  const { id } = await good(engine.start(order));
  expect(await next(engine, id)).toMatchObject({ overall: 'half-done' });
  world.relaisStatus.set('RLS-1', 'ON_LOAN');
  expect(await next(engine, id)).toMatchObject({ overall: 'half-done' });
  world.silent.reads = true;
  expect(await next(engine, id)).toMatchObject({ overall: 'done' });
  expect(engine.get(id)?.legs[1]).toMatchObject({ state: 'confirmed-by-staff', by: 'jo', at: NOW });
});

test('the patron’s id is on disk encrypted alone', async () => {
  const journal = memoryJournal();
  const { engine } = engineOver(journal, peers());
  const task = await good(engine.start(ALMA_RENEWAL));
  expect(task.subject.patron?.masked).toBe('••34');
  expect(task.subject.patron?.sealed).toMatch(/^sealed /);
  const next = await good(
    engine.start({ ...ALMA_RENEWAL, kind: 'exported', label: '', refs: {}, patron: undefined, from: task.id }),
  );
  expect(next.subject).toMatchObject({ refs: { almaRequest: 'a1' }, patron: { masked: '••34' } });
  const over = await good(engine.abandon(next.id, 'A mistake'));
  expect(over.subject.patron).toEqual({ masked: '••34' });
});
