import { rmSync } from 'node:fs';
import { expect, test } from 'vitest';
import { journalFile, openJournal } from '../../src-main/store/databases.ts';
import { newFolder } from '../fixtures/store-folder.ts';
import { scan } from '../fixtures/store-records.ts';
import { newJournal } from '../fixtures/store-stores.ts';

/** The wall clock of a desk: set back by an hour, then years ahead, then right again. */
const CLOCK = [
  '2026-11-23T09:00:00.000Z',
  '2026-11-23T08:00:00.000Z',
  '2031-01-01T00:00:00.000Z',
  '2026-11-23T09:05:00.000Z',
] as const;

test('whatever the clock says, scans stand in the order in which they were made', async () => {
  const { journal } = await newJournal();
  const scans = CLOCK.map((at) => scan({}, { at }));
  for (const one of scans) journal.append(one);
  const newestFirst = scans.map(({ scanId }) => scanId).reverse();
  expect(journal.lines({ limit: 10 }).map(({ scanId }) => scanId)).toEqual(newestFirst);
  expect(journal.searchLines({ text: '', limit: 10 }).map(({ scanId }) => scanId)).toEqual(newestFirst);
  const ofTheDay = journal.searchLines({
    text: '',
    from: '2026-11-23T00:00:00.000Z',
    to: '2026-11-24T00:00:00.000Z',
    limit: 10,
  });
  expect(ofTheDay.map(({ at }) => at)).toEqual([CLOCK[3], CLOCK[1], CLOCK[0]]);
});

test('a clock set back does not hide the backup that goes furthest', async () => {
  const directory = newFolder();
  const all = [scan(), scan()];
  for (const [n, now] of ['2026-11-23T09:00:00.000Z', '2026-11-23T08:00:00.000Z'].entries()) {
    const { journal } = await openJournal({ directory, appVersion: '0.1.0', now });
    journal.append(all[n]!);
    await journal.close(now);
  }
  rmSync(journalFile(directory));
  const { journal, opening } = await openJournal({ directory, appVersion: '0.1.0', now: CLOCK[3] });
  expect(opening.rescue).toMatchObject({ backupAt: '2026-11-23T08:00:00.000Z', restored: 2 });
  expect(all.map(({ scanId }) => journal.lineOf(scanId)?.scanId)).toEqual(all.map(({ scanId }) => scanId));
  await journal.close(CLOCK[3]);
});

test('each user of a computer has a journal of their own', async () => {
  const folders = [newFolder(), newFolder()];
  for (const directory of folders) {
    const { journal } = await openJournal({ directory, appVersion: '0.1.0', now: CLOCK[0] });
    expect(journal.append(scan()).record.seq).toBe(1);
    await journal.close(CLOCK[0]);
  }
});
