import { randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import { rulesAt } from '../../src-main/assembly/retention.ts';
import { DEFAULT_RETENTION } from '../../src-main/contract/keeping.ts';
import type { Task } from '../../src-main/contract/tasks.ts';
import { rebuildDerived } from '../../src-main/store/journal-derived.ts';
import { CONTEXT, record, stepBody } from '../fixtures/store-records.ts';
import { newJournal } from '../fixtures/store-stores.ts';

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
