import { readdirSync } from 'node:fs';
import { basename, join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { superseded } from '../../src-main/store/backup-rotation.ts';
import type { SizedBackup } from '../../src-main/store/backup-rotation.ts';
import { listBackups, passesCheck, reachOf } from '../../src-main/store/backup.ts';
import { openStore } from '../../src-main/store/client.ts';
import { journalFile } from '../../src-main/store/databases.ts';
import { newFolder } from '../fixtures/store-folder.ts';
import { scan } from '../fixtures/store-records.ts';
import { newJournal } from '../fixtures/store-stores.ts';

/** One backup an hour, newest first, from noon of 23 November back. */
function hours(count: number, bytes = 1): readonly SizedBackup[] {
  return Array.from({ length: count }, (_, n) => {
    const at = new Date(Date.UTC(2026, 10, 23, 12 - n)).toISOString();
    return { path: at, label: n % 5 === 0 ? 'close' : 'hourly', at, bytes };
  });
}

function kept(backups: readonly SizedBackup[], mostBytes?: number): readonly string[] {
  const gone = new Set(superseded(backups, mostBytes).map(({ path }) => path));
  return backups.filter(({ path }) => !gone.has(path)).map(({ at }) => at.slice(0, 13));
}

test('the newest 24 backups stay, and the last one of each of seven days', () => {
  const left = kept(hours(24 * 20));
  expect(left.slice(0, 24)).toEqual(hours(24).map(({ at }) => at.slice(0, 13)));
  expect(left.slice(24)).toEqual(['2026-11-21T23', '2026-11-20T23', '2026-11-19T23', '2026-11-18T23', '2026-11-17T23']);
});

test('backups made before migrations are kept for themselves, three for each version', () => {
  const of = (label: string, hour: number): SizedBackup => ({
    path: `${label} ${hour}`,
    label,
    at: `2026-11-01T0${hour}:00:00.000Z`,
    bytes: 1,
  });
  const old = [of('v2', 9), of('v1', 8), of('v1', 7), of('v1', 6), of('v1', 5)];
  expect(superseded([...hours(30), ...old]).map(({ path }) => path)).toContain('v1 5');
  expect(superseded([...hours(30), ...old]).filter(({ label }) => label.startsWith('v'))).toHaveLength(1);
});

test('together they stay within their size, the oldest going first; three always stay', () => {
  expect(kept(hours(10, 100), 500)).toEqual(hours(5).map(({ at }) => at.slice(0, 13)));
  expect(kept(hours(10, 100), 10)).toHaveLength(3);
});

test('a backup is only made when something was appended since the last', async () => {
  const { journal, db } = await newJournal();
  expect(await journal.backUpIfBehind('hourly', '2026-11-23T08:00:00.000Z')).toBeUndefined();
  journal.append(scan());
  const made = await journal.backUpIfBehind('hourly', '2026-11-23T09:00:00.000Z');
  expect(basename(made ?? '')).toBe('journal-hourly-20261123T090000000Z.db');
  expect(await journal.backUpIfBehind('hourly', '2026-11-23T10:00:00.000Z')).toBeUndefined();
  expect(listBackups(db.file).map(({ label, at }) => [label, at])).toEqual([['hourly', '2026-11-23T09:00:00.000Z']]);
});

test('a record that is not what was written is told when it is read, and gets into no backup', async () => {
  const { journal, db } = await newJournal();
  const [first, second] = [scan({ raw: 'one' }), scan({ raw: 'two' })];
  journal.appendMany([first, second]);
  db.script(`DROP TRIGGER record_is_only_reduced; UPDATE record SET body = replace(body, 'two', 'tvo')`);
  expect(journal.recordsOf(first.scanId)).toHaveLength(1);
  expect(() => journal.recordsOf(second.scanId)).toThrow(/Record 2 is not what was written/);
  await expect(journal.backUpIfBehind('hourly', '2026-11-23T09:00:00.000Z')).rejects.toMatchObject({
    kind: 'corrupted',
  });
  expect(listBackups(db.file)).toEqual([]);
});

test('records appended while a backup is being made are taken, and the backup is sound', async () => {
  const { journal, db } = await newJournal();
  journal.appendMany(Array.from({ length: 400 }, () => scan({ raw: 'x'.repeat(9000) })));
  const backing = journal.backUpIfBehind('hourly', '2026-11-23T09:00:00.000Z');
  let during = 0;
  const done = backing.then(() => 'done');
  while ((await Promise.race([done, new Promise((resolve) => setImmediate(resolve, 'not yet'))])) !== 'done') {
    journal.append(scan());
    during += 1;
  }
  expect(during).toBeGreaterThan(1);
  expect(journal.counts().records).toBe(400 + during);
  const [backup] = listBackups(db.file);
  expect(passesCheck(backup!, 'whole')).toBe(true);
  expect(reachOf(backup!)).toBeGreaterThanOrEqual(400);
});

test('the worker backs up by itself, only when there is something new, and goes on taking records', async () => {
  const directory = newFolder();
  const made: string[] = [];
  const first = Promise.withResolvers<string>();
  const store = await openStore({
    directory,
    appVersion: '0.1.0',
    workerFile: new URL('../../src-main/store/worker.ts', import.meta.url),
    backUpEveryMs: 10,
    log: ({ what, detail }) => {
      if (what === 'backup-made') made.push(detail);
      first.resolve(what);
    },
  });
  onTestFinished(() => store.close());
  await store.journal.append(scan());
  await first.promise;
  expect(made.map((path) => basename(path))).toEqual([expect.stringMatching(/^journal-hourly-/)]);
  for (let n = 0; n < 20; n += 1) await store.journal.counts();
  await store.close();
  expect(readdirSync(join(directory, 'backup'))).toEqual([basename(made[0]!)]);
  expect(reachOf(listBackups(journalFile(directory))[0]!)).toBe(1);
});
