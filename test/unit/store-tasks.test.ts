import { randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import { rulesAt } from '../../src-main/assembly/retention.ts';
import { DEFAULT_RETENTION } from '../../src-main/contract/keeping.ts';
import { ok } from '../../src-main/contract/result.ts';
import type { Task } from '../../src-main/contract/tasks.ts';
import { rebuildDerived } from '../../src-main/store/journal-derived.ts';
import { CONTEXT, record, stepBody } from '../fixtures/store-records.ts';
import { newJournal } from '../fixtures/store-stores.ts';
import { engineOver, good, memoryJournal, peers, RENEWAL, type MemoryJournal } from '../fixtures/tasks-world.ts';

const NOW = new Date('2026-11-23T12:00:00.000Z');
const YEAR_AGO = '2025-11-23T12:00:00.000Z';
const RULES = rulesAt(NOW, NOW.toISOString(), DEFAULT_RETENTION);

function task(overall: Task['overall'], changes: Partial<Task> = {}): Task {
  return {
    id: randomUUID(),
    kind: 'renewal',
    flow: 'reshare-wms',
    subject: { label: 'TMP-1', title: 'titlesecret', refs: { reshareRequest: 'r1' } },
    legs: [{ seq: 1, part: 'renewal', system: 'reshare', step: 'ask-lender', mode: 'api', state: 'done-by-api' }],
    overall,
    openedAt: YEAR_AGO,
    openedBy: 'jo',
    changedAt: YEAR_AGO,
    ...changes,
  };
}

const said = (one: Task, at = YEAR_AGO) => record({ type: 'task', task: one }, { scanId: one.id, at });

test('a task is its newest record; what ended is listed for a while, what is open always', async () => {
  const { journal, db } = await newJournal();
  const open = task('open');
  const half: Task = { ...open, overall: 'half-done' };
  const done = task('done');
  for (const one of [open, half, done]) journal.append(said(one));
  expect(journal.tasks(NOW.toISOString())).toEqual([half]);
  expect(journal.tasks(YEAR_AGO)).toEqual([half, done]);
  rebuildDerived(db);
  expect(journal.tasks(YEAR_AGO)).toEqual([half, done]);
});

test('no age erases what is half done, nor the calls it made; what is over goes by the rules', async () => {
  const { journal } = await newJournal();
  const half = task('half-done');
  const over = task('done');
  for (const one of [half, over]) {
    journal.append(record(stepBody('done', { lane: `task:${one.id}` }), { scanId: one.id, at: YEAR_AGO }));
    journal.append(said(one));
  }
  const context = { ...CONTEXT, at: NOW.toISOString() };
  while (journal.erase({ rules: RULES, context }).length > 0);
  expect(journal.tasks(YEAR_AGO)).toEqual([half]);
  expect(journal.recordsOf(half.id)).toHaveLength(2);
  expect(journal.recordsOf(over.id)).toEqual([]);
});

test('a year later, after every retention there was, what is half done stands first and can still be ended', async () => {
  const { journal } = await newJournal();
  const ids: string[] = [];
  const disk: MemoryJournal = {
    ...memoryJournal(),
    record: (taskId, body) => {
      ids.push(taskId);
      const said = record(body, { scanId: taskId, at: NOW.toISOString() });
      return Promise.resolve(ok(journal.append(said).record));
    },
    newest: () => [...journal.tasks(later.toISOString())],
    get records() {
      return [...new Set(ids)].flatMap((id) => [...journal.recordsOf(id)]);
    },
  };
  const later = new Date('2027-11-24T12:00:00.000Z');
  const before = engineOver(disk, peers());
  const half = await good(before.engine.start(RENEWAL));
  await good(before.engine.act(half.id, 1, { message: 'May we?' }));
  await good(before.engine.act(half.id, 2, { outcome: 'granted', date: '2027-01-10' }));
  const open = await good(before.engine.start({ ...RENEWAL, label: 'TMP-2', refs: { reshareRequest: 'r2' } }));
  before.engine.stop();

  const context = { ...CONTEXT, at: later.toISOString() };
  const rules = rulesAt(later, later.toISOString(), DEFAULT_RETENTION);
  while (journal.erase({ rules, context }).length > 0);

  const after = engineOver(disk, peers());
  await after.engine.recover();
  expect(after.engine.list.map(({ id, overall }) => [id, overall])).toEqual([
    [half.id, 'half-done'],
    [open.id, 'open'],
  ]);
  expect(after.engine.get(half.id)?.legs.slice(0, 2)).toMatchObject([
    { state: 'done-by-api', by: 'jo', typed: { message: 'May we?' } },
    { state: 'confirmed-by-staff', by: 'jo', typed: { date: '2027-01-10' } },
  ]);
  expect(await good(after.engine.act(half.id, 3, { date: '2027-12-24' }))).toMatchObject({ overall: 'done' });
});
