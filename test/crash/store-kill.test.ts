import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { journalFile, openJournal } from '../../src-main/store/databases.ts';
import { JOURNAL_MIGRATIONS } from '../../src-main/store/migrations/index.ts';
import { scan } from '../fixtures/store-records.ts';
import { newFolder } from '../fixtures/store-folder.ts';
import { openJournalDb } from '../fixtures/store-stores.ts';
import { NODE, program, start } from './child.ts';

const OPTIONS = { appVersion: '0.1.0', now: '2026-11-23T08:00:00.000Z' };
const KILLS = 8;

test(`every acknowledged scan is there after ${KILLS} kills at random moments`, { timeout: 120_000 }, async () => {
  const folder = newFolder();
  const acknowledged: string[] = [];
  for (let kill = 0; kill < KILLS; kill += 1) {
    const child = start(NODE, [program('append-scans.ts'), folder]);
    await child.until((line) => line !== 'open');
    await sleep(Math.random() * 80);
    child.process.kill('SIGKILL');
    await child.ended;
    acknowledged.push(...child.lines.filter((line) => line !== 'open'));

    // Opening checks the file and refuses what does not pass it.
    const { journal } = await openJournal({ ...OPTIONS, directory: folder });
    const lost = acknowledged.filter((id) => journal.lineOf(id) === undefined);
    expect(lost).toEqual([]);
    const { records, scans } = journal.counts();
    expect(scans).toBe(records);
    // At most one per kill was written and not acknowledged any more.
    expect(records - acknowledged.length).toBeLessThanOrEqual(kill + 1);
    await journal.close(OPTIONS.now);
  }
  expect(acknowledged.length).toBeGreaterThan(KILLS);
});

test(
  'a migration killed in the middle leaves the old version, with a backup beside it',
  { timeout: 60_000 },
  async () => {
    const folder = newFolder();
    const { journal } = await openJournal({ ...OPTIONS, directory: folder });
    const scans = Array.from({ length: 20 }, () => scan());
    journal.appendMany(scans);
    await journal.close(OPTIONS.now);

    const child = start(NODE, [program('migrate-slowly.ts'), folder]);
    const isRunning = () => child.process.exitCode === null;
    // Pages of the new table are in the write-ahead log: it is in the middle.
    while (isRunning() && sizeOf(`${journalFile(folder)}-wal`) < 4_000_000) await sleep(20);
    expect(isRunning()).toBe(true);
    child.process.kill('SIGKILL');
    await child.ended;

    const { db, report } = await openJournalDb(folder);
    const now = JOURNAL_MIGRATIONS.length;
    expect(report).toEqual({ foundVersion: now, version: now, checked: true });
    expect(db.read("SELECT name FROM sqlite_schema WHERE name = 'half'").get()).toBeUndefined();
    expect(db.read('SELECT count(*) AS n FROM record').get()).toEqual({ n: scans.length });
    expect(readdirSync(join(folder, 'backup')).some((name) => name.startsWith(`journal-v${now}-`))).toBe(true);
  },
);

function sizeOf(file: string): number {
  return statSync(file, { throwIfNoEntry: false })?.size ?? 0;
}
